import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'

/** A certificate and its private key, both PEM. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

export interface Authority extends Identity {
  issue(order?: CertificateOrder): Identity
}

export interface CertificateOrder {
  /** Host names and IP addresses the certificate is for. */
  readonly names?: readonly string[]
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly usage?: 'server' | 'client'
  /** Flips a bit of the signature. */
  readonly tampered?: boolean
  /** Bits of an RSA key, in the place of an ECDSA key on P-256. */
  readonly rsaBits?: number
  readonly digest?: 'sha256' | 'sha1'
}

const DAY = 86_400_000
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '::1']

const oids = {
  commonName: '2.5.4.3',
  basicConstraints: '2.5.29.19',
  subjectAltName: '2.5.29.17',
  extendedKeyUsage: '2.5.29.37',
  server: '1.3.6.1.5.5.7.3.1',
  client: '1.3.6.1.5.5.7.3.2',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  ecdsaWithSha1: '1.2.840.10045.4.1',
  rsaWithSha256: '1.2.840.113549.1.1.11',
  rsaWithSha1: '1.2.840.113549.1.1.5',
} as const

/** Makes an authority of its own, trusted by nobody yet. */
export function createAuthority(
  name: string,
  { rsaBits }: Pick<CertificateOrder, 'rsaBits'> = {},
): Authority {
  const { privateKey, publicKey } = newKeys(rsaBits)
  const cert = certificate({ issuer: name, subject: name, publicKey, signer: privateKey, isAuthority: true })
  return {
    cert,
    key: pemOf(privateKey),
    issue(order = {}) {
      const keys = newKeys(order.rsaBits)
      return {
        key: pemOf(keys.privateKey),
        cert: certificate({
          ...order,
          issuer: name,
          subject: `${name} host`,
          publicKey: keys.publicKey,
          signer: privateKey,
          isAuthority: false,
        }),
      }
    },
  }
}

/** A host's certificate that vouches for itself. */
export function createSelfSigned(): Identity {
  const { privateKey, publicKey } = newKeys()
  const cert = certificate({
    issuer: 'self',
    subject: 'self',
    publicKey,
    signer: privateKey,
    isAuthority: false,
  })
  return { cert, key: pemOf(privateKey) }
}

const newKeys = (rsaBits?: number) =>
  rsaBits === undefined
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: rsaBits })
const pemOf = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString()

interface CertificatePlan extends CertificateOrder {
  readonly issuer: string
  readonly subject: string
  readonly publicKey: KeyObject
  readonly signer: KeyObject
  readonly isAuthority: boolean
}

/** An X.509 v3 certificate (RFC 5280, 4.1), signed with ECDSA or RSA. */
function certificate(plan: CertificatePlan): string {
  const notBefore = plan.notBefore ?? new Date(Date.now() - DAY)
  const notAfter = plan.notAfter ?? new Date(Date.now() + DAY)
  const digest = plan.digest ?? 'sha256'
  const algorithm =
    plan.signer.asymmetricKeyType === 'rsa'
      ? sequence(oid(digest === 'sha1' ? oids.rsaWithSha1 : oids.rsaWithSha256), der(0x05))
      : sequence(oid(digest === 'sha1' ? oids.ecdsaWithSha1 : oids.ecdsaWithSha256))
  const extensions = plan.isAuthority
    ? [extension(oids.basicConstraints, sequence(der(0x01, Buffer.from([0xff]))), true)]
    : [
        extension(oids.subjectAltName, sequence(...(plan.names ?? LOOPBACK_NAMES).map(alternativeName))),
        extension(oids.extendedKeyUsage, sequence(oid(oids[plan.usage ?? 'server']))),
      ]
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguishedName(plan.issuer),
    sequence(time(notBefore), time(notAfter)),
    distinguishedName(plan.subject),
    plan.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  )
  const signature = sign(
    digest,
    toBeSigned,
    createPrivateKey(plan.signer.export({ type: 'pkcs8', format: 'pem' })),
  )
  if (plan.tampered) signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1)
  const whole = sequence(toBeSigned, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])))
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts)

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = rest.flatMap(part => {
    const septets = [part & 0x7f]
    for (let left = part >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80)
    return septets
  })
  return der(0x06, Buffer.from([first * 40 + second, ...bytes]))
}

const distinguishedName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid(oids.commonName), der(0x0c, Buffer.from(name)))))

/** UTCTime: `YYMMDDHHMMSSZ`. */
const time = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(2, 14)}Z`))

const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value))

function alternativeName(name: string): Buffer {
  if (isIP(name) === 4) return der(0x87, Buffer.from(name.split('.').map(Number)))
  if (isIP(name) === 6) return der(0x87, Buffer.from([...Array<number>(15).fill(0), 1])) // only ::1 is used
  return der(0x82, Buffer.from(name))
}
