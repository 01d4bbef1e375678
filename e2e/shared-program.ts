import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { defaultSettings } from '../src/contract/settings.ts'
import type { AppState } from '../src/contract/state.ts'
import type {} from '../src/renderer/bridge.ts'
import { root } from './root.ts'
import { type Started, startProgram } from './start-program.ts'

/** A folder in the system's temporary one. On macOS that is a link, and the program tells the real path. */
export const temporaryFolder = (): string => mkdtempSync(join(realpathSync(tmpdir()), 'traffic-desk-e2e-'))

export const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })

/**
 * One program for the specs of a worker that don't test how it starts: starting it for each of them was most of their
 * time. Every spec finds it as if it had just been started for the first time.
 */
export interface SharedProgram {
  /** The program as new, on a system in this language. */
  asNew(language: 'ja' | 'en'): Promise<Started>
  close(): Promise<void>
}

export function createSharedProgram(): SharedProgram {
  let running: Running | null = null
  return {
    async asNew(language) {
      if (running === null || !(await isAlive(running))) {
        await running?.close()
        running = await start()
      }
      await reset(running, language)
      return running
    },
    close: async () => running?.close(),
  }
}

interface Running extends Started {
  /** The state of the program when it was started for the first time. */
  readonly first: AppState
  readonly size: { readonly width: number; readonly height: number }
  close(): Promise<void>
}

async function start(): Promise<Running> {
  const userData = temporaryFolder()
  const started = await startProgram({ application: root, userData, language: 'ja' })
  await rememberMain(started.app)
  return {
    ...started,
    first: await stateOf(started.page),
    size: await started.page.evaluate(() => ({ width: innerWidth, height: innerHeight })),
    async close() {
      await started.app.close().catch(() => {})
      removeFolder(userData)
    },
  }
}

const isAlive = async ({ app, page }: Running): Promise<boolean> =>
  app.process().exitCode === null && !page.isClosed() && page.evaluate(() => true).catch(() => false)

async function stateOf(page: Page): Promise<AppState> {
  const state = await page.evaluate(() => window.bridge.appState())
  if (!state.ok) throw new Error(state.failure.code)
  return state.value
}

async function reset({ app, page, violations, first, size }: Running, language: 'ja' | 'en'): Promise<void> {
  await restoreMain(app, language)
  const { profileId: _profileId, ...settings } = defaultSettings
  await page.evaluate(async settings => {
    await window.bridge.cancelLookup()
    const state = await window.bridge.appState()
    if (!state.ok) throw new Error(state.failure.code)
    for (const { id } of state.value.profiles) {
      const removed = await window.bridge.removeProfile(id)
      if (!removed.ok) throw new Error(removed.failure.code)
    }
    const changed = await window.bridge.changeSettings(settings)
    if (!changed.ok) throw new Error(changed.failure.code)
  }, settings)
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  await page.setViewportSize(size)
  await page.mouse.move(0, 0)
  await page.reload()
  await page.locator('main').waitFor()
  violations.length = 0
  // Whatever a spec could change and this does not put back shows here, not in the spec after it.
  const now = await stateOf(page)
  const state = { ...now, settings: { ...now.settings, profileId: null } }
  expect(state, 'a spec before this one left something').toEqual({ ...first, language })
}

/** Keeps how the parts of Electron and of the language were that specs replace. */
const rememberMain = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ app, dialog, clipboard, globalShortcut, BrowserWindow }) => {
    const kept = [app, dialog, clipboard, globalShortcut, Date].map(
      part => [part as object, Object.getOwnPropertyDescriptors(part) as PropertyDescriptorMap] as const,
    )
    const { setTimeout, setInterval } = globalThis
    const names = new Set(Reflect.ownKeys(globalThis))
    Object.assign(globalThis, {
      asNew() {
        for (const name of Reflect.ownKeys(globalThis))
          if (!names.has(name) && name !== 'asNew') Reflect.deleteProperty(globalThis, name)
        Object.assign(globalThis, { setTimeout, setInterval })
        for (const [part, descriptors] of kept) {
          for (const name of Reflect.ownKeys(part))
            if (!Reflect.has(descriptors, name)) Reflect.deleteProperty(part, name)
          for (const name of Reflect.ownKeys(descriptors)) {
            const before = descriptors[name as string]
            const now = Object.getOwnPropertyDescriptor(part, name)
            if (before !== undefined && before.value !== now?.value) Object.defineProperty(part, name, before)
          }
        }
        clipboard.clear()
        const window = BrowserWindow.getAllWindows()[0]
        if (window?.isMinimized()) window.restore()
      },
    })
  })

/** Puts them back, and lets the system speak a language. */
const restoreMain = (app: ElectronApplication, language: 'ja' | 'en'): Promise<void> =>
  app.evaluate(({ app }, language) => {
    ;(Reflect.get(globalThis, 'asNew') as () => void)()
    app.getLocale = () => language
    app.getPreferredSystemLanguages = () => [language]
  }, language)
