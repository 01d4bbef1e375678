import type { Profile } from '../../../contract/profile.ts'
import { newProfile } from '../../../contract/profile-defaults.ts'
import type { QueryStep } from '../../../contract/state.ts'
import type { Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import { type GoodLookup, goodLookup, type Lookup } from '../../../domain/traffic.ts'
import type { Gate, GateLimits } from '../../gate/gate.ts'
import { createLocalGate } from '../../gate/local/local-gate.ts'
import { createMemoryGateStore } from '../../gate/testing/memory-gate-store.ts'
import type { Acted } from '../../lookup/acted.ts'
import { createLookUp } from '../../lookup/look-up.ts'
import { typedKeys } from '../../lookup/testing/typed-key.ts'
import { createUnsent } from '../../lookup/unsent.ts'
import { createFakeClock, type FakeClock } from '../../testing/fake-clock.ts'
import { type CarrierClient, type CarrierClientDeps, createCarrierClient } from '../client.ts'
import type { HostRules } from '../host.ts'
import { noAuthorities } from './no-authorities.ts'

export const AUTH_KEY = 'CANARY0authKey0123456789'
export const LINE = '09012345678'
export const OTHER_LINE = '08011112222'
export const DEADLINE_MS = 15_000

export interface Figures {
  readonly lookup: GoodLookup
  readonly stored: boolean
}

export interface Question {
  readonly origin: string
  readonly account?: string
  readonly profile?: Partial<Profile>
}

/** The use case, the gate and the client as the program has them, with time in the test's hand. */
export interface LookUpSetup {
  readonly clock: FakeClock
  readonly client: CarrierClient
  readonly gate: Gate<Acted>
  /** Every lookup that was recorded, with the reply's text. */
  readonly recorded: readonly (Lookup & { readonly rawReply: string | null })[]
  /** The figures, or why there are none, whether or not anything was sent. */
  lookUp(question: Question): Promise<Outcome<Figures>>
  /** Esc. */
  cancel(): void
  /** Whether a query could start right now. */
  isFree(origin: string): boolean
  /** Where the query in flight stands. */
  step(origin: string): QueryStep | null
}

let body: Profile['body'] = 'json'

/** From now on in this test file, profiles send their questions in this form unless a test says another. */
export function askIn(form: Profile['body']): void {
  body = form
}

export const profileFor = (given: Partial<Profile> = {}): Profile => ({
  ...newProfile({ name: 'test', carrier: { kind: 'host', origin: 'https://carrier.example' } }),
  id: '3f0c6a55-5c63-4b4e-9d6d-6f0f7d0a9f11',
  proxy: { kind: 'none' },
  body,
  deadlineSeconds: DEADLINE_MS / 1000,
  ...given,
})

export const limitsOf = (origin: string): GateLimits => ({ origin, cooldownMs: 0, budget: null, signIns: 6 })

export function openSetup({
  rules = { isPackaged: false, simulatorOrigin: null },
  caFiles = {},
  ...deps
}: {
  readonly rules?: HostRules
  readonly caFiles?: Readonly<Record<string, string>>
} & Partial<
  Pick<CarrierClientDeps, 'resolveProxy' | 'readCaFile' | 'authorities' | 'proxyLogin'>
> = {}): LookUpSetup {
  const clock = createFakeClock()
  const client = createCarrierClient({
    clock,
    hostRules: () => rules,
    resolveProxy: async () => 'DIRECT',
    authorities: noAuthorities,
    proxyLogin: async () => ok(null),
    async readCaFile(path) {
      const pem = caFiles[path]
      if (pem === undefined) throw new Error('ENOENT')
      return pem
    },
    ...deps,
  })
  const gate = createLocalGate<Acted>({ clock, store: createMemoryGateStore() })
  const recorded: (Lookup & { readonly rawReply: string | null })[] = []
  let asked: { readonly profile: Profile; readonly origin: string } | null = null
  const useCase = createLookUp({
    findTarget: async () =>
      asked && {
        ...asked,
        owner: { profileId: asked.profile.id, origin: asked.origin },
        limits: limitsOf(asked.origin),
        refusal: null,
      },
    unsent: createUnsent(),
    credentials: typedKeys({ read: async () => ok(AUTH_KEY) }),
    gate,
    client,
    lookups: {
      record(lookup) {
        const stored = { ...lookup, id: recorded.length + 1 }
        recorded.push(stored)
        return stored
      },
      lastGood: (profileId, account) =>
        recorded
          .filter(lookup => lookup.profileId === profileId && lookup.account.id === account)
          .map(goodLookup)
          .findLast(lookup => lookup !== null) ?? null,
    },
    clock,
    agent: () => 'tester',
    confirmedNow: clock.now,
    isKept: () => true,
    onDone: () => {},
    onUnrecorded: () => {},
  })
  const state = (origin: string) => gate.state(limitsOf(origin), asked?.profile.id ?? '')
  return {
    clock,
    client,
    gate,
    recorded,
    async lookUp({ origin, account = LINE, profile }) {
      asked = { origin, profile: profileFor(profile) }
      const outcome = await useCase.lookUp({
        account: { kind: 'line', id: account },
        again: true,
        profileId: asked.profile.id,
      })
      if (!outcome.ok) return outcome
      const { lookup, stored } = outcome.value
      if (!lookup.result.ok) return fail(lookup.result.failure)
      const { result, ...rest } = lookup
      return ok({ lookup: { ...rest, report: result.value }, stored })
    },
    cancel: () => useCase.cancel(),
    step: origin => state(origin).step,
    isFree(origin) {
      const { inFlight, waiting, closed } = state(origin)
      return inFlight === null && waiting === null && closed === null
    },
  }
}
