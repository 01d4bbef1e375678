import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from './log.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-log-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const clock = { now: () => 0 }

describe('the log', () => {
  it('is one line of JSON an event, in a file for its owner alone', () => {
    const path = join(folder, 'logs', 'main.log')
    const log = createLog(path, clock)
    log.note('started', { version: '0.1.0', platform: 'linux', store: 'ok' })
    log.note('lookup', { account: { kind: 'line', id: '09012345678' }, code: 'OK', durationMs: 12 })
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line).event)).toEqual(['started', 'lookup'])
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('keeps one file before the current one, and no more', () => {
    const path = join(folder, 'main.log')
    const log = createLog(path, clock)
    const fields = { account: { kind: 'group', id: `AAA0_${'1'.repeat(20)}` }, code: 'TIMEOUT' } as const
    for (let at = 0; at < 30_000; at++) log.note('lookup', fields)
    expect(readdirSync(folder).sort()).toEqual(['main.log', 'main.old.log'])
    for (const name of readdirSync(folder))
      expect(statSync(join(folder, name)).size).toBeLessThan(1.1 * 1024 * 1024)
  })

  it('that can not be written costs nothing', () => {
    const log = createLog(join(folder, 'main.log', 'is', 'a', '\0'), clock)
    expect(() => log.note('started')).not.toThrow()
  })
})
