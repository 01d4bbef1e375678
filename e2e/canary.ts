import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every spelling in which a text could stand in a file, an argument or a heap. */
export function spellingsOf(text: string): ReadonlyMap<string, Buffer> {
  const utf8 = Buffer.from(text, 'utf8')
  const utf16 = Buffer.from(text, 'utf16le')
  const spellings = new Map<string, Buffer>([
    ['utf8', utf8],
    ['utf16 (little-endian)', utf16],
    ['utf16 (big-endian)', Buffer.from(utf16).swap16()],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['HEX', Buffer.from(utf8.toString('hex').toUpperCase())],
    ['URL-encoded', Buffer.from(encodeURIComponent(text))],
    ['form-encoded', Buffer.from(new URLSearchParams({ '': text }).toString().slice(1))],
    ['JSON', Buffer.from(JSON.stringify(text).slice(1, -1))],
    ['reversed', Buffer.from([...text].reverse().join(''))],
  ])
  for (const offset of [0, 1, 2]) {
    for (const [name, bytes] of [
      ['utf8', utf8],
      ['utf16', utf16],
    ] as const) {
      // The first and last base64 characters also encode bits of the neighbouring bytes.
      const whole = Buffer.concat([Buffer.alloc(offset), bytes])
        .toString('base64')
        .replace(/=+$/, '')
      const inner = whole.slice(offset === 0 ? 0 : offset + 1, -1)
      spellings.set(`base64 of ${name} at ${offset}`, Buffer.from(inner))
      spellings.set(
        `base64url of ${name} at ${offset}`,
        Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_')),
      )
    }
  }
  return spellings
}

/** In which spellings a text stands in some bytes. */
export const foundIn = (bytes: Buffer, text: string): readonly string[] =>
  [...spellingsOf(text)].filter(([, spelling]) => bytes.includes(spelling)).map(([name]) => name)

export function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

/** The process ids of a process and all that it started; Linux's /proc. */
export function familyOf(pid: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      // The name, in brackets, may hold anything.
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '')
      parents.set(Number(name), Number(stat.split(' ')[1]))
    } catch {
      // It has ended meanwhile.
    }
  }
  const family = [pid]
  for (const member of family) {
    for (const [child, parent] of parents) if (parent === member) family.push(child)
  }
  return family
}
