import { StrictEmitter } from './emitter.ts'
import { guarded } from './not-implemented.ts'

const area = { x: 0, y: 0, width: 1280, height: 800 }

/** One display of a fixed size: without a window system there is nothing to ask. */
const display = guarded('display', {
  id: 1,
  label: 'stand-in',
  bounds: area,
  workArea: area,
  size: { width: area.width, height: area.height },
  workAreaSize: { width: area.width, height: area.height },
  scaleFactor: 1,
  rotation: 0,
  internal: false,
}) as Electron.Display

class Screen extends StrictEmitter {
  constructor() {
    super('screen', ['display-added', 'display-removed', 'display-metrics-changed'])
  }

  getPrimaryDisplay(): Electron.Display {
    return display
  }
  getAllDisplays(): Electron.Display[] {
    return [display]
  }
  getDisplayMatching(_rect: Electron.Rectangle): Electron.Display {
    return display
  }
}

export const screen = guarded('screen', new Screen())
