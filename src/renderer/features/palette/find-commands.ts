import { type Command, commandIds } from '../../../contract/commands.ts'
import { allows, type PolicyState } from '../../../contract/policy.ts'
import { keywords } from '../../../domain/words/keywords.ts'
import { words } from '../../../domain/words/words.ts'

/**
 * The commands that the text finds, in either language: first those whose name begins with it, then those that have it
 * in their name, then those that people only call so. Among equals they stand as in the menus.
 */
export function findCommands(text: string, policy: PolicyState): readonly Command[] {
  const wanted = text.trim().toLowerCase()
  const ranked = commandIds
    .filter(id => id !== 'palette' && allows(policy, id))
    .map(id => ({ id, rank: rankOf(id, wanted) }))
    .filter(({ rank }) => rank < NOT_FOUND)
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ id }) => id)
}

const NOT_FOUND = 3

function rankOf(id: Command, wanted: string): number {
  const names = [words.ja.commands[id], words.en.commands[id]].map(name => name.toLowerCase())
  if (names.some(name => name.startsWith(wanted))) return 0
  if (names.some(name => name.includes(wanted))) return 1
  return `${keywords.ja[id]} ${keywords.en[id]}`.toLowerCase().includes(wanted) ? 2 : NOT_FOUND
}
