import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../scripts/run.ts'

const documents = globSync(['*.md', 'docs/**/*.md', 'src/**/*.md', 'packages/*/*.md', '.github/*.md'], {
  cwd: root,
})

it.each(documents)('%s names files that are there', document => {
  const text = readFileSync(join(root, document), 'utf8')
  const named = [...text.matchAll(/`((?:src|e2e|docs|checks|scripts|bench|packages)\/[\w./-]+)`/g)].map(
    ([, path = '']) => join(root, path),
  )
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) =>
    join(root, dirname(document), path),
  )
  expect([...named, ...linked].filter(path => !existsSync(path))).toEqual([])
})
