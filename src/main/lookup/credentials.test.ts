import { beforeEach, describe, expect, it } from 'vitest'
import type { Credential, Profile } from '../../contract/profile.ts'
import { newProfile, oemCredential } from '../../contract/profile-defaults.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { SignInQuery } from '../carrier/client.ts'
import { createMemoryVault } from '../keychain/memory-vault.ts'
import { limitsOf, ownerOf } from '../profiles/owner.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { type Credentials, createCredentials, type Signer } from './credentials.ts'

const ORIGIN = 'https://carrier.example'
const MINUTE = 60_000

let clock: FakeClock
let vault: ReturnType<typeof createMemoryVault>
let credentials: Credentials
let profile: Profile
let asked: SignInQuery[]
let carrierSays: Outcome<string>
let memory: ReturnType<typeof createMemoryVault>
let shown: number

const open = () =>
  createCredentials({
    vault,
    memory,
    client: {
      async signIn(query) {
        asked.push(query)
        return { result: carrierSays, rawReply: null }
      },
    },
    keyDates: { savedAt: () => null },
    clock,
    onChanged: () => {
      shown += 1
    },
  })

const asking = (credential: Credential): Profile => ({
  ...newProfile({ name: 'Operator', carrier: { kind: 'host', origin: ORIGIN } }),
  id: '3f0c6a55-5c63-4b4e-9d6d-6f0f7d0a9f11',
  credential,
})

const owner = () => ownerOf(profile)
const obtainedOwner = () => ({ ...owner(), which: 'obtained-key' }) as const

async function signer(of = credentials): Promise<Signer> {
  const found = await of.signer({
    profile,
    owner: owner(),
    origin: ORIGIN,
    limits: limitsOf(profile),
    refusal: null,
  })
  if (!found.ok) throw new Error(found.failure.code)
  return found.value
}

const signIn = async (by: Signer) => by.signIn?.({ signal: new AbortController().signal })

beforeEach(async () => {
  clock = createFakeClock()
  vault = createMemoryVault()
  memory = createMemoryVault()
  profile = asking(oemCredential('OEM-1'))
  await vault.save({ ...owner(), which: 'oem-key' }, 'OEM-KEY')
  asked = []
  shown = 0
  carrierSays = ok('KEY-1')
  credentials = open()
})

describe('a profile whose authKey is typed', () => {
  it('asks with that, and never signs in', async () => {
    profile = asking({ kind: 'manual' })
    await vault.save(owner(), 'TYPED')
    const by = await signer()
    expect(by.authKey()).toBe('TYPED')
    expect(by.signIn).toBeNull()
    by.refused('TYPED')
    expect((await signer()).authKey()).toBe('TYPED')
  })
})

describe('a profile with an OEM key', () => {
  it('without it is KEY_MISSING, before anything is asked', async () => {
    await vault.delete({ ...owner(), which: 'oem-key' })
    const found = await credentials.signer({
      profile,
      owner: owner(),
      origin: ORIGIN,
      limits: limitsOf(profile),
      refusal: null,
    })
    expect(found).toEqual(fail({ code: 'KEY_MISSING' }))
  })

  it('has no authKey at first; a sign-in obtains one with the ID and the key, for all acts', async () => {
    const [one, other] = [await signer(), await signer()]
    expect(one.authKey()).toBeNull()
    expect(await signIn(one)).toEqual({ result: ok('KEY-1'), rawReply: null })
    expect(asked).toMatchObject([{ oemId: 'OEM-1', oemKey: 'OEM-KEY', origin: ORIGIN, profile }])
    expect([one.authKey(), other.authKey()]).toEqual(['KEY-1', 'KEY-1'])
    expect(shown).toBe(1)
    expect(credentials.signedInAt(profile)).toBe(clock.now())
  })

  it('finds what was obtained in the keychain after a restart', async () => {
    await signIn(await signer())
    const at = clock.now()
    clock.advance(MINUTE)
    const again = open()
    expect((await signer(again)).authKey()).toBe('KEY-1')
    expect(again.signedInAt(profile)).toBe(at)
    expect(asked).toHaveLength(1)
  })

  it('uses an authKey as long as the profile says, measured from when it was obtained', async () => {
    profile = asking({ ...oemCredential('OEM-1'), renewAfterMinutes: 30 })
    const by = await signer()
    await signIn(by)
    clock.advance(30 * MINUTE - 1)
    expect(by.authKey()).toBe('KEY-1')
    expect((await signer(open())).authKey()).toBe('KEY-1')
    clock.advance(1)
    expect(by.authKey()).toBeNull()
    expect((await signer(open())).authKey()).toBeNull()
  })

  it('is not misled by a clock that is set back: the time that passed counts', async () => {
    profile = asking({ ...oemCredential('OEM-1'), renewAfterMinutes: 30 })
    const by = await signer()
    await signIn(by)
    clock.advance(31 * MINUTE)
    clock.jumpWall(-60 * MINUTE)
    expect(by.authKey()).toBeNull()
  })

  it('never asks again with an authKey that the carrier refused, nor finds it after a restart', async () => {
    const by = await signer()
    await signIn(by)
    by.refused('KEY-1')
    expect(by.authKey()).toBeNull()
    expect((await signer(open())).authKey()).toBeNull()
  })

  it('keeps a newer authKey where an older one is refused late', async () => {
    const by = await signer()
    await signIn(by)
    carrierSays = ok('KEY-2')
    await signIn(by)
    by.refused('KEY-1')
    expect(by.authKey()).toBe('KEY-2')
  })

  it('does not use what another OEM ID obtained', async () => {
    await signIn(await signer())
    profile = asking(oemCredential('OEM-2'))
    expect((await signer()).authKey()).toBeNull()
    expect((await signer(open())).authKey()).toBeNull()
    expect(credentials.signedInAt(profile)).toBeNull()
  })

  it('forgets what was obtained, in memory and in the keychain, when it is told so', async () => {
    const by = await signer()
    await signIn(by)
    expect(await vault.read(obtainedOwner())).toMatchObject({ ok: true })
    await credentials.forget(owner())
    expect(by.authKey()).toBeNull()
    expect(await vault.read(obtainedOwner())).toEqual(fail({ code: 'KEY_MISSING' }))
    expect(credentials.signedInAt(profile)).toBeNull()
  })

  it('keeps nothing of a sign-in that was under way when it was told to forget', async () => {
    const by = await signer()
    const begun = signIn(by)
    await credentials.forget(owner())
    await begun
    expect(by.authKey()).toBeNull()
    expect(await vault.read(obtainedOwner())).toEqual(fail({ code: 'KEY_MISSING' }))
    expect(shown).toBe(0)
  })

  it('is not sent any more once it was deleted or replaced, not even by an act that had begun', async () => {
    const by = await signer()
    await credentials.forget(owner())
    expect((await signIn(by))?.result).toEqual(fail({ code: 'CANCELLED' }))
    expect(asked).toEqual([])
  })

  it('that is in memory alone leaves nothing in the keychain, and can be deleted without one', async () => {
    await memory.save({ ...owner(), which: 'oem-key' }, 'OEM-KEY')
    vault = {
      ...vault,
      save: async () => fail({ code: 'KEYCHAIN_UNAVAILABLE' as const }),
      delete: async () => fail({ code: 'KEYCHAIN_UNAVAILABLE' as const }),
    }
    credentials = open()
    const by = await signer()
    await signIn(by)
    expect(await memory.read(obtainedOwner())).toMatchObject({ ok: true })
    expect(await credentials.forget(owner())).toEqual(ok(null))
    expect(await memory.read(obtainedOwner())).toEqual(fail({ code: 'KEY_MISSING' }))
  })

  it('takes nothing that is no authKey out of the keychain', async () => {
    for (const text of ['garbage', '{}', '{"at":1,"oemId":"OEM-1"}', '[]', 'null']) {
      await vault.save(obtainedOwner(), text)
      expect((await signer(open())).authKey()).toBeNull()
    }
  })

  it('keeps an authKey for this run where no keychain takes it', async () => {
    const refusing = { ...vault, save: async () => fail({ code: 'KEYCHAIN_FULL' as const }) }
    const given = vault
    vault = refusing
    credentials = open()
    const by = await signer()
    await signIn(by)
    expect((await signer()).authKey()).toBe('KEY-1')
    vault = given
    expect((await signer(open())).authKey()).toBeNull()
  })

  it('that the carrier refuses has no authKey, and nothing is kept', async () => {
    carrierSays = fail({
      code: 'SIGN_IN_REFUSED',
      carrier: { resultCode: '205', statusCode: null, message: null },
    })
    const by = await signer()
    expect((await signIn(by))?.result).toEqual(carrierSays)
    expect(by.authKey()).toBeNull()
    expect(shown).toBe(0)
  })
})
