import i18next, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../../domain/language.ts'
import type { Words } from '../../domain/words/ja.ts'
import { words } from '../../domain/words/words.ts'
import type en from './en.json'
import ja from './ja.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en & Pick<Words, 'failures'> }
  }
}

// Each language has every key of the other: a missing one fails the build.
const japanese = { ...(ja satisfies typeof en), failures: words.ja.failures }

/** English is read when it is wanted: most desks never do, and every start would read it. */
const english: BackendModule = {
  type: 'backend',
  init() {},
  read(_language, _namespace, done) {
    import('./en.json').then(
      ({ default: texts }) => done(null, { ...(texts satisfies typeof ja), failures: words.en.failures }),
      error => done(error, false),
    )
  },
}

/** What each system calls the place where it keeps passwords. */
const keychainOf = (platform: string) =>
  platform === 'win32'
    ? { ja: '資格情報マネージャー', en: 'Credential Manager', En: 'Credential Manager' }
    : { ja: 'キーチェーン', en: 'the keychain', En: 'The keychain' }

/** Prepares the screen's words; switching later is `i18next.changeLanguage`. */
export async function startI18n(language: Language, platform: string): Promise<void> {
  await i18next
    .use(english)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      resources: { ja: { translation: japanese } },
      partialBundledLanguages: true,
      interpolation: {
        escapeValue: false, // React escapes
        defaultVariables: { keychain: keychainOf(platform) },
      },
    })
}
