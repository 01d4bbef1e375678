import * as fs from 'node:fs'
import type * as promises from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backUpNow, backupsOf, putInPlace, setAside, setAsideOf } from '../store/backups.ts'
import { createPartialFiles } from '../store/partial-files.ts'
import { migrate } from '../store/schema.ts'
import { isHeld, renameHeld, renameHeldSync } from './held-files.ts'
import { writeWhole } from './write-whole.ts'

/** How often each act is still refused, and how; what Windows does while a scanner reads the file. */
const held = vi.hoisted(() => ({ code: 'EPERM', times: 0, act: '', refused: [] as string[] }))

vi.mock('node:fs', async original =>
  refusing(await original<typeof fs>(), ['renameSync', 'rmSync', 'copyFileSync']),
)
vi.mock('node:fs/promises', async original => refusing(await original<typeof promises>(), ['rename', 'rm']))

type Act = (...args: readonly unknown[]) => unknown

const refusing = vi.hoisted(() => <T extends object>(real: T, names: readonly (keyof T & string)[]): T => {
  const refusal = () => Object.assign(new Error(`${held.code}: held`), { code: held.code })
  const acts = names.map(name => [
    name,
    (...args: readonly unknown[]) => {
      if (held.times === 0 || !name.startsWith(held.act)) return (real[name] as Act)(...args)
      held.times -= 1
      held.refused.push(name)
      if (name.endsWith('Sync')) throw refusal()
      return Promise.reject(refusal())
    },
  ])
  return { ...real, ...Object.fromEntries(acts) }
})

let folder: string
let path: string

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'traffic-desk-held-'))
  path = join(folder, 'store.db')
  held.refused.length = 0
})

afterEach(() => {
  vi.useRealTimers()
  held.times = 0
  fs.rmSync(folder, { recursive: true, force: true })
})

/** As somebody else's open file does it: refused twice, and let go then. */
function hold(code = 'EPERM', times = 2, act = ''): void {
  held.act = act
  held.code = code
  held.times = times
}

const nobody = { begun: () => {}, ended: () => {} }

describe('a file that somebody else has open for a moment', () => {
  it.each(['EPERM', 'EACCES', 'EBUSY'])('is exported over: %s', async code => {
    fs.writeFileSync(path, 'old')
    hold(code)
    expect(await writeWhole(path, ['new'], nobody)).toBe('done')
    expect(held.refused).toEqual(['rename', 'rename'])
    expect(fs.readFileSync(path, 'utf8')).toBe('new')
    expect(fs.readdirSync(folder)).toEqual(['store.db'])
  })

  it('leaves no half of a file that was given up', async () => {
    const calledOff = new AbortController()
    calledOff.abort()
    hold()
    expect(await writeWhole(path, ['new'], nobody, calledOff.signal)).toBe('given up')
    expect(held.refused).toEqual(['rm', 'rm'])
    expect(fs.readdirSync(folder)).toEqual([])
  })

  it('is backed up', () => {
    const database = new DatabaseSync(path)
    migrate(database)
    hold('EPERM', 2, 'rename')
    expect(backUpNow(database, path, 1)).toBe(true)
    database.close()
    expect(held.refused).toEqual(['renameSync', 'renameSync'])
    expect(backupsOf(path).map(({ at }) => at)).toEqual([1])
  })

  it('is set aside, and its backup put in its place', () => {
    fs.writeFileSync(path, 'damaged')
    fs.writeFileSync(`${path}.backup-1`, 'good')
    hold()
    setAside(path, 2)
    hold()
    putInPlace(`${path}.backup-1`, path)
    expect(held.refused).toEqual(['renameSync', 'renameSync', 'copyFileSync', 'copyFileSync'])
    expect(setAsideOf(path).map(({ at }) => at)).toEqual([2])
    expect(fs.readFileSync(path, 'utf8')).toBe('good')
  })

  it('is not waited for at start: what is left of an export is tried again at the next one', () => {
    const database = new DatabaseSync(path)
    migrate(database)
    const partial = join(folder, 'lookups.csv.part')
    fs.writeFileSync(partial, 'half')
    createPartialFiles(database).begun(partial)
    hold('EBUSY', 1)
    createPartialFiles(database).cleanUp()
    expect([held.refused, fs.existsSync(partial)]).toEqual([['rmSync'], true])
    createPartialFiles(database).cleanUp()
    expect(fs.existsSync(partial)).toBe(false)
    database.close()
  })
})

describe('a file that stays refused', () => {
  it('is refused after 2 s', async () => {
    vi.useFakeTimers()
    hold('EACCES', Number.POSITIVE_INFINITY)
    const started = Date.now()
    const renamed = expect(renameHeld(path, `${path}.new`)).rejects.toThrow('EACCES')
    await vi.runAllTimersAsync()
    await renamed
    expect(Date.now() - started).toBeGreaterThanOrEqual(2_000)
    expect(Date.now() - started).toBeLessThan(2_500)
  })

  it('is refused at once where nobody holds it', () => {
    hold('ENOSPC', Number.POSITIVE_INFINITY)
    expect(() => renameHeldSync(path, `${path}.new`)).toThrow('ENOSPC')
    expect(held.refused).toEqual(['renameSync'])
  })

  it('is told by its code alone', () => {
    expect([
      isHeld(Object.assign(new Error(), { code: 'EBUSY' })),
      isHeld(new Error('EBUSY')),
      isHeld('EBUSY'),
    ]).toEqual([true, false, false])
  })
})
