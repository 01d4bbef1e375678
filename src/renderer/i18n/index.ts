import i18next, { type BackendModule, type TFunction } from 'i18next'
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

/** Prepares the screen's words. */
export async function startI18n(language: Language, platform: string): Promise<void> {
  await i18next.use(english).init({
    lng: language,
    fallbackLng: false,
    resources: { ja: { translation: japanese } },
    partialBundledLanguages: true,
    initAsync: false,
    interpolation: {
      escapeValue: false, // React escapes
      defaultVariables: { keychain: keychainOf(platform) },
    },
  })
}

/** The screen's words in one language. */
export interface Translation {
  readonly t: TFunction
  readonly language: string
}

let current: Translation | null = null

/** The words in the language that is chosen now. */
export function translation(): Translation {
  const { language } = i18next
  if (current?.language !== language) current = { language, t: translate(language) }
  return current
}

/** Chooses the language, and reads its words if need be. */
export async function changeLanguage(language: Language): Promise<Translation> {
  await i18next.changeLanguage(language)
  return translation()
}

/**
 * i18next's `t`, which works out plurals, gaps and defaults each time. Most texts have none of them: those are read as they
 * stand, because a screen asks for a hundred of them before it is first painted.
 */
function translate(language: string): TFunction {
  const full = i18next.getFixedT(language) as unknown as Translate
  const texts: unknown = i18next.getResourceBundle(language, 'translation')
  const quick: Translate = (key, values) => {
    const text = values === undefined ? textAt(texts, key) : undefined
    return typeof text === 'string' && !/\{\{|\$t\(/.test(text) ? text : full(key, values)
  }
  return quick as unknown as TFunction
}

type Translate = (key: string, values?: Record<string, unknown>) => string

const textAt = (texts: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, name) => Object(part)[name], texts)
