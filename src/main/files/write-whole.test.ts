import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { openStore } from '../store/open-store.ts'
import { createPartialFiles } from '../store/partial-files.ts'
import { type PartialFiles, writeWhole } from './write-whole.ts'

let folder: string
let path: string
let noted: string[]
/** Its name within the folder, without what is drawn by lot. */
const nameOf = (partial: string) => partial.slice(folder.length + 1).replace(/[0-9a-f-]{36}/, 'LOT')
const partialFiles: PartialFiles = {
  begun: partial => noted.push(`begun ${nameOf(partial)}`),
  ended: partial => noted.push(`ended ${nameOf(partial)}`),
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-file-'))
  path = join(folder, 'lookups.csv')
  noted = []
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a file', () => {
  it('is there whole, in the order of its pieces, for its owner alone', async () => {
    expect(await writeWhole(path, ['a', 'b', '日本'], partialFiles)).toBe('done')
    expect(readFileSync(path, 'utf8')).toBe('ab日本')
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['lookups.csv'])
    expect(noted).toEqual(['begun lookups.csv.LOT.part', 'ended lookups.csv.LOT.part'])
  })

  it('that is given up in the middle leaves nothing, and the old one as it was', async () => {
    writeFileSync(path, 'old')
    const controller = new AbortController()
    async function* pieces() {
      yield 'new'
      expect(readdirSync(folder).map(name => nameOf(join(folder, name)))).toContain('lookups.csv.LOT.part')
      controller.abort()
      yield 'more'
    }
    expect(await writeWhole(path, pieces(), partialFiles, controller.signal)).toBe('given up')
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['lookups.csv'])
  })

  it('whose text fails in the middle leaves nothing either', async () => {
    function* pieces() {
      yield 'new'
      throw new Error('no more')
    }
    expect(await writeWhole(path, pieces(), partialFiles)).toBe('failed')
    expect(readdirSync(folder)).toEqual([])
    expect(noted.at(-1)).toBe('ended lookups.csv.LOT.part')
  })

  it.skipIf(process.platform === 'win32')(
    'that the disk takes only a part of was not written, and leaves nothing',
    () => {
      const script = `
        const { writeWhole } = await import(${JSON.stringify(new URL('write-whole.ts', import.meta.url))})
        const partialFiles = { begun() {}, ended() {} }
        process.stdout.write(await writeWhole(process.argv[1], ['x'.repeat(3_000)], partialFiles))`
      // Two blocks of 512 or 1,024 bytes: the rest of the one write does not fit.
      const limited = 'ulimit -f 2; exec "$0" --input-type=module -e "$1" "$2"'
      const { stdout } = spawnSync('sh', ['-c', limited, process.execPath, script, path], {
        encoding: 'utf8',
      })
      expect(stdout).toBe('failed')
      expect(readdirSync(folder)).toEqual([])
    },
  )

  it('beside somebody else’s partial file touches that not', async () => {
    writeFileSync(`${path}.part`, 'mine')
    expect(await writeWhole(path, ['a'], partialFiles)).toBe('done')
    expect(readFileSync(`${path}.part`, 'utf8')).toBe('mine')
  })

  it('that has no folder to go to was not written', async () => {
    expect(await writeWhole(join(folder, 'gone', 'x.csv'), ['a'], partialFiles)).toBe('failed')
  })
})

describe('what a killed program left', () => {
  const openFiles = () => {
    const store = openStore(join(folder, 'store.sqlite'), systemClock)
    return { store, files: createPartialFiles(store.database) }
  }

  it('is removed at the next start, once', () => {
    const first = openFiles()
    first.files.begun(`${path}.part`)
    writeFileSync(`${path}.part`, 'half')
    first.store.close()

    const second = openFiles()
    second.files.cleanUp()
    expect(existsSync(`${path}.part`)).toBe(false)
    writeFileSync(`${path}.part`, 'somebody else’s')
    second.files.cleanUp()
    expect(existsSync(`${path}.part`)).toBe(true)
    second.store.close()
  })

  it('is removed for each of several', () => {
    const { store, files } = openFiles()
    for (const name of ['a', 'b', 'c']) {
      files.begun(`${path}.${name}.part`)
      writeFileSync(`${path}.${name}.part`, 'half')
    }
    files.ended(`${path}.c.part`)
    files.cleanUp()
    expect(readdirSync(folder).filter(name => name.endsWith('.part'))).toEqual(['lookups.csv.c.part'])
    store.close()
  })

  it('is not looked for once the file was whole', () => {
    const { store, files } = openFiles()
    files.begun(`${path}.part`)
    files.ended(`${path}.part`)
    writeFileSync(`${path}.part`, 'somebody else’s')
    files.cleanUp()
    expect(existsSync(`${path}.part`)).toBe(true)
    store.close()
  })

  it('is nothing but a partial file, whatever the database says', () => {
    const { store, files } = openFiles()
    files.begun(path)
    writeFileSync(path, 'precious')
    files.cleanUp()
    expect(existsSync(path)).toBe(true)
    store.close()
  })

  it('is left alone where the database can not be read', () => {
    const database = new DatabaseSync(':memory:')
    database.exec('CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT')
    expect(() => createPartialFiles(database).cleanUp()).not.toThrow()
  })
})
