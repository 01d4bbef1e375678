import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { isNewer, latestIn } from './latest.ts'
import { createUpdates, type HeardUpdate } from './updates.ts'

const URL = 'https://intranet.example.jp/latest.json'
const HOUR = 3_600_000

let clock: FakeClock
let heard: HeardUpdate | null
let answers: (string | null)[]
let asked: string[]
let found: string[]

const open = (url: string | null = URL) =>
  createUpdates({
    url,
    version: '0.1.0',
    clock,
    read: () => heard,
    write(next) {
      heard = next
    },
    async get(address) {
      asked.push(address)
      return answers.shift() ?? null
    },
    onFound: version => found.push(version),
  })

const settled = async () => {
  for (let turn = 0; turn < 6; turn++) await null
}

beforeEach(() => {
  clock = createFakeClock()
  heard = null
  answers = []
  asked = []
  found = []
})

describe('an update', () => {
  it('is asked for nowhere unless the administrator says where', async () => {
    open(null).begin()
    clock.advance(100 * HOUR)
    await settled()
    expect(asked).toEqual([])
    heard = { at: 0, version: '9.9.9' }
    expect(open(null).newer()).toBeNull()
  })

  it('that is announced is found, and remembered over restarts', async () => {
    answers = ['{"version":"0.2.0"}']
    open().begin()
    clock.advance(0)
    await settled()
    expect(found).toEqual(['0.2.0'])
    expect(open().newer()).toBe('0.2.0')
  })

  it('is asked for once a day, however often the program starts', async () => {
    for (let start = 0; start < 5; start++) {
      open().begin()
      clock.advance(HOUR)
      await settled()
    }
    expect(asked).toHaveLength(1)
    clock.advance(24 * HOUR)
    await settled()
    expect(asked.length).toBeGreaterThan(1)
  })

  it('is asked for again where the clock was set back', async () => {
    heard = { at: clock.now() + 1_000 * HOUR, version: null }
    open().begin()
    clock.advance(0)
    await settled()
    expect(asked).toHaveLength(1)
  })

  it('is asked for once a day in one run, too, where nothing can be written down', async () => {
    const updates = createUpdates({
      url: URL,
      version: '0.1.0',
      clock,
      read: () => null,
      write() {},
      get: address => {
        asked.push(address)
        return Promise.reject(new Error('no network'))
      },
      onFound: version => found.push(version),
    })
    updates.begin()
    clock.advance(23 * HOUR)
    await settled()
    expect(asked).toHaveLength(1)
    clock.advance(2 * HOUR)
    await settled()
    expect(asked).toHaveLength(2)
    updates.stop()
    clock.advance(100 * HOUR)
    await settled()
    expect(asked).toHaveLength(2)
    expect(clock.pending).toBe(0)
  })

  it('that nobody answers for takes back nothing that was announced before', async () => {
    heard = { at: 0, version: '0.2.0' }
    answers = [null]
    open().begin()
    clock.advance(0)
    await settled()
    expect(open().newer()).toBe('0.2.0')
  })

  it.each([
    '',
    '{}',
    '[]',
    '{"version":"0.2"}',
    '{"version":"0.2.0","url":"https://evil.example"}',
    '<html>',
    '{"version":"0.2.0-x"}',
  ])('is announced by nothing but a version: %s', text => {
    expect(latestIn(text)).toBeNull()
  })

  it.each([
    ['0.2.0', '0.1.9', true],
    ['0.10.0', '0.9.0', true],
    ['1.0.0', '0.99.99', true],
    ['0.1.0', '0.1.0', false],
    ['0.0.9', '0.1.0', false],
  ])('to %s is newer than %s: %s', (version, than, expected) => {
    expect(isNewer(version, than)).toBe(expected)
  })
})
