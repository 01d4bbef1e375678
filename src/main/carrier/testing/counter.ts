import { newProfile } from '../../../contract/profile-defaults.ts'
import type { Profile } from '../../../contract/settings.ts'
import type { Outcome } from '../../../domain/failure.ts'
import { ok } from '../../../domain/result.ts'
import { goodLookup, type Lookup } from '../../../domain/traffic.ts'
import { createRateGate, type GateLimits, type RateGate } from '../../gate/local/queue.ts'
import { createMemoryLedger } from '../../gate/testing/memory-store.ts'
import { type Answered, createLookUp } from '../../lookup/look-up.ts'
import { type CarrierClient, type CarrierClientDeps, createCarrierClient } from '../client.ts'
import type { HostRules } from '../host.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'

export const AUTH_KEY = 'CANARY0authKey0123456789'
export const LINE = '09012345678'
export const OTHER_LINE = '08011112222'
export const DEADLINE_MS = 15_000

export interface Question {
  readonly origin: string
  readonly account?: string
  readonly profile?: Partial<Profile>
}

/** The use case, the gate and the client as the program has them, with time in the test's hand. */
export interface Counter {
  readonly clock: ManualClock
  readonly client: CarrierClient
  readonly gate: RateGate<Answered>
  /** Every lookup that was recorded, with the reply's text. */
  readonly recorded: readonly (Lookup & { readonly rawReply: string | null })[]
  lookUp(question: Question): Promise<Outcome<Answered>>
  /** Esc. */
  cancel(): void
  /** Whether a query could start right now. */
  isFree(origin: string): boolean
}

export const profileFor = (given: Partial<Profile> = {}): Profile => ({
  ...newProfile({ name: 'test', carrier: { kind: 'host', origin: 'https://carrier.example' } }),
  id: '3f0c6a55-5c63-4b4e-9d6d-6f0f7d0a9f11',
  proxy: { kind: 'none' },
  deadlineSeconds: DEADLINE_MS / 1000,
  ...given,
})

export function openCounter({
  rules = { isPackaged: false, simulatorOrigin: null },
  caFiles = {},
  ...deps
}: {
  readonly rules?: HostRules
  readonly caFiles?: Readonly<Record<string, string>>
} & Partial<Pick<CarrierClientDeps, 'resolveProxy' | 'readCaFile'>> = {}): Counter {
  const clock = createManualClock()
  const client = createCarrierClient({
    clock,
    hostRules: () => rules,
    resolveProxy: async () => 'DIRECT',
    async readCaFile(path) {
      const pem = caFiles[path]
      if (pem === undefined) throw new Error('ENOENT')
      return pem
    },
    ...deps,
  })
  const gate = createRateGate<Answered>({ clock, ledger: createMemoryLedger(), onChange: () => {} })
  const recorded: (Lookup & { readonly rawReply: string | null })[] = []
  const limitsOf = (origin: string): GateLimits => ({ origin, cooldownMs: 0, budget: null })
  let asked: { readonly profile: Profile; readonly origin: string } | null = null
  const useCase = createLookUp({
    desk: {
      carrier: async () =>
        asked && {
          ...asked,
          owner: { profileId: asked.profile.id, origin: asked.origin },
          limits: limitsOf(asked.origin),
          isAllowed: true,
        },
    },
    vault: { read: async () => ok(AUTH_KEY) },
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
    agent: 'tester',
    confirmedNow: clock.now,
    isKept: () => true,
    onDone: () => {},
  })
  return {
    clock,
    client,
    gate,
    recorded,
    lookUp({ origin, account = LINE, profile }) {
      asked = { origin, profile: profileFor(profile) }
      return useCase.lookUp({ account, again: true, profileId: asked.profile.id })
    },
    cancel: () => useCase.cancel(),
    isFree(origin) {
      const state = gate.state(limitsOf(origin), asked?.profile.id ?? '')
      return state.inFlight === null && state.waiting === null && state.closed === null
    },
  }
}
