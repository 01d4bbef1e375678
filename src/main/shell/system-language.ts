import type { App } from 'electron'
import type { Language } from '../../domain/language.ts'

/**
 * The language of the system, of the two that there are. Before the app is ready, `getLocale()` gives nothing, and the
 * system's list of languages stands in for it: an error box of that time is read by the same person.
 */
export function systemLanguage(app: Pick<App, 'getLocale' | 'getPreferredSystemLanguages'>): Language {
  const locale = app.getLocale() || (app.getPreferredSystemLanguages()[0] ?? '')
  return /^ja\b/i.test(locale) ? 'ja' : 'en'
}
