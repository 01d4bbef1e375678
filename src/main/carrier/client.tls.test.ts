import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import tls from 'node:tls'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { anyStrength } from './testing/boringssl.ts'
import { type Authority, createAuthority, createSelfSigned } from './testing/certificates.ts'
import {
  authority,
  CA_FILE,
  carrier,
  expectRecorded,
  expectRecovery,
  failureOf,
  listenToTheLine,
  newSetup,
  secureCarrier,
} from './testing/checks.ts'
import { answersWell } from './testing/fault-carrier.ts'
import { createTlsOnlyServer } from './testing/old-tls.ts'
import { allowWeakKeys } from './testing/weak-keys.ts'

const DAY = 86_400_000
const days = (count: number) => new Date(Date.now() + count * DAY)

const strangers = createAuthority('An authority nobody trusts')
const bad = {
  expired: [() => authority().issue({ notBefore: days(-10), notAfter: days(-1) }), 'expired'],
  'not yet valid': [() => authority().issue({ notBefore: days(1), notAfter: days(10) }), 'not-yet-valid'],
  'for another host': [() => authority().issue({ names: ['carrier.example'] }), 'wrong-host'],
  'for a name that ours only begins with': [() => authority().issue({ names: ['local'] }), 'wrong-host'],
  'self-signed': [() => createSelfSigned(), 'untrusted'],
  'of an authority nobody trusts': [() => strangers.issue(), 'untrusted'],
  'not meant for a server': [() => authority().issue({ usage: 'client' }), 'untrusted'],
  'with a forged signature': [() => authority().issue({ tampered: true }), 'untrusted'],
} as const

describe.each([undefined, '0'])('20: with NODE_TLS_REJECT_UNAUTHORIZED=%s', override => {
  test.each(Object.entries(bad))(
    'a certificate %s is TLS with its reason, and no byte is asked',
    async (_, [issue, reason]) => {
      if (override !== undefined) {
        vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', override)
        onTestFinished(() => void vi.unstubAllEnvs())
      }
      const host = await carrier(answersWell, { secure: issue() })
      const setup = newSetup()
      const question = { origin: host.https, profile: { caFile: CA_FILE } }
      expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'TLS', reason })
      expectRecorded(setup, { code: 'TLS', reason })
      expect(host.requests).toHaveLength(0)

      // The carrier mends its certificate, at the same address.
      const { port } = host
      await host.stop()
      const mended = await carrier(answersWell, { port, secure: authority().issue() })
      await expectRecovery(setup, mended, question)
    },
  )
})

test('a certificate is checked anew on every connection', async () => {
  const host = await secureCarrier(answersWell)
  const setup = newSetup()
  const question = { origin: host.https, profile: { caFile: CA_FILE } }
  expect(await setup.lookUp(question)).toMatchObject({ ok: true })
  const { port } = host
  await host.stop()
  await carrier(answersWell, { port, secure: createSelfSigned() })
  const failure = failureOf(await setup.lookUp(question))
  // The first lookup may report that the old connection ended; the next one then sees the certificate.
  expect(failure.code === 'UNREACHABLE' ? failureOf(await setup.lookUp(question)) : failure).toEqual({
    code: 'TLS',
    reason: 'untrusted',
  })
})

test('an address in the certificate counts as a name does', async () => {
  const host = await secureCarrier(answersWell)
  const setup = newSetup()
  const origin = `https://127.0.0.1:${host.port}`
  expect(await setup.lookUp({ origin, profile: { caFile: CA_FILE } })).toMatchObject({ ok: true })
})

describe('the authorities of another run of the program', () => {
  /** The result of a lookup in a separate process whose `variable` names a file with the tests' authority. */
  async function askedWith(
    variable: 'NODE_EXTRA_CA_CERTS' | 'SSL_CERT_FILE',
    origin: string,
  ): Promise<unknown> {
    const folder = mkdtempSync(join(tmpdir(), 'traffic-desk-ca-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'ca.pem')
    writeFileSync(file, authority().cert)
    const script = `
      const { createCarrierClient } = await import(${JSON.stringify(new URL('client.ts', import.meta.url))})
      const { createSystemAuthorities } = await import(${JSON.stringify(new URL('authorities.ts', import.meta.url))})
      const { systemClock } = await import(${JSON.stringify(new URL('../clock.ts', import.meta.url))})
      const { newProfile } = await import(${JSON.stringify(new URL('../../contract/profile-defaults.ts', import.meta.url))})
      const [, , origin] = process.argv
      const client = createCarrierClient({
        clock: systemClock,
        hostRules: () => ({ isPackaged: true, simulatorOrigin: null }),
        resolveProxy: async () => 'DIRECT',
        proxyLogin: async () => ({ ok: true, value: null }),
        authorities: createSystemAuthorities({
          script: new URL(${JSON.stringify(new URL('authorities-thread.ts', import.meta.url))}),
          clock: systemClock,
          onRead: () => {},
        }),
        readCaFile: async () => '',
      })
      const profile = { ...newProfile({ name: 'x', carrier: { kind: 'host', origin } }), id: 'x' }
      const { result } = await client.getTrafficInfo({
        account: { kind: 'line', id: '09012345678' }, authKey: 'K', origin, profile, signal: new AbortController().signal,
      })
      await client.close()
      process.stdout.write(JSON.stringify(result))`
    writeFileSync(join(folder, 'ask.mjs'), script)
    const program = spawn(process.execPath, [join(folder, 'ask.mjs'), origin], {
      env: { ...process.env, [variable]: file },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    return JSON.parse(await text(program.stdout))
  }

  test('20: an authority that the environment adds is not believed', async () => {
    const host = await carrier(answersWell, { secure: authority().issue() })
    expect(await askedWith('NODE_EXTRA_CA_CERTS', host.https)).toEqual({
      ok: false,
      failure: { code: 'TLS', reason: 'untrusted' },
    })
    expect(host.requests).toHaveLength(0)
  })

  // Only on Linux does OpenSSL's variable say where the system's authorities are.
  test.runIf(process.platform === 'linux')('an authority of the system is believed', async () => {
    const host = await carrier(answersWell, { secure: authority().issue() })
    expect(await askedWith('SSL_CERT_FILE', host.https)).toMatchObject({ ok: true })
    expect(host.requests).toHaveLength(1)
  })
})

describe('a CA file', () => {
  test('only the profile that names it trusts it', async () => {
    const host = await secureCarrier(answersWell)
    const setup = newSetup()
    expect(failureOf(await setup.lookUp({ origin: host.https }))).toEqual({
      code: 'TLS',
      reason: 'untrusted',
    })
    expect(await setup.lookUp({ origin: host.https, profile: { caFile: CA_FILE } })).toMatchObject({
      ok: true,
    })
    expect(failureOf(await setup.lookUp({ origin: host.https }))).toEqual({
      code: 'TLS',
      reason: 'untrusted',
    })
    expect(host.requests).toHaveLength(1)
  })

  const files: Readonly<Record<string, string | undefined>> = {
    'that is missing': undefined,
    'that is empty': '',
    'that holds no certificate': 'Dear colleague, here is the certificate.',
    'that is broken': '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUx\n-----END CERTIFICATE-----\n',
    'that holds a private key': createSelfSigned().key,
  }
  test.each(Object.entries(files))(
    'one %s is TLS ca-file, nothing is sent, and the mended file works',
    async (_, text) => {
      const host = await secureCarrier(answersWell)
      let pem = text
      const setup = newSetup({
        async readCaFile() {
          if (pem === undefined) throw new Error('ENOENT')
          return pem
        },
      })
      const question = { origin: host.https, profile: { caFile: CA_FILE } }
      expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'TLS', reason: 'ca-file' })
      expectRecorded(setup, { code: 'TLS', reason: 'ca-file' })
      expect(host.requests).toHaveLength(0)
      pem = authority().cert
      await expectRecovery(setup, host, question)
    },
  )

  test('one with the wrong authority can be replaced in its place', async () => {
    const host = await secureCarrier(answersWell)
    let pem = strangers.cert
    const setup = newSetup({ readCaFile: async () => pem })
    const question = { origin: host.https, profile: { caFile: CA_FILE } }
    expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'TLS', reason: 'untrusted' })
    pem = authority().cert
    await expectRecovery(setup, host, question)
  })

  test('one with several authorities, comments and Windows line ends is read whole', async () => {
    const host = await secureCarrier(answersWell)
    const pem = `# our proxies\n${strangers.cert}\n# second\n${authority().cert}`.replaceAll('\n', '\r\n')
    const setup = newSetup({ readCaFile: async () => pem })
    expect(await setup.lookUp({ origin: host.https, profile: { caFile: CA_FILE } })).toMatchObject({
      ok: true,
    })
  })
})

/** As if the program ran with `--tls-min-v1.0`: the client's own bound has to hold. */
function allowOldTls(): void {
  const { DEFAULT_MIN_VERSION } = tls
  tls.DEFAULT_MIN_VERSION = 'TLSv1'
  onTestFinished(() => {
    tls.DEFAULT_MIN_VERSION = DEFAULT_MIN_VERSION
  })
  allowWeakKeys()
}

let knownAsWeak: Authority | null = null

function weakAuthority(): Authority {
  knownAsWeak ??= createAuthority('An authority with a short key', { rsaBits: 1024 })
  return knownAsWeak
}

describe('the handshake', () => {
  test.each(['TLSv1', 'TLSv1.1'] as const)(
    '20: a host that offers only %s is TLS handshake',
    async version => {
      allowOldTls()
      const host = await createTlsOnlyServer(version, authority().issue())
      onTestFinished(host.stop)
      const setup = newSetup()
      const failure = failureOf(await setup.lookUp({ origin: host.origin, profile: { caFile: CA_FILE } }))
      expect(failure).toEqual({ code: 'TLS', reason: 'handshake' })
      expect(host.requests()).toBe(0)
    },
  )

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('a host that offers only %s is spoken to', async version => {
    const host = await createTlsOnlyServer(version, authority().issue())
    onTestFinished(host.stop)
    expect(await newSetup().lookUp({ origin: host.origin, profile: { caFile: CA_FILE } })).toMatchObject({
      ok: true,
    })
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    '20: over %s each connection shows its certificates anew',
    async version => {
      const host = await createTlsOnlyServer(version, authority().issue())
      onTestFinished(host.stop)
      const setup = newSetup()
      const question = { origin: host.origin, profile: { caFile: CA_FILE } }
      expect(await setup.lookUp(question)).toMatchObject({ ok: true })
      host.hangUp()
      await listenToTheLine()
      expect(await setup.lookUp(question)).toMatchObject({ ok: true })
      expect(host.handshakes()).toEqual(['whole', 'whole'])
    },
  )

  const weak = {
    'with a key of 1,024 bits': () => authority().issue({ rsaBits: 1024 }),
    'signed with SHA-1': () => authority().issue({ digest: 'sha1' }),
    'of an authority with a key of 1,024 bits': () => weakAuthority().issue(),
  }

  test.each(Object.entries(weak))(
    '20: a certificate %s is TLS weak, and no byte is asked',
    async (_, issue) => {
      const host = await carrier(answersWell, { secure: { ...issue(), ...anyStrength } })
      const setup = newSetup({ readCaFile: async () => authority().cert + weakAuthority().cert })
      const question = { origin: host.https, profile: { caFile: CA_FILE } }
      const failure = { code: 'TLS', reason: 'weak' } as const
      expect(failureOf(await setup.lookUp(question))).toEqual(failure)
      expect(host.requests).toHaveLength(0)
    },
  )

  test.each(Object.entries(weak))(
    '20: a certificate %s that the library lets pass is TLS weak all the same, each time',
    async (_, issue) => {
      allowWeakKeys()
      const host = await carrier(answersWell, { secure: { ...issue(), ...anyStrength } })
      const setup = newSetup({ readCaFile: async () => authority().cert + weakAuthority().cert })
      const question = { origin: host.https, profile: { caFile: CA_FILE } }
      const failure = { code: 'TLS', reason: 'weak' } as const
      expect(failureOf(await setup.lookUp(question))).toEqual(failure)
      expect(failureOf(await setup.lookUp(question))).toEqual(failure)
      expect(host.requests).toHaveLength(0)
    },
  )

  test('a certificate with a key of 2,048 bits is believed', async () => {
    const host = await carrier(answersWell, { secure: authority().issue({ rsaBits: 2048 }) })
    expect(await newSetup().lookUp({ origin: host.https, profile: { caFile: CA_FILE } })).toMatchObject({
      ok: true,
    })
  })

  test('a host that speaks plain HTTP on the port is TLS handshake', async () => {
    const host = await carrier(async visit => {
      await visit.send('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n')
    })
    const setup = newSetup()
    expect(failureOf(await setup.lookUp({ origin: host.https }))).toEqual({
      code: 'TLS',
      reason: 'handshake',
    })
    expect(setup.isFree(host.https)).toBe(true)
  })

  test('a host that hangs up during the handshake is TLS handshake', async () => {
    const host = await carrier(visit => visit.end())
    const setup = newSetup()
    expect(failureOf(await setup.lookUp({ origin: host.https }))).toEqual({
      code: 'TLS',
      reason: 'handshake',
    })
    expect(setup.isFree(host.https)).toBe(true)
  })
})
