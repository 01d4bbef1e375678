import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import type { KeyDates } from './key-vault.ts'
import { createKeytarVault } from './keytar-vault.ts'
import type { Keytar } from './load-keytar.ts'
import { createMemoryVault } from './memory-vault.ts'
import { createVault } from './vaults.ts'

const OWNER = { profileId: '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10', origin: 'https://carrier.example' }
const OTHER = { ...OWNER, origin: 'https://other.example' }

/** A keychain whose every call waits for the test to answer it, or answers from a map. */
function createKeychain() {
  const entries = new Map<string, string>()
  const calls: string[] = []
  let inFlight = 0
  let most = 0
  let hang: Promise<void> | null = null
  let trouble: Error | null = null

  async function answer<T>(name: string, work: () => T): Promise<T> {
    calls.push(name)
    inFlight++
    most = Math.max(most, inFlight)
    try {
      if (hang !== null) await hang
      if (trouble !== null) throw trouble
      return work()
    } finally {
      inFlight--
    }
  }

  const keytar: Keytar = {
    getPassword: (service, account) => answer('get', () => entries.get(`${service}|${account}`) ?? null),
    setPassword: (service, account, password) =>
      answer('set', () => {
        entries.set(`${service}|${account}`, password)
      }),
    deletePassword: (service, account) => answer('delete', () => entries.delete(`${service}|${account}`)),
  }
  return {
    keytar,
    entries,
    calls,
    most: () => most,
    /** Every call hangs until the function that this gives is called. */
    hangs() {
      const { promise, resolve } = Promise.withResolvers<void>()
      hang = promise
      return () => {
        hang = null
        resolve()
      }
    },
    /** New calls are answered at once; those that hang go on hanging. */
    answersAgain() {
      hang = null
    },
    fails(message: string | null) {
      trouble = message === null ? null : new Error(message)
    },
  }
}

let clock: FakeClock
let keychain: ReturnType<typeof createKeychain>
let saved: Map<string, number>
let keyDates: KeyDates

const vaultOn = (platform: string) =>
  createKeytarVault({ load: async () => keychain.keytar, clock, keyDates, platform })

/** Lets every promise that can settle do so. */
const settled = () => new Promise(resolve => setImmediate(resolve))

beforeEach(() => {
  clock = createFakeClock()
  keychain = createKeychain()
  saved = new Map()
  const nameOf = (owner: typeof OWNER) => JSON.stringify(owner)
  keyDates = {
    savedAt: owner => saved.get(nameOf(owner)) ?? null,
    saved: (owner, at) => saved.set(nameOf(owner), at),
    deleted: owner => saved.delete(nameOf(owner)),
  }
})

describe('a key in the keychain', () => {
  it('is filed under the service, the profile and the host, and only when is kept elsewhere', async () => {
    const vault = vaultOn('darwin')
    expect(await vault.save(OWNER, 'KEY-1')).toEqual({ ok: true, value: null })
    expect([...keychain.entries]).toEqual([[`Traffic Desk|${OWNER.profileId} ${OWNER.origin}`, 'KEY-1']])
    expect(keyDates.savedAt(OWNER)).toBe(clock.now())
  })

  it('is read once and then known for the run', async () => {
    await vaultOn('darwin').save(OWNER, 'KEY-1')
    keychain.calls.length = 0
    const vault = vaultOn('darwin')
    expect(await vault.read(OWNER)).toEqual({ ok: true, value: 'KEY-1' })
    expect(await vault.read(OWNER)).toEqual({ ok: true, value: 'KEY-1' })
    expect(keychain.calls).toEqual(['get'])
  })

  it('27: belongs to its host alone', async () => {
    const vault = vaultOn('darwin')
    await vault.save(OWNER, 'KEY-1')
    expect(await vault.read(OTHER)).toEqual({ ok: false, failure: { code: 'KEY_MISSING' } })
  })

  it('18: is gone from keychain and memory once deleted', async () => {
    const vault = vaultOn('darwin')
    await vault.save(OWNER, 'KEY-1')
    await vault.delete(OWNER)
    expect(await vault.read(OWNER)).toEqual({ ok: false, failure: { code: 'KEY_MISSING' } })
    expect(keychain.entries.size).toBe(0)
    expect(keyDates.savedAt(OWNER)).toBeNull()
  })

  it.each(['', ' ', 'with space', 'タブ', 'a\n', 'x'.repeat(2561)])(
    '19: is refused before anything is written where it is no key: %j',
    async text => {
      expect(await vaultOn('darwin').save(OWNER, text)).toEqual({
        ok: false,
        failure: { code: 'KEY_MALFORMED' },
      })
      expect(keychain.calls).toEqual([])
    },
  )

  it('19: may be as long as Windows takes', async () => {
    expect((await vaultOn('win32').save(OWNER, 'x'.repeat(2560))).ok).toBe(true)
  })
})

describe('a keychain that fails', () => {
  it('module missing: KEYCHAIN_MODULE, and the next call tries again', async () => {
    let isThere = false
    const vault = createKeytarVault({
      load: async () => {
        if (!isThere) throw new Error("Cannot find module '../build/Release/keytar.node'")
        return keychain.keytar
      },
      clock,
      keyDates,
      platform: 'darwin',
    })
    expect(await vault.read(OWNER)).toEqual({ ok: false, failure: { code: 'KEYCHAIN_MODULE' } })
    isThere = true
    expect(await vault.read(OWNER)).toEqual({ ok: false, failure: { code: 'KEY_MISSING' } })
  })

  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'KEYCHAIN_UNAVAILABLE'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'KEYCHAIN_UNAVAILABLE'],
    ['Cannot create an item in a locked collection', 'KEYCHAIN_LOCKED'],
    ['User canceled the operation.', 'KEYCHAIN_DENIED'],
    ['User interaction is not allowed.', 'KEYCHAIN_LOCKED'],
    ['The user name or passphrase you entered is not correct.', 'KEYCHAIN_DENIED'],
    ['The operation completed successfully.', 'KEYCHAIN_UNAVAILABLE'],
    ['Access is denied.', 'KEYCHAIN_DENIED'],
    ['Not enough memory resources are available to process this command.', 'KEYCHAIN_FULL'],
    ['Not enough quota is available to process this command.', 'KEYCHAIN_FULL'],
    ['something nobody has seen', 'KEYCHAIN_UNAVAILABLE'],
  ])('%s: %s, and works again once the cause is gone', async (message, code) => {
    const vault = vaultOn('win32')
    keychain.fails(message)
    expect(await vault.save(OWNER, 'KEY-1')).toEqual({ ok: false, failure: { code } })
    expect(keyDates.savedAt(OWNER)).toBeNull()
    keychain.fails(null)
    expect((await vault.save(OWNER, 'KEY-1')).ok).toBe(true)
  })

  it('reads back other: KEY_NOT_SAVED', async () => {
    const vault = createKeytarVault({
      load: async () => ({ ...keychain.keytar, getPassword: async () => 'KEY-' }),
      clock,
      keyDates,
      platform: 'win32',
    })
    expect(await vault.save(OWNER, 'KEY-1')).toEqual({ ok: false, failure: { code: 'KEY_NOT_SAVED' } })
    expect(keyDates.savedAt(OWNER)).toBeNull()
  })

  it('entry gone on Linux: a probe tells it from a locked keyring', async () => {
    await vaultOn('linux').save(OWNER, 'KEY-1')
    keychain.entries.clear()
    expect(await vaultOn('linux').read(OWNER)).toEqual({ ok: false, failure: { code: 'KEY_GONE' } })
    expect(keychain.entries.size).toBe(0)

    const locked = createKeytarVault({
      load: async () => ({
        ...keychain.keytar,
        setPassword: async () => {
          throw new Error('Cannot create an item in a locked collection')
        },
      }),
      clock,
      keyDates,
      platform: 'linux',
    })
    expect(await locked.read(OWNER)).toEqual({ ok: false, failure: { code: 'KEYCHAIN_LOCKED' } })
  })

  it('null where no key was ever saved writes no probe', async () => {
    expect(await vaultOn('linux').read(OWNER)).toEqual({ ok: false, failure: { code: 'KEY_MISSING' } })
    expect(keychain.calls).toEqual(['get'])
  })
})

describe('a keychain that keeps us waiting', () => {
  it('is KEYCHAIN_TIMEOUT after 5 s, and the late success is used', async () => {
    await vaultOn('linux').save(OWNER, 'KEY-1')
    const vault = vaultOn('linux')
    const release = keychain.hangs()
    const asked = vault.read(OWNER)
    await settled()
    clock.advance(4_999)
    const unsettled = Symbol()
    expect(await Promise.race([asked, settled().then(() => unsettled)])).toBe(unsettled)
    clock.advance(1)
    expect(await asked).toEqual({ ok: false, failure: { code: 'KEYCHAIN_TIMEOUT' } })

    keychain.calls.length = 0
    release()
    await settled()
    expect(await vault.read(OWNER)).toEqual({ ok: true, value: 'KEY-1' })
    expect(keychain.calls).toEqual([])
  })

  it('is asked one call at a time, and no second one while the first hangs', async () => {
    const vault = vaultOn('linux')
    const release = keychain.hangs()
    const first = vault.read(OWNER)
    const second = vault.read(OTHER)
    await settled()
    clock.advance(5_000)
    await Promise.all([first, second])
    expect(await vault.read(OTHER)).toEqual({ ok: false, failure: { code: 'KEYCHAIN_TIMEOUT' } })
    release()
    await settled()
    expect(keychain.most()).toBe(1)
  })

  it('a key saved late counts as saved', async () => {
    const vault = vaultOn('linux')
    const release = keychain.hangs()
    const saving = vault.save(OWNER, 'KEY-1')
    await settled()
    clock.advance(5_000)
    expect(await saving).toEqual({ ok: false, failure: { code: 'KEYCHAIN_TIMEOUT' } })
    release()
    await settled()
    expect(keyDates.savedAt(OWNER)).not.toBeNull()
    expect(await vault.read(OWNER)).toEqual({ ok: true, value: 'KEY-1' })
  })

  it('is off after 60 s until the agent retries', async () => {
    const vault = vaultOn('linux')
    keychain.hangs()
    const hung = vault.read(OWNER)
    await settled()
    clock.advance(60_000)
    await hung
    expect(await vault.read(OTHER)).toEqual({ ok: false, failure: { code: 'KEYCHAIN_OFF' } })
    expect(keychain.calls).toEqual(['get'])

    vault.retry()
    const again = vault.read(OTHER)
    await settled()
    expect(keychain.calls).toEqual(['get', 'get'])
    clock.advance(5_000)
    expect(await again).toEqual({ ok: false, failure: { code: 'KEYCHAIN_TIMEOUT' } })
  })

  it('a retry is granted once while a call hangs: four would stall the process', async () => {
    const vault = vaultOn('linux')
    keychain.hangs()
    for (let round = 0; round < 3; round++) {
      vault.retry()
      const asked = vault.read(OWNER)
      await settled()
      clock.advance(60_000)
      await asked
    }
    expect(keychain.calls).toEqual(['get', 'get'])
    vault.retry()
    expect(await vault.read(OWNER)).toEqual({ ok: false, failure: { code: 'KEYCHAIN_OFF' } })
  })

  it('a late answer about a key that was replaced meanwhile is not used', async () => {
    await vaultOn('linux').save(OWNER, 'OLD')
    const vault = vaultOn('linux')
    const release = keychain.hangs()
    const hung = vault.read(OWNER)
    await settled()
    clock.advance(60_000)
    await hung
    vault.retry()
    keychain.answersAgain()
    expect((await vault.save(OWNER, 'NEW')).ok).toBe(true)
    release()
    await settled()
    expect(await vault.read(OWNER)).toEqual({ ok: true, value: 'NEW' })
  })

  it('a retry before it is given up starts no second call', async () => {
    const vault = vaultOn('linux')
    keychain.hangs()
    const hung = vault.read(OWNER)
    await settled()
    clock.advance(5_000)
    await hung
    vault.retry()
    expect(await vault.read(OTHER)).toEqual({ ok: false, failure: { code: 'KEYCHAIN_TIMEOUT' } })
    expect(keychain.calls).toEqual(['get'])
  })
})

describe('17: without a keychain', () => {
  const both = () => {
    const memory = createMemoryVault()
    return { memory, vault: createVault({ keychain: vaultOn('linux'), memory, alwaysInMemory: () => false }) }
  }

  it('a key is kept in memory only where the agent says so, and nothing is written', async () => {
    const { memory, vault } = both()
    keychain.fails('no bus')
    expect((await vault.save(OWNER, 'KEY-1')).ok).toBe(false)
    expect((await vault.read(OWNER)).ok).toBe(false)
    await memory.save(OWNER, 'KEY-1')
    expect(await vault.read(OWNER)).toEqual({ ok: true, value: 'KEY-1' })
    expect(keychain.entries.size).toBe(0)
    expect(keyDates.savedAt(OWNER)).toBeNull()
  })

  it('the one in memory ends when the keychain takes a key, or when it is deleted', async () => {
    const { memory, vault } = both()
    await memory.save(OWNER, 'OLD')
    await vault.save(OWNER, 'NEW')
    expect(memory.holds(OWNER)).toBe(false)
    expect(await vault.read(OWNER)).toEqual({ ok: true, value: 'NEW' })

    await memory.save(OTHER, 'KEY')
    keychain.fails('no bus')
    expect((await vault.delete(OTHER)).ok).toBe(true)
    expect(memory.holds(OTHER)).toBe(false)
  })
})
