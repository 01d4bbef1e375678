import type { Failure, TlsReason } from '../../domain/failure.ts'

/** Thrown by the client while it reaches the carrier through a proxy: what failed is the proxy, not the carrier. */
export class ProxyRefused extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super('the proxy did not open a tunnel')
    this.failure = failure
  }
}

/** Thrown in the place of a request whose turn at the gate was over before it was written. */
export class TurnOver extends Error {}

const tlsReasons: Readonly<Record<string, TlsReason>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-host',
  HOSTNAME_MISMATCH: 'wrong-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  CERT_UNTRUSTED: 'untrusted',
  CERT_REVOKED: 'untrusted',
  CERT_REJECTED: 'untrusted',
  CERT_SIGNATURE_FAILURE: 'untrusted',
  CERT_CHAIN_TOO_LONG: 'untrusted',
  PATH_LENGTH_EXCEEDED: 'untrusted',
  INVALID_CA: 'untrusted',
  INVALID_PURPOSE: 'untrusted',
  WEAK_CERTIFICATE: 'weak',
  // Node's code for a certificate that OpenSSL refuses for any other reason.
  UNSPECIFIED: 'untrusted',
}

/** What an error before the reply's head means. Reasons are codes, never the error's own text. */
export function networkFailure(error: unknown): Failure {
  if (error instanceof ProxyRefused) return error.failure
  if (error instanceof TurnOver) return { code: 'TURN_LOST' }
  const code = codeOf(error)
  const tls = Object.hasOwn(tlsReasons, code) ? tlsReasons[code] : undefined
  if (tls !== undefined) return { code: 'TLS', reason: isTooWeak(error) ? 'weak' : tls }
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO' || inHandshake(error)) {
    return { code: 'TLS', reason: 'handshake' }
  }
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return { code: 'OFFLINE' }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return { code: 'TIMEOUT' }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return { code: 'TOO_LARGE' }
  if (isNoHttp(error, code)) return { code: 'BAD_REPLY', httpStatus: null }
  return { code: 'UNREACHABLE' }
}

/** Node's own words for a peer that hangs up during the handshake; that error has no code of its own. */
function inHandshake(error: unknown): boolean {
  return error instanceof Error && error.message.includes('before secure TLS connection was established')
}

/** OpenSSL's own words for a key or a digest below its security level; that error has no code of its own. */
function isTooWeak(error: unknown): boolean {
  return error instanceof Error && error.message.endsWith('too weak')
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return 'cause' in error ? codeOf(error.cause) : ''
}

/** undici's parser errors have a name and no code. */
function isNoHttp(error: unknown, code: string): boolean {
  return (
    (error instanceof Error && error.name === 'HTTPParserError') ||
    code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' ||
    code.startsWith('UND_ERR_INVALID')
  )
}
