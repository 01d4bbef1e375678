import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tool } from './tools.ts'

/** The rows of one table, after the three lines that say what its columns are. */
export const rowsOf = (msi: string, table: string, cwd?: string): readonly string[] =>
  tool('msiinfo', ['export', msi, table], cwd === undefined ? {} : { cwd })
    .toString()
    .replaceAll('\r', '')
    .trimEnd()
    .split('\n')
    .slice(3)

export const tableNames = (msi: string): readonly string[] =>
  tool('msiinfo', ['tables', msi])
    .toString()
    .trim()
    .split('\n')
    .filter(name => !name.startsWith('_'))
    .toSorted()

/** Every table of an installer as text, in an order of its own: the tools keep none. */
export function tablesOf(msi: string): string {
  // Exporting icons leaves a folder where it is done.
  const folder = mkdtempSync(join(tmpdir(), 'traffic-desk-msi-'))
  try {
    return tableNames(msi)
      .map(name => ({ name, rows: rowsOf(msi, name, folder).filter(Boolean).toSorted() }))
      .filter(({ rows }) => rows.length > 0)
      .map(({ name, rows }) => `## ${name}\n${rows.join('\n')}\n`)
      .join('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
