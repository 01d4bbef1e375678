import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs'
import * as z from 'zod'

const entry = z.union([
  z.object({ origin: z.string(), startedAt: z.number(), endedAt: z.number().nullable() }),
  z.object({
    origin: z.string(),
    reason: z.enum(['rate-limited', 'key-rejected', 'sign-in-refused']),
    closedAt: z.number(),
    until: z.number().nullable(),
  }),
])

/**
 * A query, or a closure of the gate. `origin` is stored as a hash, so that every entry fits into its slot.
 */
export type FallbackEntry = Readonly<z.infer<typeof entry>>

/**
 * Disk space for what the gate must remember when the database can't be written, as on a full disk: a file of
 * a fixed size, written in place. Without it, a restart would make those queries free. It names no account.
 */
export interface GateFallback {
  entries(): readonly FallbackEntry[]
  /**
   * Adds an entry; a full file loses its oldest one. Where even this file can't be written, memory holds the
   * entry for this run.
   */
  add(entry: FallbackEntry): void
  /** Puts in the place of each entry what is given for it; null takes it out. */
  change(change: (entry: FallbackEntry) => FallbackEntry | null): void
}

/** Bytes of one entry, and how many there are: more than two hours of the largest budget. */
const SLOT = 160
const SLOTS = 2_048

export const hashOf = (origin: string): string =>
  createHash('sha256').update(origin).digest('hex').slice(0, 16)

/** @param path of the file; null keeps all of it in memory */
export function createGateFallback(path: string | null): GateFallback {
  const slots: (FallbackEntry | null)[] = path === null ? [] : read(path)
  while (slots.length < SLOTS) slots.push(null)

  function put(at: number, value: FallbackEntry | null): void {
    slots[at] = value
    if (path === null) return
    try {
      // Not flushed: the entry survives the end of the program, though perhaps not a power cut.
      const file = openSync(path, 'r+')
      try {
        writeSync(file, textOf(value), at * SLOT)
      } finally {
        closeSync(file)
      }
    } catch {
      // The write failed; memory holds the entry for this run.
    }
  }

  return {
    entries: () => slots.filter(slot => slot !== null),
    add(value) {
      const free = slots.indexOf(null)
      put(free === -1 ? oldest(slots) : free, value)
    },
    change(change) {
      for (const [at, slot] of slots.entries()) {
        if (slot === null) continue
        const changed = change(slot)
        if (changed !== slot) put(at, changed)
      }
    },
  }
}

const timeOf = (slot: FallbackEntry): number => ('startedAt' in slot ? slot.startedAt : slot.closedAt)

function oldest(slots: readonly (FallbackEntry | null)[]): number {
  let found = 0
  for (const [at, slot] of slots.entries()) {
    const first = slots[found] ?? null
    if (slot !== null && first !== null && timeOf(slot) < timeOf(first)) found = at
  }
  return found
}

const textOf = (value: FallbackEntry | null): string =>
  `${(value === null ? '' : JSON.stringify(value)).padEnd(SLOT - 1)}\n`

/** What a killed program left; the file is made where there is none. */
function read(path: string): (FallbackEntry | null)[] {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.size !== SLOT * SLOTS) {
      writeFileSync(path, textOf(null).repeat(SLOTS), { mode: 0o600, flush: true })
    }
    const text = readFileSync(path, 'latin1')
    return Array.from({ length: SLOTS }, (_, at) => entryIn(text.slice(at * SLOT, (at + 1) * SLOT)))
  } catch {
    return []
  }
}

function entryIn(text: string): FallbackEntry | null {
  try {
    return text.trim() === '' ? null : entry.parse(JSON.parse(text))
  } catch {
    return null
  }
}
