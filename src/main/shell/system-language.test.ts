import { describe, expect, it } from 'vitest'
import { systemLanguage } from './system-language.ts'

const languageOf = (locale: string, preferred: readonly string[]) =>
  systemLanguage({ getLocale: () => locale, getPreferredSystemLanguages: () => [...preferred] })

describe('the language of the first words', () => {
  it.each([
    ['ja', 'ja'],
    ['ja-JP', 'ja'],
    ['en-US', 'en'],
    ['jam', 'en'],
  ])('is that of the program: %s is %s', (locale, language) => {
    expect(languageOf(locale, ['fr-FR'])).toBe(language)
  })

  it.each([
    [['ja-JP', 'en-US'], 'ja'],
    [['ja'], 'ja'],
    [['en-GB', 'ja-JP'], 'en'],
    [[], 'en'],
  ])('is that of the system while the program is not ready, of %j', (preferred, language) => {
    expect(languageOf('', preferred)).toBe(language)
  })
})
