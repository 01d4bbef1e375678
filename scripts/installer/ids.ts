import { createHash } from 'node:crypto'

/** What every id of the installer is made from; another one would make every installation a stranger to the next version. */
const NAMESPACE = Buffer.from('6f0f3a523f0b5c0e9a550f3f0d6c7a11', 'hex')

/** A UUID that stays the same for the same name (RFC 9562, version 5). */
export function uuidOf(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex').toUpperCase()
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** An identifier that MSI takes: letters and figures, beginning with a letter. */
export const idOf = (kind: string, path: string): string =>
  `${kind}${createHash('sha1').update(path).digest('hex').slice(0, 20)}`
