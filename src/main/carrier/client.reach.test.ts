import { describe, expect, onTestFinished, test } from 'vitest'
import { ok } from '../../domain/result.ts'
import { systemClock } from '../clock.ts'
import { createCarrierClient } from './client.ts'
import {
  atDeadline,
  authority,
  carrier,
  carrierOver,
  expectRecorded,
  expectRecovery,
  failureOf,
  newSetup,
  resolveNames,
} from './testing/checks.ts'
import { answer, answersWell, goodBody, type Script } from './testing/fault-carrier.ts'
import { AUTH_KEY, LINE, profileFor } from './testing/lookup-setup.ts'
import { noAuthorities } from './testing/no-authorities.ts'

const schemes = ['http', 'https'] as const

describe('the name', () => {
  test.each(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA'])('a name that fails with %s is OFFLINE', async code => {
    const { host, question } = await carrierOver('https', answersWell)
    const setup = newSetup()
    const works = resolveNames(callback =>
      process.nextTick(
        callback,
        Object.assign(new Error(`getaddrinfo ${code}`), { code, syscall: 'getaddrinfo' }),
      ),
    )
    expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'OFFLINE' })
    expectRecorded(setup, { code: 'OFFLINE' })
    expect(host.connections()).toBe(0)
    works()
    await expectRecovery(setup, host, question)
  })

  test.each(['TIMEOUT', 'CANCELLED'])(
    'a resolver that hangs is %s, and its late answer opens nothing',
    async code => {
      const { host, question } = await carrierOver('https', answersWell)
      const setup = newSetup()
      const late: (() => void)[] = []
      const asked = Promise.withResolvers<void>()
      const works = resolveNames(callback => {
        late.push(() =>
          (callback as (e: null, all: unknown) => void)(null, [{ address: '127.0.0.1', family: 4 }]),
        )
        asked.resolve()
      })
      const outcome = setup.lookUp(question)
      await asked.promise
      if (code === 'CANCELLED') setup.cancel()
      expect(failureOf(await (code === 'TIMEOUT' ? atDeadline(setup, outcome) : outcome))).toEqual({ code })
      works()
      await expectRecovery(setup, host, question)
      for (const answerLate of late) answerLate()
      await setup.lookUp(question)
      await host.until('nothing but the good connection is open', () => host.open() <= 1)
      expect(host.requests).toHaveLength(2)
    },
  )
})

describe('the way', () => {
  test.each(schemes)('a refused connection (%s) is UNREACHABLE', async scheme => {
    const { host, question } = await carrierOver(scheme, answersWell)
    const { port } = host
    await host.stop()
    const setup = newSetup()
    expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'UNREACHABLE' })
    expectRecorded(setup, { code: 'UNREACHABLE' })
    const back = await carrier(answersWell, {
      port,
      ...(scheme === 'https' && { secure: authority().issue() }),
    })
    await expectRecovery(setup, back, question)
  })
})

describe('hangs', () => {
  test('a TLS handshake that hangs is TIMEOUT by the total deadline, and its socket is destroyed', async () => {
    const mute = await carrier(() => {})
    const { host, question } = await carrierOver('https', answersWell)
    const setup = newSetup()
    const outcome = setup.lookUp({ ...question, origin: mute.https })
    await mute.until('the client greets', () => mute.bytes() > 0)
    expect(failureOf(await atDeadline(setup, outcome))).toEqual({ code: 'TIMEOUT' })
    expectRecorded(setup, { code: 'TIMEOUT' })
    expect(setup.isFree(mute.https)).toBe(true)
    await expectRecovery(setup, host, question)
    await mute.until('the hanging connection is closed', () => mute.open() === 0)
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
      '%s is TIMEOUT by the total deadline, the socket is destroyed and the next lookup works',
      async (name, script) => {
        const { host, question } = await carrierOver(scheme, script)
        const setup = newSetup()
        const outcome = setup.lookUp(question)
        await host.until('the request is in', () => host.requests.length === 1)
        if (/for ever|middle/.test(name)) await host.until('bytes were sent', () => host.sent() > 27)
        expect(failureOf(await atDeadline(setup, outcome))).toEqual({ code: 'TIMEOUT' })
        expectRecorded(setup, { code: 'TIMEOUT' })
        await host.until('the socket is destroyed', () => host.open() === 0)
        await expectRecovery(setup, host, question)
        expect(host.requests).toHaveLength(2)
        expect(host.maxInFlight()).toBe(1)
      },
    )
  })

  test('with the system clock, too, a lookup ends after its deadline', async () => {
    const { host, question } = await carrierOver('http', async visit => {
      await visit.request()
    })
    const client = createCarrierClient({
      clock: systemClock,
      hostRules: () => ({ isPackaged: false, simulatorOrigin: null }),
      resolveProxy: async () => 'DIRECT',
      authorities: noAuthorities,
      proxyLogin: async () => ok(null),
      readCaFile: async () => '',
    })
    onTestFinished(() => client.close())
    const from = systemClock.monotonic()
    const { result } = await client.getTrafficInfo({
      account: { kind: 'line', id: LINE },
      authKey: AUTH_KEY,
      origin: question.origin,
      profile: profileFor({ deadlineSeconds: 0.3 }),
      signal: new AbortController().signal,
    })
    expect(failureOf(result)).toEqual({ code: 'TIMEOUT' })
    expect(systemClock.monotonic() - from).toBeGreaterThan(290)
    await host.until('the socket is destroyed', () => host.open() === 0)
  })

  test('many slow pieces never add up to more than the total deadline', async () => {
    const { host, question } = await carrierOver('http', async visit => {
      await visit.request()
      for (;;) {
        await steps()
        await visit.send(' ')
      }
    })
    let next = Promise.withResolvers<void>()
    const steps = () => next.promise
    const setup = newSetup()
    const outcome = setup.lookUp(question)
    await host.until('the request is in', () => host.requests.length === 1)
    for (let second = 1; second <= 15; second++) {
      setup.clock.advance(1_000)
      const step = next
      next = Promise.withResolvers<void>()
      step.resolve()
    }
    expect(failureOf(await outcome)).toEqual({ code: 'TIMEOUT' })
  })
})
