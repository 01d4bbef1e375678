import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import { translations } from '@zxcvbn-ts/language-ja'
import type { Language } from '../../../domain/language.ts'

/** From 0, which is guessed at once, to 4. A file that leaves the house is sealed with no less than 3. */
export type Strength = 0 | 1 | 2 | 3 | 4

export const STRONG_ENOUGH: Strength = 3

const dictionary = common.dictionary
const graphs = common.adjacencyGraphs
const meters = {
  ja: new ZxcvbnFactory({ dictionary, graphs, translations }),
  en: new ZxcvbnFactory({ dictionary, graphs }),
} as const

/** How long a passphrase would stand against guessing, and what would help it; what is known of the file is guessed first. */
export function strengthOf(
  passphrase: string,
  { language, known }: { readonly language: Language; readonly known: readonly string[] },
): { readonly strength: Strength; readonly advice: string } {
  const { score, feedback } = meters[language].check(passphrase, [...known])
  return { strength: score, advice: feedback.warning || (feedback.suggestions[0] ?? '') }
}

/** Letters and figures that nobody mistakes for one another. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** 24 letters in groups of four: some 118 bits, to be read out on the telephone if need be. */
export function newPassphrase(): string {
  // What lies beyond a whole number of alphabets would make some letters likelier.
  const most = 256 - (256 % LETTERS.length)
  const letters: string[] = []
  while (letters.length < 24)
    for (const byte of crypto.getRandomValues(new Uint8Array(24)))
      if (byte < most && letters.length < 24) letters.push(LETTERS[byte % LETTERS.length] ?? '')
  return letters.join('').replace(/.{4}(?!$)/g, '$&-')
}
