import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { databaseIn, moveDatabase } from './move-database.ts'
import { openStore } from './open-store.ts'
import { createSavedAccounts } from './saved-accounts.ts'

const PROFILE = '3f0c6a55-5c63-4b4e-9d6d-6f0f7d0a9f11'
const LINE = { kind: 'line', id: '09012345678' } as const

let root: string
let former: string
let current: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'traffic-desk-move-'))
  former = join(root, 'Roaming')
  current = join(root, 'Local')
})

afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

/** The labels of the saved lines in a folder's database; a line of this label is added first, where one is given. */
async function linesIn(folder: string, added: string | null = null): Promise<readonly string[]> {
  const store = openStore(databaseIn(folder), systemClock)
  const lines = createSavedAccounts(store.database, systemClock)
  if (added !== null) lines.add(PROFILE, { account: LINE, label: added, note: '', pinned: false })
  const { lines: found } = lines.page(PROFILE, { search: '', order: 'kept', offset: 0, limit: 10 })
  await store.close()
  return found.map(({ label }) => label)
}

/** A database with a backup, and a log that a killed program left beside it. */
async function earlierVersion(): Promise<void> {
  const store = openStore(databaseIn(former), systemClock)
  createSavedAccounts(store.database, systemClock).add(PROFILE, {
    account: LINE,
    label: '佐藤様',
    note: '',
    pinned: false,
  })
  await store.backUp(Date.now())
  await store.close()
  mkdirSync(join(former, 'logs'))
  writeFileSync(join(former, 'logs/main.log'), 'a line')
  writeFileSync(join(former, 'Preferences'), 'Chromium’s')
}

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).sort() : [])

describe('the database of an earlier version', () => {
  it('moves with all that belongs to it, and nothing of it stays behind', async () => {
    await earlierVersion()
    const names = namesIn(former).filter(name => name.startsWith('traffic-desk'))
    expect(names.length).toBeGreaterThan(1)
    expect(moveDatabase(former, current)).toBe(current)
    expect(namesIn(current)).toEqual(names)
    expect(namesIn(former)).toEqual(['Preferences'])
    expect(await linesIn(current)).toEqual(['佐藤様'])
  })

  it('brings its write-ahead log along, which holds the newest rows', async () => {
    const store = openStore(databaseIn(former), systemClock)
    createSavedAccounts(store.database, systemClock).add(PROFILE, {
      account: LINE,
      label: '鈴木様',
      note: '',
      pinned: false,
    })
    // As a killed program leaves it: nothing of the log is in the database yet.
    const left = join(root, 'left')
    cpSync(former, left, { recursive: true })
    await store.close()
    expect(namesIn(left)).toContain('traffic-desk.sqlite-wal')
    expect(moveDatabase(left, current)).toBe(current)
    expect(await linesIn(current)).toEqual(['鈴木様'])
  })

  it('leaves nothing of an attempt that was cut off: an old log would be played into the database', async () => {
    await earlierVersion()
    mkdirSync(current)
    writeFileSync(join(current, 'traffic-desk.sqlite-wal'), 'of an older state')
    expect(moveDatabase(former, current)).toBe(current)
    expect(namesIn(current)).not.toContain('traffic-desk.sqlite-wal')
    expect(await linesIn(current)).toEqual(['佐藤様'])
  })

  it('moves once: what an earlier version writes afterwards stays where it is', async () => {
    await earlierVersion()
    moveDatabase(former, current)
    await linesIn(former, '田中様')
    expect(moveDatabase(former, current)).toBe(current)
    expect(await linesIn(current)).toEqual(['佐藤様'])
    expect(await linesIn(former)).toEqual(['田中様'])
  })

  it('stays where it is if the new place does not take it, whole, and moves at a later start', async () => {
    await earlierVersion()
    const before = namesIn(former)
    writeFileSync(current, 'a file where the folder should be')
    expect(moveDatabase(former, current)).toBe(former)
    expect(namesIn(former)).toEqual(before)
    rmSync(current)
    expect(moveDatabase(former, current)).toBe(current)
    expect(await linesIn(current)).toEqual(['佐藤様'])
  })

  it('is whole in one of the two places, at whichever step the program is killed, and then moves', async () => {
    await earlierVersion()
    const untouched = join(root, 'untouched')
    cpSync(former, untouched, { recursive: true })
    for (let step = 1; ; step++) {
      rmSync(current, { recursive: true, force: true })
      rmSync(former, { recursive: true, force: true })
      cpSync(untouched, former, { recursive: true })
      if (!killedAt(step)) {
        expect(step).toBeGreaterThan(8)
        break
      }
      const place = join(root, 'place')
      cpSync(existsSync(databaseIn(current)) ? current : former, place, { recursive: true })
      expect(await linesIn(place), `killed at step ${step}`).toEqual(['佐藤様'])
      rmSync(place, { recursive: true })

      expect(moveDatabase(former, current)).toBe(current)
      expect(await linesIn(current), `killed at step ${step}`).toEqual(['佐藤様'])
      expect(namesIn(former)).toEqual(['Preferences'])
      expect(namesIn(current).filter(name => /moving|copying/.test(name))).toEqual([])
    }
  })
})

/** Moves in another process, which is killed before its nth change of the disk; false if it made fewer. */
function killedAt(step: number): boolean {
  const script = `
    import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    let step = 0
    for (const name of ['mkdirSync', 'writeFileSync', 'copyFileSync', 'fsyncSync', 'renameSync', 'rmSync']) {
      const change = fs[name]
      fs[name] = (...given) => {
        if (++step === ${step}) process.kill(process.pid, 'SIGKILL')
        return change(...given)
      }
    }
    syncBuiltinESMExports()
    const { moveDatabase } = await import(${JSON.stringify(new URL('move-database.ts', import.meta.url))})
    moveDatabase(${JSON.stringify(former)}, ${JSON.stringify(current)})`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  })
  // Windows knows no signals: who is killed there ends with 1, and says nothing.
  expect(stderr).not.toContain('Error')
  return status !== 0
}
