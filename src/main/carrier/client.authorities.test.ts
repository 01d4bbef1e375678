import { describe, expect, test } from 'vitest'
import type { SystemAuthorities } from './authorities.ts'
import {
  atDeadline,
  authority,
  carrier,
  carrierOver,
  expectRecorded,
  listenToTheLine,
  newSetup,
} from './testing/checks.ts'
import { answersWell } from './testing/fault-carrier.ts'

/** A system whose keychain answers when the test says so. */
function slowSystem() {
  const reading = Promise.withResolvers<readonly string[]>()
  let known: readonly string[] | null = null
  const authorities: Pick<SystemAuthorities, 'read' | 'known'> = {
    read: () => reading.promise,
    known: () => known,
  }
  return {
    authorities,
    answer(pems: readonly string[]) {
      known = pems
      reading.resolve(pems)
    },
  }
}

describe('while the system has not handed over its authorities', () => {
  test('a lookup waits for them, says so, and then asks once', async () => {
    const host = await carrier(answersWell, { secure: authority().issue() })
    const system = slowSystem()
    const setup = newSetup({ authorities: system.authorities })
    const asked = setup.lookUp({ origin: host.https })
    await listenToTheLine()
    expect(setup.step(host.https)).toBe('authorities')
    expect(host.connections()).toBe(0)

    const steps: unknown[] = []
    setup.gate.onChange(() => steps.push(setup.step(host.https)))
    system.answer([authority().cert])
    expect(await asked).toMatchObject({ ok: true })
    expect(steps[0]).toBe('carrier')
    expect(host.requests).toHaveLength(1)
  })

  test('the deadline holds, the carrier is not blamed, and the next lookup finds them', async () => {
    const host = await carrier(answersWell, { secure: authority().issue() })
    const system = slowSystem()
    const setup = newSetup({ authorities: system.authorities })
    const failure = { code: 'AUTHORITIES_TIMEOUT' } as const
    const asked = setup.lookUp({ origin: host.https })
    await listenToTheLine()
    expect(await atDeadline(setup, asked)).toEqual({ ok: false, failure })
    expectRecorded(setup, failure)
    expect(host.connections()).toBe(0)

    system.answer([authority().cert])
    expect(await setup.lookUp({ origin: host.https })).toMatchObject({ ok: true })
    expect(host.requests).toHaveLength(1)
  })

  test('Esc ends the wait, and nothing is connected afterwards', async () => {
    const host = await carrier(answersWell, { secure: authority().issue() })
    const system = slowSystem()
    const setup = newSetup({ authorities: system.authorities })
    const asked = setup.lookUp({ origin: host.https })
    await listenToTheLine()
    setup.cancel()
    expect(await asked).toEqual({ ok: false, failure: { code: 'CANCELLED' } })
    system.answer([authority().cert])
    await listenToTheLine()
    expect(host.connections()).toBe(0)
  })

  test('a carrier on this computer, without TLS, is asked at once', async () => {
    const { host, question } = await carrierOver('http', answersWell)
    const setup = newSetup({ authorities: slowSystem().authorities })
    expect(await setup.lookUp(question)).toMatchObject({ ok: true })
    expect(host.requests).toHaveLength(1)
  })
})

test('a carrier whose authority the system trusts is believed, and one that nobody trusts is not', async () => {
  const host = await carrier(answersWell, { secure: authority().issue() })
  const trusting = newSetup({
    authorities: { read: async () => [authority().cert], known: () => [authority().cert] },
  })
  expect(await trusting.lookUp({ origin: host.https })).toMatchObject({ ok: true })
  expect(await newSetup().lookUp({ origin: host.https })).toEqual({
    ok: false,
    failure: { code: 'TLS', reason: 'untrusted' },
  })
})
