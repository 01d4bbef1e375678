import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGateFallback, hashOf } from './gate-fallback.ts'

const HOST = hashOf('https://carrier.example.jp')
const query = (startedAt: number) => ({ origin: HOST, startedAt, endedAt: null })

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-fallback-'))
  path = join(folder, 'gate')
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the gate’s fallback file', () => {
  it('is there after a restart, changed and taken out as it was', () => {
    const fallback = createGateFallback(path)
    const closure = { origin: HOST, reason: 'key-rejected' as const, closedAt: 5, until: null }
    for (const at of [1, 2, 3]) fallback.add(query(at))
    fallback.add(closure)
    fallback.change(entry =>
      'startedAt' in entry && entry.startedAt === 2
        ? { ...entry, endedAt: 9 }
        : 'startedAt' in entry && entry.startedAt === 3
          ? null
          : entry,
    )
    expect(createGateFallback(path).entries()).toEqual([query(1), { ...query(2), endedAt: 9 }, closure])
  })

  it('takes no more room than it had from the start: a full disk has none to give', () => {
    const fallback = createGateFallback(path)
    const { size, blocks } = statSync(path)
    for (let at = 0; at < 3_000; at++) fallback.add(query(at))
    expect(statSync(path)).toMatchObject({ size, blocks })
  })

  it('is the newest where there are more than there is room for', () => {
    const fallback = createGateFallback(path)
    for (let at = 0; at < 2_100; at++) fallback.add(query(at))
    const kept = createGateFallback(path)
      .entries()
      .map(entry => ('startedAt' in entry ? entry.startedAt : 0))
    expect(kept).toHaveLength(2_048)
    expect(Math.min(...kept)).toBe(52)
  })

  it('names neither host nor account, and its owner alone can read it', () => {
    createGateFallback(path).add(query(1))
    expect(readFileSync(path, 'utf8')).not.toContain('carrier.example')
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0)
  })

  it('that is damaged is what can still be read of it', () => {
    createGateFallback(path).add(query(1))
    const fallback = createGateFallback(path)
    fallback.add(query(2))
    const bytes = readFileSync(path)
    bytes.fill(0xa5, 0, 20)
    writeFileSync(path, bytes)
    expect(createGateFallback(path).entries()).toEqual([query(2)])
    writeFileSync(path, 'short')
    expect(createGateFallback(path).entries()).toEqual([])
  })

  it('holds for this run where there is no file to write', () => {
    const fallback = createGateFallback(join(folder, 'no such folder', 'gate'))
    fallback.add(query(1))
    expect(fallback.entries()).toEqual([query(1)])
  })
})
