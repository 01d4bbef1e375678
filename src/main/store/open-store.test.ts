import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newProfile } from '../../contract/profile-defaults.ts'
import { type Clock, systemClock } from '../clock.ts'
import { backupsOf } from './backups.ts'
import { pendingErasure } from './erasure.ts'
import { createGateStore } from './gate-store.ts'
import { createLookups, type Lookups } from './lookups.ts'
import { migrations } from './migrations.ts'
import type { StoreCondition } from './open-or-mend.ts'
import { openStore, type Store } from './open-store.ts'
import { createPartialFiles } from './partial-files.ts'
import { createSavedAccounts } from './saved-accounts.ts'
import { migrate } from './schema.ts'
import { createSettingsStore } from './settings.ts'
import { APPLICATION_ID, tryWrite } from './sqlite.ts'
import { everyAccount } from './testing/every-account.ts'

const PROFILE = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const LINE = { kind: 'line', id: '09012345678' } as const
const DAY = 86_400_000

let folder: string
let path: string
let now: number
const clock: Clock = { ...systemClock, now: () => now }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-store-'))
  path = join(folder, 'traffic-desk.sqlite')
  now = Date.parse('2026-11-23T04:05:00Z')
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function record(lookups: Lookups, todayKb: number, at = now) {
  return lookups.record({
    profileId: PROFILE,
    origin: 'https://carrier.example',
    account: LINE,
    askedAt: at,
    repliedAt: at,
    durationMs: 12.4,
    agent: 'agent',
    result: {
      ok: true,
      value: {
        todayKb,
        recentDays: '1,2,3',
        blacklist: 'not-listed',
        carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
        clockOffMs: 0,
      },
    },
    rawReply: '{"resultCode":"100"}',
  })
}

/** Opens, does the work, closes: one run of the program. */
async function run<T>(
  work: (
    lookups: Lookups,
    store: Omit<Store, 'condition'> & { readonly condition: StoreCondition; now(): StoreCondition },
  ) => T | Promise<T>,
): Promise<T> {
  const store = openStore(path, clock)
  try {
    await store.afterStart()
    return await work(createLookups(store.database), {
      ...store,
      condition: store.condition(),
      now: store.condition,
    })
  } finally {
    await store.close()
  }
}

const kept = (lookups: Lookups) =>
  lookups.history(PROFILE, LINE.id).map(lookup => lookup.result.ok && lookup.result.value.todayKb)

describe('a fresh store', () => {
  it('keeps a lookup over a restart, with who, when and how long', async () => {
    await run(lookups => record(lookups, 100))
    await run(async (lookups, { condition }) => {
      expect(condition).toEqual({ kind: 'ok' })
      expect(lookups.history(PROFILE, LINE.id)[0]).toMatchObject({
        agent: 'agent',
        askedAt: now,
        durationMs: 12,
      })
    })
  })

  it('writes files that their owner alone can read', async () => {
    await run(async (lookups, store) => {
      record(lookups, 100)
      await store.backUp(now)
      if (process.platform === 'win32') return
      for (const name of readdirSync(folder))
        expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0])
    })
  })

  it('acknowledges a row only once it is durable: WAL, synchronous FULL', async () => {
    await run(async (_lookups, { database }) => {
      expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
      expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
      expect(database.prepare('PRAGMA secure_delete').get()).toEqual({ secure_delete: 1 })
    })
  })
})

describe('the newest lookup', () => {
  it('is the one that came last, also after the wall clock was set back', async () => {
    await run(async lookups => {
      record(lookups, 1, now + DAY)
      record(lookups, 2, now)
      expect(lookups.lastGood(PROFILE, LINE.id)?.report.todayKb).toBe(2)
      expect(kept(lookups)).toEqual([2, 1])
    })
  })

  it('beside a row that can not be read is still found', async () => {
    await run(async (lookups, { database }) => {
      record(lookups, 1)
      database.exec('UPDATE lookup SET report = NULL, failure = \'{"code":"FROM_THE_FUTURE"}\'')
      record(lookups, 2)
      expect(lookups.history(PROFILE, LINE.id).map(({ result }) => result.ok || result.failure.code)).toEqual(
        [true, 'INTERNAL'],
      )
    })
  })
})

describe('backups', () => {
  it('are newest by name also after the wall clock was set back, and none is lost for it', async () => {
    for (const step of [0, DAY, -10 * DAY, DAY, DAY]) {
      now += step
      await run(async (lookups, store) => {
        record(lookups, now)
        await store.backUp(now)
      })
    }
    writeFileSync(path, 'damaged')
    await run(lookups => expect(kept(lookups)).toHaveLength(5))
  })

  it('are two at most, the last ones', async () => {
    for (let day = 0; day < 4; day++) {
      await run(async (lookups, store) => {
        record(lookups, day)
        expect(await store.backUp(now)).toBe(true)
      })
      now += DAY
    }
    expect(backupsOf(path).map(({ at }) => (now - at) / DAY)).toEqual([1, 2])
  })
})

describe('a database that is gone', () => {
  it('but for its backups is restored: the program may have been killed while it restored one', async () => {
    await run(async (lookups, store) => {
      record(lookups, 100)
      await store.backUp(now)
    })
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
    await run(async (lookups, { condition }) => {
      expect(condition.kind).toBe('restored')
      expect(kept(lookups)).toEqual([100])
    })
  })

  it('in its first moment is made anew, without a word of damage', async () => {
    const blank = new DatabaseSync(path)
    blank.exec('PRAGMA journal_mode = WAL')
    blank.close()
    await run((_lookups, { condition }) => expect(condition).toEqual({ kind: 'ok' }))
  })
})

describe('a damaged database', () => {
  const damages: ReadonlyArray<readonly [string, () => void]> = [
    ['garbage', () => writeFileSync(path, 'this is no database at all, '.repeat(500))],
    ['zero bytes', () => truncateSync(path, 0)],
    [
      "another program's database",
      () => {
        rmSync(path)
        const other = new DatabaseSync(path)
        other.exec('CREATE TABLE t (x)')
        other.close()
      },
    ],
    [
      'one page overwritten',
      () => {
        const file = openSync(path, 'r+')
        writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, 4096)
        closeSync(file)
      },
    ],
  ]

  it.each(damages)('%s: is set aside and the backup restored, and that is said', async (_name, damage) => {
    await run(async (lookups, store) => {
      record(lookups, 100)
      await store.backUp(now)
    })
    const backupAt = now
    now += 1000
    damage()
    await run(async (lookups, { condition }) => {
      expect(condition).toEqual({ kind: 'restored', backupAt })
      expect(kept(lookups)).toEqual([100])
      expect(record(lookups, 200).id).toBeGreaterThan(0)
    })
    expect(readdirSync(folder).some(name => name.includes('.damaged-'))).toBe(true)
    await run(lookups => expect(kept(lookups)).toEqual([200, 100]))
  })

  it.each(damages)('%s, without a backup: the program starts anew and says so', async (_name, damage) => {
    await run(lookups => record(lookups, 100))
    damage()
    await run(async (lookups, { condition }) => {
      expect(condition).toEqual({ kind: 'reset' })
      expect(record(lookups, 200).id).toBeGreaterThan(0)
    })
  })

  it('a damaged backup is passed over for the one before it', async () => {
    for (const kb of [1, 2]) {
      await run(async (lookups, store) => {
        record(lookups, kb)
        await store.backUp(now)
      })
      now += DAY
    }
    const [newest] = backupsOf(path)
    writeFileSync(newest?.file ?? '', 'no backup')
    writeFileSync(path, 'no database')
    await run(lookups => expect(kept(lookups)).toEqual([1]))
  })
})

describe('a database that can not be written', () => {
  it('of a newer program whose tables are not ours: the program still starts, and the file is left alone', async () => {
    await run(async (lookups, { database }) => {
      record(lookups, 100)
      database.exec(
        `ALTER TABLE saved_line RENAME COLUMN note TO remark; PRAGMA user_version = ${migrations.length + 1}`,
      )
    })
    const before = readFileSync(path)
    await run(async (_lookups, { condition, database }) => {
      expect(condition).toEqual({ kind: 'in-memory' })
      expect(everyAccount(createSavedAccounts(database, clock), PROFILE)).toEqual([])
    })
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('of a newer program: opens read-only, the rows are there, and a lookup still has its figures', async () => {
    await run(async (lookups, { database }) => {
      record(lookups, 100)
      database.exec(`PRAGMA user_version = ${migrations.length + 1}`)
    })
    await run(async (lookups, { condition }) => {
      expect(condition).toEqual({ kind: 'read-only' })
      expect(kept(lookups)).toEqual([100])
      expect(record(lookups, 200)).toMatchObject({ id: null, result: { ok: true, value: { todayKb: 200 } } })
    })
    const file = new DatabaseSync(path)
    expect(file.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length + 1 })
    file.close()
  })

  it('locked by another program: this run is kept in memory, and the file is left alone', async () => {
    await run(lookups => record(lookups, 100))
    const other = new DatabaseSync(path)
    other.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE')
    await run(async (lookups, { condition }) => {
      expect(condition).toEqual({ kind: 'in-memory' })
      expect(record(lookups, 200).id).toBe(1)
    })
    other.exec('COMMIT')
    other.close()
    await run(lookups => expect(kept(lookups)).toEqual([100]))
  })

  it('in a folder that can not be made: lookups work, kept in memory', async () => {
    const file = join(folder, 'a file')
    writeFileSync(file, '')
    const store = openStore(join(file, 'traffic-desk.sqlite'), clock)
    expect(store.condition()).toEqual({ kind: 'in-memory' })
    expect(record(createLookups(store.database), 100).id).toBe(1)
    await store.backUp(now)
    expect(await store.erase({ kind: 'retain', before: null })).toBe(false)
    await store.close()
  })

  it('a write-protected file is read, not replaced', async () => {
    await run(lookups => record(lookups, 100))
    chmodSync(path, 0o400)
    await run(async (lookups, { condition }) => {
      // Root may write anyway.
      expect(['read-only', 'ok']).toContain(condition.kind)
      expect(kept(lookups)).toEqual([100])
    })
  })

  it('a full disk: the write is refused, the rows before it are intact', async () => {
    await run(async (lookups, { database }) => {
      record(lookups, 100)
      database.exec('PRAGMA max_page_count = 1')
      const { max_page_count: pages } = database.prepare('PRAGMA max_page_count').get() as {
        max_page_count: number
      }
      expect(pages).toBeGreaterThan(1)
      let refused = 0
      for (let n = 0; n < 5000 && refused === 0; n++) refused += record(lookups, n).id === null ? 1 : 0
      expect(refused).toBe(1)
      expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    })
    await run(lookups => expect(lookups.history(PROFILE, LINE.id).length).toBeGreaterThan(0))
  })

  it('an error that is no refusal of the disk is a bug, and thrown', async () => {
    expect(() => tryWrite(new DatabaseSync(':memory:'), () => JSON.parse('{'))).toThrow(SyntaxError)
  })
})

/** A lookup as the first version wrote it. */
const recordAsThen = (old: DatabaseSync) =>
  old
    .prepare(
      `INSERT INTO lookup (profile_id, account, asked_at, replied_at, duration_ms, agent, report, raw_reply)
       VALUES (?, ?, ?, ?, 12, 'agent', ?, '{}')`,
    )
    .run(
      PROFILE,
      LINE.id,
      now,
      now,
      JSON.stringify({
        todayKb: 100,
        recentDays: '1,2,3',
        blacklist: 'not-listed',
        carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
      }),
    )

describe('migrations', () => {
  it.each(migrations.map((_sql, index) => index + 1))(
    'from version %i keep the data that was there',
    async version => {
      const old = new DatabaseSync(path)
      migrate(old, migrations.slice(0, version))
      old.exec(`
      INSERT INTO profile VALUES ('${PROFILE}', '${JSON.stringify({ ...newProfile({ name: 'Old', carrier: { kind: 'simulator' } }), id: PROFILE })}', 1);
      INSERT INTO saved_line (profile_id, account, label, created_at) VALUES ('${PROFILE}', '${LINE.id}', 'Yamada', 1);
      INSERT INTO gate_query VALUES ('simulator', 5, 6);`)
      recordAsThen(old)
      old.close()

      await run(async (lookups, { database, condition }) => {
        expect(condition).toEqual({ kind: 'ok' })
        expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length })
        expect(database.prepare('PRAGMA application_id').get()).toEqual({ application_id: APPLICATION_ID })
        expect(kept(lookups)).toEqual([100])
        expect(everyAccount(createSavedAccounts(database, clock), PROFILE)).toMatchObject([
          { label: 'Yamada', account: LINE },
        ])
        expect(createSettingsStore(database, clock).profiles()).toMatchObject([{ name: 'Old' }])
      })
      // A backup of what was there before, wherever something changed.
      expect(backupsOf(path)).toHaveLength(version < migrations.length ? 1 : 0)
    },
  )

  it('that fail leave the old schema and the old data', async () => {
    const database = new DatabaseSync(path)
    migrate(database)
    expect(() => migrate(database, [...migrations, 'CREATE TABLE half (x); nonsense'])).toThrow()
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length })
    expect(database.prepare("SELECT count(*) AS n FROM sqlite_master WHERE name = 'half'").get()).toEqual({
      n: 0,
    })
    database.close()
  })
})

describe('clearing', () => {
  it('is not said to be done while another program still reads the old pages, and is finished at the next start', async () => {
    await run(lookups => record(lookups, 100))
    const reader = new DatabaseSync(path)
    await run(async (lookups, store) => {
      record(lookups, 200)
      reader.exec('BEGIN')
      reader.prepare('SELECT count(*) FROM lookup').get()
      expect(await store.erase({ kind: 'clear', profileId: PROFILE })).toBe(false)
    })
    reader.close()
    await run(async (lookups, { database }) => {
      expect(kept(lookups)).toEqual([])
      expect(pendingErasure(database)).toBeNull()
    })
    for (const name of readdirSync(folder)) {
      expect([name, readFileSync(join(folder, name)).includes(LINE.id)]).toEqual([name, false])
    }
  })

  it('leaves closures and the budget of the gate as they were', async () => {
    await run(async (lookups, store) => {
      const gateStore = createGateStore(store.database)
      gateStore.started('https://carrier.example', now)
      gateStore.close('https://carrier.example', { reason: 'key-rejected', closedAt: now, until: null })
      record(lookups, 100)
      await store.erase({ kind: 'clear', profileId: PROFILE })
    })
    await run(async (_lookups, { database }) => {
      const gateStore = createGateStore(database)
      expect(gateStore.queries('https://carrier.example', 0, now)).toHaveLength(1)
      expect(gateStore.closure('https://carrier.example')?.reason).toBe('key-rejected')
    })
  })

  it('leaves a number in no file: database, write-ahead log, backup or what was set aside', async () => {
    await run(async (lookups, store) => {
      record(lookups, 100)
      await store.backUp(now)
    })
    now += 1
    writeFileSync(`${path}.damaged-1`, LINE.id)
    writeFileSync(`${path}.partial-journal`, LINE.id)
    await run(async (lookups, store) => {
      record(lookups, 200)
      expect(await store.erase({ kind: 'clear', profileId: PROFILE })).toBe(true)
      for (const name of readdirSync(folder)) {
        expect([name, readFileSync(join(folder, name)).includes(LINE.id)]).toEqual([name, false])
      }
      expect(backupsOf(path)).toHaveLength(1)
    })
  })

  it('gives the room on the disk back', async () => {
    await run(async (lookups, store) => {
      for (let number = 0; number < 500; number++) record(lookups, number)
      expect(await store.erase({ kind: 'retain', before: now - 1 })).toBe(true)
      const full = statSync(path).size
      expect(await store.erase({ kind: 'clear', profileId: PROFILE })).toBe(true)
      expect(statSync(path).size).toBeLessThan(full / 2)
    })
  })

  it('keeps for retention what is young, and the last good answer about each saved line', async () => {
    await run(async (lookups, { database, retain }) => {
      createSavedAccounts(database, clock).add(PROFILE, { account: LINE, label: '', note: '', pinned: false })
      record(lookups, 1, now - 100 * DAY)
      record(lookups, 2, now - 95 * DAY)
      await retain(now - 90 * DAY)
      expect(kept(lookups)).toEqual([2])
      record(lookups, 3, now - 10 * DAY)
      await retain(now - 90 * DAY)
      expect(kept(lookups)).toEqual([3])
      await retain(null)
      expect(kept(lookups)).toEqual([3])
    })
  })
})

describe('settings of another version', () => {
  it('keep what is known, and an unknown field takes nothing with it', async () => {
    await run(async (_lookups, { database }) => {
      const before = createSettingsStore(database, clock)
      const profile = { ...newProfile({ name: 'Kept', carrier: { kind: 'simulator' } }), id: PROFILE }
      before.saveProfile({ ...profile, fromTheFuture: 1 } as typeof profile)
      database
        .prepare("INSERT OR REPLACE INTO setting VALUES ('settings', ?)")
        .run(JSON.stringify({ retentionDays: 3650, theme: 'sepia', language: 'en', fromTheFuture: true }))
      const store = createSettingsStore(database, clock)
      expect(store.settings()).toMatchObject({
        retentionDays: 3650,
        theme: 'system',
        language: 'en',
        ticketPane: true,
      })
      expect(store.profiles()).toMatchObject([{ name: 'Kept', limitKb: null }])
    })
  })
})

describe('a database that is damaged while the program runs', () => {
  const wholeFile = () => readFileSync(path)
  const damages: Readonly<Record<string, () => void>> = {
    truncated: () => truncateSync(path, 0),
    'cut in half': () => truncateSync(path, Math.floor(wholeFile().length / 2)),
    'overwritten with garbage': () => writeFileSync(path, Buffer.alloc(wholeFile().length, 0xa5)),
    'overwritten with a few words': () => writeFileSync(path, 'not a database'),
    removed: () => rmSync(path),
    'replaced by another program’s database': () => {
      rmSync(path)
      const other = new DatabaseSync(path)
      other.exec('CREATE TABLE other (x)')
      other.close()
    },
  }

  it.each(Object.entries(damages))(
    '%s: nothing is acknowledged any more, that is said once, and a restart restores',
    async (_, damage) => {
      await run(async (lookups, store) => {
        record(lookups, 100)
        await store.backUp(now)
      })
      await run(async (lookups, store) => {
        let told = 0
        store.onDamaged(() => told++)
        // What is read once is read from memory; what the store is asked later must not end the program.
        const gate = createGateStore(store.database)
        const lines = createSavedAccounts(store.database, clock)
        const settings = createSettingsStore(store.database, clock)
        const partial = createPartialFiles(store.database)
        damage()
        for (const kb of [1, 2, 3])
          expect(record(lookups, kb)).toMatchObject({ id: null, result: { value: { todayKb: kb } } })
        const held: Promise<unknown>[] = []
        expect(() => {
          lookups.lastGood(PROFILE, LINE.id)
          lookups.history(PROFILE, LINE.id)
          lookups.rawReply(PROFILE, 1)
          everyAccount(lines, PROFILE)
          lines.find(PROFILE, LINE.id)
          gate.queries('o', 0, now)
          gate.started('o', now)
          gate.ended('o', now, now)
          gate.closure('o')
          settings.settings()
          settings.profiles()
          held.push(store.retain(now - DAY), store.backUp(now))
          lookups.extent({ profileId: PROFILE, account: LINE.id })
          // As the program does when it quits.
          partial.cleanUp()
        }).not.toThrow()
        expect(await Promise.all(held)).toEqual([false, false])
        expect(lines.add(PROFILE, { account: LINE, label: '', note: '', pinned: false })).toBe('refused')
        expect(settings.saveSettings(settings.settings())).toBe(false)
        expect(store.now()).toEqual({ kind: 'damaged' })
        expect(told).toBe(1)
      })
      await run(async (lookups, { condition }) => {
        expect(condition.kind).toBe('restored')
        expect(kept(lookups)).toEqual([100])
      })
    },
  )
})
