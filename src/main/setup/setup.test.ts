import { armor, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeAll, describe, expect, it } from 'vitest'
import { newProfile } from '../../contract/profile-defaults.ts'
import { fail, ok } from '../../domain/result.ts'
import { seal, unseal } from './seal.ts'
import { openSetup, sealSetup } from './setup.ts'

const PASSPHRASE = '正しい-馬-電池'
const profile = {
  ...newProfile({ name: '本番', carrier: { kind: 'host', origin: 'https://carrier.example.jp' } }),
  id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
}
const setup = [{ profile, key: 'CANARY-KEY', teamPassword: 'CANARY password' }]

const bytes = (text: string): Uint8Array => Buffer.from(text)

let sealed: string

beforeAll(async () => {
  sealed = (await sealSetup(setup, PASSPHRASE)) ?? ''
})

describe('a setup file', () => {
  it('opens with its passphrase, and holds no word of what is in it', async () => {
    expect(sealed).not.toMatch(/CANARY|本番|carrier/)
    expect(await openSetup(bytes(sealed), PASSPHRASE)).toMatchObject({ ok: true, value: { profiles: setup } })
  })

  it('does not open with another passphrase, nor with a part of it', async () => {
    for (const wrong of ['正しい-馬', `${PASSPHRASE} `, '正しい-馬-電地'])
      expect(await openSetup(bytes(sealed), wrong)).toEqual(fail('passphrase'))
  })

  it('opens with the passphrase as another keyboard composes it', async () => {
    const made = await seal('text', 'がぎぐ'.normalize('NFC'))
    expect(await unseal(bytes(made), 'がぎぐ'.normalize('NFD'))).toEqual(ok('text'))
  })

  it('that was cut or changed is damaged, wherever that was', async () => {
    const whole = armor.decode(sealed)
    for (const cut of [30, 120, whole.length - 1])
      expect(await openSetup(whole.subarray(0, cut), PASSPHRASE)).toEqual(fail('damaged'))
    for (const at of [130, whole.length - 1]) {
      const changed = Uint8Array.from(whole, (byte, index) => (index === at ? byte ^ 1 : byte))
      const opened = await openSetup(changed, PASSPHRASE)
      // A change of what the passphrase is proved by looks like another passphrase.
      expect(['damaged', 'passphrase']).toContain(opened.ok ? 'opened' : opened.failure)
    }
    expect(await openSetup(bytes(sealed.replace(/.{8}(?=\n)/, '')), PASSPHRASE)).toEqual(fail('damaged'))
  })

  it('that is none is foreign: another file, another program’s, one for somebody’s key', async () => {
    for (const text of ['', 'PK\u0003\u0004', '{"program":"traffic-desk"}', 'age-encryption.org/v2\n'])
      expect(await openSetup(bytes(text), PASSPHRASE)).toEqual(fail('foreign'))
    for (const text of [
      'no JSON',
      '{}',
      JSON.stringify({ program: 'traffic-desk', kind: 'setup', version: 2 }),
    ])
      expect(await openSetup(bytes(await seal(text, PASSPHRASE)), PASSPHRASE)).toEqual(fail('foreign'))
    const encrypter = new Encrypter()
    encrypter.addRecipient(await identityToRecipient(await generateX25519Identity()))
    expect(await openSetup(await encrypter.encrypt('text'), PASSPHRASE)).toEqual(fail('foreign'))
  })

  it('that asks for all of the computer’s memory is not opened', async () => {
    const encrypter = new Encrypter()
    encrypter.setPassphrase(PASSPHRASE)
    encrypter.setScryptWorkFactor(10)
    const cheap = Buffer.from(await encrypter.encrypt('text')).toString('latin1')
    const dear = cheap.replace(/(-> scrypt \S+) 10\n/, '$1 30\n')
    expect(await unseal(Buffer.from(dear, 'latin1'), PASSPHRASE)).toEqual(fail('damaged'))
  })

  it('is one that the library of the format reads by itself, and it reads the library’s', async () => {
    const { Decrypter } = await import('age-encryption')
    const decrypter = new Decrypter()
    decrypter.addPassphrase(PASSPHRASE)
    expect(await decrypter.decrypt(armor.decode(sealed), 'text')).toContain('CANARY-KEY')
    const encrypter = new Encrypter()
    encrypter.setPassphrase(PASSPHRASE)
    encrypter.setScryptWorkFactor(10)
    expect(await unseal(await encrypter.encrypt('text'), PASSPHRASE)).toEqual(ok('text'))
  })
})
