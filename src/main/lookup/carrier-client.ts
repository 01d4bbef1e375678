import { X509Certificate } from 'node:crypto'
import tls from 'node:tls'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { Dispatcher } from 'undici'
import type { Account } from '../../shared/account.ts'
import type { Failure, Outcome } from '../../shared/failure.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Profile } from '../../shared/settings.ts'
import type { TrafficReport } from '../../shared/traffic.ts'
import type { Clock } from '../clock.ts'
import { type HostRules, mayQuery } from './carrier-host.ts'
import { parseReply, type RawReply } from './carrier-reply.ts'
import { withDeadline } from './deadline.ts'
import { networkFailure, ProxyRefused } from './network-failure.ts'
import { proxyFromRule } from './proxy-rule.ts'
import { redactorOf } from './redact.ts'
import { Agent, Pool, ProxyAgent } from './undici.ts'

const PATH = '/emptool/api/mvno/getTrafficInfo/'
const LARGEST_REPLY = 64 * 1024
const CONNECT_MS = 5_000

export interface Query {
  readonly account: Account
  readonly authKey: string
  readonly origin: string
  readonly profile: Profile
  readonly signal: AbortSignal
}

/** What came of one query: its result, and the reply's text as it came, for the record. */
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
  /** A PEM file's text; rejects where it can't be read. */
  readonly readCaFile: (path: string) => Promise<string>
}

/** A way to one carrier, and whether a proxy is being asked to open it right now. */
interface Route {
  readonly key: string
  readonly dispatcher: Dispatcher
  readonly atProxy: () => boolean
  /** Ends every connection, also one that is still being opened, which undici by itself leaves to its timeout. */
  end(): Promise<void>
}

/** The one client of the carrier's API, and the only place that opens a connection. */
export function createCarrierClient(deps: CarrierClientDeps): CarrierClient {
  let current: Route | null = null

  /** One route is kept alive: queries come one at a time and mostly to one carrier. */
  function routeTo(origin: string, proxy: URL | null, authorities: readonly string[]): Route {
    const key = JSON.stringify([origin, proxy?.href ?? null, authorities])
    if (current?.key === key) return current
    void drop(current)
    const isTls = origin.startsWith('https:')
    current = openRoute(key, proxy, isTls ? [...trusted(), ...authorities] : [])
    return current
  }

  async function proxyFor(origin: string, profile: Profile): Promise<Result<URL | null, Failure>> {
    // http is for this computer alone (the simulator, a developer's host): a proxy would see the authKey.
    if (new URL(origin).protocol === 'http:' || profile.proxy.kind === 'none') return ok(null)
    if (profile.proxy.kind === 'manual') return ok(new URL(profile.proxy.url))
    const proxy = await deps.resolveProxy(origin + PATH).then(proxyFromRule, () => 'unsupported' as const)
    return proxy === 'unsupported' ? fail({ code: 'PROXY', httpStatus: null }) : ok(proxy)
  }

  /** Read anew for every query, so that a file replaced in its place counts. */
  async function authoritiesFor({ caFile }: Profile): Promise<Result<readonly string[], Failure>> {
    if (caFile === null) return ok([])
    try {
      return ok(certificatesIn(await deps.readCaFile(caFile)))
    } catch {
      return fail({ code: 'TLS', reason: 'ca-file' })
    }
  }

  async function drop(route: Route | null): Promise<void> {
    if (current === route) current = null
    await route?.end()
  }

  async function exchange(query: Query, signal: AbortSignal, taken: (route: Route) => void): Promise<Answer> {
    const failed = (failure: Failure): Answer => ({ result: fail(failure), rawReply: null })
    if (!mayQuery(query.origin, deps.hostRules())) return failed({ code: 'HOST_REFUSED' })
    const proxy = await proxyFor(query.origin, query.profile)
    if (!proxy.ok) return failed(proxy.failure)
    const authorities = await authoritiesFor(query.profile)
    if (!authorities.ok) return failed(authorities.failure)
    // From here on nothing waits: a query given up meanwhile must not touch the next one's route.
    if (signal.aborted) return failed({ code: 'CANCELLED' })
    const route = routeTo(query.origin, proxy.value, authorities.value)
    taken(route)

    let head: Dispatcher.ResponseData
    try {
      head = await route.dispatcher.request({
        origin: query.origin,
        path: PATH,
        method: 'POST',
        signal,
        ...bodyOf(query),
      })
    } catch (error) {
      return failed(networkFailure(error))
    }
    const body = await readBody(head)
    const redact = redactorOf(query.authKey)
    const read = (text: string) => {
      const reply: RawReply = {
        httpStatus: head.statusCode,
        retryAfter: headerText(head.headers['retry-after']),
        body: text,
      }
      return parseReply(reply, query.account, deps.clock.now(), redact)
    }
    if (body.ok) return { result: read(body.value), rawReply: redact(body.value) }
    // Without a body the status speaks; a rate limit does so whatever comes with it.
    return body.failure === 'unreadable' || head.statusCode === 429
      ? { result: read(''), rawReply: null }
      : failed({ code: 'TOO_LARGE' })
  }

  return {
    async getTrafficInfo(query) {
      const { clock } = deps
      const within = { clock, ms: query.profile.deadlineSeconds * 1000, signal: query.signal }
      const used: { route: Route | null } = { route: null }
      const done = await withDeadline<Answer, never>(within, async signal =>
        ok(
          await exchange(query, signal, route => {
            used.route = route
          }),
        ),
      )
      if (done.ok) return done.value
      const { failure } = done
      const result = fail<Failure>(
        failure.code === 'TIMEOUT' && used.route?.atProxy() ? { code: 'PROXY', httpStatus: null } : failure,
      )
      void drop(used.route)
      return { result, rawReply: null }
    },
    close: () => drop(current),
  }
}

/**
 * The bundled and the system's authorities: undici by itself knows only the former. Not Node's default ones, which
 * NODE_EXTRA_CA_CERTS adds to: another authority is the profile's, and confirmed.
 */
const trusted = (): string[] => [...tls.getCACertificates('bundled'), ...tls.getCACertificates('system')]

/** The certificates of a PEM text, each one parsed; throws where there is none, which Node would pass over. */
function certificatesIn(pem: string): string[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (found === null) throw new Error('no certificate')
  return found.map(block => new X509Certificate(block).toString())
}

function openRoute(key: string, proxy: URL | null, ca: string[]): Route {
  const ended = new AbortController()
  const verified = {
    signal: ended.signal,
    // undici posts a refused stream again by itself.
    allowH2: false,
    // Explicit, because the default gives way to NODE_TLS_REJECT_UNAUTHORIZED=0.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    timeout: CONNECT_MS,
    ca,
  } as const
  // The total deadline rules; these two would only measure gaps.
  const shared = {
    allowH2: false,
    connections: 1,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
  } as const
  const route = (dispatcher: Dispatcher, atProxy: () => boolean): Route => ({
    key,
    dispatcher,
    atProxy,
    end() {
      ended.abort()
      return dispatcher.destroy()
    },
  })
  if (proxy === null) return route(new Agent({ ...shared, connect: verified }), () => false)
  let asking = false
  const dispatcher = new ProxyAgent({
    ...shared,
    uri: proxy.href,
    proxyTunnel: true,
    connectTimeout: CONNECT_MS,
    requestTls: verified,
    proxyTls: verified,
    clientFactory: (origin, options) =>
      watchTunnels(new Pool(origin, options), state => {
        asking = state
      }),
  })
  return route(dispatcher, () => asking)
}

/** Tells the proxy's refusals from the carrier's, and whether a proxy is being waited for. */
function watchTunnels(proxy: Pool, asking: (asking: boolean) => void): Dispatcher {
  const connect = proxy.connect.bind(proxy) as (
    options: Dispatcher.ConnectOptions,
  ) => Promise<Dispatcher.ConnectData>
  return Object.assign(proxy, {
    async connect(options: Dispatcher.ConnectOptions) {
      asking(true)
      try {
        const data = await connect(options)
        if (data.statusCode === 200) return data
        data.socket.on('error', () => {}).destroy()
        throw new ProxyRefused(data.statusCode)
      } catch (error) {
        throw error instanceof ProxyRefused ? error : new ProxyRefused(null)
      } finally {
        asking(false)
      }
    },
  })
}

/** JSON as the carrier's page shows it, or the one form field that other calls of the family use. */
function bodyOf({ profile, authKey, account }: Query): { headers: Record<string, string>; body: string } {
  const json = JSON.stringify({ authKey, account: account.id })
  const accept = { accept: 'application/json', 'accept-encoding': 'identity' }
  return profile.body === 'json'
    ? { headers: { ...accept, 'content-type': 'application/json' }, body: json }
    : {
        headers: { ...accept, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ json }).toString(),
      }
}

/** The body's text, at most 64 KiB of it on the wire and again once decompressed. */
async function readBody(head: Dispatcher.ResponseData): Promise<Result<string, 'unreadable' | 'too-large'>> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of head.body) {
      size += chunk.length
      if (size > LARGEST_REPLY) {
        head.body.destroy()
        return fail('too-large')
      }
      chunks.push(chunk)
    }
    const bytes = await decode(Buffer.concat(chunks), headerText(head.headers['content-encoding']))
    return bytes === null ? fail('unreadable') : ok(bytes.toString('utf8'))
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return fail(tooLarge ? 'too-large' : 'unreadable')
  }
}

const decoders = { gzip: promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) }

/** We ask for no encoding; a host that uses one all the same is understood. Null for an unknown one. */
async function decode(bytes: Buffer, encoding: string | null): Promise<Buffer | null> {
  if (encoding === null || encoding === '' || encoding === 'identity') return bytes
  const name = encoding.toLowerCase()
  if (name !== 'gzip' && name !== 'deflate' && name !== 'br') return null
  return decoders[name](bytes, { maxOutputLength: LARGEST_REPLY })
}

const headerText = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value)?.trim() ?? null
