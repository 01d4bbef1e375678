import type { Dispatcher } from 'undici'
import type { Profile } from '../../contract/settings.ts'
import type { QueryStep } from '../../contract/state.ts'
import type { Account } from '../../domain/account.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { TrafficReport } from '../../domain/traffic.ts'
import type { Clock } from '../clock.ts'
import type { SystemAuthorities } from './authorities.ts'
import { withDeadline } from './deadline.ts'
import { type HostRules, mayQuery } from './host.ts'
import { networkFailure } from './network-failure.ts'
import { waysFromRule } from './proxy-rule.ts'
import { redactorOf } from './redact.ts'
import { httpDate, parseReply, type RawReply } from './reply.ts'
import { headerText, readBody } from './reply-body.ts'
import { bodyOf } from './request-body.ts'
import { openRoute, type Route } from './route.ts'
import { type Trust, trustedAuthorities, trustFor } from './trust.ts'

const PATH = '/emptool/api/mvno/getTrafficInfo/'

export interface Query {
  readonly account: Account
  readonly authKey: string
  readonly origin: string
  readonly profile: Profile
  readonly signal: AbortSignal
  /** Told what the query is waiting for, each time that changes. */
  readonly at?: (step: QueryStep) => void
}

/** The outcome of one query: its result, and the reply's text as it came, which is stored with the lookup. */
export interface Answer {
  readonly result: Outcome<TrafficReport>
  readonly rawReply: string | null
}

export interface CarrierClient {
  /** One POST to `getTrafficInfo` (PA05-01), never repeated. Settles within the profile's deadline, whatever hangs. */
  getTrafficInfo(query: Query): Promise<Answer>
  /** Ends every connection. */
  close(): Promise<void>
}

export interface CarrierClientDeps {
  readonly clock: Clock
  readonly hostRules: () => HostRules
  /** The system's proxy for a URL as a PAC rule (`session.resolveProxy`). */
  readonly resolveProxy: (url: string) => Promise<string>
  readonly authorities: Pick<SystemAuthorities, 'read' | 'known'>
  /** A PEM file's text; rejects where it can't be read. */
  readonly readCaFile: (path: string) => Promise<string>
  /** Called with the time in the carrier's reply (its `Date` header), milliseconds since the epoch. */
  readonly onCarrierTime?: (at: number) => void
}

/** The one client of the carrier's API, and the only place that opens a connection. */
export function createCarrierClient(deps: CarrierClientDeps): CarrierClient {
  let current: Route | null = null

  /** One route is kept alive: queries come one at a time and mostly to one carrier. */
  function routeTo(origin: string, proxy: URL | null, trust: Trust): Route {
    const key = JSON.stringify([origin, proxy?.href ?? null, trust.system.length, trust.own])
    if (current?.key === key) return current
    void drop(current)
    current = openRoute(key, proxy, origin.startsWith('https:') ? trustedAuthorities(trust) : [])
    return current
  }

  /** The proxies to try, in order; null stands for a direct connection. */
  async function waysTo(origin: string, profile: Profile): Promise<readonly (URL | null)[]> {
    // http reaches this computer only (the simulator, a developer's host). Through a proxy, the authKey would
    // leave it in plain text.
    if (new URL(origin).protocol === 'http:' || profile.proxy.kind === 'none') return [null]
    if (profile.proxy.kind === 'manual') return [new URL(profile.proxy.url)]
    return deps.resolveProxy(origin + PATH).then(waysFromRule, () => [])
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
    query: Query,
    ways: readonly (URL | null)[],
    trust: Trust,
    { signal, until, taken }: Sending,
  ): Promise<Result<Dispatcher.ResponseData, Failure>> {
    let refused: Failure = { code: 'PROXY', httpStatus: null }
    for (const [at, proxy] of ways.entries()) {
      const route = routeTo(query.origin, proxy, trust)
      taken(route)
      route.begin()
      const request = route.dispatcher.request({
        origin: query.origin,
        path: PATH,
        method: 'POST',
        signal,
        ...bodyOf(query),
      })
      const isLast = at === ways.length - 1
      const share = (until - deps.clock.monotonic()) / (ways.length - at)
      const reached = await (isLast ? request.then(ok, failed) : orNext(request, route, share))
      if (reached.ok) return reached
      if (isLast || route.hasReached() || signal.aborted || reached.failure.code !== 'PROXY') return reached
      refused = reached.failure
      void drop(route)
    }
    return fail(refused)
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

  async function exchange(query: Query, sending: Sending): Promise<Answer> {
    const failed = (failure: Failure): Answer => ({ result: fail(failure), rawReply: null })
    if (!mayQuery(query.origin, deps.hostRules())) return failed({ code: 'HOST_REFUSED' })
    const ways = await waysTo(query.origin, query.profile)
    const trust = await trustFor(query.origin, query.profile.caFile, { ...deps, at: sending.at })
    if (!trust.ok) return failed(trust.failure)
    // No await between this check and `send`: a query that was given up by now must not replace the next
    // query's route.
    if (sending.signal.aborted) return failed({ code: 'CANCELLED' })
    const sent = await send(query, ways, trust.value, sending)
    if (!sent.ok) return failed(sent.failure)
    const head = sent.value
    const body = await readBody(head)
    const redact = redactorOf(query.authKey)
    const read = (text: string) => {
      const reply: RawReply = {
        httpStatus: head.statusCode,
        retryAfter: headerText(head.headers['retry-after']),
        date: headerText(head.headers['date']),
        body: text,
      }
      const result = parseReply(reply, query.account, deps.clock.now(), redact)
      const date = httpDate(reply.date)
      // Only the carrier's own words count: a hotel's login page has a clock too.
      if (date !== null && (result.ok || 'carrier' in result.failure)) deps.onCarrierTime?.(date)
      return result
    }
    if (body.ok) return { result: read(body.value), rawReply: redact(body.value) }
    // Without a readable body the HTTP status decides. A 429 is a rate limit even where the body is too
    // large.
    return body.failure === 'unreadable' || head.statusCode === 429
      ? { result: read(''), rawReply: null }
      : failed({ code: 'TOO_LARGE' })
  }

  return {
    async getTrafficInfo(query) {
      const { clock } = deps
      const within = { clock, ms: query.profile.deadlineSeconds * 1000, signal: query.signal }
      const used: { route: Route | null; step: QueryStep } = { route: null, step: 'carrier' }
      const until = clock.monotonic() + within.ms
      const taken = (route: Route) => {
        used.route = route
      }
      const at = (step: QueryStep) => {
        used.step = step
        query.at?.(step)
      }
      const done = await withDeadline<Answer, never>(within, async signal =>
        ok(await exchange(query, { signal, until, taken, at })),
      )
      if (done.ok) return done.value
      void drop(used.route)
      return { result: fail(done.failure.code === 'TIMEOUT' ? timeOut(used) : done.failure), rawReply: null }
    },
    close: () => drop(current),
  }
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

const failed = (error: unknown): Result<never, Failure> => fail(networkFailure(error))
