import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../scripts/run.ts'

const folder = join(root, '.github/workflows')
const files = readdirSync(folder).map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

it.each(files)('$name takes each action by its full hash, with the version beside it', ({ text }) => {
  const actions = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action)
  expect(actions).not.toEqual([])
  for (const action of actions) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})

it.each(files)('$name may read the repository and no more, unless a job says why', ({ text }) => {
  expect(text).toMatch(/^permissions:\n {2}contents: read\n/m)
})
