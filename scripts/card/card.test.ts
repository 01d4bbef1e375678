import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../run.ts'
import { cardFiles } from './card.ts'

it.each(Object.entries(cardFiles()))(
  '%s is as `npm run card` writes it, with the keys that there are',
  (path, text) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text)
    expect(text).toContain('<kbd>Ctrl+Shift+C</kbd>')
    expect(text).not.toContain('undefined')
  },
)
