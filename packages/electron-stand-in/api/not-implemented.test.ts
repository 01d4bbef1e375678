import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { StrictEmitter } from './emitter.ts'
import { absent, absentClass, guarded } from './not-implemented.ts'

const message = (call: string) => `electron-stand-in: ${call} is not implemented; it needs real Electron`
interface Dialog {
  showMessageBox(options: object): Promise<number>
}

test('calling what is missing throws with its name', () => {
  const dialog = absent<Dialog>('dialog')
  expect(() => dialog.showMessageBox({})).toThrow(message('dialog.showMessageBox'))
})

test('what is missing can be read and replaced without being used', async () => {
  const dialog = absent<Dialog>('dialog')
  const { showMessageBox } = dialog
  expect(typeof showMessageBox).toBe('function')
  dialog.showMessageBox = async () => 3
  expect(await dialog.showMessageBox({})).toBe(3)
})

test('a missing property throws when it is used as a value', () => {
  const app = guarded('app', { name: 'Desk' }) as { name: string; userAgentFallback: string }
  expect(app.name).toBe('Desk')
  expect(() => `${app.userAgentFallback}`).toThrow(message('app.userAgentFallback'))
  expect(() => app.userAgentFallback.length).toThrow(message('app.userAgentFallback'))
})

test('constructing a missing class throws with its name', () => {
  const Tray = absentClass<new () => object>('Tray')
  expect(() => new Tray()).toThrow(message('Tray'))
})

test('awaiting, printing and comparing an object are no use of it', async () => {
  const dialog = absent<Dialog>('dialog')
  expect(await dialog).toBe(dialog)
  expect(inspect(dialog)).toBe('{}')
  expect(JSON.stringify(dialog)).toBe('{}')
})

test('listening to an event that never comes throws, by whichever name', () => {
  const emitter = guarded('webContents', new StrictEmitter('webContents', ['destroyed']))
  for (const method of ['on', 'once', 'addListener', 'prependListener'] as const)
    expect(() => emitter[method]('paint', () => {})).toThrow(message("webContents.on('paint')"))
  let heard = 0
  emitter.once('destroyed', () => heard++)
  emitter.emit('destroyed')
  emitter.emit('destroyed')
  expect(heard).toBe(1)
})
