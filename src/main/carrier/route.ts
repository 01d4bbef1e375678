import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Dispatcher } from 'undici'
import type { Failure } from '../../domain/failure.ts'
import { bareHost, connectFirst } from './connect.ts'
import { ProxyRefused } from './network-failure.ts'
import { proxyChallenge } from './proxy-challenge.ts'
import { skipContinue } from './skip-continue.ts'
import { Agent, buildConnector, type Connector, Pool, ProxyAgent } from './undici.ts'
import { weakCertificate } from './weak-certificate.ts'

/** A way to one carrier, kept alive from query to query. */
export interface Route {
  readonly key: string
  readonly dispatcher: Dispatcher
  /** Whether a proxy is being asked to open it right now. */
  readonly atProxy: () => boolean
  /** To be called before each request. */
  readonly begin: () => void
  /**
   * Whether the carrier was connected at any time since `begin`. Until then no part of the request can have
   * been sent.
   */
  readonly hasReached: () => boolean
  /**
   * Ends every connection, also one that is still being opened: undici itself would leave that one to its
   * timeout.
   */
  end(): Promise<void>
  /** Resets the connection: what was written and is not acknowledged yet is thrown away, not delivered later. */
  reset(): void
}

/** The next hop: a proxy, with the login that is kept for it (Base64 of `user:password`), or the carrier itself. */
export interface Way {
  readonly proxy: URL | null
  readonly login: string | null
}

/** Opens a way to one carrier: directly, or through a proxy's tunnel. Nothing is connected before the first request. */
export function openRoute(key: string, { proxy, login }: Way, ca: string[]): Route {
  const ended = new AbortController()
  const verified = {
    signal: ended.signal,
    // Over HTTP/2, undici sends a refused request again without being asked.
    allowH2: false,
    // Explicit, because the default gives way to NODE_TLS_REJECT_UNAUTHORIZED=0.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    // A resumed session comes without the whole chain, which could then not be checked.
    maxCachedSessions: 0,
    // No timeout of its own: the deadline of the whole query applies.
    timeout: 0,
    ca,
  } as const
  const shared = {
    allowH2: false,
    connections: 1,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
  } as const
  const secure = strong(buildConnector(verified))
  let asking = false
  let hasReached = false
  /** The TCP connection below everything: TLS knows no reset. */
  let raw: Socket | null = null
  /** The connection to the carrier, while there is one. */
  let current: { readonly socket: Socket; readonly expectReply: () => void } | null = null

  /** Connects to whichever address answers first, and shakes hands where the address is https. */
  const dial: Connector = (options, callback) => {
    const isTls = options.protocol === 'https:'
    const port = Number(options.port || (isTls ? 443 : 80))
    const host = bareHost(options.hostname)
    connectFirst(host, port, ended.signal).then(
      socket => {
        raw = socket
        return isTls ? secure({ ...options, httpSocket: socket }, callback) : callback(null, socket)
      },
      (error: Error) => callback(error, null),
    )
  }
  /** The same, to the carrier itself. */
  const toCarrier =
    (connect: Connector): Connector =>
    (options, callback) =>
      connect(options, (...result) => {
        const [error, socket] = result
        if (error === null && socket !== null) {
          hasReached = true
          current = { socket: socket as Socket, expectReply: skipContinue(socket as Socket) }
        }
        callback(...result)
      })

  const dispatcher =
    proxy === null
      ? new Agent({ ...shared, connect: toCarrier(dial) })
      : new ProxyAgent({
          ...shared,
          uri: proxy.href,
          proxyTunnel: true,
          // It stands in the CONNECT request alone, which goes to this proxy and no further.
          ...(login !== null && { token: `Basic ${login}` }),
          connectTimeout: 0,
          requestTls: verified,
          proxyTls: verified,
          clientFactory: origin =>
            watchTunnels(new Pool(origin, { connect: dial }), { proxy, hasLogin: login !== null }, state => {
              asking = state
            }),
          factory: (origin, options) =>
            new Pool(origin, {
              ...options,
              connect: toCarrier(strong((options as { connect: Connector }).connect)),
            }),
        })
  return {
    key,
    dispatcher,
    atProxy: () => asking,
    begin() {
      hasReached = current !== null && !current.socket.destroyed
      current?.expectReply()
    },
    hasReached: () => hasReached,
    reset() {
      raw?.resetAndDestroy()
    },
    end() {
      ended.abort()
      return dispatcher.destroy()
    },
  }
}

/** A connection whose certificates are too weak does not come about. */
const strong =
  (connect: Connector): Connector =>
  (options, callback) =>
    connect(options, (...result) => {
      const [, socket] = result
      const weak = socket instanceof TLSSocket ? weakCertificate(socket) : null
      if (weak === null) return callback(...result)
      socket?.destroy()
      callback(weak, null)
    })

/** Marks errors of the proxy as such, and reports while the program waits for the proxy. */
function watchTunnels(
  pool: Pool,
  { proxy, hasLogin }: { readonly proxy: URL; readonly hasLogin: boolean },
  asking: (asking: boolean) => void,
): Dispatcher {
  const connect = pool.connect.bind(pool) as (
    options: Dispatcher.ConnectOptions,
  ) => Promise<Dispatcher.ConnectData>
  return Object.assign(pool, {
    async connect(options: Dispatcher.ConnectOptions) {
      asking(true)
      try {
        const data = await connect(options)
        if (data.statusCode === 200) return data
        data.socket.on('error', () => {}).destroy()
        throw new ProxyRefused(refusalOf(data, proxy, hasLogin))
      } catch (error) {
        throw error instanceof ProxyRefused ? error : new ProxyRefused({ code: 'PROXY', httpStatus: null })
      } finally {
        asking(false)
      }
    },
  })
}

/** Why a proxy opened no tunnel. */
function refusalOf({ statusCode, headers }: Dispatcher.ConnectData, proxy: URL, hasLogin: boolean): Failure {
  const asked = statusCode === 407 ? proxyChallenge(headers['proxy-authenticate']) : null
  if (asked === null) return { code: 'PROXY', httpStatus: statusCode }
  return asked.takesBasic
    ? { code: 'PROXY_LOGIN', proxy: proxy.origin, wrong: hasLogin }
    : { code: 'PROXY_SCHEME', schemes: asked.schemes }
}
