import { describe, expect, test } from 'vitest'
import type { Profile } from '../../contract/profile.ts'
import { CA_FILE, carrier, carrierOver, failureOf, newSetup, secureCarrier } from './testing/checks.ts'
import { answer, answersWith } from './testing/fault-carrier.ts'
import { DEADLINE_MS, profileFor } from './testing/lookup-setup.ts'
import { jsonOf } from './testing/request-json.ts'

const OEM_ID = 'OEM-0001'
const OEM_KEY = 'CANARY0oemKey"+/9f'
const AUTH_KEY = 'CANARY1authKey0001'

const accepted = JSON.stringify({
  resultCode: '100',
  status: { message: 'OK', statusCode: '200' },
  authKey: AUTH_KEY,
})

const signIn = (
  setup: ReturnType<typeof newSetup>,
  origin: string,
  profile: Partial<Profile> = {},
  signal = new AbortController().signal,
) => setup.client.signIn({ origin, profile: profileFor(profile), signal, oemId: OEM_ID, oemKey: OEM_KEY })

describe.each(['json', 'form', 'multipart'] as const)('a sign-in in the body form %s', body => {
  test('16: is one POST to authOem with the ID and the key, and gives the authKey', async () => {
    const host = await secureCarrier(answersWith(answer(200, accepted)))
    const setup = newSetup()
    const done = await signIn(setup, host.https, { body, caFile: CA_FILE })
    // The reply holds a key, so none of it is given on.
    expect(done).toEqual({ result: { ok: true, value: AUTH_KEY }, rawReply: null })
    expect(host.requests).toHaveLength(1)
    const [request] = host.requests
    expect(request?.head.split('\r\n')[0]).toBe('POST /emptool/api/authOem/ HTTP/1.1')
    expect(request?.head).not.toContain('CANARY')
    expect(await jsonOf(request)).toEqual({ oemId: OEM_ID, oemKey: OEM_KEY })
  })

  test('14: that the carrier refuses is SIGN_IN_REFUSED with its words, without the key that it repeats', async () => {
    const reply = { resultCode: '999', status: { statusCode: 403, message: `no: ${OEM_KEY}` } }
    const { question } = await carrierOver('http', answersWith(answer(403, JSON.stringify(reply))))
    const { result, rawReply } = await signIn(newSetup(), question.origin, { body })
    expect(failureOf(result)).toEqual({
      code: 'SIGN_IN_REFUSED',
      carrier: { resultCode: '999', statusCode: '403', message: 'no: •••' },
    })
    expect(rawReply).toContain('999')
    for (const kept of [JSON.stringify(result), rawReply]) expect(kept).not.toContain('CANARY')
  })
})

test('14: a refusal that holds a key all the same is kept without it', async () => {
  const reply = JSON.stringify({ resultCode: '101', status: { message: 'soon' }, authKey: AUTH_KEY })
  const { question } = await carrierOver('http', answersWith(answer(200, reply)))
  const { result, rawReply } = await signIn(newSetup(), question.origin)
  expect(failureOf(result)).toMatchObject({ code: 'SIGN_IN_REFUSED' })
  expect(rawReply).toContain('soon')
  expect(JSON.stringify([result, rawReply])).not.toContain('CANARY')
})

describe('a reply to a sign-in', () => {
  test.each([
    ['100 as a number', JSON.stringify({ resultCode: 100, authKey: AUTH_KEY })],
    [
      'with more fields than we know',
      JSON.stringify({ resultCode: '100', authKey: AUTH_KEY, expires: 3600 }),
    ],
    ['after a byte order mark', `\uFEFF${accepted}`],
  ])('%s is accepted', async (_, text) => {
    const { question } = await carrierOver('http', answersWith(answer(200, text)))
    expect((await signIn(newSetup(), question.origin)).result).toEqual({ ok: true, value: AUTH_KEY })
  })

  test.each([
    ['100 without a key', JSON.stringify({ resultCode: '100' })],
    ['100 with an empty key', JSON.stringify({ resultCode: '100', authKey: '' })],
    ['100 with a key that is no text', JSON.stringify({ resultCode: '100', authKey: { key: 1 } })],
    ['100 with a key of two lines', JSON.stringify({ resultCode: '100', authKey: 'a\r\nb' })],
    ['100 with an endless key', JSON.stringify({ resultCode: '100', authKey: 'a'.repeat(3_000) })],
    ['HTML', '<html>login</html>'],
    ['nothing', ''],
    ['a list', '[]'],
  ])('%s is BAD_REPLY', async (_, text) => {
    const { question } = await carrierOver('http', answersWith(answer(200, text)))
    const { result, rawReply } = await signIn(newSetup(), question.origin)
    expect(failureOf(result)).toEqual({ code: 'BAD_REPLY', httpStatus: 200 })
    expect(rawReply).toBeNull()
  })

  test.each([
    [429, { code: 'RATE_LIMITED', opensInMs: 60_000 }],
    [503, { code: 'SERVER', httpStatus: 503 }],
    [302, { code: 'REDIRECT', httpStatus: 302 }],
  ])('HTTP %i without the carrier’s words is what it is for a lookup', async (status, failure) => {
    const { question } = await carrierOver('http', answersWith(answer(status, '')))
    expect(failureOf((await signIn(newSetup(), question.origin)).result)).toEqual(failure)
  })
})

test('a sign-in has the deadline of a lookup, and can be called off', async () => {
  const host = await carrier(async visit => {
    await visit.request()
  })
  const setup = newSetup()
  const late = signIn(setup, host.http)
  await host.until('it is asked', () => host.requests.length === 1)
  setup.clock.advance(DEADLINE_MS)
  expect(failureOf((await late).result)).toEqual({ code: 'TIMEOUT' })

  const abort = new AbortController()
  const cancelled = signIn(setup, host.http, {}, abort.signal)
  await host.until('it is asked again', () => host.requests.length === 2)
  abort.abort()
  expect(failureOf((await cancelled).result)).toEqual({ code: 'CANCELLED' })
})

test('20: a host that may not have the OEM key is not asked', async () => {
  const setup = newSetup({ rules: { isPackaged: true, simulatorOrigin: null } })
  for (const origin of ['http://127.0.0.1:1', 'http://carrier.example'])
    expect(failureOf((await signIn(setup, origin)).result)).toEqual({ code: 'HOST_REFUSED' })
})
