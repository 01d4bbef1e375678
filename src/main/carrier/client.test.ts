import dns from 'node:dns'
import { getEventListeners, once } from 'node:events'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { refusals } from '../../domain/failure.ts'
import { systemClock } from '../clock.ts'
import { createCarrierClient } from './client.ts'
import {
  atDeadline,
  authority,
  CA_FILE,
  carrier,
  carrierOver,
  counter,
  expectRecorded,
  expectRecovery,
  failureOf,
} from './testing/checks.ts'
import { AUTH_KEY, LINE, OTHER_LINE, profileFor } from './testing/counter.ts'
import {
  accountIn,
  answer,
  answersWell,
  answersWith,
  goodBody,
  type Script,
} from './testing/fault-carrier.ts'
import { createManualClock } from './testing/manual-clock.ts'

const schemes = ['http', 'https'] as const
const KIB = 1024
const GROUP = 'AAA0_00000000001'

/** The system's resolver does this instead, until the test ends or calls it off. */
function resolveNames(answerTo: (callback: (error: Error | null) => void) => void): () => void {
  const spy = vi.spyOn(dns, 'lookup').mockImplementation(((_name: string, ...rest: unknown[]) => {
    answerTo(rest.at(-1) as (error: Error | null) => void)
  }) as unknown as typeof dns.lookup)
  onTestFinished(() => spy.mockRestore())
  return () => spy.mockRestore()
}

/** Lets the event loop hear what the system has already delivered. */
async function listenToTheLine(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
}

/** Runs the script's steps for the first connection, and answers the later ones well. */
const onlyFirst =
  (script: Script): Script =>
  visit =>
    visit.number === 1 ? script(visit) : answersWell(visit)

describe('row 1: the name', () => {
  test.each(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA'])(
    'row 1: a name that fails with %s is OFFLINE',
    async code => {
      const { host, question } = await carrierOver('https', answersWell)
      const desk = counter()
      const works = resolveNames(callback =>
        process.nextTick(
          callback,
          Object.assign(new Error(`getaddrinfo ${code}`), { code, syscall: 'getaddrinfo' }),
        ),
      )
      expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'OFFLINE' })
      expectRecorded(desk, { code: 'OFFLINE' })
      expect(host.connections()).toBe(0)
      works()
      await expectRecovery(desk, host, question)
    },
  )

  test.each(['TIMEOUT', 'CANCELLED'])(
    'row 1: a resolver that hangs is %s, and its late answer opens nothing',
    async code => {
      const { host, question } = await carrierOver('https', answersWell)
      const desk = counter()
      const late: (() => void)[] = []
      const asked = Promise.withResolvers<void>()
      const works = resolveNames(callback => {
        late.push(() =>
          (callback as (e: null, all: unknown) => void)(null, [{ address: '127.0.0.1', family: 4 }]),
        )
        asked.resolve()
      })
      const outcome = desk.lookUp(question)
      await asked.promise
      if (code === 'CANCELLED') desk.cancel()
      expect(failureOf(await (code === 'TIMEOUT' ? atDeadline(desk, outcome) : outcome))).toEqual({ code })
      works()
      await expectRecovery(desk, host, question)
      for (const answerLate of late) answerLate()
      await desk.lookUp(question)
      await host.until('nothing but the good connection is open', () => host.open() <= 1)
      expect(host.requests).toHaveLength(2)
    },
  )
})

describe('row 2: the way', () => {
  test.each(schemes)('row 2: a refused connection (%s) is UNREACHABLE', async scheme => {
    const { host, question } = await carrierOver(scheme, answersWell)
    const { port } = host
    await host.stop()
    const desk = counter()
    expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'UNREACHABLE' })
    expectRecorded(desk, { code: 'UNREACHABLE' })
    const back = await carrier(answersWell, {
      port,
      ...(scheme === 'https' && { secure: authority().issue() }),
    })
    await expectRecovery(desk, back, question)
  })
})

describe('row 3: hangs', () => {
  test('row 3: a TLS handshake that hangs is TIMEOUT by the total deadline, and its socket is destroyed', async () => {
    const mute = await carrier(() => {})
    const { host, question } = await carrierOver('https', answersWell)
    const desk = counter()
    const outcome = desk.lookUp({ ...question, origin: mute.https })
    await mute.until('the client greets', () => mute.bytes() > 0)
    expect(failureOf(await atDeadline(desk, outcome))).toEqual({ code: 'TIMEOUT' })
    expectRecorded(desk, { code: 'TIMEOUT' })
    expect(desk.isFree(mute.https)).toBe(true)
    await expectRecovery(desk, host, question)
    // undici's own connect timeout would end it only after 5 s.
    const closedBefore = performance.now()
    await mute.until('the hanging connection is closed', () => mute.open() === 0)
    expect(performance.now() - closedBefore).toBeLessThan(2_500)
  })

  const headOf = (body: string) => answer(200, body).toString('latin1').split('\r\n\r\n')[0] ?? ''
  const stalls: Readonly<Record<string, Script>> = {
    'no headers ever': async visit => {
      await visit.request()
    },
    'headers cut in the middle and then silence': async visit => {
      await visit.request()
      await visit.send(headOf(goodBody(LINE)))
    },
    'a body cut in the middle and then silence': async visit => {
      await visit.request()
      await visit.send(answer(200, goodBody(LINE)).subarray(0, -10))
    },
    'one byte of the headers after the other for ever': async visit => {
      await visit.request()
      await visit.send('HTTP/1.1 200 OK\r\nX-Slow: ')
      await visit.sendForEver('x', 100)
    },
    'one byte of the body after the other for ever': async visit => {
      await visit.request()
      await visit.send('HTTP/1.1 200 OK\r\n\r\n{')
      await visit.sendForEver(' ', 100)
    },
    'one chunk after the other for ever': async visit => {
      await visit.request()
      await visit.send('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
      await visit.sendForEver('1\r\n \r\n', 100)
    },
    'interim answers for ever': async visit => {
      await visit.request()
      await visit.sendForEver('HTTP/1.1 103 Early Hints\r\n\r\n', 100)
    },
  }
  describe.each(schemes)('over %s', scheme => {
    test.each(Object.entries(stalls))(
      'row 3: %s is TIMEOUT by the total deadline, the socket is destroyed and the next lookup works',
      async (name, script) => {
        const { host, question } = await carrierOver(scheme, script)
        const desk = counter()
        const outcome = desk.lookUp(question)
        await host.until('the request is in', () => host.requests.length === 1)
        if (/for ever|middle/.test(name)) await host.until('bytes were sent', () => host.sent() > 27)
        expect(failureOf(await atDeadline(desk, outcome))).toEqual({ code: 'TIMEOUT' })
        expectRecorded(desk, { code: 'TIMEOUT' })
        await host.until('the socket is destroyed', () => host.open() === 0)
        await expectRecovery(desk, host, question)
        expect(host.requests).toHaveLength(2)
        expect(host.maxInFlight()).toBe(1)
      },
    )
  })

  test('row 3: with the system clock, too, a lookup ends soon after its deadline', async () => {
    const { host, question } = await carrierOver('http', async visit => {
      await visit.request()
    })
    const client = createCarrierClient({
      clock: systemClock,
      hostRules: () => ({ isPackaged: false, simulatorOrigin: null }),
      resolveProxy: async () => 'DIRECT',
      readCaFile: async () => '',
    })
    onTestFinished(() => client.close())
    const from = performance.now()
    const { result } = await client.getTrafficInfo({
      account: { kind: 'line', id: LINE },
      authKey: AUTH_KEY,
      origin: question.origin,
      profile: profileFor({ deadlineSeconds: 0.3 }),
      signal: new AbortController().signal,
    })
    expect(failureOf(result)).toEqual({ code: 'TIMEOUT' })
    const took = performance.now() - from
    expect(took).toBeGreaterThan(290)
    expect(took).toBeLessThan(2_000)
    await host.until('the socket is destroyed', () => host.open() === 0)
  })

  test('row 3: many slow pieces never add up to more than the total deadline', async () => {
    const { host, question } = await carrierOver('http', async visit => {
      await visit.request()
      for (;;) {
        await steps()
        await visit.send(' ')
      }
    })
    let next = Promise.withResolvers<void>()
    const steps = () => next.promise
    const desk = counter()
    const outcome = desk.lookUp(question)
    await host.until('the request is in', () => host.requests.length === 1)
    for (let second = 1; second <= 15; second++) {
      desk.clock.advance(1_000)
      const step = next
      next = Promise.withResolvers<void>()
      step.resolve()
    }
    expect(failureOf(await outcome)).toEqual({ code: 'TIMEOUT' })
  })
})

describe.each(schemes)('row 4: replies that are none, over %s', scheme => {
  const cut = answer(200, goodBody(LINE)).subarray(0, -2)
  const chunked = (body: string, end: string) =>
    `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n${end}`
  const cuts: Readonly<Record<string, string | Buffer>> = {
    'a body cut two bytes short': cut,
    'a chunked body without its end': chunked(goodBody(LINE), ''),
    'a chunk with a size that is none': `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n${goodBody(LINE)}`,
  }
  test.each(Object.entries(cuts))('row 4: %s is BAD_REPLY, and no figure of it is kept', async (_, bytes) => {
    const { host, question } = await carrierOver(scheme, async visit => {
      await visit.request()
      await visit.send(bytes)
      visit.end()
    })
    const desk = counter()
    expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'BAD_REPLY', httpStatus: 200 })
    expectRecorded(desk, { code: 'BAD_REPLY', httpStatus: 200 })
    await expectRecovery(desk, host, question)
    expect(host.requests).toHaveLength(2)
  })

  test('row 4: a body cut by a reset is BAD_REPLY', async () => {
    const { host, question } = await carrierOver(scheme, async visit => {
      await visit.request()
      await visit.send(cut)
      await hasSome
      visit.reset()
    })
    const hasSome = new Promise(setImmediate)
    const desk = counter()
    expect(failureOf(await desk.lookUp(question)).code).toMatch(/^(BAD_REPLY|UNREACHABLE)$/)
    await expectRecovery(desk, host, question)
  })

  const others: Readonly<Record<string, Buffer>> = {
    nothing: answer(200, ''),
    HTML: answer(200, '<!doctype html><p>Sign in to the Wi-Fi', { 'content-type': 'text/html' }),
    garbage: answer(200, Buffer.from([0xff, 0xfe, 0, 1, 2, 0x80])),
    'half of the JSON with a right length': answer(200, goodBody(LINE).slice(0, 40)),
    'JSON that is no object': answer(200, '[100,200]'),
    'JSON without a result code': answer(200, '{"account":"09012345678","traffic":{"today":"1"}}'),
    'a reply about another line': answer(200, goodBody(OTHER_LINE)),
    'half of the gzip': answer(200, gzipSync(goodBody(LINE)).subarray(0, -12), {
      'content-encoding': 'gzip',
    }),
  }
  test.each(Object.entries(others))('row 4: %s with 200 is BAD_REPLY with its status', async (_, bytes) => {
    const { host, question } = await carrierOver(scheme, answersWith(bytes))
    const desk = counter()
    expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'BAD_REPLY', httpStatus: 200 })
    expectRecorded(desk, { code: 'BAD_REPLY', httpStatus: 200 })
    await desk.client.close()
    await expectRecovery(desk, host, question)
  })

  test('row 4: bytes that are no HTTP are BAD_REPLY without a status', async () => {
    const { host, question } = await carrierOver(scheme, answersWith('SSH-2.0-OpenSSH_9.6\r\n'))
    const desk = counter()
    expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'BAD_REPLY', httpStatus: null })
    await expectRecovery(desk, host, question)
  })

  test('row 4: two lengths that differ are BAD_REPLY', async () => {
    const bytes = answer(200, goodBody(LINE), { 'Content-Length': '5' })
    const { host, question } = await carrierOver(scheme, answersWith(bytes))
    const desk = counter()
    expect(failureOf(await desk.lookUp(question)).code).toBe('BAD_REPLY')
    await expectRecovery(desk, host, question)
  })

  test('row 4: a reply too many is never taken for the answer to the next question', async () => {
    const { host, question } = await carrierOver(
      scheme,
      onlyFirst(async visit => {
        await visit.request()
        await visit.send(Buffer.concat([answer(200, goodBody(LINE)), answer(200, goodBody(LINE, '666'))]))
        await visit.request()
        await visit.send(answer(200, goodBody(LINE, '777')))
      }),
    )
    const desk = counter()
    expect(await desk.lookUp(question)).toMatchObject({ ok: true })
    const second = await desk.lookUp(question)
    if (second.ok) expect(second.value.lookup.report.todayKb).not.toBe(666)
    expect(host.requests.length).toBeLessThanOrEqual(2)
  })
})

describe('row 5: figures', () => {
  test.each([
    ['null', null],
    ['NaN', 'NaN'],
    ['negative', '-100'],
    ['huge', '99999999999999999999'],
    ['text', '100 KB'],
    ['missing', undefined],
  ])('row 5: a %s figure is "no data" and the rest still shows', async (_, today) => {
    const body = JSON.stringify({
      resultCode: 100,
      account: LINE,
      traffic: { today, inRecentDays: '100,200', blackList: 20 },
    })
    const { question } = await carrierOver('http', answersWith(answer(200, body)))
    const outcome = await counter().lookUp(question)
    expect(outcome).toMatchObject({
      ok: true,
      value: { lookup: { report: { todayKb: null, recentDays: '100,200', blacklist: 'not-listed' } } },
    })
  })
})

describe('rows 6 and 7: the carrier refuses', () => {
  const statuses = [200, 400, 403, 404, 429, 500, 503]
  test.each(Object.entries(refusals))(
    'row 6: result code %s is %s with every HTTP status',
    async (resultCode, code) => {
      for (const status of statuses) {
        const body = JSON.stringify({ resultCode, status: { message: 'Words', statusCode: '400' } })
        const { host, question } = await carrierOver('http', answersWith(answer(status, body)))
        const desk = counter()
        const failure = { code, carrier: { resultCode, statusCode: '400', message: 'Words' } }
        expect(failureOf(await desk.lookUp(question))).toEqual(failure)
        expect(desk.recorded.at(-1)?.rawReply).toBe(body)
        expect(host.requests).toHaveLength(1)
      }
    },
  )

  test('row 6: a refused key closes the gate, is not tried again by itself, and once a minute on request', async () => {
    const body = JSON.stringify({ resultCode: '205', status: { message: 'Auth Error', statusCode: '403' } })
    const { host, question } = await carrierOver('http', answersWith(answer(403, body)))
    const desk = counter()
    expect(failureOf(await desk.lookUp(question)).code).toBe('KEY_REJECTED')
    expect(failureOf(await desk.lookUp(question))).toMatchObject({
      code: 'GATE_CLOSED',
      reason: 'key-rejected',
    })
    expect(failureOf(desk.gate.tryKeyAgain(question.origin))).toMatchObject({ opensInMs: 60_000 })
    desk.clock.advance(3_600_000)
    expect(failureOf(await desk.lookUp(question)).code).toBe('GATE_CLOSED')
    expect(host.requests).toHaveLength(1)
    expect(desk.gate.tryKeyAgain(question.origin).ok).toBe(true)
    await desk.client.close()
    await expectRecovery(desk, host, question)
  })

  test('row 7: an unknown result code is UNKNOWN_RESULT with the carrier’s code and message as text', async () => {
    const body = JSON.stringify({ resultCode: 999, status: { message: '<b>保守中</b>', statusCode: 503 } })
    const { host, question } = await carrierOver('http', answersWith(answer(503, body)))
    const desk = counter()
    expect(failureOf(await desk.lookUp(question))).toEqual({
      code: 'UNKNOWN_RESULT',
      carrier: { resultCode: '999', statusCode: '503', message: '<b>保守中</b>' },
    })
    await desk.client.close()
    await expectRecovery(desk, host, question)
  })
})

describe('row 8: too many requests', () => {
  const inTwoMinutes = new Date(createManualClock().now() + 120_000).toUTCString()
  test.each([
    ['seconds', '90', 90_000],
    ['a date', inTwoMinutes, 120_000],
    ['a date gone by', 'Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['junk', 'soon', 60_000],
    ['junk that Date.parse would take', 'foo, 1', 60_000],
    ['a negative number', '-5', 60_000],
    ['nothing', null, 60_000],
  ])(
    'row 8: 429 with %s in Retry-After counts down and leaves nothing in flight',
    async (_, retryAfter, opensInMs) => {
      const bytes = answer(429, '', retryAfter === null ? {} : { 'retry-after': retryAfter })
      const { host, question } = await carrierOver('http', answersWith(bytes))
      const desk = counter()
      expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'RATE_LIMITED', opensInMs })
      expectRecorded(desk, { code: 'RATE_LIMITED', opensInMs })
      if (opensInMs > 0) {
        expect(failureOf(await desk.lookUp(question))).toEqual({
          code: 'GATE_CLOSED',
          reason: 'rate-limited',
          opensInMs,
        })
        expect(host.requests).toHaveLength(1)
        desk.clock.advance(opensInMs)
      }
      await desk.client.close()
      await expectRecovery(desk, host, question)
    },
  )

  test.each([
    ['a gzip header and an empty body', answer(429, '', { 'retry-after': '30', 'content-encoding': 'gzip' })],
    ['a body in an unknown encoding', answer(429, 'xx', { 'retry-after': '30', 'content-encoding': 'zstd' })],
    ['a body cut short', answer(429, 'Too many', { 'retry-after': '30', 'content-length': '100' })],
    ['a body too large', answer(429, 'x'.repeat(70_000), { 'retry-after': '30' })],
  ])('row 8: 429 with %s closes the gate all the same', async (_, bytes) => {
    const { question } = await carrierOver('http', async visit => {
      await visit.request()
      await visit.send(bytes)
      visit.end()
    })
    const desk = counter()
    expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'RATE_LIMITED', opensInMs: 30_000 })
    expect(failureOf(await desk.lookUp(question)).code).toBe('GATE_CLOSED')
  })
})

describe('row 9: servers in trouble', () => {
  test.each([500, 502, 503, 504, 599])('row 9: %i without a reply is SERVER', async status => {
    const { host, question } = await carrierOver('http', answersWith(answer(status, '<h1>Down</h1>')))
    const desk = counter()
    expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'SERVER', httpStatus: status })
    await desk.client.close()
    await expectRecovery(desk, host, question)
  })

  test.each([
    ['in gzip that is none', answer(503, 'oops', { 'content-encoding': 'gzip' })],
    ['cut short', answer(503, 'oops', { 'content-length': '100' })],
  ])('row 9: 503 with a body %s is SERVER', async (_, bytes) => {
    const { question } = await carrierOver('http', async visit => {
      await visit.request()
      await visit.send(bytes)
      visit.end()
    })
    expect(failureOf(await counter().lookUp(question))).toEqual({ code: 'SERVER', httpStatus: 503 })
  })

  test.each([301, 302, 303, 307, 308])(
    '21: row 9: a %i is REDIRECT and its target gets no byte',
    async status => {
      for (const scheme of schemes) {
        const target = await carrierOver(scheme, answersWell)
        const { host, question } = await carrierOver(
          scheme,
          answersWith(
            answer(status, '', { location: `${target.host[scheme]}/emptool/api/mvno/getTrafficInfo/` }),
          ),
        )
        const desk = counter()
        expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'REDIRECT', httpStatus: status })
        await desk.client.close()
        await expectRecovery(desk, host, question)
        expect(target.host.connections()).toBe(0)
        expect(target.host.bytes()).toBe(0)
      }
    },
  )

  describe.each(schemes)('over %s', scheme => {
    test('row 9: an oversize body is TOO_LARGE at 64 KiB, and the line is cut', async () => {
      const { host, question } = await carrierOver(scheme, async visit => {
        await visit.request()
        await visit.send('HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n')
        await visit.sendForEver(Buffer.alloc(16 * KIB, ' '))
      })
      const desk = counter()
      expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'TOO_LARGE' })
      expectRecorded(desk, { code: 'TOO_LARGE' })
      await host.until('the line is cut', () => host.open() === 0)
      // What the system's buffers hold comes on top of what the client took.
      expect(host.sent()).toBeLessThan(16 * 1024 * KIB)
      await expectRecovery(desk, host, question)
    })

    test('row 9: endless headers are TOO_LARGE', async () => {
      const { host, question } = await carrierOver(scheme, async visit => {
        await visit.request()
        await visit.send('HTTP/1.1 200 OK\r\n')
        await visit.sendForEver(`x-more: ${'y'.repeat(1000)}\r\n`)
      })
      const desk = counter()
      expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'TOO_LARGE' })
      await host.until('the line is cut', () => host.open() === 0)
      await expectRecovery(desk, host, question)
    })
  })

  const padded = (size: number) => goodBody(LINE).padEnd(size, ' ')
  const encodings = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync } as const
  test('22: row 9: 64 KiB are read, one byte more is TOO_LARGE', async () => {
    const { host, question } = await carrierOver('http', answersWith(answer(200, padded(64 * KIB))))
    const desk = counter()
    expect(await desk.lookUp(question)).toMatchObject({ ok: true })
    await desk.client.close()
    host.follow(answersWith(answer(200, padded(64 * KIB + 1))))
    expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'TOO_LARGE' })
  })

  test.each(Object.entries(encodings))(
    '22: row 9: %s is understood up to 64 KiB, and one byte more is TOO_LARGE',
    async (name, encode) => {
      const encoded = (size: number) =>
        answersWith(answer(200, encode(padded(size)), { 'content-encoding': name }))
      const { host, question } = await carrierOver('http', encoded(64 * KIB))
      const desk = counter()
      expect(await desk.lookUp(question)).toMatchObject({ ok: true })
      await desk.client.close()
      host.follow(encoded(64 * KIB + 1))
      expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'TOO_LARGE' })
      await desk.client.close()
      await expectRecovery(desk, host, question)
    },
  )

  test.each(Object.entries(encodings))(
    '22: row 9: a %s bomb of 40 MB is TOO_LARGE ten times in a row with memory flat',
    async (name, encode) => {
      const bomb = encode(Buffer.alloc(40_000_000))
      expect(bomb.length).toBeLessThan(64 * KIB)
      const { question } = await carrierOver(
        'http',
        answersWith(answer(200, bomb, { 'content-encoding': name })),
      )
      const desk = counter()
      await desk.lookUp(question)
      const before = process.memoryUsage().rss
      let most = 0
      for (let round = 0; round < 10; round++) {
        expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'TOO_LARGE' })
        most = Math.max(most, process.memoryUsage().rss - before)
      }
      expect(most).toBeLessThan(40_000_000)
    },
  )
})

describe.each(schemes)('row 10: a kept-alive connection ends, over %s', scheme => {
  const answersOnce = (then: Script): Script =>
    onlyFirst(async visit => {
      await visit.request()
      await visit.send(answer(200, goodBody(LINE)))
      await then(visit)
    })

  test.each(['reset', 'end'] as const)(
    'row 10: a %s when the next question comes is told, and never a second POST',
    async how => {
      const { host, question } = await carrierOver(
        scheme,
        answersOnce(async visit => {
          await visit.request()
          visit[how]()
        }),
      )
      const desk = counter()
      expect(await desk.lookUp(question)).toMatchObject({ ok: true })
      expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'UNREACHABLE' })
      expectRecorded(desk, { code: 'UNREACHABLE' })
      expect(host.requests.map(request => request.connection)).toEqual([1, 1])
      await expectRecovery(desk, host, question)
      expect(host.requests.map(request => request.connection)).toEqual([1, 1, 2])
    },
  )

  test.each(['reset', 'end'] as const)(
    'row 10: a %s while nobody asks costs nothing: the next question takes a new connection',
    async how => {
      const { host, question } = await carrierOver(
        scheme,
        answersOnce(visit => visit[how]()),
      )
      const desk = counter()
      expect(await desk.lookUp(question)).toMatchObject({ ok: true })
      await host.until('the first connection is gone', () => host.open() === 0)
      await listenToTheLine()
      await expectRecovery(desk, host, question)
      expect(host.requests.map(request => request.connection)).toEqual([1, 2])
    },
  )

  test('row 10: a reset that races with the next question is at most one POST', async () => {
    for (let round = 0; round < 20; round++) {
      const { host, question } = await carrierOver(
        scheme,
        answersOnce(visit => visit.reset()),
      )
      const desk = counter()
      expect(await desk.lookUp(question)).toMatchObject({ ok: true })
      const second = await desk.lookUp(question)
      if (!second.ok) expect(second.failure).toEqual({ code: 'UNREACHABLE' })
      expect(host.requests.length).toBeLessThanOrEqual(2)
      await desk.client.close()
      await host.stop()
    }
  })

  test.each(['reset', 'end'] as const)(
    'row 10: a %s before the first answer is told, and never a second POST',
    async how => {
      const { host, question } = await carrierOver(scheme, async visit => {
        await visit.request()
        visit[how]()
      })
      const desk = counter()
      expect(failureOf(await desk.lookUp(question))).toEqual({ code: 'UNREACHABLE' })
      expect(host.requests).toHaveLength(1)
      await expectRecovery(desk, host, question)
      expect(host.requests).toHaveLength(2)
    },
  )
})

describe('row 10: HTTP/2', () => {
  test('row 10: a carrier that could speak HTTP/2 is spoken to in HTTP/1.1, which never repeats a stream', async () => {
    const { cert, key } = authority().issue()
    const server = createSecureServer({ cert, key, allowHTTP1: true })
    const versions: string[] = []
    server.on('request', (request, response) => {
      versions.push(request.httpVersion)
      response.end(goodBody(LINE))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const desk = counter()
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`
    expect(await desk.lookUp({ origin, profile: { caFile: CA_FILE } })).toMatchObject({ ok: true })
    await desk.client.close()
    expect(versions).toEqual(['1.1'])
  })

  test('row 10: an HTTP/2 stream refused by the carrier is never posted a second time', async () => {
    const { cert, key } = authority().issue()
    const server = createSecureServer({ cert, key })
    let posts = 0
    server.on('stream', stream => {
      posts++
      stream.on('error', () => {})
      stream.close(7) // REFUSED_STREAM
    })
    server.on('sessionError', () => {})
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const desk = counter()
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`
    const outcome = await desk.lookUp({ origin, profile: { caFile: CA_FILE } })
    expect(outcome.ok).toBe(false)
    await desk.client.close()
    expect(posts).toBeLessThanOrEqual(1)
  })
})

describe('row 14: Esc', () => {
  const waits: Readonly<Record<string, Script>> = {
    'for the headers': async visit => {
      await visit.request()
    },
    'for the body': async visit => {
      await visit.request()
      await visit.send(answer(200, goodBody(LINE)).subarray(0, -10))
    },
    'while bytes trickle': async visit => {
      await visit.request()
      await visit.send('HTTP/1.1 200 OK\r\n\r\n')
      await visit.sendForEver(' ', 20)
    },
  }
  describe.each(schemes)('over %s', scheme => {
    test.each(Object.entries(waits))(
      'row 14: waiting %s ends at once, and the socket is destroyed',
      async (_, script) => {
        const { host, question } = await carrierOver(scheme, script)
        const desk = counter()
        const outcome = desk.lookUp(question)
        await host.until('the request is in', () => host.requests.length === 1)
        desk.cancel()
        expect(desk.isFree(question.origin)).toBe(true)
        expect(failureOf(await outcome)).toEqual({ code: 'CANCELLED' })
        await host.until('the socket is destroyed', () => host.open() === 0)
        await expectRecovery(desk, host, question)
        expect(host.requests).toHaveLength(2)
      },
    )
  })

  test('row 14: in a hanging TLS handshake it ends at once, and the socket is destroyed', async () => {
    const mute = await carrier(() => {})
    const { host, question } = await carrierOver('https', answersWell)
    const desk = counter()
    const outcome = desk.lookUp({ ...question, origin: mute.https })
    await mute.until('the client greets', () => mute.bytes() > 0)
    desk.cancel()
    expect(failureOf(await outcome)).toEqual({ code: 'CANCELLED' })
    expect(desk.isFree(mute.https)).toBe(true)
    const from = performance.now()
    await mute.until('the hanging connection is closed', () => mute.open() === 0)
    expect(performance.now() - from).toBeLessThan(2_500)
    await expectRecovery(desk, host, question)
  })

  test('row 14: a question given up before it was sent sends nothing', async () => {
    const { host, question } = await carrierOver('http', answersWell)
    const desk = counter()
    const { result } = await desk.client.getTrafficInfo({
      account: { kind: 'line', id: LINE },
      authKey: AUTH_KEY,
      origin: question.origin,
      profile: profileFor(),
      signal: AbortSignal.abort(),
    })
    expect(failureOf(result)).toEqual({ code: 'CANCELLED' })
    expect(desk.clock.pending()).toBe(0)
    await desk.lookUp(question)
    expect(host.requests).toHaveLength(1)
  })

  test('row 14: closing the client ends the query in flight and every connection', async () => {
    const { host, question } = await carrierOver('http', async visit => {
      await visit.request()
    })
    const desk = counter()
    const outcome = desk.lookUp(question)
    await host.until('the request is in', () => host.requests.length === 1)
    desk.cancel()
    await desk.client.close()
    await outcome
    await host.until('no connection is left', () => host.open() === 0)
  })

  test('row 14: a query whose proxy question comes back after Esc disturbs nobody', async () => {
    const late = Promise.withResolvers<string>()
    const asked = Promise.withResolvers<void>()
    const gone = await carrierOver('https', answersWell)
    const reply = Promise.withResolvers<void>()
    const { host, question } = await carrierOver('http', async visit => {
      const request = await visit.request()
      await reply.promise
      await visit.send(answer(200, goodBody(accountIn(request))))
    })
    const desk = counter({
      resolveProxy: () => {
        asked.resolve()
        return late.promise
      },
    })
    const first = desk.lookUp({
      origin: gone.question.origin,
      profile: { proxy: { kind: 'system' } },
    })
    await asked.promise
    desk.cancel()
    expect(failureOf(await first)).toEqual({ code: 'CANCELLED' })
    const second = desk.lookUp(question)
    await host.until('the second query is in flight', () => host.requests.length === 1)
    late.resolve('DIRECT')
    await listenToTheLine()
    reply.resolve()
    expect(await second).toMatchObject({ ok: true })
    expect(gone.host.requests).toHaveLength(0)
  })

  test('row 14: a query whose CA file comes back after Esc takes nobody’s place', async () => {
    const late = Promise.withResolvers<string>()
    const asked = Promise.withResolvers<void>()
    const gone = await carrierOver('https', answersWell)
    const { host, question } = await carrierOver('http', async visit => {
      await visit.request()
    })
    const desk = counter({
      readCaFile: () => {
        asked.resolve()
        return late.promise
      },
    })
    const first = desk.lookUp(gone.question)
    await asked.promise
    desk.cancel()
    expect(failureOf(await first)).toEqual({ code: 'CANCELLED' })
    const second = desk.lookUp(question)
    await host.until('the second query is in flight', () => host.requests.length === 1)
    late.resolve(authority().cert)
    await listenToTheLine()
    desk.cancel()
    expect(failureOf(await second)).toEqual({ code: 'CANCELLED' })
    await host.until('the second query’s socket is destroyed', () => host.open() === 0)
    expect(gone.host.requests).toHaveLength(0)
  })
})

describe('14: a carrier that repeats the question in its answer', () => {
  test.each(['json', 'form'] as const)('14: is recorded without the authKey (%s)', async body => {
    const authKey = 'CANARY/key+9f"\\Q%'
    const repeated = [authKey, encodeURIComponent(authKey)].join(' ')
    const message = { resultCode: 211, status: { statusCode: 200, message: `bad: ${repeated}` } }
    const { question } = await carrierOver('http', answersWith(answer(200, JSON.stringify(message))))
    const desk = counter()
    const { result, rawReply } = await desk.client.getTrafficInfo({
      account: { kind: 'line', id: LINE },
      authKey,
      origin: question.origin,
      profile: profileFor({ body }),
      signal: new AbortController().signal,
    })
    expect(failureOf(result)).toMatchObject({ code: 'ACCOUNT_STATUS' })
    const kept = JSON.stringify([result, rawReply])
    expect(kept).toContain('•••')
    for (const part of ['CANARY', 'key+9f', 'key%2B9f']) expect(kept).not.toContain(part)
  })
})

describe('16: what goes out', () => {
  test('the JSON body, the path and the headers are exactly these, and the authKey is in the body alone', async () => {
    const { host, question } = await carrierOver('https', answersWell)
    await counter().lookUp(question)
    const [request] = host.requests
    expect(request?.body).toBe(`{"authKey":"${AUTH_KEY}","account":"${LINE}"}`)
    const [line, ...headers] = request?.head.split('\r\n') ?? []
    expect(line).toBe('POST /emptool/api/mvno/getTrafficInfo/ HTTP/1.1')
    expect(headers.map(header => header.toLowerCase()).sort()).toEqual([
      'accept-encoding: identity',
      'accept: application/json',
      'connection: keep-alive',
      `content-length: ${request?.body.length}`,
      'content-type: application/json',
      `host: localhost:${host.port}`,
    ])
    expect(request?.head).not.toContain(AUTH_KEY)
  })

  test('the form body is one field named json', async () => {
    const { host, question } = await carrierOver('https', answersWell)
    await counter().lookUp({ ...question, account: GROUP, profile: { ...question.profile, body: 'form' } })
    const [request] = host.requests
    expect(request?.body).toBe(
      `json=%7B%22authKey%22%3A%22${AUTH_KEY}%22%2C%22account%22%3A%22${GROUP}%22%7D`,
    )
    expect(request?.head).toContain('content-type: application/x-www-form-urlencoded')
    expect(request?.head).not.toContain(AUTH_KEY)
  })

  test('a key with every printable sign arrives as it is, in either form', async () => {
    const authKey = String.fromCharCode(
      ...Array.from({ length: 0x7e - 0x21 + 1 }, (_, index) => 0x21 + index),
    )
    for (const body of ['json', 'form'] as const) {
      const { host, question } = await carrierOver('http', answersWell)
      const desk = counter()
      await desk.client.getTrafficInfo({
        account: { kind: 'line', id: LINE },
        authKey,
        origin: question.origin,
        profile: profileFor({ body }),
        signal: new AbortController().signal,
      })
      const text = host.requests[0]?.body ?? ''
      const json = body === 'form' ? (new URLSearchParams(text).get('json') ?? '') : text
      expect(JSON.parse(json)).toEqual({ authKey, account: LINE })
    }
  })

  describe('20: to a host that may not have the key', () => {
    test.each([
      ['http beyond this computer', 'http://carrier.example', false],
      ['http on this computer in a packaged program', 'http://127.0.0.1:1', true],
      ['another scheme', 'ftp://127.0.0.1:1', false],
    ])(
      '%s is HOST_REFUSED and nothing is asked, not even the proxy or a file',
      async (_, origin, isPackaged) => {
        const never = vi.fn(async () => '')
        const desk = counter({
          rules: { isPackaged, simulatorOrigin: null },
          resolveProxy: never,
          readCaFile: never,
        })
        const outcome = await desk.lookUp({ origin, profile: { proxy: { kind: 'system' }, caFile: CA_FILE } })
        expect(failureOf(outcome)).toEqual({ code: 'HOST_REFUSED' })
        expect(never).not.toHaveBeenCalled()
      },
    )
  })
})

test('neither a good lookup nor a failed one leaves a listener on the caller’s signal', async () => {
  const { host, question } = await carrierOver('http', answersWell)
  const desk = counter()
  const { signal } = new AbortController()
  const ask = () =>
    desk.client.getTrafficInfo({
      account: { kind: 'line', id: LINE },
      authKey: AUTH_KEY,
      origin: question.origin,
      profile: profileFor(),
      signal,
    })
  expect(await ask()).toMatchObject({ result: { ok: true } })
  await desk.client.close()
  host.follow(visit => visit.reset())
  expect(await ask()).toMatchObject({ result: { ok: false } })
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

describe.each(schemes)('keep-alive over %s', scheme => {
  test('two hundred lookups in a row use one socket and leave nothing behind', async () => {
    const { host, question } = await carrierOver(scheme, answersWell)
    const desk = counter()
    const ask = async () => {
      expect(await desk.lookUp(question)).toMatchObject({ ok: true })
    }
    const warnings: Error[] = []
    const warned = (warning: Error) => warnings.push(warning)
    process.on('warning', warned)
    onTestFinished(() => void process.off('warning', warned))
    const resources = () =>
      process
        .getActiveResourcesInfo()
        .filter(kind => kind !== 'Immediate')
        .sort()
    for (let round = 0; round < 20; round++) await ask()
    const before = resources()
    for (let round = 0; round < 180; round++) await ask()
    expect(host.connections()).toBe(1)
    expect(host.requests).toHaveLength(200)
    expect(host.maxInFlight()).toBe(1)
    expect(resources().length).toBeLessThanOrEqual(before.length + 2)
    expect(desk.clock.pending()).toBe(0)
    expect(warnings.filter(warning => warning.name === 'MaxListenersExceededWarning')).toEqual([])
    await desk.client.close()
    await host.until('the socket is closed', () => host.open() === 0)
  })
})
