import type { Failure, Outcome, PlainCode } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { Clock } from '../clock.ts'
import { isKey, type KeyDates, type KeyOwner, type KeyVault, slotOf } from './key-vault.ts'
import type { Keytar } from './load-keytar.ts'

/** A vault over a keychain that may hang. */
export interface KeychainVault extends KeyVault {
  /** The agent wants another try after the keychain was given up. */
  retry(): void
  /** Calls `listener` with the owner of each key that is saved, perhaps later than whoever saved it was told. */
  onSaved(listener: (owner: KeyOwner) => void): void
}

const SERVICE = 'Traffic Desk'
const PROBE = 'probe'
const ANSWER_MS = 5_000
const GIVE_UP_MS = 60_000

/**
 * The operating system's keychain. Each of its calls can hang (a prompt nobody answers, a network logon) and holds a
 * thread meanwhile, so there is one at a time, and a caller is told KEYCHAIN_TIMEOUT after 5 s. The call stays
 * pending: a late success is used by whoever asks next. After 60 s the keychain is given up until `retry`: more
 * hung calls would stall the whole process.
 */
export function createKeytarVault({
  load,
  clock,
  keyDates,
  platform,
}: {
  readonly load: () => Promise<Keytar>
  readonly clock: Clock
  readonly keyDates: KeyDates
  readonly platform: string
}): KeychainVault {
  const keys = new Map<string, string>()
  const listeners = new Set<(owner: KeyOwner) => void>()
  /**
   * The latest save or deletion of each key: an older call that ends after it must not change anything here.
   */
  const latest = new Map<string, symbol>()
  let tail: Promise<unknown> = Promise.resolve()
  /** The call that the keychain is working on. */
  let running: { isLate: boolean; isGivenUp: boolean } | null = null
  /** Calls that were given up and hold a thread each, until they settle after all. */
  let hung = 0

  function call<T>(work: (keytar: Keytar) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    if (running?.isGivenUp) return Promise.resolve(fail({ code: 'KEYCHAIN_OFF' }))
    if (running?.isLate) return Promise.resolve(fail({ code: 'KEYCHAIN_TIMEOUT' }))
    const me = { isLate: false, isGivenUp: false }
    const done = tail.then(async (): Promise<Outcome<T>> => {
      running = me
      const callOffGivingUp = clock.after(GIVE_UP_MS, () => {
        me.isGivenUp = true
      })
      try {
        return await work(await loaded())
      } catch (error) {
        return fail<Failure>({ code: keychainCode(error) })
      } finally {
        callOffGivingUp()
        if (running === me) running = null
        else hung--
      }
    })
    tail = done
    return new Promise(resolve => {
      const callOff = clock.after(ANSWER_MS, () => {
        me.isLate = true
        resolve(fail({ code: 'KEYCHAIN_TIMEOUT' }))
      })
      void done.then(outcome => {
        callOff()
        resolve(outcome)
      })
    })
  }

  async function loaded(): Promise<Keytar> {
    try {
      return await load()
    } catch {
      throw new ModuleMissing()
    }
  }

  /**
   * A Linux keyring answers null both for "no such entry" and for "locked". Where we expect an entry, a test
   * write tells the two apart: a locked collection refuses it.
   */
  async function whyNull(keytar: Keytar, owner: KeyOwner): Promise<PlainCode> {
    if (keyDates.savedAt(owner) === null) return 'KEY_MISSING'
    if (platform === 'linux') {
      await keytar.setPassword(SERVICE, PROBE, PROBE)
      await keytar.deletePassword(SERVICE, PROBE)
    }
    return 'KEY_GONE'
  }

  return {
    onSaved(listener) {
      listeners.add(listener)
    },
    retry() {
      // The hung call keeps its thread, so only one more may be tried beside it: four hung calls would block
      // files and DNS.
      if (!running?.isGivenUp || hung > 0) return
      hung++
      running = null
      tail = Promise.resolve()
    },
    read(owner) {
      const account = slotOf(owner)
      const known = keys.get(account)
      if (known !== undefined) return Promise.resolve(ok(known))
      const before = latest.get(account)
      return call(async keytar => {
        const found = await keytar.getPassword(SERVICE, account)
        if (found === null) return fail({ code: await whyNull(keytar, owner) })
        // The key was replaced or deleted while this call hung, so what the call found is the old key.
        if (latest.get(account) !== before) return fail({ code: 'KEYCHAIN_TIMEOUT' })
        keys.set(account, found)
        // The database may have been lost while the keychain still has the key: store the date again.
        if (keyDates.savedAt(owner) === null) keyDates.saved(owner, clock.now())
        return ok(found)
      })
    },
    save(owner, key) {
      if (!isKey(key)) return Promise.resolve(fail({ code: 'KEY_MALFORMED' }))
      const account = slotOf(owner)
      const act = Symbol()
      latest.set(account, act)
      return call(async keytar => {
        await keytar.setPassword(SERVICE, account, key)
        // Windows' group policies and some keyrings accept a secret and keep another or none.
        if ((await keytar.getPassword(SERVICE, account)) !== key) return fail({ code: 'KEY_NOT_SAVED' })
        if (latest.get(account) !== act) return fail({ code: 'KEY_NOT_SAVED' })
        keys.set(account, key)
        keyDates.saved(owner, clock.now())
        for (const listener of listeners) listener(owner)
        return ok(null)
      })
    },
    delete(owner) {
      const account = slotOf(owner)
      keys.delete(account)
      latest.set(account, Symbol())
      return call(async keytar => {
        await keytar.deletePassword(SERVICE, account)
        keys.delete(account)
        keyDates.deleted(owner)
        return ok(null)
      })
    },
  }
}

/** keytar's native part is not there, or not for this system. */
class ModuleMissing extends Error {}

/**
 * keytar's errors have a text and no code, on Windows in the system's language. An unknown text means that
 * the keychain can't be used.
 */
function keychainCode(error: unknown): PlainCode {
  if (error instanceof ModuleMissing) return 'KEYCHAIN_MODULE'
  const text = error instanceof Error ? error.message : ''
  // macOS says so of a locked keychain when nobody may be asked to open it.
  if (/locked|interaction is not allowed/i.test(text)) return 'KEYCHAIN_LOCKED'
  if (/denied|cancell?ed|not allowed|authoriz|not correct/i.test(text)) return 'KEYCHAIN_DENIED'
  if (/quota|no space|not enough|\bfull\b/i.test(text)) return 'KEYCHAIN_FULL'
  return 'KEYCHAIN_UNAVAILABLE'
}
