import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import {
  authority,
  carrier,
  carrierOver,
  expectRecovery,
  failureOf,
  listenToTheLine,
  newSetup,
} from './testing/checks.ts'
import { accountIn, answer, answersWell, goodBody, type Script } from './testing/fault-carrier.ts'
import { AUTH_KEY, LINE, profileFor } from './testing/lookup-setup.ts'

const schemes = ['http', 'https'] as const

describe('Esc', () => {
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
      'waiting %s ends at once, and the socket is destroyed',
      async (_, script) => {
        const { host, question } = await carrierOver(scheme, script)
        const setup = newSetup()
        const outcome = setup.lookUp(question)
        await host.until('the request is in', () => host.requests.length === 1)
        setup.cancel()
        expect(setup.isFree(question.origin)).toBe(true)
        expect(failureOf(await outcome)).toEqual({ code: 'CANCELLED' })
        await host.until('the socket is destroyed', () => host.open() === 0)
        await expectRecovery(setup, host, question)
        expect(host.requests).toHaveLength(2)
      },
    )
  })

  test('in a hanging TLS handshake it ends at once, and the socket is destroyed', async () => {
    const mute = await carrier(() => {})
    const { host, question } = await carrierOver('https', answersWell)
    const setup = newSetup()
    const outcome = setup.lookUp({ ...question, origin: mute.https })
    await mute.until('the client greets', () => mute.bytes() > 0)
    setup.cancel()
    expect(failureOf(await outcome)).toEqual({ code: 'CANCELLED' })
    expect(setup.isFree(mute.https)).toBe(true)
    await mute.until('the hanging connection is closed', () => mute.open() === 0)
    await expectRecovery(setup, host, question)
  })

  test('a question given up before it was sent sends nothing', async () => {
    const { host, question } = await carrierOver('http', answersWell)
    const setup = newSetup()
    const { result } = await setup.client.getTrafficInfo({
      account: { kind: 'line', id: LINE },
      authKey: AUTH_KEY,
      origin: question.origin,
      profile: profileFor(),
      signal: AbortSignal.abort(),
    })
    expect(failureOf(result)).toEqual({ code: 'CANCELLED' })
    expect(setup.clock.pending).toBe(0)
    await setup.lookUp(question)
    expect(host.requests).toHaveLength(1)
  })

  test('closing the client ends the query in flight and every connection', async () => {
    const { host, question } = await carrierOver('http', async visit => {
      await visit.request()
    })
    const setup = newSetup()
    const outcome = setup.lookUp(question)
    await host.until('the request is in', () => host.requests.length === 1)
    setup.cancel()
    await setup.client.close()
    await outcome
    await host.until('no connection is left', () => host.open() === 0)
  })

  test('a query whose proxy question comes back after Esc disturbs nobody', async () => {
    const late = Promise.withResolvers<string>()
    const asked = Promise.withResolvers<void>()
    const gone = await carrierOver('https', answersWell)
    const reply = Promise.withResolvers<void>()
    const { host, question } = await carrierOver('http', async visit => {
      const request = await visit.request()
      await reply.promise
      await visit.send(answer(200, goodBody(await accountIn(request))))
    })
    const setup = newSetup({
      resolveProxy: () => {
        asked.resolve()
        return late.promise
      },
    })
    const first = setup.lookUp({
      origin: gone.question.origin,
      profile: { proxy: { kind: 'system' } },
    })
    await asked.promise
    setup.cancel()
    expect(failureOf(await first)).toEqual({ code: 'CANCELLED' })
    const second = setup.lookUp(question)
    await host.until('the second query is in flight', () => host.requests.length === 1)
    late.resolve('DIRECT')
    await listenToTheLine()
    reply.resolve()
    expect(await second).toMatchObject({ ok: true })
    expect(gone.host.requests).toHaveLength(0)
  })

  test('a query whose CA file comes back after Esc takes nobody’s place', async () => {
    const late = Promise.withResolvers<string>()
    const asked = Promise.withResolvers<void>()
    const gone = await carrierOver('https', answersWell)
    const { host, question } = await carrierOver('http', async visit => {
      await visit.request()
    })
    const setup = newSetup({
      readCaFile: () => {
        asked.resolve()
        return late.promise
      },
    })
    const first = setup.lookUp(gone.question)
    await asked.promise
    setup.cancel()
    expect(failureOf(await first)).toEqual({ code: 'CANCELLED' })
    const second = setup.lookUp(question)
    await host.until('the second query is in flight', () => host.requests.length === 1)
    late.resolve(authority().cert)
    await listenToTheLine()
    setup.cancel()
    expect(failureOf(await second)).toEqual({ code: 'CANCELLED' })
    await host.until('the second query’s socket is destroyed', () => host.open() === 0)
    expect(gone.host.requests).toHaveLength(0)
  })
})

test('neither a good lookup nor a failed one leaves a listener on the caller’s signal', async () => {
  const { host, question } = await carrierOver('http', answersWell)
  const setup = newSetup()
  const { signal } = new AbortController()
  const ask = () =>
    setup.client.getTrafficInfo({
      account: { kind: 'line', id: LINE },
      authKey: AUTH_KEY,
      origin: question.origin,
      profile: profileFor(),
      signal,
    })
  expect(await ask()).toMatchObject({ result: { ok: true } })
  await setup.client.close()
  host.follow(visit => visit.reset())
  expect(await ask()).toMatchObject({ result: { ok: false } })
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
