import i18next from 'i18next'
import { describe, expect, it } from 'vitest'
import type { AccountProblem } from '../../domain/account-problem.ts'
import { failureCodes, type TlsReason } from '../../domain/failure.ts'
import { words as shared } from '../../domain/words/words.ts'
import { failureWords } from '../ui/failure-words.ts'
import en from './en.json' with { type: 'json' }
import { startI18n } from './index.ts'
import ja from './ja.json' with { type: 'json' }

const isCode = (key: string) => /^[A-Z_]+$/.test(key)

/** Every path to a text: `failure.TIMEOUT.cause`. */
function paths(node: unknown, at = ''): string[] {
  if (typeof node !== 'object' || node === null) return [at]
  return Object.entries(node).flatMap(([key, value]) => paths(value, at === '' ? key : `${at}.${key}`))
}

const textAt = (words: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((node, key) => (node as Readonly<Record<string, unknown>> | undefined)?.[key], words)

const problems = Object.keys({
  EMPTY: 0,
  LETTERS: 0,
  OTHER_DIGITS: 0,
  TOLL_FREE: 0,
  NAVI_DIAL: 0,
  SPECIAL_NUMBER: 0,
  IP_PHONE: 0,
  LANDLINE: 0,
  FOREIGN: 0,
  TOO_SHORT: 0,
  TOO_LONG: 0,
  ZERO_LOST: 0,
  UNUSUAL: 0,
  NOT_MOBILE: 0,
  SEVERAL: 0,
} satisfies Record<AccountProblem | 'SEVERAL', 0>)

const tlsReasons = Object.keys({
  expired: 0,
  'not-yet-valid': 0,
  untrusted: 0,
  'wrong-host': 0,
  handshake: 0,
  weak: 0,
  'ca-file': 0,
} satisfies Record<TlsReason, 0>)

describe.each([
  ['ja', ja],
  ['en', en],
] as const)('in %s', (language, words) => {
  it.each(failureCodes)('%s has its cause, remedy and action', code => {
    const said: Readonly<Record<string, unknown>> = words.failure
    const text = said[code] as Readonly<Record<string, string>>
    expect(Object.keys(text).sort()).toEqual(['action', 'cause', 'remedy'])
    for (const part of Object.values(text)) expect(part.trim()).not.toBe('')
  })

  it('no code is explained that can not happen', () => {
    expect(Object.keys(words.failure).filter(isCode).sort()).toEqual([...failureCodes].sort())
  })

  it('every code reads differently', () => {
    const titles = failureCodes.map(code => shared[language].failures[code].trim())
    expect(titles).not.toContain('')
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('every problem of an entry has words of its own', () => {
    // Counted words have a form for one and one for more.
    const named = new Map(
      Object.entries(words.lookup.problem).map(([key, said]) => [key.replace(/_(?:one|other)$/, ''), said]),
    )
    expect([...named.keys()].sort()).toEqual(problems.sort())
    expect(new Set(named.values()).size).toBe(problems.length)
  })

  it('every reason of a refused certificate has words of its own', () => {
    expect(Object.keys(words.tls).sort()).toEqual(tlsReasons.sort())
  })
})

describe('the two languages', () => {
  it('have the same texts', () => {
    expect(paths(ja).sort()).toEqual(paths(en).sort())
  })

  it('fill the same gaps in each text', () => {
    // The keychain's name is filled in by itself, and one language may need it where the other does not.
    const gaps = (text: unknown) =>
      [...String(text).matchAll(/\{\{\s*(?!keychain\.)([\w-]+)/g)].map(([, name]) => name).sort()
    for (const path of paths(en)) {
      expect([path, gaps(textAt(ja, path))]).toEqual([path, gaps(textAt(en, path))])
    }
  })

  it.each([
    ['win32', '資格情報マネージャー', 'Credential Manager'],
    ['darwin', 'キーチェーン', 'keychain'],
  ])('call the place of the keys what %s calls it', async (platform, japanese, english) => {
    await startI18n('ja', platform)
    expect(i18next.t('failures.KEYCHAIN_LOCKED')).toContain(japanese)
    await i18next.changeLanguage('en')
    expect(i18next.t('failures.KEYCHAIN_LOCKED')).toContain(english)
  })

  it('part a title from its cause by a full stop', async () => {
    await startI18n('ja', 'linux')
    expect(failureWords(i18next.t, 'OFFLINE')).toMatch(/^接続先が見つかりません。接続先が/)
  })
})
