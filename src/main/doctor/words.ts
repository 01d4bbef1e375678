import type { Health } from '../../contract/diagnosis.ts'
import type { Language } from '../../domain/language.ts'
import type { Finding } from './finding.ts'
import { health, keychains, type Sentences } from './phrases.ts'
import { en } from './words-en.ts'
import { ja } from './words-ja.ts'

const sentences: Readonly<Record<Language, Sentences>> = { ja, en }

/** A finding in a language: what it is, and what was found. */
export function said(
  finding: Finding,
  language: Language,
  platform = 'linux',
): { readonly title: string; readonly text: string } {
  const { title, say } = sentences[language][finding.kind] as Sentences['name'] & {
    say(finding: Finding): string
  }
  return { title, text: filled(say(finding), keychains[language](platform)) }
}

/** Shared words leave a place for the name of the system's keychain. */
const filled = (text: string, keychain: string): string => text.replace(/\{\{keychain\.\w+\}\}/g, keychain)

export const healthWord = (of: Health, language: Language): string => health[language][of]
