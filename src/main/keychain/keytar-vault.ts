import type { Failure, Outcome, PlainCode } from '../../shared/failure.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Clock } from '../clock.ts'
import { type AuthKeyVault, isAuthKey, type KeyJournal, type KeyOwner } from './auth-key-vault.ts'

/** The three of keytar's calls that are safe everywhere: `findCredentials` crashes on a locked Linux keyring. */
export type Keytar = Pick<typeof import('keytar'), 'getPassword' | 'setPassword' | 'deletePassword'>

/** A vault over a keychain that may hang. */
export interface KeychainVault extends AuthKeyVault {
  /** The agent wants another try after the keychain was given up. */
  retry(): void
}

const SERVICE = 'Traffic Desk'
const PROBE = 'probe'
const ANSWER_MS = 5_000
const GIVE_UP_MS = 60_000

const accountOf = ({ profileId, origin }: KeyOwner): string => `${profileId} ${origin}`

/** The native module is loaded with the first key, so that a machine without it still opens its saved lines. */
export async function loadKeytar(): Promise<Keytar> {
  const module = await import('keytar')
  return module.default
}

/**
 * The operating system's keychain. Each of its calls can hang (a prompt nobody answers, a network logon) and holds a
 * thread meanwhile, so there is one at a time, and a caller is told KEYCHAIN_TIMEOUT after 5 s. The call stays
 * pending: a late success is used by whoever asks next. After 60 s the keychain is given up until `retry`: more
 * hung calls would stall the whole process.
 */
export function createKeytarVault({
  load,
  clock,
  journal,
  platform,
}: {
  readonly load: () => Promise<Keytar>
  readonly clock: Clock
  readonly journal: KeyJournal
  readonly platform: string
}): KeychainVault {
  const keys = new Map<string, string>()
  let tail: Promise<unknown> = Promise.resolve()
  /** A call has kept its caller waiting too long and is still pending. */
  let stuck = false
  let givenUp = false

  function call<T>(work: (keytar: Keytar) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    if (givenUp) return Promise.resolve(fail({ code: 'KEYCHAIN_UNAVAILABLE' }))
    if (stuck) return Promise.resolve(fail({ code: 'KEYCHAIN_TIMEOUT' }))
    const done = tail.then(async (): Promise<Outcome<T>> => {
      const callOffGivingUp = clock.after(GIVE_UP_MS, () => {
        givenUp = true
      })
      try {
        return await work(await load())
      } catch (error) {
        return fail<Failure>({ code: keychainCode(error) })
      } finally {
        callOffGivingUp()
        stuck = false
        givenUp = false
      }
    })
    tail = done
    return new Promise(resolve => {
      const callOff = clock.after(ANSWER_MS, () => {
        stuck = true
        resolve(fail({ code: 'KEYCHAIN_TIMEOUT' }))
      })
      void done.then(outcome => {
        callOff()
        resolve(outcome)
      })
    })
  }

  /**
   * A Linux keyring answers null both for "no such entry" and for "locked". Where an entry ought to be there, a write
   * tells the two apart: a locked collection refuses it.
   */
  async function whyNull(keytar: Keytar, owner: KeyOwner): Promise<PlainCode> {
    if (platform !== 'linux' || journal.savedAt(owner) === null) return 'KEY_MISSING'
    await keytar.setPassword(SERVICE, PROBE, PROBE)
    await keytar.deletePassword(SERVICE, PROBE)
    return 'KEY_MISSING'
  }

  return {
    retry() {
      // The hung call keeps its thread; the next ones no longer queue behind it.
      if (!givenUp) return
      givenUp = false
      stuck = false
      tail = Promise.resolve()
    },
    read(owner) {
      const account = accountOf(owner)
      const known = keys.get(account)
      if (known !== undefined) return Promise.resolve(ok(known))
      return call(async keytar => {
        const found = await keytar.getPassword(SERVICE, account)
        if (found === null) return fail({ code: await whyNull(keytar, owner) })
        keys.set(account, found)
        return ok(found)
      })
    },
    save(owner, authKey) {
      if (!isAuthKey(authKey)) return Promise.resolve(fail({ code: 'KEY_MALFORMED' }))
      const account = accountOf(owner)
      return call(async keytar => {
        await keytar.setPassword(SERVICE, account, authKey)
        // Windows' group policies and some keyrings accept a secret and keep another or none.
        if ((await keytar.getPassword(SERVICE, account)) !== authKey) return fail({ code: 'KEY_NOT_SAVED' })
        keys.set(account, authKey)
        journal.saved(owner, clock.now())
        return ok(null)
      })
    },
    delete(owner) {
      const account = accountOf(owner)
      keys.delete(account)
      return call(async keytar => {
        await keytar.deletePassword(SERVICE, account)
        keys.delete(account)
        journal.deleted(owner)
        return ok(null)
      })
    },
  }
}

/** keytar's errors are text alone; what is not recognised is a keychain that can't be used. */
function keychainCode(error: unknown): PlainCode {
  const text = error instanceof Error ? error.message : ''
  if (/locked/i.test(text)) return 'KEYCHAIN_LOCKED'
  if (/denied|cancell?ed|not allowed|authoriz/i.test(text)) return 'KEYCHAIN_DENIED'
  if (/quota|no space|not enough|full/i.test(text)) return 'KEYCHAIN_FULL'
  return 'KEYCHAIN_UNAVAILABLE'
}
