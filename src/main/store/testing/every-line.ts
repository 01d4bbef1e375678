import type { SavedLine } from '../../../contract/state.ts'
import type { SavedLines } from '../saved-lines.ts'

/** Every saved line of a profile, as the list shows them. */
export const everyLine = (lines: SavedLines, profileId: string): readonly SavedLine[] =>
  lines.page(profileId, { search: '', offset: 0, limit: 100_000 }).lines
