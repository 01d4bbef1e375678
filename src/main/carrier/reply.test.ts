import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account } from '../../domain/account.ts'
import { refusals } from '../../domain/failure.ts'
import { dailyUsage } from '../../domain/traffic.ts'
import { parseReply, type RawReply } from './reply.ts'

const NOW = Date.parse('2026-11-23T03:00:00Z')
const LINE: Account = { kind: 'line', id: '09012345678' }
const GROUP: Account = { kind: 'group', id: 'AAA0_00000000001' }
const DAYS = { order: 'newest-first', includesToday: false } as const

const lineReply = {
  resultCode: '100',
  status: { message: 'OK', statusCode: '200' },
  account: LINE.id,
  traffic: { today: '100', inRecentDays: '100,200,300', blackList: '10' },
}

const read = (body: unknown, given: Partial<RawReply> = {}, asked = LINE) =>
  parseReply(
    {
      httpStatus: 200,
      retryAfter: null,
      date: null,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...given,
    },
    asked,
    NOW,
  )

const withTraffic = (traffic: unknown) => read({ ...lineReply, traffic })

function reportOf(outcome: ReturnType<typeof read>) {
  if (!outcome.ok) throw new Error(`no report: ${outcome.failure.code}`)
  return outcome.value
}

const daysOf = (outcome: ReturnType<typeof read>) =>
  dailyUsage({ askedAt: NOW, repliedAt: NOW, report: reportOf(outcome) }, DAYS)?.map(day => day.kb) ?? null

describe('the carrier’s clock', () => {
  const off = (date: string | null) => reportOf(read(lineReply, { date })).clockOffMs
  const at = (ms: number) => new Date(NOW + ms).toUTCString()

  test('is ours to two minutes, either way, and where it is no date', () => {
    for (const date of [at(0), at(119_000), at(-119_000), null, '', 'soon', '2026-11-23', 'foo, 1']) {
      expect([date, off(date)]).toEqual([date, 0])
    }
  })

  test('is measured where it is further off, to the second that it knows', () => {
    for (const ms of [-86_400_000, -180_000, 180_000, 3_600_000]) {
      expect(Math.abs(off(at(ms)) - ms)).toBeLessThan(1_000)
    }
  })
})

describe('a good reply', () => {
  test('is read as the carrier’s page shows it, for a line', () => {
    expect(read(lineReply)).toEqual({
      ok: true,
      value: {
        todayKb: 100,
        recentDays: '100,200,300',
        blacklist: 'listed',
        carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
        clockOffMs: 0,
      },
    })
    expect(daysOf(read(lineReply))).toEqual([100, 200, 300])
  })

  test('is read as the carrier’s page shows it, for a share group', () => {
    const reply = { ...lineReply, account: GROUP.id, traffic: { ...lineReply.traffic, inRecentDays: '' } }
    expect(reportOf(read(reply, {}, GROUP))).toMatchObject({ todayKb: 100, recentDays: null })
    expect(daysOf(read(reply, {}, GROUP))).toBeNull()
  })

  test('may have numbers for every numeric field', () => {
    const reply = {
      resultCode: 100,
      status: { message: 'OK', statusCode: 200 },
      account: LINE.id,
      traffic: { today: 100, inRecentDays: 300, blackList: 20 },
    }
    expect(reportOf(read(reply))).toMatchObject({
      todayKb: 100,
      blacklist: 'not-listed',
      carrier: { resultCode: '100', statusCode: '200' },
    })
    expect(daysOf(read(reply))).toEqual([300])
  })

  test('counts whatever the HTTP status says', () => {
    for (let httpStatus = 200; httpStatus <= 599; httpStatus++) {
      expect(read(lineReply, { httpStatus })).toMatchObject({ ok: true, value: { todayKb: 100 } })
    }
  })

  test('may begin with a BOM, and have space around it', () => {
    expect(read(`\uFEFF${JSON.stringify(lineReply)}`).ok).toBe(true)
    expect(read(`\uFEFF\r\n ${JSON.stringify(lineReply, null, '\t')}\r\n`).ok).toBe(true)
  })

  test('may have fields we do not know, at every level', () => {
    const reply = {
      ...lineReply,
      extra: [1, { traffic: { today: 999 } }],
      status: { ...lineReply.status, extra: null },
      traffic: { ...lineReply.traffic, yesterday: '555' },
    }
    expect(read(reply)).toEqual(read(lineReply))
  })

  test('needs no status', () => {
    for (const status of [undefined, null, 'OK', [], {}, 200]) {
      expect(reportOf(read({ ...lineReply, status })).carrier).toEqual({
        resultCode: '100',
        statusCode: null,
        message: null,
      })
    }
  })
})

describe('a figure', () => {
  test.each<[unknown, number | null]>([
    ['0', 0],
    [0, 0],
    [' 100 ', 100],
    ['\t100\n', 100],
    ['007', 7],
    [9_007_199_254_740_991, 9_007_199_254_740_991],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', null],
    ['9007199254740993', null],
    [9_007_199_254_740_992, null],
    ['99999999999999999999', null],
    [1e21, null],
    [-1, null],
    ['-1', null],
    ['-0', null],
    ['+1', null],
    [1.5, null],
    ['1.5', null],
    ['1e3', null],
    ['0x10', null],
    ['1,000', null],
    ['1 000', null],
    ['100 KB', null],
    ['100KB', null],
    ['１００', null],
    ['١٠٠', null],
    ['NaN', null],
    ['Infinity', null],
    ['null', null],
    ['', null],
    ['   ', null],
    [null, null],
    [undefined, null],
    [true, null],
    [false, null],
    [[], null],
    [[100], null],
    [{}, null],
    [{ valueOf: 100 }, null],
  ])('today %j is %j, and the rest still shows', (today, expected) => {
    expect(reportOf(withTraffic({ ...lineReply.traffic, today }))).toMatchObject({
      todayKb: expected,
      recentDays: '100,200,300',
      blacklist: 'listed',
    })
  })

  test.each<[unknown, readonly (number | null)[] | null]>([
    ['100,200,300', [100, 200, 300]],
    [' 100 , 200 ,\t300 ', [100, 200, 300]],
    ['100,200,300,', [100, 200, 300]],
    ['100,200,300, ', [100, 200, 300]],
    ['100,,300', [100, null, 300]],
    ['100, ,300', [100, null, 300]],
    [',100', [null, 100]],
    ['100,-200,300', [100, null, 300]],
    ['100,abc,300', [100, null, 300]],
    ['100,NaN,null', [100, null, null]],
    ['100,99999999999999999999', [100, null]],
    ['100', [100]],
    ['0', [0]],
    [0, [0]],
    [100, [100]],
    [-100, [null]],
    [1.5, [null]],
    ['100;200', [null]],
    ['100、200', [null]],
    ['', null],
    ['  ', null],
    [null, null],
    [undefined, null],
  ])('inRecentDays %j is %j, and the rest still shows', (inRecentDays, expected) => {
    const outcome = withTraffic({ ...lineReply.traffic, inRecentDays })
    expect(reportOf(outcome)).toMatchObject({ todayKb: 100, blacklist: 'listed' })
    expect(daysOf(outcome)).toEqual(expected)
  })

  test.each<[unknown, string]>([
    ['10', 'listed'],
    [10, 'listed'],
    [' 10 ', 'listed'],
    ['20', 'not-listed'],
    [20, 'not-listed'],
    ['0', 'unknown'],
    ['1', 'unknown'],
    [1, 'unknown'],
    ['30', 'unknown'],
    ['100', 'unknown'],
    [-10, 'unknown'],
    ['010', 'unknown'],
    ['true', 'unknown'],
    [true, 'unknown'],
    [false, 'unknown'],
    ['', 'unknown'],
    [null, 'unknown'],
    [undefined, 'unknown'],
    [[10], 'unknown'],
    [{}, 'unknown'],
  ])('blackList %j is %s, and the rest still shows', (blackList, expected) => {
    expect(reportOf(withTraffic({ ...lineReply.traffic, blackList }))).toMatchObject({
      todayKb: 100,
      blacklist: expected,
    })
  })

  test('is never taken from what every object has', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const body = `{"${name}":{"resultCode":"100","account":"${LINE.id}","traffic":{"today":"1"}}}`
      expect(read(body)).toEqual({ ok: false, failure: { code: 'BAD_REPLY', httpStatus: 200 } })
    }
    expect(
      reportOf(read(`{"resultCode":100,"account":"${LINE.id}","traffic":{"__proto__":{"today":"1"}}}`))
        .todayKb,
    ).toBeNull()
  })
})

describe('with result code 100 a reply', () => {
  const bad = { ok: false, failure: { code: 'BAD_REPLY', httpStatus: 200 } }
  test.each([undefined, null, '', '100', 100, [], [{ today: '1' }], true])(
    'whose traffic is %j is BAD_REPLY',
    traffic => {
      expect(withTraffic(traffic)).toEqual(bad)
    },
  )

  test.each([
    undefined,
    null,
    '',
    'nobody',
    [],
    [LINE.id],
    {},
    '09012345679',
    '9012345678',
    9_012_345_678,
    GROUP.id,
    '09012345678 08011112222',
    `${LINE.id}0`,
    `${'0'.repeat(1000)}${LINE.id}`,
  ])('whose account is %j is BAD_REPLY', account => {
    expect(read({ ...lineReply, account })).toEqual(bad)
  })

  test.each([
    '09012345678',
    '090-1234-5678',
    '090 1234 5678',
    '+81 90-1234-5678',
    ' 09012345678 ',
    '０９０１２３４５６７８',
  ])('whose account is %j is about the line', account => {
    expect(read({ ...lineReply, account }).ok).toBe(true)
  })

  test('about another share group, or one spelt otherwise, is BAD_REPLY', () => {
    for (const account of ['AAA0_00000000002', 'aaa0_00000000001', 'AAA0_1', LINE.id]) {
      expect(read({ ...lineReply, account }, {}, GROUP)).toEqual(bad)
    }
  })

  test('that is wrong keeps its HTTP status', () => {
    for (const httpStatus of [200, 204, 302, 403, 429, 500]) {
      expect(read({ ...lineReply, traffic: null }, { httpStatus })).toEqual({
        ok: false,
        failure: { code: 'BAD_REPLY', httpStatus },
      })
    }
  })
})

describe('every result code with every HTTP status', () => {
  const statuses = Array.from({ length: 400 }, (_, index) => 200 + index)
  test.each(Object.entries(refusals))('%s is %s', (code, name) => {
    for (const httpStatus of statuses) {
      for (const resultCode of [code, Number(code), ` ${code} `]) {
        const reply = { resultCode, status: { message: 'Bad Request', statusCode: 400 } }
        const expected = {
          ok: false,
          failure: { code: name, carrier: { resultCode: code, statusCode: '400', message: 'Bad Request' } },
        }
        expect(read(reply, { httpStatus, retryAfter: '5' })).toEqual(expected)
        // The rest of the reply does not matter: figures beside a refusal are ignored, and so is an
        // unreadable account.
        expect(read({ ...lineReply, ...reply, account: 'x' }, { httpStatus })).toEqual(expected)
        // A refusal that names another account answers somebody else's question.
        expect(read({ ...lineReply, ...reply, account: '08011112222' }, { httpStatus })).toMatchObject({
          failure: { code: 'BAD_REPLY' },
        })
      }
    }
  })

  test.each([
    0,
    1,
    101,
    200,
    206,
    999,
    '999',
    '0100',
    '1000',
    'OK',
    'abc',
    '１００',
    'toString',
    '__proto__',
    -100,
    100.5,
  ])('%j is UNKNOWN_RESULT with the carrier’s own words as text', resultCode => {
    for (const httpStatus of statuses) {
      expect(
        read(
          { resultCode, status: { message: '<img src=x onerror=alert(1)>', statusCode: 'x' } },
          { httpStatus },
        ),
      ).toEqual({
        ok: false,
        failure: {
          code: 'UNKNOWN_RESULT',
          carrier: {
            resultCode: String(resultCode),
            statusCode: 'x',
            message: '<img src=x onerror=alert(1)>',
          },
        },
      })
    }
  })

  test('a code or message of any length is cut', () => {
    const long = 'x'.repeat(60_000)
    const outcome = read({ resultCode: long, status: { message: long, statusCode: long } })
    expect(JSON.stringify(outcome).length).toBeLessThan(1_000)
  })
})

describe('a body without a reply', () => {
  const bodies = [
    '',
    ' ',
    'null',
    '100',
    '"100"',
    '[]',
    '[{"resultCode":"100"}]',
    '{}',
    '{"resultCode":null}',
    '{"resultCode":""}',
    '{"resultCode":" "}',
    '{"resultCode":true}',
    '{"resultCode":[100]}',
    '{"resultCode":{"100":100}}',
    '{"ResultCode":"100"}',
    '<html>502</html>',
    `${JSON.stringify(lineReply)}x`,
    JSON.stringify(lineReply).slice(0, -1),
    `\uFEFF\uFEFF${JSON.stringify(lineReply)}`,
    `json=${JSON.stringify(lineReply)}`,
    `callback(${JSON.stringify(lineReply)})`,
    '['.repeat(60_000),
    '{"a":'.repeat(12_000),
    '\0',
  ]
  test('means what its HTTP status says, and never a figure', () => {
    for (const body of bodies) {
      for (let httpStatus = 200; httpStatus <= 599; httpStatus++) {
        if (body.length > 1_000 && httpStatus % 100 > 0) continue
        const failure =
          httpStatus === 429
            ? { code: 'RATE_LIMITED', opensInMs: 60_000 }
            : httpStatus === 407
              ? { code: 'PROXY', httpStatus }
              : httpStatus >= 500
                ? { code: 'SERVER', httpStatus }
                : httpStatus >= 300 && httpStatus < 400
                  ? { code: 'REDIRECT', httpStatus }
                  : { code: 'BAD_REPLY', httpStatus }
        expect(read(body, { httpStatus }), `${body.slice(0, 40)} with ${httpStatus}`).toEqual({
          ok: false,
          failure,
        })
      }
    }
  })
})

describe('Retry-After', () => {
  test.each<[string | null, number]>([
    ['0', 0],
    ['1', 1_000],
    ['120', 120_000],
    [' 120 ', 120_000],
    ['3600', 600_000],
    ['86400', 600_000],
    ['Mon, 23 Nov 2026 05:00:00 GMT', 600_000],
    ['Mon, 23 Nov 2026 03:02:00 GMT', 120_000],
    ['Mon, 23 Nov 2026 03:00:00 GMT', 0],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
    [null, 60_000],
    ['', 60_000],
    [' ', 60_000],
    ['-1', 60_000],
    ['+5', 60_000],
    ['1.5', 60_000],
    ['1e3', 60_000],
    ['0x10', 60_000],
    ['１２', 60_000],
    ['soon', 60_000],
    ['NaN', 60_000],
    ['Infinity', 60_000],
    ['120, 240', 60_000],
    ['120;x', 60_000],
    ['foo, 1', 60_000],
    ['foo, 1 2 3', 60_000],
    ['Mon, 23 Nov', 60_000],
    ['Mon, 99 Nov 2026 03:02:00 GMT', 60_000],
    ['2026', 600_000],
  ])('%j opens in %i ms', (retryAfter, opensInMs) => {
    expect(read('', { httpStatus: 429, retryAfter })).toEqual({
      ok: false,
      failure: { code: 'RATE_LIMITED', opensInMs },
    })
  })

  test('of any text gives a whole, non-negative number of milliseconds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), retryAfter => {
        const outcome = read('', { httpStatus: 429, retryAfter })
        const ms =
          !outcome.ok && outcome.failure.code === 'RATE_LIMITED' ? outcome.failure.opensInMs : Number.NaN
        expect(Number.isSafeInteger(ms) && ms >= 0).toBe(true)
      }),
      { numRuns: 10_000 },
    )
  })
})

/** Every number in a text; a sign, a fraction or an exponent belongs to its number. */
function figuresIn(text: string): Set<number> {
  const found = new Set<number>()
  for (const [token] of text.matchAll(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g)) found.add(Number(token))
  return found
}

/**
 * Whether a reply is read safely: without an error, and with no figure that is negative, NaN, unsafe or not
 * in the body.
 */
function holds(body: string, httpStatus: number, asked: Account): boolean {
  const outcome = parseReply({ httpStatus, retryAfter: null, date: null, body }, asked, NOW)
  if (!outcome.ok) return typeof outcome.failure.code === 'string'
  const { todayKb } = outcome.value
  const days = dailyUsage({ askedAt: NOW, repliedAt: NOW, report: outcome.value }, DAYS) ?? []
  const shown = [todayKb, ...days.map(day => day.kb)].filter(kb => kb !== null)
  if (shown.length === 0) return true
  const present = figuresIn(body)
  return shown.every(kb => Number.isSafeInteger(kb) && kb >= 0 && !Object.is(kb, -0) && present.has(kb))
}

const messy = fc.oneof(
  fc.nat().map(String),
  fc.nat(),
  fc.integer(),
  fc.double(),
  fc.constantFrom(
    '',
    ' ',
    null,
    undefined,
    true,
    '-1',
    'NaN',
    '1e3',
    '99999999999999999999',
    '１２',
    [],
    {},
    '10',
    20,
  ),
  fc.string({ maxLength: 6 }),
)
const list = fc.oneof(
  fc.array(messy, { maxLength: 9 }).map(items => items.join(',')),
  fc.array(messy, { maxLength: 4 }),
  messy,
)
const generated = fc.record(
  {
    resultCode: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<unknown>('100', 100) },
      { weight: 1, arbitrary: messy },
    ),
    status: fc.oneof(fc.record({ message: messy, statusCode: messy }, { requiredKeys: [] }), messy),
    account: fc.oneof(
      { weight: 6, arbitrary: fc.constant<unknown>(LINE.id) },
      { weight: 1, arbitrary: messy },
    ),
    traffic: fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ today: messy, inRecentDays: list, blackList: messy }, { requiredKeys: [] }),
      },
      { weight: 1, arbitrary: messy },
    ),
  },
  { requiredKeys: ['resultCode', 'account', 'traffic'] },
)

describe('whatever comes', () => {
  test('a hundred thousand generated replies never throw, and show no figure that was not in them', () => {
    let good = 0
    fc.assert(
      fc.property(generated, fc.constantFrom(200, 204, 302, 403, 404, 429, 500, 503), (reply, httpStatus) => {
        const body = JSON.stringify(reply)
        if (parseReply({ httpStatus, retryAfter: null, date: null, body }, LINE, NOW).ok) good++
        return holds(body, httpStatus, LINE)
      }),
      { numRuns: 100_000 },
    )
    // With too few good replies the property would not test any figures.
    expect(good).toBeGreaterThan(30_000)
  })

  test('twenty thousand mutated byte streams never throw, and show no figure that was not in them', () => {
    const sources = [
      JSON.stringify(lineReply),
      JSON.stringify({
        ...lineReply,
        resultCode: 100,
        traffic: { today: 123, inRecentDays: 77, blackList: 20 },
      }),
      JSON.stringify({ resultCode: '205', status: { message: 'Auth Error', statusCode: '403' } }),
    ].map(text => Buffer.from(text))
    const mutation = fc.record({
      kind: fc.constantFrom('flip', 'set', 'insert', 'delete', 'swap', 'cut'),
      at: fc.nat(300),
      byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(...Buffer.from('0129-.eE,"{}[]: '))),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (source, mutations) => {
          const bytes = [...source]
          for (const { kind, at: anywhere, byte } of mutations) {
            const at = anywhere % Math.max(bytes.length, 1)
            if (kind === 'flip') bytes[at] = (bytes[at] ?? 0) ^ (1 << (byte & 7))
            else if (kind === 'set') bytes[at] = byte
            else if (kind === 'insert') bytes.splice(at, 0, byte)
            else if (kind === 'delete') bytes.splice(at, 1)
            else if (kind === 'swap') bytes.splice(at, 2, bytes[at + 1] ?? 0, bytes[at] ?? 0)
            else bytes.length = at
          }
          return holds(Buffer.from(bytes).toString('utf8'), 200, LINE)
        },
      ),
      { numRuns: 20_000 },
    )
  })

  test('any text at all never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), fc.integer(), (body, httpStatus) =>
        holds(body, httpStatus, GROUP),
      ),
      { numRuns: 10_000 },
    )
  })
})
