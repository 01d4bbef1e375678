import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { endOnUncaught, recoverPage } from './crashes.ts'

type Listener = (...args: unknown[]) => void

let clock: FakeClock
let listeners: Map<string, Listener>
let loaded: string[]
let asked: string[]
let noted: unknown[][]
let crashed: number
let quits: number
let response: number

const log = { note: (...entry: unknown[]) => void noted.push(entry) }
const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await null
}

beforeEach(() => {
  clock = createFakeClock()
  listeners = new Map()
  loaded = []
  asked = []
  noted = []
  crashed = quits = response = 0
  const window = {
    isDestroyed: () => false,
    loadURL: async (url: string) => void loaded.push(url),
    webContents: {
      on: (event: string, listener: Listener) => listeners.set(event, listener),
      forcefullyCrashRenderer: () => crashed++,
    },
  }
  recoverPage(window as never, {
    url: 'app://bundle/index.html',
    clock,
    log,
    dialog: {
      showMessageBox: (async (_window: unknown, { message }: { message: string }) => {
        asked.push(message)
        return { response, checkboxChecked: false }
      }) as never,
    },
    language: () => 'en',
    quit: () => quits++,
  })
})

const crash = (reason = 'crashed') => listeners.get('render-process-gone')?.({}, { reason })

describe('a page that', () => {
  it('crashes is loaded again, and the log says so', () => {
    crash()
    expect(loaded).toEqual(['app://bundle/index.html'])
    expect(noted).toEqual([['page-gone', { reason: 'crashed' }]])
  })

  it('ends by itself is left alone', () => {
    crash('clean-exit')
    expect(loaded).toEqual([])
  })

  it('hangs is ended, so that it comes back', () => {
    listeners.get('unresponsive')?.()
    expect(crashed).toBe(1)
  })

  it('crashes three times in five minutes is loaded again only when the agent says so', async () => {
    crash()
    crash()
    crash()
    expect(loaded).toHaveLength(2)
    await settled()
    expect(asked).toEqual(['The screen has stopped several times.'])
    expect(loaded).toHaveLength(3)
    response = 1
    for (let time = 0; time < 3; time++) crash()
    await settled()
    expect(quits).toBe(1)
    expect(loaded).toHaveLength(5)
  })

  it('crashes now and then is loaded again every time', () => {
    for (let time = 0; time < 10; time++) {
      crash()
      clock.advance(150_001)
    }
    expect(loaded).toHaveLength(10)
    expect(asked).toEqual([])
  })
})

describe('an error that nobody caught', () => {
  const ended = (showErrorBox: () => void) => {
    let throwAt: Listener = () => {}
    let exits = 0
    endOnUncaught({
      on: listener => {
        throwAt = listener
      },
      log,
      showErrorBox,
      language: () => 'ja',
      exit: () => exits++,
    })
    return { throwAt: (error: unknown) => throwAt(error), exits: () => exits }
  }

  it('is logged, told once, and ends the program', () => {
    const told: unknown[] = []
    const program = ended((...args: unknown[]) => void told.push(args))
    const error = new Error('090-1234-5678')
    program.throwAt(error)
    program.throwAt(error)
    expect(noted).toEqual([
      ['uncaught', { error }],
      ['uncaught', { error }],
    ])
    expect(told).toHaveLength(1)
    expect(JSON.stringify(told)).not.toContain('090-1234-5678')
    expect(program.exits()).toBe(1)
  })

  it('ends the program also where it can not be told', () => {
    const program = ended(() => {
      throw new Error('no display')
    })
    expect(() => program.throwAt(new Error('a'))).toThrow('no display')
    expect(program.exits()).toBe(1)
  })
})
