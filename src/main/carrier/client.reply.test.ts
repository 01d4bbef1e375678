import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { refusals } from '../../domain/failure.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import {
  carrierOver,
  expectRecorded,
  expectRecovery,
  failureOf,
  newSetup,
  onlyFirst,
} from './testing/checks.ts'
import { answer, answersWell, answersWith, goodBody } from './testing/fault-carrier.ts'
import { LINE, limitsOf, OTHER_LINE } from './testing/lookup-setup.ts'

const schemes = ['http', 'https'] as const
const KIB = 1024

describe.each(schemes)('replies that are none, over %s', scheme => {
  const cut = answer(200, goodBody(LINE)).subarray(0, -2)
  const chunked = (body: string, end: string) =>
    `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n${end}`
  const cuts: Readonly<Record<string, string | Buffer>> = {
    'a body cut two bytes short': cut,
    'a chunked body without its end': chunked(goodBody(LINE), ''),
    'a chunk with a size that is none': `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n${goodBody(LINE)}`,
  }
  test.each(Object.entries(cuts))('%s is BAD_REPLY, and no figure of it is kept', async (_, bytes) => {
    const { host, question } = await carrierOver(scheme, async visit => {
      await visit.request()
      await visit.send(bytes)
      visit.end()
    })
    const setup = newSetup()
    expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'BAD_REPLY', httpStatus: 200 })
    expectRecorded(setup, { code: 'BAD_REPLY', httpStatus: 200 })
    await expectRecovery(setup, host, question)
    expect(host.requests).toHaveLength(2)
  })

  test('a body cut by a reset is BAD_REPLY', async () => {
    const { host, question } = await carrierOver(scheme, async visit => {
      await visit.request()
      await visit.send(cut)
      await hasSome
      visit.reset()
    })
    const hasSome = new Promise(setImmediate)
    const setup = newSetup()
    expect(failureOf(await setup.lookUp(question)).code).toMatch(/^(BAD_REPLY|UNREACHABLE)$/)
    await expectRecovery(setup, host, question)
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
  test.each(Object.entries(others))('%s with 200 is BAD_REPLY with its status', async (_, bytes) => {
    const { host, question } = await carrierOver(scheme, answersWith(bytes))
    const setup = newSetup()
    expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'BAD_REPLY', httpStatus: 200 })
    expectRecorded(setup, { code: 'BAD_REPLY', httpStatus: 200 })
    await setup.client.close()
    await expectRecovery(setup, host, question)
  })

  test('bytes that are no HTTP are BAD_REPLY without a status', async () => {
    const { host, question } = await carrierOver(scheme, answersWith('SSH-2.0-OpenSSH_9.6\r\n'))
    const setup = newSetup()
    expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'BAD_REPLY', httpStatus: null })
    await expectRecovery(setup, host, question)
  })

  test('two lengths that differ are BAD_REPLY', async () => {
    const bytes = answer(200, goodBody(LINE), { 'Content-Length': '5' })
    const { host, question } = await carrierOver(scheme, answersWith(bytes))
    const setup = newSetup()
    expect(failureOf(await setup.lookUp(question)).code).toBe('BAD_REPLY')
    await expectRecovery(setup, host, question)
  })

  test('a reply too many is never taken for the answer to the next question', async () => {
    const { host, question } = await carrierOver(
      scheme,
      onlyFirst(async visit => {
        await visit.request()
        await visit.send(Buffer.concat([answer(200, goodBody(LINE)), answer(200, goodBody(LINE, '666'))]))
        await visit.request()
        await visit.send(answer(200, goodBody(LINE, '777')))
      }),
    )
    const setup = newSetup()
    expect(await setup.lookUp(question)).toMatchObject({ ok: true })
    const second = await setup.lookUp(question)
    if (second.ok) expect(second.value.lookup.report.todayKb).not.toBe(666)
    expect(host.requests.length).toBeLessThanOrEqual(2)
  })
})

describe('figures', () => {
  test.each([
    ['null', null],
    ['NaN', 'NaN'],
    ['negative', '-100'],
    ['huge', '99999999999999999999'],
    ['text', '100 KB'],
    ['missing', undefined],
  ])('a %s figure is "no data" and the rest still shows', async (_, today) => {
    const body = JSON.stringify({
      resultCode: 100,
      account: LINE,
      traffic: { today, inRecentDays: '100,200', blackList: 20 },
    })
    const { question } = await carrierOver('http', answersWith(answer(200, body)))
    const outcome = await newSetup().lookUp(question)
    expect(outcome).toMatchObject({
      ok: true,
      value: { lookup: { report: { todayKb: null, recentDays: '100,200', blacklist: 'not-listed' } } },
    })
  })
})

describe('the carrier refuses', () => {
  const statuses = [200, 400, 403, 404, 429, 500, 503]
  test.each(Object.entries(refusals))(
    'result code %s is %s with every HTTP status',
    async (resultCode, code) => {
      for (const status of statuses) {
        const body = JSON.stringify({ resultCode, status: { message: 'Words', statusCode: '400' } })
        const { host, question } = await carrierOver('http', answersWith(answer(status, body)))
        const setup = newSetup()
        const failure = { code, carrier: { resultCode, statusCode: '400', message: 'Words' } }
        expect(failureOf(await setup.lookUp(question))).toEqual(failure)
        expect(setup.recorded.at(-1)?.rawReply).toBe(body)
        expect(host.requests).toHaveLength(1)
      }
    },
  )

  test('a refused key closes the gate, is not tried again by itself, and once a minute on request', async () => {
    const body = JSON.stringify({ resultCode: '205', status: { message: 'Auth Error', statusCode: '403' } })
    const { host, question } = await carrierOver('http', answersWith(answer(403, body)))
    const setup = newSetup()
    const limits = limitsOf(question.origin)
    expect(failureOf(await setup.lookUp(question)).code).toBe('KEY_REJECTED')
    expect(failureOf(await setup.lookUp(question))).toMatchObject({
      code: 'GATE_CLOSED',
      reason: 'key-rejected',
    })
    expect(failureOf(await setup.gate.tryKeyAgain(limits))).toMatchObject({ opensInMs: 60_000 })
    setup.clock.advance(3_600_000)
    expect(failureOf(await setup.lookUp(question)).code).toBe('GATE_CLOSED')
    expect(host.requests).toHaveLength(1)
    expect((await setup.gate.tryKeyAgain(limits)).ok).toBe(true)
    await setup.client.close()
    await expectRecovery(setup, host, question)
  })

  test('an unknown result code is UNKNOWN_RESULT with the carrier’s code and message as text', async () => {
    const body = JSON.stringify({ resultCode: 999, status: { message: '<b>保守中</b>', statusCode: 503 } })
    const { host, question } = await carrierOver('http', answersWith(answer(503, body)))
    const setup = newSetup()
    expect(failureOf(await setup.lookUp(question))).toEqual({
      code: 'UNKNOWN_RESULT',
      carrier: { resultCode: '999', statusCode: '503', message: '<b>保守中</b>' },
    })
    await setup.client.close()
    await expectRecovery(setup, host, question)
  })
})

describe('too many requests', () => {
  const inTwoMinutes = new Date(createFakeClock().now() + 120_000).toUTCString()
  test.each([
    ['seconds', '90', 90_000],
    ['a date', inTwoMinutes, 120_000],
    ['a date gone by', 'Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['junk', 'soon', 60_000],
    ['junk that Date.parse would take', 'foo, 1', 60_000],
    ['a negative number', '-5', 60_000],
    ['nothing', null, 60_000],
  ])(
    '429 with %s in Retry-After counts down and leaves nothing in flight',
    async (_, retryAfter, opensInMs) => {
      const bytes = answer(429, '', retryAfter === null ? {} : { 'retry-after': retryAfter })
      const { host, question } = await carrierOver('http', answersWith(bytes))
      const setup = newSetup()
      expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'RATE_LIMITED', opensInMs })
      expectRecorded(setup, { code: 'RATE_LIMITED', opensInMs })
      if (opensInMs > 0) {
        expect(failureOf(await setup.lookUp(question))).toEqual({
          code: 'GATE_CLOSED',
          reason: 'rate-limited',
          opensInMs,
        })
        expect(host.requests).toHaveLength(1)
        setup.clock.advance(opensInMs)
      }
      await setup.client.close()
      await expectRecovery(setup, host, question)
    },
  )

  test.each([
    ['a gzip header and an empty body', answer(429, '', { 'retry-after': '30', 'content-encoding': 'gzip' })],
    ['a body in an unknown encoding', answer(429, 'xx', { 'retry-after': '30', 'content-encoding': 'zstd' })],
    ['a body cut short', answer(429, 'Too many', { 'retry-after': '30', 'content-length': '100' })],
    ['a body too large', answer(429, 'x'.repeat(70_000), { 'retry-after': '30' })],
  ])('429 with %s closes the gate all the same', async (_, bytes) => {
    const { question } = await carrierOver('http', async visit => {
      await visit.request()
      await visit.send(bytes)
      visit.end()
    })
    const setup = newSetup()
    expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'RATE_LIMITED', opensInMs: 30_000 })
    expect(failureOf(await setup.lookUp(question)).code).toBe('GATE_CLOSED')
  })
})

describe('servers in trouble', () => {
  test.each([500, 502, 503, 504, 599])('%i without a reply is SERVER', async status => {
    const { host, question } = await carrierOver('http', answersWith(answer(status, '<h1>Down</h1>')))
    const setup = newSetup()
    expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'SERVER', httpStatus: status })
    await setup.client.close()
    await expectRecovery(setup, host, question)
  })

  test.each([
    ['in gzip that is none', answer(503, 'oops', { 'content-encoding': 'gzip' })],
    ['cut short', answer(503, 'oops', { 'content-length': '100' })],
  ])('503 with a body %s is SERVER', async (_, bytes) => {
    const { question } = await carrierOver('http', async visit => {
      await visit.request()
      await visit.send(bytes)
      visit.end()
    })
    expect(failureOf(await newSetup().lookUp(question))).toEqual({ code: 'SERVER', httpStatus: 503 })
  })

  test.each([301, 302, 303, 307, 308])('21: a %i is REDIRECT and its target gets no byte', async status => {
    for (const scheme of schemes) {
      const target = await carrierOver(scheme, answersWell)
      const { host, question } = await carrierOver(
        scheme,
        answersWith(
          answer(status, '', { location: `${target.host[scheme]}/emptool/api/mvno/getTrafficInfo/` }),
        ),
      )
      const setup = newSetup()
      expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'REDIRECT', httpStatus: status })
      await setup.client.close()
      await expectRecovery(setup, host, question)
      expect(target.host.connections()).toBe(0)
      expect(target.host.bytes()).toBe(0)
    }
  })

  describe.each(schemes)('over %s', scheme => {
    test('an oversize body is TOO_LARGE at 64 KiB, and the line is cut', async () => {
      const { host, question } = await carrierOver(scheme, async visit => {
        await visit.request()
        await visit.send('HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n')
        await visit.sendForEver(Buffer.alloc(16 * KIB, ' '))
      })
      const setup = newSetup()
      expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'TOO_LARGE' })
      expectRecorded(setup, { code: 'TOO_LARGE' })
      await host.until('the line is cut', () => host.open() === 0)
      // The bytes sent include what the system's buffers hold, besides what the client read.
      expect(host.sent()).toBeLessThan(16 * 1024 * KIB)
      await expectRecovery(setup, host, question)
    })

    test('endless headers are TOO_LARGE', async () => {
      const { host, question } = await carrierOver(scheme, async visit => {
        await visit.request()
        await visit.send('HTTP/1.1 200 OK\r\n')
        await visit.sendForEver(`x-more: ${'y'.repeat(1000)}\r\n`)
      })
      const setup = newSetup()
      expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'TOO_LARGE' })
      await host.until('the line is cut', () => host.open() === 0)
      await expectRecovery(setup, host, question)
    })
  })

  const padded = (size: number) => goodBody(LINE).padEnd(size, ' ')
  const encodings = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync } as const
  test('22: 64 KiB are read, one byte more is TOO_LARGE', async () => {
    const { host, question } = await carrierOver('http', answersWith(answer(200, padded(64 * KIB))))
    const setup = newSetup()
    expect(await setup.lookUp(question)).toMatchObject({ ok: true })
    await setup.client.close()
    host.follow(answersWith(answer(200, padded(64 * KIB + 1))))
    expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'TOO_LARGE' })
  })

  test.each(Object.entries(encodings))(
    '22: %s is understood up to 64 KiB, and one byte more is TOO_LARGE',
    async (name, encode) => {
      const encoded = (size: number) =>
        answersWith(answer(200, encode(padded(size)), { 'content-encoding': name }))
      const { host, question } = await carrierOver('http', encoded(64 * KIB))
      const setup = newSetup()
      expect(await setup.lookUp(question)).toMatchObject({ ok: true })
      await setup.client.close()
      host.follow(encoded(64 * KIB + 1))
      expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'TOO_LARGE' })
      await setup.client.close()
      await expectRecovery(setup, host, question)
    },
  )

  test.each(Object.entries(encodings))(
    '22: a %s bomb of 40 MB is TOO_LARGE ten times in a row with memory flat',
    async (name, encode) => {
      const bomb = encode(Buffer.alloc(40_000_000))
      expect(bomb.length).toBeLessThan(64 * KIB)
      const { question } = await carrierOver(
        'http',
        answersWith(answer(200, bomb, { 'content-encoding': name })),
      )
      const setup = newSetup()
      await setup.lookUp(question)
      const before = process.memoryUsage().rss
      let most = 0
      for (let round = 0; round < 10; round++) {
        expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'TOO_LARGE' })
        most = Math.max(most, process.memoryUsage().rss - before)
      }
      expect(most).toBeLessThan(40_000_000)
    },
  )
})
