import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  atDeadline,
  CA_FILE,
  carrierOver,
  expectRecovery,
  failureOf,
  newSetup,
  proxy,
  secureCarrier,
} from './testing/checks.ts'
import { accountIn, answer, answersWell, answersWith, goodBody } from './testing/fault-carrier.ts'
import { LINE } from './testing/lookup-setup.ts'

const GOOD = { ok: true, value: { lookup: { report: { todayKb: 100, blacklist: 'not-listed' } } } }

describe('what a host says of its bytes is not believed over them', () => {
  const body = goodBody(LINE)
  test.each<readonly [what: string, body: Buffer | string, headers: Record<string, string>]>([
    ['UTF-8 as an encoding', body, { 'content-encoding': 'UTF-8' }],
    ['none', body, { 'content-encoding': 'none' }],
    ['Identity', body, { 'content-encoding': 'Identity' }],
    ['zstd over plain text', body, { 'content-encoding': 'zstd' }],
    ['gzip over plain text', body, { 'content-encoding': 'gzip' }],
    ['deflate over plain text', body, { 'content-encoding': 'deflate' }],
    ['br over plain text', body, { 'content-encoding': 'br' }],
    ['x-gzip', gzipSync(body), { 'content-encoding': 'x-gzip' }],
    ['GZIP in capitals', gzipSync(body), { 'content-encoding': 'GZIP' }],
    ['gzip without a word', gzipSync(body), {}],
    ['gzip as deflate', gzipSync(body), { 'content-encoding': 'deflate' }],
    ['zlib as gzip', deflateSync(body), { 'content-encoding': 'gzip' }],
    ['deflate with its header', deflateSync(body), { 'content-encoding': 'deflate' }],
    ['raw deflate', deflateRawSync(body), { 'content-encoding': 'deflate' }],
    ['raw deflate without a word', deflateRawSync(body), {}],
    ['brotli', brotliCompressSync(body), { 'content-encoding': 'br' }],
    ['a byte order mark', `\ufeff${body}`, {}],
    [
      'UTF-16',
      Buffer.from(`\ufeff${body}`, 'utf16le'),
      { 'content-type': 'application/json; charset=utf-16' },
    ],
  ])('%s gives the figures', async (_, bytes, headers) => {
    const { question } = await carrierOver('http', answersWith(answer(200, bytes, headers)))
    expect(await newSetup().lookUp(question)).toMatchObject(GOOD)
  })

  test.each<readonly [what: string, bytes: Buffer]>([
    ['gzip', gzipSync(Buffer.alloc(10_000_000, 0x20))],
    ['zlib', deflateSync(Buffer.alloc(10_000_000, 0x20))],
    ['raw deflate', deflateRawSync(Buffer.alloc(10_000_000, 0x20))],
  ])('a bomb in %s that nobody announced is TOO_LARGE', async (_, bytes) => {
    const { question } = await carrierOver('http', answersWith(answer(200, bytes)))
    expect(failureOf(await newSetup().lookUp(question))).toEqual({ code: 'TOO_LARGE' })
  })
})

describe('a message in another charset', () => {
  // `エラー` in CP932 has a byte 0x5c, which breaks JSON for a reader of UTF-8.
  const message = {
    cp932: [0x83, 0x47, 0x83, 0x89, 0x81, 0x5b, 0x95, 0x5c],
    'euc-jp': [0xa5, 0xa8, 0xa5, 0xe9, 0xa1, 0xbc, 0xc9, 0xbd],
  }
  const reply = (bytes: readonly number[], code: string) =>
    Buffer.concat([
      Buffer.from(`{"resultCode":"${code}","status":{"statusCode":"500","message":"`),
      Buffer.from(bytes),
      Buffer.from('"}}'),
    ])

  test.each<readonly [what: string, bytes: readonly number[], type: string]>([
    ['Shift_JIS, named', message.cp932, 'application/json; charset=Shift_JIS'],
    ['Shift_JIS, not named', message.cp932, 'application/json'],
    ['Shift_JIS that calls itself UTF-8', message.cp932, 'application/json; charset=utf-8'],
    ['EUC-JP, named', message['euc-jp'], 'application/json; charset="euc-jp"'],
    [
      'UTF-8 that calls itself Shift_JIS',
      [...Buffer.from('エラー表')],
      'application/json; charset=Shift_JIS',
    ],
  ])('is read with its code: %s', async (_, bytes, type) => {
    const { question } = await carrierOver(
      'http',
      answersWith(answer(500, reply(bytes, '211'), { 'content-type': type })),
    )
    expect(failureOf(await newSetup().lookUp(question))).toMatchObject({
      code: 'ACCOUNT_STATUS',
      carrier: { resultCode: '211', message: 'エラー表' },
    })
  })
})

describe('100 Continue that nobody asked for is passed over', () => {
  const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n'

  test.each(['http', 'https'] as const)('over %s, and again on the same connection', async scheme => {
    const { host, question } = await carrierOver(scheme, async visit => {
      for (;;) {
        const request = await visit.request()
        await visit.send(CONTINUE)
        await visit.send(
          Buffer.concat([Buffer.from(CONTINUE), answer(200, goodBody(await accountIn(request)))]),
        )
      }
    })
    const setup = newSetup()
    expect(await setup.lookUp(question)).toMatchObject(GOOD)
    expect(await setup.lookUp(question)).toMatchObject(GOOD)
    expect(host.connections()).toBe(1)
    expect(host.requests).toHaveLength(2)
  })

  test('through a proxy', async () => {
    const host = await secureCarrier(async visit => {
      const request = await visit.request()
      await visit.send(CONTINUE)
      await visit.send(answer(200, goodBody(await accountIn(request))))
    })
    const way = await proxy('works')
    const setup = newSetup({ resolveProxy: async () => way.rule })
    const profile = { proxy: { kind: 'system' }, caFile: CA_FILE } as const
    expect(await setup.lookUp({ origin: host.https, profile })).toMatchObject(GOOD)
  })

  test('and an endless one ends at the deadline', async () => {
    const { host, question } = await carrierOver('http', async visit => {
      await visit.request()
      await visit.sendForEver(CONTINUE, 5)
    })
    const setup = newSetup()
    const asked = setup.lookUp(question)
    await host.until('some came', () => host.sent() > 100)
    expect(failureOf(await atDeadline(setup, asked))).toEqual({ code: 'TIMEOUT' })
    await expectRecovery(setup, host, question)
  })
})

describe('a PAC rule with several ways', () => {
  const viaSystem = { proxy: { kind: 'system' }, caFile: CA_FILE } as const

  test('goes on to the next while nothing of the request has been sent', async () => {
    const host = await secureCarrier(answersWell)
    const gone = await proxy('works')
    await gone.stop()
    const refuses = await proxy({ reply: 'HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n' })
    const works = await proxy('works')
    const rule = `${gone.rule}; ${refuses.rule}; ${works.rule}; DIRECT`
    const setup = newSetup({ resolveProxy: async () => rule })
    expect(await setup.lookUp({ origin: host.https, profile: viaSystem })).toMatchObject(GOOD)
    expect(refuses.asked).toHaveLength(1)
    expect(works.asked).toHaveLength(1)
    expect(host.requests).toHaveLength(1)
  })

  test('ends with a direct connection where it says so, and only there', async () => {
    const host = await secureCarrier(answersWell)
    const cuts = await proxy('cut')
    const direct = newSetup({ resolveProxy: async () => `${cuts.rule}; DIRECT` })
    expect(await direct.lookUp({ origin: host.https, profile: viaSystem })).toMatchObject(GOOD)
    const strict = newSetup({ resolveProxy: async () => cuts.rule })
    expect(failureOf(await strict.lookUp({ origin: host.https, profile: viaSystem }))).toEqual({
      code: 'PROXY',
      httpStatus: null,
    })
    expect(host.requests).toHaveLength(1)
  })

  test('leaves a proxy that hangs after its share of the time', async () => {
    const host = await secureCarrier(answersWell)
    const hangs = await proxy('hang')
    const works = await proxy('works')
    const setup = newSetup({ resolveProxy: async () => `${hangs.rule}; ${works.rule}` })
    const asked = setup.lookUp({ origin: host.https, profile: viaSystem })
    await hangs.until('the first is asked', () => hangs.asked.length === 1)
    setup.clock.advance(7_500)
    expect(await asked).toMatchObject(GOOD)
    await hangs.until('its connection is closed', () => hangs.open() === 0)
    expect(host.requests).toHaveLength(1)
  })

  test('never goes on once the carrier itself was reached: no second POST', async () => {
    const host = await secureCarrier(async visit => {
      await visit.request()
      visit.reset()
    })
    const first = await proxy('works')
    const second = await proxy('works')
    const setup = newSetup({ resolveProxy: async () => `${first.rule}; ${second.rule}; DIRECT` })
    expect(failureOf(await setup.lookUp({ origin: host.https, profile: viaSystem }))).toEqual({
      code: 'UNREACHABLE',
    })
    expect(host.requests).toHaveLength(1)
    expect(second.asked).toHaveLength(0)
  })

  test('does not go on for a certificate that is not trusted, nor while a carrier is slow', async () => {
    const host = await secureCarrier(async visit => {
      await visit.request()
    })
    const first = await proxy('works')
    const second = await proxy('works')
    const setup = newSetup({ resolveProxy: async () => `${first.rule}; ${second.rule}` })
    const asked = setup.lookUp({ origin: host.https, profile: viaSystem })
    await host.until('the carrier is asked', () => host.requests.length === 1)
    expect(failureOf(await atDeadline(setup, asked))).toEqual({ code: 'TIMEOUT' })
    expect(second.asked).toHaveLength(0)
  })

  test('finds the next way again where the first one ends between two queries', async () => {
    const host = await secureCarrier(answersWell)
    const first = await proxy('works')
    const second = await proxy('works')
    const setup = newSetup({ resolveProxy: async () => `${first.rule}; ${second.rule}` })
    const question = { origin: host.https, profile: viaSystem }
    expect(await setup.lookUp(question)).toMatchObject(GOOD)
    await first.stop()
    await host.until('its connection is closed', () => host.open() === 0)
    await new Promise(setImmediate)
    expect(await setup.lookUp(question)).toMatchObject(GOOD)
    expect(second.asked).toHaveLength(1)
    expect(host.requests).toHaveLength(2)
  })
})
