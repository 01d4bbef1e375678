import type { ProxyLogin } from '../../contract/bridge.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { KeyDates, KeyOwner, KeyVault } from '../keychain/key-vault.ts'
import type { MemoryVault } from '../keychain/memory-vault.ts'

/** The logins of proxies that ask for one. They belong to the proxy, whichever profile goes through it. */
export interface ProxyLogins {
  /** Base64 of `user:password` for a proxy (its origin); null where none is kept. Fails as the keychain does. */
  find(proxy: string): Promise<Outcome<string | null>>
  /** A lookup failed because this proxy asked for a login. */
  asked(proxy: string): void
  /**
   * Keeps a login for the proxy that asked last, once the agent has confirmed in a native dialog that it gets it: no
   * script can name a proxy here. CANCELLED where that was not confirmed, or no proxy asked.
   */
  save(login: ProxyLogin): Promise<Outcome<null>>
}

const ownerOf = (proxy: string): KeyOwner => ({ profileId: 'proxy', origin: proxy, which: 'proxy-login' })

export function createProxyLogins({
  vault,
  memory,
  keyDates,
  confirm,
}: {
  readonly vault: KeyVault
  readonly memory: MemoryVault
  readonly keyDates: Pick<KeyDates, 'savedAt'>
  /** Whether the login may be given to this proxy. */
  readonly confirm: (proxy: string) => Promise<boolean>
}): ProxyLogins {
  let last: string | null = null
  return {
    async find(proxy) {
      const owner = ownerOf(proxy)
      // Most proxies want none: the keychain is not asked about each of them before every lookup.
      if (keyDates.savedAt(owner) === null && !memory.holds(owner)) return ok(null)
      const read = await vault.read(owner)
      const isGone = !read.ok && (read.failure.code === 'KEY_MISSING' || read.failure.code === 'KEY_GONE')
      return isGone ? ok(null) : read
    },
    asked(proxy) {
      last = proxy
    },
    async save({ user, password, forThisRun }) {
      const proxy = last
      if (proxy === null || !(await confirm(proxy))) return fail({ code: 'CANCELLED' })
      // RFC 7617: one Base64 text of both, in UTF-8.
      const login = Buffer.from(`${user}:${password}`).toString('base64')
      return (forThisRun ? memory : vault).save(ownerOf(proxy), login)
    },
  }
}
