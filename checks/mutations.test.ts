import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../scripts/run.ts'
import { behaviourMutations } from './behaviour-mutations.ts'
import { mutations } from './security-mutations.ts'
import { teamMutations } from './team-mutations.ts'

describe('each protection that can be turned off, and each change that is to be noticed', () => {
  it.each([...mutations, ...behaviourMutations, ...teamMutations])(
    'stands in the program as it is: $name',
    ({ file, edits, by }) => {
      const text = readFileSync(join(root, file), 'utf8')
      for (const [find, replace] of edits) {
        expect(text.split(find)).toHaveLength(2)
        expect(replace).not.toBe(find)
      }
      const tests = 'unit' in by ? by.unit : [`e2e/${by.spec}.ts`]
      for (const test of tests) expect(existsSync(join(root, test))).toBe(true)
    },
  )
})
