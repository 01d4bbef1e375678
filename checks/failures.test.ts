import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../scripts/run.ts'

/** Each row of docs/failures.md, and the tests that it names: a file and a part of a test's title. */
const rows = readFileSync(join(root, 'docs/failures.md'), 'utf8')
  .split('\n')
  .flatMap(line => {
    const [, fault = '', , shown = ''] = /^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/.exec(line) ?? []
    const tests = [...shown.matchAll(/`([^`]+\.(?:test|spec)\.ts)` “([^”]+)”/g)]
    return fault === 'what goes wrong' || /^-+$/.test(fault) || fault === ''
      ? []
      : [{ fault, tests: tests.map(([, file = '', title = '']) => ({ file, title })) }]
  })

it('the table of failures is read', () => {
  expect(rows.length).toBeGreaterThan(25)
})

it.each(rows)('a test shows what becomes of it: $fault', ({ tests }) => {
  expect(tests).not.toEqual([])
  for (const { file, title } of tests) {
    expect(title).not.toBe('')
    expect(existsSync(join(root, file))).toBe(true)
    expect(readFileSync(join(root, file), 'utf8')).toContain(title)
  }
})
