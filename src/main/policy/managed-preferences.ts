import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FoundPolicy } from './policy.ts'

const FOLDER = '/Library/Managed Preferences'
const FILE = 'io.trafficdesk.app.plist'

/** Device management writes down its own things beside what it was given. */
const ours = (values: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('Payload')))

/**
 * What device management put on a Mac: for everybody, and then for this user. The files are read where only it can write;
 * the system's own way to ask, user defaults, gives what a user set, too.
 *
 * @param parse reads a property list, binary or XML
 */
export function managedPreferences(
  user: string,
  {
    parse,
    folder = FOLDER,
  }: { readonly parse: (list: string | Uint8Array) => unknown; readonly folder?: string },
): readonly FoundPolicy[] {
  return [join(folder, FILE), join(folder, user, FILE)].flatMap((path): readonly FoundPolicy[] => {
    let bytes: Buffer
    try {
      bytes = readFileSync(path)
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : [{ problem: 'unreadable' }]
    }
    try {
      const isBinary = bytes.subarray(0, 6).toString() === 'bplist'
      const values = parse(isBinary ? bytes : bytes.toString().replace(/^\uFEFF/, ''))
      const isDictionary = typeof values === 'object' && values !== null && !Array.isArray(values)
      return [isDictionary ? { values: ours(values) } : { problem: 'unreadable' }]
    } catch {
      return [{ problem: 'unreadable' }]
    }
  })
}
