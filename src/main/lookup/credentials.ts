import { createHmac } from 'node:crypto'
import * as z from 'zod'
import type { Profile } from '../../contract/profile.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { Answer, CarrierClient, SignInQuery } from '../carrier/client.ts'
import type { Clock } from '../clock.ts'
import { type KeyDates, type KeyOwner, type KeyVault, slotOf } from '../keychain/key-vault.ts'
import type { MemoryVault } from '../keychain/memory-vault.ts'
import { ownerOf } from '../profiles/owner.ts'
import type { QueryTarget } from '../profiles/query-target.ts'

/** What one act asks the carrier with. */
export interface Signer {
  /** The authKey to ask with now; null where one has to be obtained first. Another act may change it. */
  authKey(): string | null
  /** A fingerprint of the typed key, by which a team knows whose refusal is whose. */
  readonly print: number
  /** One query that obtains an authKey; null where the key is typed by a person. */
  readonly signIn: ((ask: Pick<SignInQuery, 'signal' | 'at' | 'holds'>) => Promise<Answer<string>>) | null
  /** The carrier refused this authKey: nobody asks with it again. */
  refused(authKey: string): void
}

/** The keys of all profiles, as far as acts need them. Nothing here asks the carrier by itself. */
export interface Credentials {
  /** Reads the typed key, and what was obtained with it earlier. Fails where there is none, or as the keychain does. */
  signer(target: QueryTarget): Promise<Outcome<Signer>>
  /** Forgets what was obtained with an owner's OEM key, in memory and in the keychain: its credential is another one now. */
  forget(owner: KeyOwner): Promise<Outcome<null>>
  /** When the authKey in use was obtained, milliseconds since the epoch; null where none is. */
  signedInAt(profile: Profile): number | null
}

/** As it stands in the keychain: with the OEM ID, because another one's key is somebody else's. */
const keptSchema = z.object({ at: z.number(), oemId: z.string(), authKey: z.string() })

interface Obtained extends z.infer<typeof keptSchema> {
  /** Monotonic milliseconds; null for one of an earlier run. */
  readonly since: number | null
}

const MINUTE = 60_000

/** 32 bits that tell keys apart and say nothing of them. */
const printOf = (key: string): number =>
  createHmac('sha256', key).update('traffic-desk gate').digest().readInt32BE()

export function createCredentials({
  vault,
  memory,
  client,
  keyDates,
  clock,
  onChanged,
}: {
  readonly vault: KeyVault
  /** Where an OEM key is that no keychain takes; what it obtains then stays there, too. */
  readonly memory: MemoryVault
  readonly client: Pick<CarrierClient, 'signIn'>
  readonly keyDates: Pick<KeyDates, 'savedAt'>
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  /** Told of each authKey that was obtained or has ended, for the screen. */
  readonly onChanged: () => void
}): Credentials {
  const obtained = new Map<string, Obtained | null>()
  /** Changes with the credential: what was obtained with an older one is not kept. */
  const generations = new Map<string, symbol>()

  const placeOf = (owner: KeyOwner): KeyOwner => ({ ...owner, which: 'obtained-key' })

  const vaultOf = (place: KeyOwner): KeyVault =>
    memory.holds({ ...place, which: 'oem-key' }) ? memory : vault

  /** Looks into the keychain once a run. */
  async function recall(place: KeyOwner): Promise<void> {
    const slot = slotOf(place)
    if (obtained.has(slot)) return
    const generation = generations.get(slot)
    const read = await vaultOf(place).read(place)
    if (obtained.has(slot) || generations.get(slot) !== generation) return
    const kept = read.ok ? parsed(read.value) : null
    obtained.set(slot, kept && { ...kept, since: null })
  }

  const isOld = ({ at, since }: Obtained, minutes: number | null): boolean =>
    minutes !== null &&
    Math.max(clock.now() - at, since === null ? 0 : clock.monotonic() - since) >= minutes * MINUTE

  return {
    async signer({ profile, owner, origin }) {
      const { credential } = profile
      if (credential.kind === 'manual') {
        const key = await vault.read(owner)
        return key.ok
          ? ok({ authKey: () => key.value, print: printOf(key.value), signIn: null, refused() {} })
          : key
      }
      const oemKey = await vault.read({ ...owner, which: 'oem-key' })
      if (!oemKey.ok) return oemKey
      const { oemId, renewAfterMinutes } = credential
      const place = placeOf(owner)
      const slot = slotOf(place)
      await recall(place)
      const generation = generations.get(slot)
      return ok({
        print: printOf(oemKey.value),
        authKey() {
          const known = obtained.get(slot) ?? null
          return known === null || known.oemId !== oemId || isOld(known, renewAfterMinutes)
            ? null
            : known.authKey
        },
        async signIn(ask) {
          // The key was deleted or replaced since this act began: it is not sent any more.
          if (generations.get(slot) !== generation)
            return { result: fail({ code: 'CANCELLED' }), rawReply: null }
          const answer = await client.signIn({ ...ask, origin, profile, oemId, oemKey: oemKey.value })
          if (answer.result.ok && generations.get(slot) === generation) {
            const kept = { at: clock.now(), oemId, authKey: answer.result.value }
            obtained.set(slot, { ...kept, since: clock.monotonic() })
            // Nobody waits for the keychain: where it refuses, the key lives as long as the program.
            void vaultOf(place).save(place, JSON.stringify(kept))
            onChanged()
          }
          return answer
        },
        refused(authKey) {
          if (obtained.get(slot)?.authKey !== authKey) return
          obtained.set(slot, null)
          void vaultOf(place).delete(place)
          onChanged()
        },
      })
    },
    async forget(owner) {
      const place = placeOf(owner)
      generations.set(slotOf(place), Symbol())
      obtained.set(slotOf(place), null)
      return vaultOf(place).delete(place)
    },
    signedInAt(profile) {
      if (profile.credential.kind === 'manual') return null
      const place = placeOf(ownerOf(profile))
      const known = obtained.get(slotOf(place))
      if (known === undefined) return keyDates.savedAt(place)
      return known !== null && known.oemId === profile.credential.oemId ? known.at : null
    },
  }
}

function parsed(text: string): z.infer<typeof keptSchema> | null {
  try {
    return keptSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
