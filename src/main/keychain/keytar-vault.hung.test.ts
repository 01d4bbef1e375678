import { beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import type { KeyOwner } from './key-vault.ts'
import { createKeytarVault, type KeychainVault } from './keytar-vault.ts'
import type { Keytar } from './load-keytar.ts'

const OWNER: KeyOwner = {
  profileId: '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10',
  origin: 'https://carrier.example',
}
const OTHER: KeyOwner = { ...OWNER, origin: 'https://other.example' }
const ENTRY = `Traffic Desk|${OWNER.profileId} ${OWNER.origin}`
const GIVEN_UP_MS = 60_000

const nameOf = ({ profileId, origin }: KeyOwner) => `${profileId} ${origin}`

/** A keychain that answers at once, except for a call that the test has told it to hold. */
class Keychain {
  readonly entries = new Map<string, string>()
  readonly calls: string[] = []
  trouble: Error | null = null
  #held: { readonly until: Promise<void>; readonly isAnswerLate: boolean } | null = null

  /** The next call hangs: before its work is done, or after it, with the answer still to come. */
  holdsNext(where: 'work' | 'answer'): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#held = { until: promise, isAnswerLate: where === 'answer' }
    return resolve
  }

  async #answer<T>(name: string, work: () => T): Promise<T> {
    this.calls.push(name)
    const held = this.#held
    this.#held = null
    if (held !== null && !held.isAnswerLate) await held.until
    if (this.trouble !== null) throw this.trouble
    const done = work()
    if (held?.isAnswerLate) await held.until
    return done
  }

  readonly keytar: Keytar = {
    getPassword: (service, account) =>
      this.#answer('get', () => this.entries.get(`${service}|${account}`) ?? null),
    setPassword: (service, account, password) =>
      this.#answer('set', () => {
        this.entries.set(`${service}|${account}`, password)
      }),
    deletePassword: (service, account) =>
      this.#answer('delete', () => this.entries.delete(`${service}|${account}`)),
  }
}

let clock: FakeClock
let keychain: Keychain
let keyDates: Map<string, number>
let told: KeyOwner[]

function openVault(): KeychainVault {
  const vault = createKeytarVault({
    load: async () => keychain.keytar,
    clock,
    keyDates: {
      savedAt: owner => keyDates.get(nameOf(owner)) ?? null,
      saved: (owner, at) => keyDates.set(nameOf(owner), at),
      deleted: owner => keyDates.delete(nameOf(owner)),
    },
    platform: 'darwin',
  })
  vault.onSaved(owner => told.push(owner))
  return vault
}

/** Lets every promise that can settle do so. */
const settled = () => new Promise(resolve => setImmediate(resolve))

/** The call that hangs is given up, and the agent lets one more be tried beside it. */
async function retried(vault: KeychainVault, hung: Promise<unknown>): Promise<void> {
  await settled()
  clock.advance(GIVEN_UP_MS)
  expect(await hung).toEqual(fail({ code: 'KEYCHAIN_TIMEOUT' }))
  vault.retry()
}

beforeEach(() => {
  clock = createFakeClock()
  keychain = new Keychain()
  keyDates = new Map()
  told = []
})

describe('a read whose answer is late', () => {
  it('does not bring back the key that was replaced meanwhile', async () => {
    await openVault().save(OWNER, 'OLD')
    const vault = openVault()
    const release = keychain.holdsNext('answer')
    await retried(vault, vault.read(OWNER))
    expect(await vault.save(OWNER, 'NEW')).toEqual(ok(null))
    release()
    await settled()
    expect(await vault.read(OWNER)).toEqual(ok('NEW'))
  })

  it('does not bring back the key that was deleted meanwhile, to memory or to the dates of keys', async () => {
    await openVault().save(OWNER, 'OLD')
    const vault = openVault()
    const release = keychain.holdsNext('answer')
    await retried(vault, vault.read(OWNER))
    expect(await vault.delete(OWNER)).toEqual(ok(null))
    release()
    await settled()
    expect(await vault.read(OWNER)).toEqual(fail({ code: 'KEY_MISSING' }))
    expect(keyDates.size).toBe(0)
  })

  it('is not given to whoever asked before the key was replaced', async () => {
    await openVault().save(OWNER, 'OLD')
    const vault = openVault()
    const release = keychain.holdsNext('answer')
    const asked = vault.read(OWNER)
    await settled()
    const saving = vault.save(OWNER, 'NEW')
    release()
    expect(await asked).toEqual(fail({ code: 'KEYCHAIN_TIMEOUT' }))
    expect(await saving).toEqual(ok(null))
    expect(await vault.read(OWNER)).toEqual(ok('NEW'))
  })

  it('is used where it was another owner’s key that was replaced', async () => {
    await openVault().save(OWNER, 'KEY-1')
    const vault = openVault()
    const release = keychain.holdsNext('answer')
    await retried(vault, vault.read(OWNER))
    await vault.save(OTHER, 'KEY-2')
    release()
    await settled()
    keychain.calls.length = 0
    expect(await vault.read(OWNER)).toEqual(ok('KEY-1'))
    expect(keychain.calls).toEqual([])
  })
})

describe('a save that another one overtook', () => {
  it('is not said to be saved, and leaves memory, dates and gate to the one that came after', async () => {
    const vault = openVault()
    const release = keychain.holdsNext('answer')
    await retried(vault, vault.save(OWNER, 'OLD'))
    await vault.save(OWNER, 'NEW')
    const savedAt = clock.now()
    expect(told).toEqual([OWNER])
    clock.advance(1_000)
    // The keychain reads back the very key that the late one wrote.
    keychain.entries.set(ENTRY, 'OLD')
    release()
    await settled()
    expect(await vault.read(OWNER)).toEqual(ok('NEW'))
    expect(keyDates.get(nameOf(OWNER))).toBe(savedAt)
    expect(told).toEqual([OWNER])
  })

  it('while it waits for its turn is not said to be saved either', async () => {
    const vault = openVault()
    const release = keychain.holdsNext('work')
    const first = vault.save(OWNER, 'OLD')
    const second = vault.save(OWNER, 'NEW')
    await settled()
    release()
    expect(await first).toEqual(fail({ code: 'KEY_NOT_SAVED' }))
    expect(await second).toEqual(ok(null))
    expect(await vault.read(OWNER)).toEqual(ok('NEW'))
    expect(keychain.entries.get(ENTRY)).toBe('NEW')
    expect(told).toEqual([OWNER])
  })

  it('by a deletion does not say that there is a key', async () => {
    const vault = openVault()
    const release = keychain.holdsNext('work')
    const saving = vault.save(OWNER, 'KEY-1')
    const deleting = vault.delete(OWNER)
    await settled()
    release()
    expect(await saving).toEqual(fail({ code: 'KEY_NOT_SAVED' }))
    expect(await deleting).toEqual(ok(null))
    expect(await vault.read(OWNER)).toEqual(fail({ code: 'KEY_MISSING' }))
    expect([keyDates.size, told]).toEqual([0, []])
  })

  it('of another owner is saved like any other', async () => {
    const vault = openVault()
    const release = keychain.holdsNext('work')
    const first = vault.save(OWNER, 'KEY-1')
    const second = vault.save(OTHER, 'KEY-2')
    await settled()
    release()
    expect([await first, await second]).toEqual([ok(null), ok(null)])
    expect(told).toEqual([OWNER, OTHER])
  })
})

describe('a deleted key', () => {
  it('is out of memory at once, also where the keychain refuses to delete it', async () => {
    const vault = openVault()
    await vault.save(OWNER, 'KEY-1')
    keychain.trouble = new Error('Access is denied.')
    expect(await vault.delete(OWNER)).toEqual(fail({ code: 'KEYCHAIN_DENIED' }))
    expect(await vault.read(OWNER)).toEqual(fail({ code: 'KEYCHAIN_DENIED' }))
  })

  it('is out of memory at once, also while the keychain still hangs over it', async () => {
    const vault = openVault()
    await vault.save(OWNER, 'KEY-1')
    keychain.holdsNext('work')
    const deleting = vault.delete(OWNER)
    await settled()
    clock.advance(5_000)
    expect(await deleting).toEqual(fail({ code: 'KEYCHAIN_TIMEOUT' }))
    expect(await vault.read(OWNER)).toEqual(fail({ code: 'KEYCHAIN_TIMEOUT' }))
  })

  it('is out of memory too where the keychain deletes it late, after it was read once more', async () => {
    await openVault().save(OWNER, 'KEY-1')
    const vault = openVault()
    const release = keychain.holdsNext('work')
    await retried(vault, vault.delete(OWNER))
    expect(await vault.read(OWNER)).toEqual(ok('KEY-1'))
    release()
    await settled()
    expect(await vault.read(OWNER)).toEqual(fail({ code: 'KEY_MISSING' }))
    expect(keyDates.size).toBe(0)
  })

  it('is still among the dates where the keychain did not delete it', async () => {
    const vault = openVault()
    await vault.save(OWNER, 'KEY-1')
    const savedAt = clock.now()
    keychain.trouble = new Error('Access is denied.')
    await vault.delete(OWNER)
    expect(keyDates.get(nameOf(OWNER))).toBe(savedAt)
  })

  it('is that of its owner alone', async () => {
    const vault = openVault()
    await vault.save(OWNER, 'KEY-1')
    await vault.save(OTHER, 'KEY-2')
    await vault.delete(OWNER)
    expect(await vault.read(OTHER)).toEqual(ok('KEY-2'))
    expect([...keyDates.keys()]).toEqual([nameOf(OTHER)])
  })
})

describe('the dates of keys', () => {
  it('that was lost with the database knows again of a key once it is read', async () => {
    await openVault().save(OWNER, 'KEY-1')
    keyDates.clear()
    clock.advance(1_000)
    expect(await openVault().read(OWNER)).toEqual(ok('KEY-1'))
    expect([...keyDates]).toEqual([[nameOf(OWNER), clock.now()]])
  })

  it('keeps the moment at which a key was saved, however often it is read', async () => {
    await openVault().save(OWNER, 'KEY-1')
    const savedAt = clock.now()
    clock.advance(1_000)
    await openVault().read(OWNER)
    expect([...keyDates]).toEqual([[nameOf(OWNER), savedAt]])
  })
})

describe('who waits for a key', () => {
  it('is told whose it is once it is in the keychain, also where that was late', async () => {
    const vault = openVault()
    const release = keychain.holdsNext('work')
    const saving = vault.save(OWNER, 'KEY-1')
    await settled()
    clock.advance(5_000)
    expect(await saving).toEqual(fail({ code: 'KEYCHAIN_TIMEOUT' }))
    expect(told).toEqual([])
    release()
    await settled()
    expect(told).toEqual([OWNER])
  })

  it('is told once it can be read and its date is known', async () => {
    const found: unknown[] = []
    const vault: KeychainVault = createKeytarVault({
      load: async () => keychain.keytar,
      clock,
      keyDates: {
        savedAt: owner => keyDates.get(nameOf(owner)) ?? null,
        saved: (owner, at) => keyDates.set(nameOf(owner), at),
        deleted: () => {},
      },
      platform: 'darwin',
    })
    vault.onSaved(owner => found.push(keyDates.get(nameOf(owner)), vault.read(owner)))
    await vault.save(OWNER, 'KEY-1')
    expect(await Promise.all(found)).toEqual([clock.now(), ok('KEY-1')])
  })

  it.each([
    ['is refused', { text: 'with space', trouble: null }],
    ['the keychain does not take', { text: 'KEY-1', trouble: new Error('Access is denied.') }],
  ])('is not told of a key that %s', async (_, { text, trouble }) => {
    keychain.trouble = trouble
    expect((await openVault().save(OWNER, text)).ok).toBe(false)
    expect(told).toEqual([])
  })
})
