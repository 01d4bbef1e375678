import { describe, expect, it } from 'vitest'
import { builtIn } from '../../ticket/built-in.ts'
import { ticketPresetIds } from '../../ticket/presets.ts'
import { conditions, placeholders } from '../../ticket/template-language.ts'
import { ticketWords } from '../../ticket/words.ts'
import en from './en.json'
import ja from './ja.json'

const languages = [
  ['ja', ja],
  ['en', en],
] as const

type Words = { readonly [key: string]: string | Words }

/** Every text by its path. */
const textsOf = (words: Words, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as const] : textsOf(value, `${path}${key}.`),
  )
const asked = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort()

describe('the screen’s words for the blacklist', () => {
  it.each([
    ['ja', ja, ['ブラックリスト登録あり', 'ブラックリスト登録なし', 'ブラックリスト不明']],
    ['en', en, ['Blacklisted', 'Not blacklisted', 'Blacklist unknown']],
  ] as const)('say of an unknown state that it is unknown, and of no other: %s', (_, words, said) => {
    const { listed, 'not-listed': notListed, unknown } = words.usage.state
    expect([listed, notListed, unknown]).toEqual(said)
  })

  it.each(languages)('are the ticket’s: %s', (language, { usage, template }) => {
    const { state } = ticketWords[language]
    expect(usage.state.unknown).toContain(state.unknown)
    if (language === 'ja') {
      expect(usage.state.listed).toContain(state.listed)
      expect(usage.state['not-listed']).toContain(state['not-listed'])
    }
    const { blacklisted, unknownState } = template.condition
    expect(blacklisted).not.toMatch(/不明|unknown/)
    expect(unknownState).toMatch(/不明|unknown/)
  })

  it.each(languages)('speak of a change to listed and to not listed alone: %s', (_, { saved }) => {
    expect(saved.nowListed).not.toBe(saved.nowClear)
    for (const words of [saved.nowListed, saved.nowClear]) expect(words).not.toMatch(/不明|unknown/)
  })
})

describe('the screen’s words for sums', () => {
  it.each([
    ['ja', ja, /含む/, /除く/],
    ['en', en, /incl\./, /excl\./],
  ] as const)('say which of them has today in it: %s', (_, { usage, template }, including, excluding) => {
    for (const words of [usage.withToday, usage.withThatDay]) {
      expect(words).toMatch(including)
      expect(words).not.toMatch(excluding)
    }
    for (const words of [usage.withoutToday, usage.withoutThatDay]) {
      expect(words).toMatch(excluding)
      expect(words).not.toMatch(including)
    }
    expect(usage.windowHint).toMatch(excluding)
    const { sumWithToday, sumWithoutToday } = template.placeholder
    expect(sumWithToday).toMatch(/含む|including/)
    expect(sumWithoutToday).toMatch(/除く|excluding/)
  })

  it.each(languages)('never call another day’s today’s: %s', (_, { usage }) => {
    for (const words of [usage.withThatDay, usage.withoutThatDay, usage.windowBefore, usage.summaryDated]) {
      expect(words.replace('{{today}}', '')).not.toMatch(/本日|直近|today|last/i)
    }
  })

  it.each(languages)('never call no data 0: %s', (language, { usage }) => {
    expect(usage.noData).toBe(ticketWords[language].noData)
    expect(usage.noData).not.toMatch(/0|０/)
  })
})

describe('the screen’s words', () => {
  it('ask for the same values in both languages', () => {
    const english = new Map(textsOf(en))
    for (const [path, text] of textsOf(ja)) {
      expect([path, asked(english.get(path) ?? '')]).toEqual([path, asked(text)])
    }
  })

  it.each(languages)('are there for every preset, template, placeholder and condition: %s', (_, words) => {
    expect(Object.keys(words.ticket.presets)).toEqual(ticketPresetIds)
    expect(Object.keys(words.ticket.templates)).toEqual(Object.keys(builtIn))
    expect(Object.keys(words.template.placeholder).sort()).toEqual([...placeholders].sort())
    expect(Object.keys(words.template.condition).sort()).toEqual([...conditions].sort())
    const names = Object.values(words.ticket.presets)
    expect(new Set(names).size).toBe(names.length)
  })
})
