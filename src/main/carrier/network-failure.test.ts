import { expect, test } from 'vitest'
import { networkFailure, ProxyRefused } from './network-failure.ts'

const withCode = (code: string) => Object.assign(new Error('words with 09012345678'), { code })

test.each([
  ['ENOTFOUND', { code: 'OFFLINE' }],
  ['EAI_AGAIN', { code: 'OFFLINE' }],
  ['EAI_NODATA', { code: 'OFFLINE' }],
  ['ECONNREFUSED', { code: 'UNREACHABLE' }],
  ['ENETUNREACH', { code: 'UNREACHABLE' }],
  ['EHOSTUNREACH', { code: 'UNREACHABLE' }],
  ['ENETDOWN', { code: 'UNREACHABLE' }],
  ['EADDRNOTAVAIL', { code: 'UNREACHABLE' }],
  ['ECONNRESET', { code: 'UNREACHABLE' }],
  ['EPIPE', { code: 'UNREACHABLE' }],
  ['UND_ERR_SOCKET', { code: 'UNREACHABLE' }],
  ['ETIMEDOUT', { code: 'TIMEOUT' }],
  ['UND_ERR_CONNECT_TIMEOUT', { code: 'TIMEOUT' }],
  ['UND_ERR_HEADERS_OVERFLOW', { code: 'TOO_LARGE' }],
  ['CERT_HAS_EXPIRED', { code: 'TLS', reason: 'expired' }],
  ['CERT_NOT_YET_VALID', { code: 'TLS', reason: 'not-yet-valid' }],
  ['ERR_TLS_CERT_ALTNAME_INVALID', { code: 'TLS', reason: 'wrong-host' }],
  ['HOSTNAME_MISMATCH', { code: 'TLS', reason: 'wrong-host' }],
  ...[
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'CERT_UNTRUSTED',
    'CERT_REJECTED',
    'CERT_REVOKED',
    'CERT_SIGNATURE_FAILURE',
    'CERT_CHAIN_TOO_LONG',
    'PATH_LENGTH_EXCEEDED',
    'INVALID_CA',
    'INVALID_PURPOSE',
  ].map(code => [code, { code: 'TLS', reason: 'untrusted' }] as const),
  ['ERR_SSL_WRONG_VERSION_NUMBER', { code: 'TLS', reason: 'handshake' }],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', { code: 'TLS', reason: 'handshake' }],
  ['EPROTO', { code: 'TLS', reason: 'handshake' }],
  ['', { code: 'UNREACHABLE' }],
  ['constructor', { code: 'UNREACHABLE' }],
] as const)('an error %s is %j', (code, failure) => {
  expect(networkFailure(withCode(code))).toEqual(failure)
})

test.each([
  [
    'both families refused',
    new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')]),
    'UNREACHABLE',
  ],
  ['both families timed out', new AggregateError([withCode('ETIMEDOUT'), withCode('ETIMEDOUT')]), 'TIMEOUT'],
  ['a cause', new Error('fetch failed', { cause: withCode('ENOTFOUND') }), 'OFFLINE'],
  ['no error at all', null, 'UNREACHABLE'],
  ['a string', 'ECONNREFUSED', 'UNREACHABLE'],
  ['nothing to aggregate', new AggregateError([]), 'UNREACHABLE'],
])('with %s it is still told', (_, error, code) => {
  expect(networkFailure(error).code).toBe(code)
})

test('a proxy that did not open the way is told with its status, and no error’s words are passed on', () => {
  const failure = { code: 'PROXY', httpStatus: 502 } as const
  expect(networkFailure(new ProxyRefused(failure))).toEqual(failure)
  expect(JSON.stringify(networkFailure(withCode('ERR_SSL_X')))).not.toContain('0901')
})
