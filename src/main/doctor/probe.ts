import dns from 'node:dns/promises'
import { isIP, type Socket } from 'node:net'
import { bareHost, connectFirst } from '../carrier/connect.ts'
import { proxyChallenge } from '../carrier/proxy-challenge.ts'
import type { Trust } from '../carrier/trust.ts'
import type { Clock } from '../clock.ts'
import type { Finding } from './finding.ts'
import { shakeHands } from './handshake.ts'
import { or } from './or.ts'

/** A way to the carrier, as a lookup would go it. */
export interface WayToProbe {
  readonly carrier: URL
  readonly proxy: URL | null
  /** Base64 of the proxy's `user:password`; it goes to this proxy alone. */
  readonly login: string | null
}

/**
 * Goes one way as far as the TLS handshake with the carrier, and no further: no HTTP, no key, no number. Stops at the first
 * step that fails. The signal ends it.
 */
export async function probeWay(
  { carrier, proxy, login }: WayToProbe,
  {
    trust,
    clock,
    signal,
  }: { readonly trust: Trust; readonly clock: Pick<Clock, 'monotonic'>; readonly signal: AbortSignal },
): Promise<readonly Finding[]> {
  const found: Finding[] = []
  const hop = proxy ?? carrier
  const host = bareHost(hop.hostname)
  const port = portOf(hop)
  const since = stopwatch(clock)

  if (isIP(host) === 0) {
    const addresses = await or(
      dns.lookup(host, { all: true }).catch(() => []),
      signal,
    )
    found.push({
      kind: 'name',
      health: addresses.length > 0 ? 'good' : 'bad',
      host,
      addresses: addresses.length,
      ms: since(),
    })
    if (addresses.length === 0) return found
  }

  const connecting = stopwatch(clock)
  let socket: Socket
  try {
    socket = await connectFirst(host, port, signal)
    socket.on('error', () => {})
    found.push({ kind: 'connection', health: 'good', host, port, ms: connecting(), code: null })
  } catch (error) {
    signal.throwIfAborted()
    found.push({ kind: 'connection', health: 'bad', host, port, ms: connecting(), code: codeOf(error) })
    return found
  }

  try {
    if (proxy?.protocol === 'https:') {
      const shaken = await shakeHands(socket, proxy, trust, signal)
      if (shaken.finding.health === 'bad') return [...found, shaken.finding]
      socket = shaken.socket
    }
    if (proxy !== null) {
      const tunnel = await askForTunnel(socket, { carrier, proxy, login }, signal)
      found.push(tunnel)
      if (tunnel.health === 'bad') return found
    }
    if (carrier.protocol === 'https:') found.push((await shakeHands(socket, carrier, trust, signal)).finding)
    return found
  } finally {
    socket.destroy()
  }
}

const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === 'https:' ? 443 : 80))

const stopwatch = (clock: Pick<Clock, 'monotonic'>) => {
  const from = clock.monotonic()
  return () => Math.round(clock.monotonic() - from)
}

/** Codes of the system alone: an error's text may name anything. */
function codeOf(error: unknown): string {
  const code = String((error as { readonly code?: unknown }).code ?? '')
  if (/^E[A-Z0-9]{2,20}$/.test(code)) return code
  const first = error instanceof AggregateError ? error.errors[0] : null
  return first === null || first === undefined ? 'ETIMEDOUT' : codeOf(first)
}

const LONGEST_HEAD = 16_384

/** Asks a proxy for a tunnel, as a lookup does, and reads what it says. */
async function askForTunnel(
  socket: Socket,
  { carrier, proxy, login }: WayToProbe & { readonly proxy: URL },
  signal: AbortSignal,
): Promise<Finding & { readonly kind: 'tunnel' }> {
  const target = `${carrier.hostname}:${portOf(carrier)}`
  const lines = [
    `CONNECT ${target} HTTP/1.1`,
    `Host: ${target}`,
    ...(login === null ? [] : [`Proxy-Authorization: Basic ${login}`]),
  ]
  const known = { kind: 'tunnel', proxy: proxy.host, hasLogin: login !== null } as const
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let head = ''
  const read = (chunk: Buffer) => {
    head += chunk.toString('latin1')
    if (head.includes('\r\n\r\n') || head.length > LONGEST_HEAD) resolve(head)
  }
  socket.on('data', read)
  socket.once('close', () => reject(new Error('it hung up')))
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  try {
    const said = await or(promise, signal)
    socket.off('data', read)
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(said)?.[1] ?? Number.NaN)
    const asked = [...said.matchAll(/^proxy-authenticate:(.*)$/gim)].map(([, value = '']) => value.trim())
    const schemes = proxyChallenge(asked)?.schemes ?? []
    if (Number.isNaN(status)) return { ...known, health: 'bad', status: null, schemes: [] }
    return { ...known, health: status === 200 ? 'good' : 'bad', status, schemes }
  } catch {
    return { ...known, health: 'bad', status: null, schemes: [] }
  }
}
