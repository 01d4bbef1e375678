import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from './en.json' with { type: 'json' }
import ja from './ja.json' with { type: 'json' }

const page = join(import.meta.dirname, '..')
const html = readFileSync(join(page, 'index.html'), 'utf8')

const said = (language: string): readonly string[] =>
  [...html.matchAll(new RegExp(`<span lang="${language}">([^<]*)</span>`, 'g'))].map(([, text = '']) => text)

describe('the document’s first frame', () => {
  it.each([
    ['ja', ja],
    ['en', en],
  ] as const)('says in %s what the page will say there', (language, words) => {
    expect(said(language)).toEqual([
      words.recents.title,
      words.saved.title,
      words.lookup.submit,
      words.ticket.title,
      words.ticket.title,
    ])
    expect(html).toContain(`placeholder="${words.lookup.placeholder}"`)
  })

  it('has the classes of the page’s own boxes, each by the file that it is in', () => {
    const styles = readdirSync(page, { recursive: true, encoding: 'utf8' }).filter(file =>
      file.endsWith('.module.css'),
    )
    const names = styles.map(file => file.split(/[/\\]/).at(-1)?.replace('.module.css', '') ?? '')
    expect(new Set(names).size).toBe(names.length)
    const classes = new Set(
      styles.flatMap((file, at) =>
        [...readFileSync(join(page, file), 'utf8').matchAll(/\.([a-zA-Z][\w-]*)/g)].map(
          ([, name]) => `${names[at]}-${name}`,
        ),
      ),
    )
    const used = [...html.matchAll(/class="([^"]*)"/g)].flatMap(([, list = '']) => list.split(' '))
    expect(used.filter(name => name !== 'first-frame' && !classes.has(name))).toEqual([])
  })
})
