import { describe, expect, it } from 'vitest'
import { describeError, logLine } from './entry.ts'

const NUMBER = '09012345678'
const KEY = 'CANARY-KEY-8d1f'
const GROUP = 'AAA0_00000000001'
const LETTERS = 'SECRETKEYOFLETTERS'
const POISON = [GROUP, LETTERS, NUMBER, '090-1234-5678', KEY, '/home/sato', 'C:\\Users\\sato', 'sato']

/** An error that holds what no log may hold, everywhere an error can hold something. */
function poisoned(depth = 0): Error {
  const error = new TypeError(`POST failed for ${NUMBER} with ${KEY}\n    at /home/sato/index.js:1:1`, {
    cause: depth < 5 ? poisoned(depth + 1) : KEY,
  })
  return Object.assign(error, {
    authKey: KEY,
    account: NUMBER,
    headers: { authorization: KEY },
    code: 'ECONNRESET',
    stack: `${error.name}: ${NUMBER} ${KEY}\n    at query (file:///home/sato/out/main/index-ab1.js:10:20)\n    at ${KEY} (C:\\Users\\sato\\${NUMBER}.js:1:1)`,
  })
}

describe('25: a line of the log', () => {
  it('tells a masked number, a code and a duration, and when', () => {
    const line = logLine(Date.parse('2026-11-23T04:05:06.789Z'), 'lookup', {
      account: { kind: 'line', id: NUMBER },
      code: 'TIMEOUT',
      durationMs: 20_000.4,
    })
    expect(JSON.parse(line)).toEqual({
      at: '2026-11-23T04:05:06.789Z',
      event: 'lookup',
      account: '090-****-5678',
      code: 'TIMEOUT',
      durationMs: 20_000,
    })
  })

  it('holds nothing of an error but its kind, its code and places in our own files', () => {
    const line = logLine(0, 'uncaught', { error: poisoned() })
    for (const secret of POISON) expect(line).not.toContain(secret)
    expect(JSON.parse(line).error).toMatchObject({
      kind: 'TypeError',
      code: 'ECONNRESET',
      at: ['index-ab1.js:10:20'],
      cause: { kind: 'TypeError' },
    })
  })

  it('takes no value that does not keep to its field’s rule, and no field that has none', () => {
    const odd = {
      version: `1.2.3 ${NUMBER}`,
      platform: KEY,
      store: NUMBER,
      code: KEY,
      durationMs: Number.NaN,
      reason: KEY,
      switch: `x ${KEY}`,
      authKey: KEY,
      url: `https://x/${NUMBER}`,
    }
    expect(JSON.parse(logLine(0, 'lookup', odd as never))).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      event: 'lookup',
    })
  })

  it.each([
    ['a text', KEY],
    ['nothing', null],
    ['an object', { message: KEY, stack: NUMBER }],
    ['an error with a name of its own', Object.assign(new Error(KEY), { name: KEY, code: NUMBER })],
    [
      'an error whose code and name are a group and a key',
      Object.assign(new Error(KEY), { code: GROUP, name: LETTERS }),
    ],
    ['an error whose code is an object', Object.assign(new Error(KEY), { code: { KEY } })],
    [
      'an error that can not be read',
      Object.defineProperty(new Error(KEY), 'name', {
        get() {
          throw new Error(KEY)
        },
      }),
    ],
    ['an aggregate', new AggregateError([new Error(KEY)], NUMBER)],
  ])('holds nothing of %s', (_, thrown) => {
    const line = JSON.stringify(describeError(thrown))
    for (const secret of POISON) expect(line).not.toContain(secret)
  })

  it('ends with an error that is its own cause', () => {
    const error = new Error('a')
    error.cause = error
    expect(() => logLine(0, 'uncaught', { error })).not.toThrow()
  })
})
