import type { PolicyState } from '../../contract/policy.ts'
import type { Profile } from '../../contract/profile.ts'
import type { StoreState } from '../../contract/state.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import type { PostDeps } from '../carrier/post.ts'
import { trustFor } from '../carrier/trust.ts'
import { waysTo } from '../carrier/ways.ts'
import type { Clock } from '../clock.ts'
import type { GateLimits } from '../gate/gate.ts'
import type { KeyVault } from '../keychain/key-vault.ts'
import { limitsOf, typedKeyOf } from '../profiles/owner.ts'
import type { Finding, Late } from './finding.ts'
import { or } from './or.ts'
import { probeWay } from './probe.ts'

/** How long all of it may take. */
const DEADLINE_MS = 20_000
/** A clock that is off by more than this makes certificates fail and dates lie. */
const CLOCK_OFF_MS = 60_000
const SOON_MS = 14 * 86_400_000

/** Looks at everything between the agent and the carrier. It is asked for, never automatic, and asks the carrier nothing. */
export function createDoctor({
  clock,
  policy,
  confirmedNow,
  store,
  vault,
  testTeam,
  refusalOf,
  ...deps
}: Omit<PostDeps, 'hostRules'> & {
  readonly clock: Clock
  readonly policy: PolicyState
  /** What time it is, as the carrier said it last; null where nobody did. */
  readonly confirmedNow: () => number | null
  readonly store: () => StoreState
  readonly vault: Pick<KeyVault, 'read'>
  readonly testTeam: (limits: GateLimits) => Promise<Outcome<null>>
  /** Why a profile's carrier may not be asked at all; null where it may. */
  readonly refusalOf: (profile: Profile) => Failure | null
}) {
  /** Writes down each finding as it is made, so that what hangs later takes none of them away. */
  async function network(
    profile: Profile,
    origin: string,
    { found, signal }: { readonly found: Finding[]; readonly signal: AbortSignal },
  ): Promise<void> {
    const carrier = new URL(origin)
    const trust = await or(trustFor(origin, profile.caFile, { ...deps, at() {} }), signal)
    if (!trust.ok) return void found.push(unreadableAuthority(carrier))
    const ways = await or(waysTo({ origin, path: '/', profile }, deps), signal)
    if (!ways.ok) return void found.push({ kind: 'keychain', health: 'bad', code: ways.failure.code })
    found.push({
      kind: 'proxy',
      health: ways.value.length === 0 ? 'bad' : 'good',
      setting: profile.proxy.kind,
      ways: ways.value.map(({ proxy }) => proxy?.host ?? null),
    })
    // As a lookup does: the next way only where the one before did not lead out.
    for (const way of ways.value) {
      const steps = await probeWay({ carrier, ...way }, { trust: trust.value, clock, signal })
      found.push(...steps.map(dated))
      if (steps.every(({ health }) => health !== 'bad')) return
      signal.throwIfAborted()
    }
  }

  /** A certificate that ends soon is odd, though it still holds. */
  const dated = (finding: Finding): Finding =>
    finding.kind === 'certificate' &&
    finding.health === 'good' &&
    finding.expiresAt !== null &&
    finding.expiresAt - clock.now() < SOON_MS
      ? { ...finding, health: 'odd' }
      : finding

  async function keychain(profile: Profile): Promise<Finding> {
    const read = await vault.read(typedKeyOf(profile))
    if (read.ok) return { kind: 'keychain', health: 'good', code: null }
    const { code } = read.failure
    return { kind: 'keychain', health: code === 'KEY_MISSING' || code === 'KEY_GONE' ? 'odd' : 'bad', code }
  }

  async function team(profile: Profile): Promise<readonly Finding[]> {
    if (profile.team === null) return []
    const tested = await testTeam(limitsOf(profile))
    return [
      { kind: 'team', health: tested.ok ? 'good' : 'bad', why: tested.ok ? null : whyOf(tested.failure) },
    ]
  }

  function here(): readonly Finding[] {
    const now = confirmedNow()
    const aheadMs = now === null ? null : Math.round(clock.now() - now)
    const { kind, backupAt } = store()
    return [
      {
        kind: 'clock',
        health: aheadMs === null ? 'unknown' : Math.abs(aheadMs) < CLOCK_OFF_MS ? 'good' : 'bad',
        aheadMs,
      },
      { kind: 'store', health: kind === 'ok' ? 'good' : 'bad', condition: kind, backupAt },
      {
        kind: 'policy',
        health: policy.stopsQueries ? 'bad' : policy.problems.length > 0 ? 'odd' : 'good',
        source: policy.source,
        problems: policy.problems,
      },
    ]
  }

  return {
    /**
     * Settles within twenty seconds, whatever hangs.
     *
     * @param profile null where there is none yet
     */
    async diagnose(profile: Profile | null): Promise<readonly Finding[]> {
      if (profile === null) return here()
      const refusal = refusalOf(profile)
      // Where nobody may be asked, nothing goes out for a diagnosis either.
      if (refusal !== null) return [{ kind: 'refused', health: 'bad', code: refusal.code }, ...here()]
      const deadline = new AbortController()
      const { signal } = deadline
      const callOff = clock.after(DEADLINE_MS, () => deadline.abort(new Error('too late')))
      const { carrier } = profile
      const found: Finding[] = []
      /** What a part found; that it gave no answer, where it gave none in time. */
      const inTime = async (
        part: Late['part'],
        work: Promise<readonly Finding[]>,
      ): Promise<readonly Finding[]> =>
        or(work, signal).catch(() => [{ kind: 'late', health: 'unknown', part }])
      // The demo's carrier is this program: there is no way to it, and its key is in no keychain.
      const outside =
        carrier.kind === 'simulator'
          ? []
          : [
              inTime(
                'network',
                network(profile, carrier.origin, { found, signal }).then(() => []),
              ),
              inTime(
                'keychain',
                keychain(profile).then(finding => [finding]),
              ),
            ]
      const parts = await Promise.all([...outside, inTime('team', team(profile))])
      callOff()
      return [...found, ...parts.flat(), ...here()]
    },
  }
}

export type Doctor = ReturnType<typeof createDoctor>

const unreadableAuthority = ({ hostname }: URL): Finding => ({
  kind: 'certificate',
  health: 'bad',
  host: hostname,
  protocol: null,
  issuer: null,
  expiresAt: null,
  authority: 'profile',
  reason: 'ca-file',
})

const whyOf = (failure: Failure) =>
  failure.code === 'TEAM_REFUSED'
    ? failure.reason
    : failure.code === 'TEAM_UNREACHED'
      ? failure.why
      : 'silent'
