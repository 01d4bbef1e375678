import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FIRST_STATE } from '../../contract/first-state.ts'
import { unrestricted } from '../../contract/policy.ts'
import { newProfile } from '../../contract/profile-defaults.ts'
import { defaultSettings } from '../../contract/settings.ts'
import type { AppState, ProfileState } from '../../contract/state.ts'
import { startDocument } from './start-document.ts'

const html = readFileSync(join(import.meta.dirname, '../../renderer/index.html'), 'utf8')

const ID = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'

const currentOf = (kind: 'host' | 'simulator'): ProfileState => ({
  profile: {
    ...newProfile({
      name: 'Operator',
      carrier: kind === 'host' ? { kind, origin: 'https://carrier.example' } : { kind },
    }),
    id: ID,
  },
  key: { savedAt: null, forThisRun: false, signedInAt: null },
  savedAccounts: { search: '', order: 'kept', offset: 0, total: 0, found: 0, lines: [] },
  today: [],
  gate: { inFlight: null, step: null, waiting: null, closed: null, isSure: true, budget: null },
  asked: null,
  teamPasswordAt: null,
})

const stateOf = (given: Partial<AppState> = {}): AppState => ({
  version: '1.0.0',
  platform: 'linux',
  agent: 'sato',
  quickEntry: 'off',
  language: 'ja',
  settings: defaultSettings,
  store: { kind: 'ok', backupAt: null },
  policy: unrestricted,
  update: null,
  profiles: [],
  current: currentOf('host'),
  ...given,
})

/** The state that a page would read from a document. */
function stateIn(document: string): unknown {
  const opening = `<script id="${FIRST_STATE}" type="application/json">`
  const from = document.indexOf(opening)
  expect(document.indexOf(opening, from + 1)).toBe(-1)
  // As HTML says it: a script's text ends at the first of these, wherever it stands.
  const text = document.slice(from + opening.length)
  return JSON.parse(text.slice(0, text.search(/<\/script|<!--|<script/i)))
}

describe('the page’s document', () => {
  it('holds the state of the program, for the page to be drawn from', () => {
    expect(stateIn(startDocument(html, stateOf()))).toEqual(stateOf())
  })

  it.each([
    '</script><script>run()</script>',
    '<!-- <script>',
    '</SCRIPT ><b>',
    '$& $` $1 $$',
    '\u2028\u2029\\u003c',
    '</body></html>',
  ])('keeps a name as a name that looks like markup: %s', name => {
    const state = stateOf({ agent: name })
    const document = startDocument(html, state)
    expect(stateIn(document)).toEqual(state)
    expect(document.match(/<script/g)).toHaveLength(2)
  })

  it.each(['ja', 'en'] as const)('is in the language of the screen from its first byte: %s', language => {
    expect(startDocument(html, stateOf({ language }))).toMatch(
      new RegExp(`^<!doctype html>\\r?\\n<html lang="${language}">`),
    )
  })

  it('has the panes in its first frame that the page will have', () => {
    const settings = { ...defaultSettings, listPane: false, ticketPane: false }
    const document = startDocument(html, stateOf({ settings, current: currentOf('simulator') }))
    expect(document).toContain('data-list="false" data-demo="true"')
    expect(document).toContain('data-pane="false"')
    expect(startDocument(html, stateOf())).toContain('data-list="true" data-demo="false"')
  })

  it('has no first frame of the main window where the first profile is still to be made', () => {
    const document = startDocument(html, stateOf({ current: null }))
    expect(document).toContain('<div id="root"></div>')
    expect(stateIn(document)).toEqual(stateOf({ current: null }))
  })
})
