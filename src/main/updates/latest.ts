import * as z from 'zod'

/** The newest version, as an administrator announces it: `{"version": "1.2.3"}` and nothing else. */
const latestSchema = z.strictObject({ version: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/) })

/** The announced version; null where the text announces none. */
export function latestIn(text: string): string | null {
  try {
    return latestSchema.parse(JSON.parse(text)).version
  } catch {
    return null
  }
}

/** Whether a version is newer than another, part by part. */
export function isNewer(version: string, than: string): boolean {
  const parts = (text: string) => text.split(/[.-]/).slice(0, 3).map(Number)
  const [a, b] = [parts(version), parts(than)]
  for (const at of [0, 1, 2]) {
    const [left = 0, right = 0] = [a[at], b[at]]
    if (left !== right) return left > right
  }
  return false
}
