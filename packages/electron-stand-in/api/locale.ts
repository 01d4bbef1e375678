// Of these, Chromium ships regional translations; of every other language, only the language.
const regional = new Set(['en-US', 'en-GB', 'es-419', 'pt-BR', 'pt-PT', 'zh-CN', 'zh-TW'])
const regionOf: Readonly<Record<string, string>> = { en: 'en-US', pt: 'pt-BR', zh: 'zh-CN' }

type Environment = Readonly<Record<string, string | undefined>>

/** The system's locale as a BCP 47 tag, from the POSIX variables; 'en-US' for C and POSIX. */
export function systemLocale(env: Environment): string {
  const posix = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  const tag = posix.replace(/[.@].*$/, '').replaceAll('_', '-')
  return tag === '' || tag === 'C' || tag === 'POSIX' ? 'en-US' : tag
}

/** What app.getLocale() says: the `--lang` switch or the system's locale, cut to what Chromium is translated into. */
export function appLocale(langSwitch: string, env: Environment): string {
  const tag = langSwitch || systemLocale(env)
  if (regional.has(tag)) return tag
  const language = tag.split('-')[0] ?? tag
  return regionOf[language] ?? language
}
