import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { armor, Decrypter, Encrypter, type Identity, type Recipient, Stanza } from 'age-encryption'
import { fail, ok, type Result } from '../../domain/result.ts'

/**
 * Texts sealed with a passphrase, in the age format, so that an administrator can make and open them with the usual tool.
 * The passphrase is stretched by Node's own scrypt in another thread: the library's would stop the program for a second.
 * https://github.com/C2SP/C2SP/blob/main/age.md#scrypt-recipient-stanza
 */

/** As the usual tool has it: about a second, and 256 MB for that long. */
const WORK = 18
/** A file that asks for more than this is not opened: it would take the computer's memory. */
const MOST_WORK = 20

/** Why a sealed text was not opened. */
export type SealProblem = 'passphrase' | 'damaged' | 'foreign'

const LABEL = 'age-encryption.org/v1/scrypt'
const ZERO_NONCE = new Uint8Array(12)
const ARMOR = '-----BEGIN AGE'

const stretch = promisify<string, Buffer, number, object, Buffer>(scrypt)

const keyOf = (passphrase: string, salt: Buffer, work: number): Promise<Buffer> =>
  stretch(passphrase.normalize('NFC'), Buffer.concat([Buffer.from(LABEL), salt]), 32, {
    N: 2 ** work,
    r: 8,
    p: 1,
    maxmem: 129 * 8 * 2 ** work + 2 ** 20,
  })

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

const recipient = (passphrase: string): Recipient => ({
  async wrapFileKey(fileKey) {
    const salt = randomBytes(16)
    const key = await keyOf(passphrase, salt, WORK)
    const body = chacha20poly1305(key, ZERO_NONCE).encrypt(fileKey)
    return [new Stanza(['scrypt', base64(salt), String(WORK)], body)]
  },
})

class WrongPassphrase extends Error {}
class Foreign extends Error {}

const identity = (passphrase: string): Identity => ({
  async unwrapFileKey(stanzas) {
    const [stanza] = stanzas
    // Sealed for somebody's key, and not with a passphrase.
    if (stanza === undefined || stanza.args[0] !== 'scrypt') throw new Foreign()
    const [, salt = '', work = ''] = stanza.args
    const isWhole = stanzas.length === 1 && stanza.args.length === 3 && stanza.body.length === 32
    if (!isWhole || !/^[1-9]\d?$/.test(work) || Number(work) > MOST_WORK) throw new Error('no such header')
    const key = await keyOf(passphrase, Buffer.from(salt, 'base64'), Number(work))
    try {
      return chacha20poly1305(key, ZERO_NONCE).decrypt(stanza.body)
    } catch {
      throw new WrongPassphrase()
    }
  },
})

/** Seals a text; what comes out is text, too. */
export async function seal(text: string, passphrase: string): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient(passphrase))
  return armor.encode(await encrypter.encrypt(text))
}

/** Opens what was sealed, here or by the usual tool, as text or as bytes. Never throws. */
export async function unseal(sealed: Uint8Array, passphrase: string): Promise<Result<string, SealProblem>> {
  const text = Buffer.from(sealed).toString('latin1').trim()
  const isArmored = text.startsWith(ARMOR)
  if (!isArmored && !text.startsWith('age-encryption.org/v1\n')) return fail('foreign')
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity(passphrase))
    return ok(await decrypter.decrypt(isArmored ? armor.decode(text) : sealed, 'text'))
  } catch (error) {
    if (error instanceof WrongPassphrase) return fail('passphrase')
    return fail(error instanceof Foreign ? 'foreign' : 'damaged')
  }
}
