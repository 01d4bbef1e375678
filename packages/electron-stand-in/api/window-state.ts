import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from './app.ts'

/** What windowStatePersistence keeps of a named window. */
export interface WindowState {
  readonly bounds: Electron.Rectangle
  readonly maximized: boolean
}

const file = () => join(app.getPath('userData'), 'window-states.json')

function readAll(): Record<string, WindowState> {
  try {
    return JSON.parse(readFileSync(file(), 'utf8'))
  } catch {
    return {} // The first start, or a file that was cut short: windows open where the app puts them.
  }
}

export function savedState(name: string): WindowState | undefined {
  return readAll()[name]
}

export function saveState(name: string, state: WindowState): void {
  mkdirSync(app.getPath('userData'), { recursive: true })
  writeFileSync(file(), JSON.stringify({ ...readAll(), [name]: state }))
}

/** Which parts the option asks for. Both, unless switched off; none without a name. */
export function persistedParts({
  name,
  windowStatePersistence: option,
}: Electron.BrowserWindowConstructorOptions): { bounds: boolean; displayMode: boolean } {
  if (!name || !option) return { bounds: false, displayMode: false }
  const { bounds = true, displayMode = true } = option === true ? {} : option
  return { bounds, displayMode }
}
