import type { Dispatcher } from 'undici'
import type { Profile } from '../../contract/profile.ts'
import type { QueryStep } from '../../contract/state.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Clock } from '../clock.ts'
import type { SystemAuthorities } from './authorities.ts'
import { withDeadline } from './deadline.ts'
import { fenced } from './fence.ts'
import { type HostRules, mayQuery } from './host.ts'
import { networkFailure } from './network-failure.ts'
import type { RawReply } from './reply.ts'
import { headerText, readBody } from './reply-body.ts'
import { bodyOf } from './request-body.ts'
import { openRoute, type Route, type Way } from './route.ts'
import { type Trust, trustedAuthorities, trustFor } from './trust.ts'
import { waysTo } from './ways.ts'

/** Where a query goes, and how long it may take. */
export interface Ask {
  readonly origin: string
  readonly profile: Profile
  /** Aborted with a failure as its reason, the query ends as that: TURN_LOST also resets the connection. */
  readonly signal: AbortSignal
  /** Whether the query may still be sent, asked in the tick in which it is written; always, where it is not given. */
  readonly holds?: () => boolean
  /** Told what the query is waiting for, each time that changes. */
  readonly at?: (step: QueryStep) => void
}

/** One request to the carrier. */
export interface Post extends Ask {
  readonly path: string
  readonly fields: Readonly<Record<string, string>>
}

/** What came back; an unreadable body is empty. */
export interface Reply extends RawReply {
  readonly isWhole: boolean
}

export interface PostDeps {
  readonly clock: Clock
  readonly hostRules: () => HostRules
  /** The system's proxy for a URL as a PAC rule (`session.resolveProxy`). */
  readonly resolveProxy: (url: string) => Promise<string>
  /** The login that is kept for a proxy (its origin): Base64 of `user:password`, null where there is none. */
  readonly proxyLogin: (proxy: string) => Promise<Outcome<string | null>>
  readonly authorities: Pick<SystemAuthorities, 'read' | 'known'>
  /** A PEM file's text; rejects where it can't be read. */
  readonly readCaFile: (path: string) => Promise<string>
}

/** Sends one POST, never repeated, within the profile's deadline. */
export interface Poster {
  post(request: Post): Promise<Result<Reply, Failure>>
  /** Ends every connection. */
  close(): Promise<void>
}

/** The only place that opens a connection. */
export function createPoster(deps: PostDeps): Poster {
  let current: Route | null = null

  /** One route is kept alive: queries come one at a time and mostly to one carrier. */
  function routeTo(origin: string, way: Way, trust: Trust): Route {
    const key = JSON.stringify([origin, way.proxy?.href ?? null, way.login, trust.system.length, trust.own])
    if (current?.key === key) return current
    void drop(current)
    current = openRoute(key, way, origin.startsWith('https:') ? trustedAuthorities(trust) : [])
    return current
  }

  async function drop(route: Route | null): Promise<void> {
    if (current === route) current = null
    await route?.end()
  }

  /**
   * Sends the request by the first proxy or direct connection that works. Once a connection has reached the
   * carrier, no other is tried.
   */
  async function send(
    request: Post,
    ways: readonly Way[],
    trust: Trust,
    { signal, until, taken }: Sending,
  ): Promise<Result<Dispatcher.ResponseData, Failure>> {
    /** Said in the end rather than what became of the ways after it: somebody can do something about it. */
    let unspoken: Failure | null = null
    for (const [at, way] of ways.entries()) {
      const route = routeTo(request.origin, way, trust)
      taken(route)
      route.begin()
      const sent = fenced(route.dispatcher, request.holds ?? always).request({
        origin: request.origin,
        path: request.path,
        method: 'POST',
        signal,
        ...bodyOf(request.profile.body, request.fields),
      })
      const isLast = at === ways.length - 1
      const share = (until - deps.clock.monotonic()) / (ways.length - at)
      const reached = await (isLast ? sent.then(ok, failed) : orNext(sent, route, share))
      if (reached.ok) return reached
      const { failure } = reached
      if (route.hasReached() || signal.aborted) return reached
      if (failure.code === 'PROXY_SCHEME') unspoken ??= failure
      // Behind a proxy that asks who is there, other ways rarely lead out, and the agent can answer it.
      if (isLast || failure.code === 'PROXY_LOGIN' || !isProxys(failure))
        return unspoken === null || failure.code === 'PROXY_LOGIN' ? reached : fail(unspoken)
      void drop(route)
    }
    return fail({ code: 'PROXY', httpStatus: null })
  }

  /**
   * Gives a hanging proxy its share of the time. Then the next one is tried, provided that nothing can have
   * been sent.
   */
  async function orNext(
    request: Promise<Dispatcher.ResponseData>,
    route: Route,
    share: number,
  ): Promise<Result<Dispatcher.ResponseData, Failure>> {
    const { promise, resolve } = Promise.withResolvers<Result<Dispatcher.ResponseData, Failure>>()
    const callOff = deps.clock.after(share, () => {
      if (route.hasReached()) return
      resolve(fail({ code: 'PROXY', httpStatus: null }))
      void drop(route)
    })
    request.then(ok, failed).then(resolve)
    try {
      return await promise
    } finally {
      callOff()
    }
  }

  async function exchange(request: Post, sending: Sending): Promise<Result<Reply, Failure>> {
    if (!mayQuery(request.origin, deps.hostRules())) return fail({ code: 'HOST_REFUSED' })
    const ways = await waysTo(request, deps)
    if (!ways.ok) return ways
    const trust = await trustFor(request.origin, request.profile.caFile, { ...deps, at: sending.at })
    if (!trust.ok) return trust
    // No await between this check and `send`: a query that was given up by now must not replace the next
    // query's route.
    if (sending.signal.aborted) return fail({ code: 'CANCELLED' })
    const sent = await send(request, ways.value, trust.value, sending)
    if (!sent.ok) return sent
    const { statusCode, headers } = sent.value
    const text = await readBody(sent.value)
    // Without a readable body the HTTP status decides. A 429 is a rate limit even where the body is too
    // large.
    if (!text.ok && text.failure === 'too-large' && statusCode !== 429) return fail({ code: 'TOO_LARGE' })
    return ok({
      httpStatus: statusCode,
      retryAfter: headerText(headers['retry-after']),
      date: headerText(headers['date']),
      body: text.ok ? text.value : '',
      isWhole: text.ok,
    })
  }

  /** Settles within the deadline, whatever hangs. */
  async function post(request: Post): Promise<Result<Reply, Failure>> {
    const { clock } = deps
    const within = { clock, ms: request.profile.deadlineSeconds * 1000, signal: request.signal }
    const used: { route: Route | null; step: QueryStep } = { route: null, step: 'carrier' }
    const until = clock.monotonic() + within.ms
    const taken = (route: Route) => {
      used.route = route
    }
    const at = (step: QueryStep) => {
      used.step = step
      request.at?.(step)
    }
    const isLost = () => (request.signal.reason as Partial<Failure> | undefined)?.code === 'TURN_LOST'
    // Before undici hears of it: what was merely closed would still be delivered when a cable is back.
    const reset = () => isLost() && used.route?.reset()
    request.signal.addEventListener('abort', reset, { once: true })
    let isLate = true
    const done = await withDeadline<Reply, Failure>(within, async signal => {
      const reply = await exchange(request, { signal, until, taken, at })
      isLate = false
      return reply
    })
    request.signal.removeEventListener('abort', reset)
    if (!isLate || done.ok) return done
    void drop(used.route)
    return fail(
      done.failure.code === 'TIMEOUT' ? timeOut(used) : isLost() ? { code: 'TURN_LOST' } : done.failure,
    )
  }

  return { post, close: () => drop(current) }
}

/** Who did not answer before the deadline. */
function timeOut({ route, step }: { readonly route: Route | null; readonly step: QueryStep }): Failure {
  if (step === 'authorities') return { code: 'AUTHORITIES_TIMEOUT' }
  return route?.atProxy() ? { code: 'PROXY', httpStatus: null } : { code: 'TIMEOUT' }
}

interface Sending {
  readonly signal: AbortSignal
  /** When time is up, monotonic milliseconds. */
  readonly until: number
  /** Told of each route before it is used. */
  readonly taken: (route: Route) => void
  readonly at: (step: QueryStep) => void
}

const always = () => true

const isProxys = ({ code }: Failure): boolean =>
  code === 'PROXY' || code === 'PROXY_LOGIN' || code === 'PROXY_SCHEME'

const failed = (error: unknown): Result<never, Failure> => fail(networkFailure(error))
