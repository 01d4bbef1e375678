import { beforeEach, expect } from 'vitest'
import type { Account } from '../../../domain/account.ts'
import type { Failure, Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import { createFakeClock, type FakeClock } from '../../testing/fake-clock.ts'
import type { Gate, GateLimits } from '../gate.ts'
import type { GateStore } from '../local/gate-store.ts'
import { createLocalGate } from '../local/local-gate.ts'
import { createMemoryGateStore } from './memory-gate-store.ts'

/** The local gate before a carrier that answers when the test says so; made anew before each test. */

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

export const HOST = 'https://carrier.example.jp'
export const OTHER = 'https://other.example.jp'
export const A: Account = { kind: 'line', id: '09012345678' }
export const B: Account = { kind: 'line', id: '08011112222' }
export const C: Account = { kind: 'line', id: '07033334444' }
export const D: Account = { kind: 'group', id: 'AAA0_00000000001' }

export const limits: GateLimits = { origin: HOST, cooldownMs: 3 * SECOND, budget: 60, signIns: 6 }
export const carrier = { resultCode: '205', statusCode: '403', message: 'Auth Error' }
export const keyRejected = fail<Failure>({ code: 'KEY_REJECTED', carrier })
export const rateLimited = (opensInMs: number) => fail<Failure>({ code: 'RATE_LIMITED', opensInMs })

/** One query as the carrier sees it. */
export interface Seen {
  readonly account: Account
  readonly signal: AbortSignal
  answer(outcome: Outcome<string>): Promise<void>
  break(error: Error): Promise<void>
}

export let clock: FakeClock
export let store: GateStore
export let gate: Gate<string>
export let seen: Seen[]
let changes: number

export function open(): Gate<string> {
  const opened = createLocalGate<string>({ clock, store })
  opened.onChange(() => {
    changes++
  })
  return opened
}

beforeEach(() => {
  clock = createFakeClock()
  store = createMemoryGateStore()
  seen = []
  changes = 0
  gate = open()
})

/** Lets every promise that can settle do so. */
export const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await null
}

export const PROFILE = 'profile'

export function ask(account: Account, within: Partial<GateLimits> = {}): Promise<Outcome<string>> {
  return gate.run({
    profileId: PROFILE,
    key: account.id,
    account,
    limits: { ...limits, ...within },
    failureOf: () => null,
    query: signal => {
      const { promise, resolve, reject } = Promise.withResolvers<Outcome<string>>()
      seen.push({
        account,
        signal,
        async answer(outcome) {
          resolve(outcome)
          await settled()
        },
        async break(error) {
          reject(error)
          await settled()
        },
      })
      return promise
    },
  })
}

/** The query that the carrier saw last. */
export function last(): Seen {
  const query = seen.at(-1)
  if (query === undefined) throw new Error('the carrier was not asked')
  return query
}

/** Asks, is answered well, and lets the cool-down pass. */
export async function spend(account: Account, within: Partial<GateLimits> = {}): Promise<void> {
  const answer = ask(account, within)
  await last().answer(ok(account.id))
  expect(await answer).toEqual(ok(account.id))
  clock.advance(within.cooldownMs ?? limits.cooldownMs)
}

/** The program ends, whatever it was doing, and starts again after a while. */
export function restart(after = 0): void {
  clock.advance(after)
  clock = createFakeClock({ wall: clock.now(), monotonic: 12.5 })
  gate = open()
}

export const state = (within: Partial<GateLimits> = {}) => gate.state({ ...limits, ...within }, PROFILE)
export const asked = () => seen.map(({ account }) => account)

/** How many changes were told since this was asked last. */
export function changesSince(): number {
  const told = changes
  changes = 0
  return told
}
