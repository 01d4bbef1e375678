import { expect, test } from 'vitest'
import { appLocale, systemLocale } from './locale.ts'

test.each([
  [{}, 'en-US'],
  [{ LANG: 'C.UTF-8' }, 'en-US'],
  [{ LANG: 'POSIX' }, 'en-US'],
  [{ LANG: 'ja_JP.UTF-8' }, 'ja-JP'],
  [{ LANG: 'ja_JP.UTF-8', LC_ALL: 'de_DE@euro' }, 'de-DE'],
])('of the environment %o the system locale is %s', (env, locale) => {
  expect(systemLocale(env)).toBe(locale)
})

test.each([
  ['ja', 'ja'],
  ['ja-JP', 'ja'],
  ['en-GB', 'en-GB'],
  ['en-NZ', 'en-US'],
  ['zh-TW', 'zh-TW'],
  ['pt', 'pt-BR'],
])('--lang=%s gives the app the locale %s', (lang, locale) => {
  expect(appLocale(lang, { LANG: 'fr_FR' })).toBe(locale)
})

test('without --lang the app speaks the language of the system', () => {
  expect(appLocale('', { LANG: 'ja_JP.UTF-8' })).toBe('ja')
})
