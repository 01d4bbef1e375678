import tls from 'node:tls'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { Agent, type Dispatcher, Pool, ProxyAgent } from 'undici'
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
}

/** The one client of the carrier's API, and the only place that opens a connection. */
export function createCarrierClient(deps: CarrierClientDeps): CarrierClient {
  let current: Route | null = null

  /** One route is kept alive: queries come one at a time and mostly to one carrier. */
  async function routeTo({ origin, profile }: Query): Promise<Result<Route, Failure>> {
    const proxy = await proxyFor(origin, profile)
    if (proxy === 'unsupported') return fail({ code: 'PROXY', httpStatus: null })
    const key = JSON.stringify([origin, proxy?.href ?? null, profile.caFile])
    if (current?.key === key) return ok(current)
    await drop()
    let ca: string[] | undefined
    if (profile.caFile !== null) {
      try {
        ca = [...trusted(), await deps.readCaFile(profile.caFile)]
      } catch {
        return fail({ code: 'TLS', reason: 'ca-file' })
      }
    } else if (origin.startsWith('https:')) {
      ca = trusted()
    }
    current = openRoute(key, proxy, ca)
    return ok(current)
  }

  async function proxyFor(origin: string, profile: Profile): Promise<URL | null | 'unsupported'> {
    // The simulator is inside this program: asking a proxy for it would show its traffic to somebody else.
    if (profile.carrier.kind === 'simulator' || profile.proxy.kind === 'none') return null
    if (profile.proxy.kind === 'manual') return new URL(profile.proxy.url)
    return proxyFromRule(await deps.resolveProxy(origin + PATH))
  }

  async function drop(): Promise<void> {
    const route = current
    current = null
    await route?.dispatcher.destroy()
  }

  async function exchange(query: Query, signal: AbortSignal): Promise<Answer> {
    const failed = (failure: Failure): Answer => ({ result: fail(failure), rawReply: null })
    if (!mayQuery(query.origin, deps.hostRules())) return failed({ code: 'HOST_REFUSED' })
    const route = await routeTo(query)
    if (!route.ok) return failed(route.failure)
    if (signal.aborted) return failed({ code: 'CANCELLED' })

    let head: Dispatcher.ResponseData
    try {
      head = await route.value.dispatcher.request({
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
    if (!body.ok) return failed(body.failure)
    const reply: RawReply = {
      httpStatus: head.statusCode,
      retryAfter: headerText(head.headers['retry-after']),
      body: body.value,
    }
    return { result: parseReply(reply, query.account, deps.clock.now()), rawReply: reply.body }
  }

  return {
    async getTrafficInfo(query) {
      const { clock } = deps
      const within = { clock, ms: query.profile.deadlineSeconds * 1000, signal: query.signal }
      const done = await withDeadline<Answer, never>(within, async signal =>
        ok(await exchange(query, signal)),
      )
      if (done.ok) return done.value
      const { failure } = done
      const result = fail<Failure>(
        failure.code === 'TIMEOUT' && current?.atProxy() ? { code: 'PROXY', httpStatus: null } : failure,
      )
      // undici goes on connecting after an abort; destroying the route ends that too.
      void drop()
      return { result, rawReply: null }
    },
    close: drop,
  }
}

/** The system's and the bundled authorities: undici by itself knows only the latter. */
const trusted = (): string[] => [...tls.getCACertificates('default'), ...tls.getCACertificates('system')]

function openRoute(key: string, proxy: URL | null, ca: string[] | undefined): Route {
  // Explicit, because the default gives way to NODE_TLS_REJECT_UNAUTHORIZED=0.
  const verified = {
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    timeout: CONNECT_MS,
    ...(ca && { ca }),
  } as const
  // The total deadline rules; these two would only measure gaps.
  const shared = { connections: 1, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 } as const
  if (proxy === null) {
    return { key, dispatcher: new Agent({ ...shared, connect: verified }), atProxy: () => false }
  }
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
  return { key, dispatcher, atProxy: () => asking }
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
async function readBody(head: Dispatcher.ResponseData): Promise<Outcome<string>> {
  const cut = fail<Failure>({ code: 'BAD_REPLY', httpStatus: head.statusCode })
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of head.body) {
      size += chunk.length
      if (size > LARGEST_REPLY) {
        head.body.destroy()
        return fail({ code: 'TOO_LARGE' })
      }
      chunks.push(chunk)
    }
  } catch {
    return cut
  }
  try {
    const bytes = await decode(Buffer.concat(chunks), headerText(head.headers['content-encoding']))
    return bytes === null ? cut : ok(bytes.toString('utf8'))
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      ? fail({ code: 'TOO_LARGE' })
      : cut
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
