import type { Profile } from '../../contract/profile.ts'
import type { Outcome } from '../../domain/failure.ts'
import { ok } from '../../domain/result.ts'
import { waysFromRule } from './proxy-rule.ts'
import type { Way } from './route.ts'

/**
 * The ways to try, in order: proxies with the logins that are kept for them, or a direct connection. Fails as the
 * keychain does where a login is kept and can't be read.
 */
export async function waysTo(
  {
    origin,
    path,
    profile,
  }: { readonly origin: string; readonly path: string; readonly profile: Pick<Profile, 'proxy'> },
  {
    resolveProxy,
    proxyLogin,
  }: {
    readonly resolveProxy: (url: string) => Promise<string>
    readonly proxyLogin: (proxy: string) => Promise<Outcome<string | null>>
  },
): Promise<Outcome<readonly Way[]>> {
  const ways: Way[] = []
  for (const proxy of await proxiesOf()) {
    const login = proxy === null ? ok(null) : await proxyLogin(proxy.origin)
    if (!login.ok) return login
    ways.push({ proxy, login: login.value })
  }
  return ok(ways)

  /** null stands for a direct connection. */
  async function proxiesOf(): Promise<readonly (URL | null)[]> {
    // http reaches this computer only (the simulator, a developer's host). Through a proxy, the authKey would
    // leave it in plain text.
    if (new URL(origin).protocol === 'http:' || profile.proxy.kind === 'none') return [null]
    if (profile.proxy.kind === 'manual') return [new URL(profile.proxy.url)]
    return resolveProxy(origin + path).then(waysFromRule, () => [])
  }
}
