import { X509Certificate } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import tls, { type DetailedPeerCertificate } from 'node:tls'
import type { TlsReason } from '../../domain/failure.ts'
import { bareHost } from '../carrier/connect.ts'
import { networkFailure } from '../carrier/network-failure.ts'
import { type Trust, trustedAuthorities } from '../carrier/trust.ts'
import { weakCertificate } from '../carrier/weak-certificate.ts'
import type { AuthorityOwner, Finding } from './finding.ts'
import { or } from './or.ts'

/** Shakes hands as strictly as a lookup, and tells of the certificate even where it is refused. */
export async function shakeHands(
  over: Socket,
  { hostname }: URL,
  trust: Trust,
  signal: AbortSignal,
): Promise<{ readonly socket: Socket; readonly finding: Finding & { readonly kind: 'certificate' } }> {
  const host = bareHost(hostname)
  const socket = tls.connect({
    socket: over,
    ...(isIP(host) === 0 && { servername: host }),
    host,
    ca: trustedAuthorities(trust),
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let chain: readonly X509Certificate[] = []
  let protocol: string | null = null
  // Before Node verifies: afterwards a refused connection has no certificate any more.
  socket.prependOnceListener('secure', () => {
    chain = chainOf(socket.getPeerCertificate(true))
    protocol = socket.getProtocol()
  })
  socket.once('secureConnect', resolve)
  socket.once('error', reject)
  socket.once('close', () => reject(Object.assign(new Error('it hung up'), { code: 'EPROTO' })))
  let reason: TlsReason | null = null
  try {
    await or(promise, signal)
    const weak = weakCertificate(socket)
    if (weak !== null) throw weak
  } catch (error) {
    const failure = networkFailure(error)
    reason = failure.code === 'TLS' ? failure.reason : 'handshake'
  }
  const [own] = chain
  return {
    socket,
    finding: {
      kind: 'certificate',
      health: reason === null ? 'good' : 'bad',
      host,
      protocol,
      issuer: own === undefined ? null : organisationOf(own.issuer),
      expiresAt: own === undefined ? null : own.validToDate.getTime(),
      authority: reason === null ? ownerOf(chain.at(-1), trust) : 'unknown',
      reason,
    },
  }
}

function chainOf(host: DetailedPeerCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  const seen = new Set<string>()
  for (
    let next: DetailedPeerCertificate | undefined = host;
    next?.raw !== undefined && !seen.has(next.fingerprint256);
    next = next.issuerCertificate
  ) {
    seen.add(next.fingerprint256)
    chain.push(new X509Certificate(next.raw))
  }
  return chain
}

/** The organisation of a distinguished name, or else its common name. */
function organisationOf(name: string): string | null {
  const part = (kind: string) => new RegExp(`^${kind}=(.+)$`, 'm').exec(name)?.[1]
  // As a distinguished name writes a comma (RFC 2253).
  return (part('O') ?? part('CN') ?? null)?.replace(/\\(.)/g, '$1').slice(0, 60) ?? null
}

/** In whose list an authority stands. */
function ownerOf(root: X509Certificate | undefined, { own, system }: Trust): AuthorityOwner {
  if (root === undefined) return 'unknown'
  const isIn = (list: readonly string[]) =>
    list.some(pem => {
      try {
        const { fingerprint256 } = new X509Certificate(pem)
        return fingerprint256 === root.fingerprint256
      } catch {
        return false
      }
    })
  if (isIn(own)) return 'profile'
  if (isIn(tls.getCACertificates('bundled'))) return 'bundled'
  return isIn(system) ? 'system' : 'unknown'
}
