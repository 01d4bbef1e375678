import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../scripts/run.ts'

/** Every rule that stands by itself: 28 is 14 to 19 once more, for the other secrets. */
const RULES = [...Array.from({ length: 27 }, (_, at) => at + 1), 29, 30, 31, 32, 33, 34, 35, 36]

/** The numbers with which names of tests in a file begin. */
function numbersIn(file: string): ReadonlySet<number> {
  const text = readFileSync(join(root, file), 'utf8')
  const names = text.matchAll(
    /(?:describe|test|it)(?:\.(?!skip|todo|fixme)\w+)*\(\s*(?:[^'"`\n]*\)\(\s*)?['"`](\d+): |^\s*['"`](\d+): /gm,
  )
  return new Set([...names].map(([, first, second]) => Number(first ?? second)))
}

const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .flatMap(line => {
    const cells = /^\| (\d+)\s*\|(.*)\|(.*)\|(.*)\|$/.exec(line)
    if (cells === null) return []
    const filesOf = (cell = '') =>
      [...cell.matchAll(/`([^`]+\.(?:test|spec)\.ts)`/g)].map(([, file = '']) => file)
    return [{ rule: Number(cells[1]), shown: filesOf(cells[3]), real: filesOf(cells[4]) }]
  })

describe('docs/security.md', () => {
  it('has a row for each rule, in order', () => {
    expect(rows.map(({ rule }) => rule)).toEqual(RULES)
  })

  it.each(rows)('names tests for rule $rule that are there and begin with its number', ({ rule, shown }) => {
    expect(shown.length).toBeGreaterThan(0)
    const numbered = shown.filter(file => existsSync(join(root, file)) && numbersIn(file).has(rule))
    // Rule 23 also names the ticket tests, whose titles carry no number.
    expect(numbered).toEqual(shown.filter(file => file !== 'src/ticket/injection.test.ts'))
  })

  it.each(rows.filter(({ real }) => real.length > 0))(
    'names a tagged spec for what only real Electron can show of rule $rule',
    ({ rule, real }) => {
      for (const file of real) {
        expect(numbersIn(file)).toContain(rule)
        expect(readFileSync(join(root, file), 'utf8')).toContain("tag: '@electron'")
      }
    },
  )

  it('names every file with a numbered test', () => {
    const named = new Set(rows.flatMap(({ shown, real }) => [...shown, ...real]))
    const files = ['src', 'e2e', 'scripts'].flatMap(folder =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter(name => /\.(?:test|spec)\.ts$/.test(name))
        .map(name => `${folder}/${name.replaceAll('\\', '/')}`),
    )
    expect(files.filter(file => numbersIn(file).size > 0 && !named.has(file))).toEqual([])
  })
})
