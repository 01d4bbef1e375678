import type { Blacklist } from '../../domain/traffic.ts'

/** The blacklist's states where there is no room for a word; the word goes with each, unseen. */
export const marks: Readonly<Record<Blacklist, string>> = { listed: '●', 'not-listed': '○', unknown: '?' }
