import { fail, ok } from '../../domain/result.ts'
import type { Clock } from '../clock.ts'
import { withDeadline } from './deadline.ts'
import type { PostDeps } from './post.ts'
import { readBody } from './reply-body.ts'
import { openRoute } from './route.ts'
import { trustedAuthorities, trustFor } from './trust.ts'
import { waysTo } from './ways.ts'

const DEADLINE_MS = 15_000

/**
 * One GET over https that asks nobody about a customer: by the system's proxy, with the certificates that lookups are checked
 * by. A redirect is not followed.
 *
 * @returns the text, 64 KiB of it at most; null where none came, for whatever reason
 */
export async function getSmall(
  address: string,
  deps: Omit<PostDeps, 'hostRules' | 'clock'> & { readonly clock: Pick<Clock, 'after'> },
): Promise<string | null> {
  const got = await withDeadline<string, 'nothing'>(
    { clock: deps.clock, ms: DEADLINE_MS, signal: new AbortController().signal },
    async signal => {
      const text = await getBy(address, deps, signal).catch(() => null)
      return text === null ? fail('nothing') : ok(text)
    },
  )
  return got.ok ? got.value : null
}

async function getBy(
  address: string,
  deps: Parameters<typeof getSmall>[1],
  signal: AbortSignal,
): Promise<string | null> {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:') return null
  const { origin } = url
  const path = url.pathname + url.search
  const ways = await waysTo({ origin, path, profile: { proxy: { kind: 'system' } } }, deps)
  const trust = await trustFor(origin, null, { ...deps, at() {} })
  if (!ways.ok || !trust.ok) return null
  for (const way of ways.value) {
    signal.throwIfAborted()
    const route = openRoute(address, way, trustedAuthorities(trust.value))
    route.begin()
    try {
      const reply = await route.dispatcher.request({ origin, path, method: 'GET', signal })
      const text = await readBody(reply)
      return reply.statusCode === 200 && text.ok ? text.value : null
    } catch {
      // Once the host was reached, no other way is tried.
      if (route.hasReached()) return null
    } finally {
      void route.end()
    }
  }
  return null
}
