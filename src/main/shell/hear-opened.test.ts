import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { App } from 'electron'
import { describe, expect, it } from 'vitest'
import { hearOpened } from './hear-opened.ts'

const URL = 'trafficdesk://lookup?account=09012345678'
const LINK = { kind: 'link', account: { kind: 'line', id: '09012345678' } }

function hear(argv: readonly string[] = ['program']) {
  const app = new EventEmitter()
  const done: unknown[] = []
  hearOpened({
    app: app as unknown as App,
    argv,
    open: argument => done.push(argument),
    bringForward: () => done.push('forward'),
  })
  const event = { prevented: 0, preventDefault: () => event.prevented++ }
  return { app, done, event }
}

describe('what the system asks to open', () => {
  it('is heard at a start, and there need be nothing', () => {
    expect(hear(['program', '--', URL]).done).toEqual([LINK])
    expect(hear().done).toEqual([])
  })

  it('is heard from another start, which without anything brings the window forward', () => {
    const { app, done, event } = hear()
    app.emit('second-instance', event, ['program', '--', 'seat.tdsetup'], '/home/sato')
    app.emit('second-instance', event, ['program'], '/home/sato')
    expect(done).toEqual([{ kind: 'setup', path: join('/home/sato', 'seat.tdsetup') }, 'forward'])
  })

  it('is heard from macOS in its events, which the system then leaves alone', () => {
    const { app, done, event } = hear()
    app.emit('open-url', event, URL)
    app.emit('open-file', event, '/Users/sato/seat.tdsetup')
    app.emit('open-url', event, 'trafficdesk://settings')
    app.emit('open-file', event, '/Users/sato/lines.csv')
    expect(done).toEqual([LINK, { kind: 'setup', path: '/Users/sato/seat.tdsetup' }])
    expect(event.prevented).toBe(4)
  })
})
