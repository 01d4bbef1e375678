import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { backupsOf } from './backups.ts'
import { createGateStore } from './gate-store.ts'
import { migrations } from './migrations.ts'
import { openStore, type Store } from './open-store.ts'
import { withoutSync } from './sqlite.ts'

/** A copy is cut off in its middle, and of two renames the second does not come. */
const power = vi.hoisted(() => ({
  failsAt: null as 'copy' | 'first rename' | 'second rename' | null,
  renames: 0,
}))

vi.mock('node:fs', async importOriginal => {
  const fs = await importOriginal<typeof import('node:fs')>()
  return {
    ...fs,
    copyFileSync(from: string, to: string) {
      if (power.failsAt !== 'copy') return fs.copyFileSync(from, to)
      const whole = fs.readFileSync(from)
      fs.writeFileSync(to, whole.subarray(0, whole.length / 2))
      throw new Error('killed')
    },
    renameSync(from: string, to: string) {
      power.renames += 1
      if (power.failsAt === 'first rename' || (power.failsAt === 'second rename' && power.renames === 2)) {
        throw new Error('killed')
      }
      fs.renameSync(from, to)
    },
  }
})

const DAY = 86_400_000

let folder: string
let path: string
let clock: FakeClock

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-killed-'))
  path = join(folder, 'traffic-desk.sqlite')
  clock = createFakeClock()
})

afterEach(() => {
  power.failsAt = null
  rmSync(folder, { recursive: true, force: true })
})

/** One run of the program. */
async function run<T>(work: (store: Store) => T | Promise<T>): Promise<T> {
  const store = openStore(path, clock)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Nothing of what the program would still have done after the cut counts. */
async function killedAt(
  moment: 'copy' | 'first rename' | 'second rename',
  work: () => unknown,
): Promise<void> {
  power.failsAt = moment
  power.renames = 0
  try {
    await work()
  } catch {
  } finally {
    power.failsAt = null
  }
}

const write = ({ database }: Store, name: string) =>
  database.prepare("INSERT INTO setting (name, value) VALUES (?, '')").run(name)

const namesIn = ({ database }: Store) =>
  database
    .prepare('SELECT name FROM setting ORDER BY name')
    .all()
    .map(({ name }) => name)

const synchronousOf = ({ database }: Store) => database.prepare('PRAGMA synchronous').get()

describe('a backup', () => {
  it('is put in place only once it reads back as ours: a copy of another program’s making takes no place', async () => {
    await run(async store => {
      await store.backUp(clock.now())
      const before = backupsOf(path)
      clock.advance(DAY)
      store.database.exec(`PRAGMA user_version = ${migrations.length + 1}`)
      await store.backUp(clock.now())
      expect(backupsOf(path)).toEqual(before)
      expect(existsSync(`${path}.partial`)).toBe(false)
    })
  })

  it('that was being put in place when the program was killed is none, and the one before it restores', async () => {
    await run(async store => {
      write(store, 'first day')
      await store.backUp(clock.now())
    })
    const before = backupsOf(path)
    clock.advance(DAY)
    await run(async store => {
      write(store, 'second day')
      await killedAt('first rename', () => store.backUp(clock.now()))
    })
    expect(backupsOf(path)).toEqual(before)
    writeFileSync(path, 'damaged')
    await run(async store => {
      expect(store.condition()).toEqual({ kind: 'restored', backupAt: before[0]?.at })
      expect(namesIn(store)).toEqual(['first day'])
    })
  })

  it('that was being restored when the program was killed is not half in the database’s place', async () => {
    await run(async store => {
      write(store, 'first day')
      await store.backUp(clock.now())
    })
    writeFileSync(path, 'damaged')
    await killedAt('copy', () => run(() => {}))
    expect(existsSync(path)).toBe(false)
    await run(async store => {
      expect(store.condition().kind).toBe('restored')
      expect(namesIn(store)).toEqual(['first day'])
    })
  })
})

describe('a damaged database and the log that belongs to it', () => {
  /** A database that lost its content, beside a log that was not yet written into it. */
  async function damageWithLog(): Promise<Buffer> {
    const log = join(folder, 'log')
    await run(async store => {
      write(store, 'old')
      copyFileSync(`${path}-wal`, log)
    })
    renameSync(log, `${path}-wal`)
    truncateSync(path, 0)
    return readFileSync(`${path}-wal`)
  }

  it('are set aside together, and neither touches the successor', async () => {
    const log = await damageWithLog()
    expect(log.length).toBeGreaterThan(0)
    const aside = `${path}.damaged-${clock.now()}`
    await run(async store => {
      expect(store.condition()).toEqual({ kind: 'reset' })
      expect(namesIn(store)).toEqual([])
      write(store, 'new')
    })
    expect(readFileSync(`${aside}-wal`).equals(log)).toBe(true)
    expect(readFileSync(aside)).toHaveLength(0)
    await run(store => expect(namesIn(store)).toEqual(['new']))
  })

  it('are set aside in an order that a kill between them does not hide: the next start still says so', async () => {
    await damageWithLog()
    await killedAt('second rename', () => run(() => {}))
    expect([existsSync(path), existsSync(`${path}-wal`)]).toEqual([true, false])
    await run(store => expect(store.condition()).toEqual({ kind: 'reset' }))
  })
})

describe('a write that need not wait for the disk', () => {
  it('does not, and every other one after it does', async () => {
    await run(async store => {
      withoutSync(store.database, () => expect(synchronousOf(store)).toEqual({ synchronous: 1 }))
      expect(synchronousOf(store)).toEqual({ synchronous: 2 })
    })
  })

  it('leaves every other one waiting for the disk also where it throws', async () => {
    await run(async store => {
      expect(() =>
        withoutSync(store.database, () => {
          throw new Error('refused')
        }),
      ).toThrow('refused')
      expect(synchronousOf(store)).toEqual({ synchronous: 2 })
    })
  })

  it('of the gate leaves every other one waiting for the disk', async () => {
    await run(async store => {
      const gateStore = createGateStore(store.database)
      gateStore.started('https://carrier.example', 1)
      expect(synchronousOf(store)).toEqual({ synchronous: 2 })
      gateStore.ended('https://carrier.example', 1, 2)
      expect(synchronousOf(store)).toEqual({ synchronous: 2 })
    })
  })
})

describe('clearing a database that can only be read', () => {
  it('is never said to be done, and takes nothing away, neither row nor backup', async () => {
    await run(async store => {
      write(store, 'old')
      await store.backUp(clock.now())
      store.database.exec(`PRAGMA user_version = ${migrations.length + 1}`)
    })
    const before = readdirSync(folder)
    await run(async store => {
      expect(store.condition()).toEqual({ kind: 'read-only' })
      expect(await store.erase({ kind: 'retain', before: null })).toBe(false)
      expect(namesIn(store)).toEqual(['old'])
    })
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(before))
  })

  it('is not gone on with where a newer program began it: the backups are that program’s to remove', async () => {
    await run(async store => {
      await store.backUp(clock.now())
      write(store, 'erase-pending')
      store.database.exec(`PRAGMA user_version = ${migrations.length + 1}`)
    })
    const backups = backupsOf(path)
    await run(store => expect(store.condition()).toEqual({ kind: 'read-only' }))
    expect(backups).toHaveLength(1)
    expect(backupsOf(path)).toEqual(backups)
  })
})

describe('a backup that the disk does not take', () => {
  it('does not end the program, leaves nothing behind, and is made later', async () => {
    await run(async store => {
      write(store, 'kept')
      power.failsAt = 'first rename'
      expect(await store.backUp(clock.now())).toBe(false)
      expect(readdirSync(folder).filter(name => /partial|backup/.test(name))).toEqual([])
      power.failsAt = null
      await store.backUp(clock.now())
      expect(backupsOf(path)).toHaveLength(1)
    })
  })
})
