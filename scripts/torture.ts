import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { systemClock } from '../src/main/clock.ts'
import { createLookups } from '../src/main/store/lookups.ts'
import { openStore } from '../src/main/store/open-store.ts'
import { BACKING_UP, TORTURE_LINE, TORTURE_PROFILE } from './torture-writer.ts'

/**
 * Kills a writing program again and again on the same store. Afterwards every row that it acknowledged must
 * be there exactly once, and the file must be intact.
 *
 * @returns how many rows were acknowledged in all
 * @throws with what was lost, doubled or damaged
 */
export async function killLoop(rounds: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'traffic-desk-torture-'))
  const path = join(folder, 'traffic-desk.sqlite')
  const acknowledged = new Set<string>()
  try {
    for (let round = 0; round < rounds; round++) {
      for (const token of await writeUntilKilled(path, round)) acknowledged.add(token)
      await verify(path, acknowledged, round)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return acknowledged.size
}

/** Starts a writer and kills it some milliseconds after a random number of acknowledgements: in any write, import or backup. */
async function writeUntilKilled(path: string, round: number): Promise<readonly string[]> {
  const writer = spawn(
    process.execPath,
    [join(import.meta.dirname, 'torture-writer.ts'), path, String(round)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = once(writer, 'close')
  const tokens: string[] = []
  const enough = 1 + Math.floor(Math.random() * 60)
  // Every other round ends in the middle of a backup, which goes on beside the writes.
  const inBackup = round % 2 === 1
  for await (const said of createInterface(writer.stdout)) {
    if (said !== BACKING_UP) tokens.push(said)
    const isTime = inBackup ? said === BACKING_UP : tokens.length === enough
    if (isTime) setTimeout(() => writer.kill('SIGKILL'), Math.random() * 12)
  }
  const [code, signal] = await ended
  if (signal !== 'SIGKILL' && process.platform !== 'win32')
    throw new Error(`the writer ended by itself with ${code}`)
  return tokens
}

async function verify(path: string, acknowledged: ReadonlySet<string>, round: number): Promise<void> {
  const store = openStore(path, systemClock)
  try {
    if (store.condition().kind !== 'ok')
      throw new Error(`round ${round}: the store is ${store.condition().kind}`)
    const check = store.database.prepare('PRAGMA integrity_check').get()
    if (check?.['integrity_check'] !== 'ok') throw new Error(`round ${round}: ${JSON.stringify(check)}`)
    const rows = store.database
      .prepare('SELECT agent FROM lookup')
      .all()
      .map(row => String(row['agent']))
    const stored = new Set(rows)
    if (stored.size !== rows.length)
      throw new Error(`round ${round}: ${rows.length - stored.size} rows are doubled`)
    const lost = [...acknowledged].filter(token => !stored.has(token))
    if (lost.length > 0) throw new Error(`round ${round}: ${lost.length} acknowledged rows are lost`)
    createLookups(store.database).history(TORTURE_PROFILE, TORTURE_LINE.id)
    const halves = readdirSync(dirname(path))
      .filter(name => /\.backup-\d+$/.test(name))
      .filter(name => !isWhole(join(dirname(path), name)))
    if (halves.length > 0) throw new Error(`round ${round}: half a backup counts as one: ${halves}`)
  } finally {
    await store.close()
  }
}

/** A backup that can be restored from. */
function isWhole(file: string): boolean {
  const backup = new DatabaseSync(file, { readOnly: true })
  try {
    return backup.prepare('PRAGMA integrity_check').get()?.['integrity_check'] === 'ok'
  } finally {
    backup.close()
  }
}

if (import.meta.main) {
  const rounds = Number(process.argv[2] ?? 200)
  const rows = await killLoop(rounds)
  console.log(`killed ${rounds} times: all ${rows} acknowledged rows are there, none doubled, integrity ok`)
}
