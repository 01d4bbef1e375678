import { type KeyObject, X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'

/** Thrown where a certificate on the way to the carrier could be forged. */
export class WeakCertificate extends Error {
  readonly code = 'WEAK_CERTIFICATE'
}

/** What OpenSSL asks for at its level 2, which is 112 bits of security (NIST SP 800-57, part 1, table 2). */
const LEAST_BITS = { rsa: 2048, 'rsa-pss': 2048, ec: 224 } as const
const FORGEABLE = /(?:md[245]|sha-?1)(?!\d)/i

/**
 * Why a verified connection is not to be trusted all the same; null where it is. Electron's BoringSSL has no
 * security levels: unlike OpenSSL, it takes keys of any size.
 */
export function weakCertificate(socket: TLSSocket): WeakCertificate | null {
  const chain = chainOf(socket.getPeerCertificate(true))
  if (chain.length === 0) return new WeakCertificate('there is no certificate')
  const weak = chain.some(
    certificate =>
      !isStrong(certificate.publicKey) ||
      // Nobody relies on the signature of an authority under its own certificate.
      (!isOwnIssuer(certificate) && FORGEABLE.test(certificate.signatureAlgorithm ?? 'md5')),
  )
  return weak ? new WeakCertificate('a key or a signature is too weak') : null
}

/** From the host's own certificate to the authority's. */
function chainOf(host: DetailedPeerCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = []
  let next: DetailedPeerCertificate | undefined = host
  // An authority's certificate names itself as its issuer.
  for (let last: unknown; next?.raw !== undefined && next !== last; next = next.issuerCertificate) {
    chain.push(new X509Certificate(next.raw))
    last = next
  }
  return chain
}

const isOwnIssuer = (certificate: X509Certificate): boolean => certificate.checkIssued(certificate)

function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  switch (asymmetricKeyType) {
    case 'rsa':
    case 'rsa-pss':
      return (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_BITS[asymmetricKeyType]
    case 'ec':
      return Number(/\d{3}/.exec(asymmetricKeyDetails?.namedCurve ?? '')?.[0] ?? 0) >= LEAST_BITS.ec
    case 'ed25519':
    case 'ed448':
      return true
    default:
      return false
  }
}
