import { lineDraftSchema } from '../../contract/argument-schemas.ts'
import { type LineDraft, MOST_IMPORTED } from '../../domain/saved-line.ts'

/** Reads the lines of an import, JSON as the contract says; null where it is not that, or one account is none. */
export function readImportedLines(json: string): readonly LineDraft[] | null {
  try {
    return lineDraftSchema().array().max(MOST_IMPORTED).safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}
