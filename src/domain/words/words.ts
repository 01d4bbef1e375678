import type { Language } from '../language.ts'
import { en } from './en.ts'
import { ja, type Words } from './ja.ts'

/** What more than one process says, by the language it is said in. */
export const words: Readonly<Record<Language, Words>> = { ja, en }

/** The commands that have a name. */
export type CommandName = keyof Words['commands']
