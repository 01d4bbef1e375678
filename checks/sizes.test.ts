import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../scripts/run.ts'

/** A file that has one reason to change is short; a table of words may be as long as it has to be. */
const LONGEST = 220
const MEDIAN = 60
const WORDS = /\/words(?:\/|\.ts$)/

const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter(
    ({ name, parentPath }) => /\.tsx?$/.test(name) && !/\.test\.|\/testing/.test(join(parentPath, name)),
  )
  .map(({ name, parentPath }) => join(parentPath, name))
  .map(path => ({ path, lines: readFileSync(path, 'utf8').split('\n').length - 1 }))
  .sort((a, b) => b.lines - a.lines)

it(`no file of the program is longer than ${LONGEST} lines, but a table of words`, () => {
  const long = files.filter(({ path, lines }) => lines > LONGEST && !WORDS.test(path.replaceAll('\\', '/')))
  expect(long).toEqual([])
})

it(`half of the program's files have at most ${MEDIAN} lines`, () => {
  expect(files.at(Math.floor(files.length / 2))?.lines).toBeLessThanOrEqual(MEDIAN)
})
