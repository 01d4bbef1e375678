import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../scripts/run.ts'

const text = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
const headings = (level: number) =>
  [...text.matchAll(new RegExp(`^#{${level}} (.*)$`, 'gm'))].map(([, title = '']) => title)

describe('CHANGELOG.md', () => {
  it('begins with what is not released yet, then each version with its day, the newest first', () => {
    const [first, ...released] = headings(2)
    expect(first).toBe('[Unreleased]')
    for (const title of released) expect(title).toMatch(/^\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$/)
    const days = released.map(title => title.slice(-10))
    expect(days).toEqual([...days].sort().reverse())
  })

  it('has the kinds of change that the form knows, and something under each', () => {
    const kinds = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']
    for (const kind of headings(3)) expect(kinds).toContain(kind)
    expect(text).not.toMatch(/^### .*\n\n(?!- )/m)
  })
})
