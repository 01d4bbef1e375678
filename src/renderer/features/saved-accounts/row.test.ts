import i18next from 'i18next'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SavedAccount } from '../../../contract/state.ts'
import type { Blacklist, TrafficReport } from '../../../domain/traffic.ts'
import { startI18n } from '../../i18n/index.ts'
import type { PageStore } from '../../store/page-store.ts'
import { StoreProvider } from '../../store/react.ts'
import { A, AT, good, line, openPage } from '../../store/testing/page.ts'
import { Row } from './row.tsx'

beforeAll(() => startI18n('ja', 'linux'))

/** The words of a kept line’s row, without its marks. */
async function words(kept: SavedAccount, { language = 'ja', numbersHidden = false } = {}): Promise<string> {
  await i18next.changeLanguage(language)
  const { store, state } = openPage()
  if (numbersHidden) state().toggleNumbers()
  // A page that is written to a string reads the state that a store began with.
  const now: PageStore = { ...store, getInitialState: store.getState }
  const row = createElement(Row, {
    line: kept,
    index: 0,
    now: AT,
    top: 0,
    isStop: true,
    onFocus: () => {},
  })
  return renderToStaticMarkup(createElement(StoreProvider, { value: now }, row))
}

const kept = (last: Partial<TrafficReport>, before?: Partial<TrafficReport>): SavedAccount =>
  line(A, {
    label: '山田 太郎',
    note: '平日のみ',
    last: good(A, last),
    before: before === undefined ? null : good(A, before),
  })

describe('the row of a kept line', () => {
  it.each([
    ['ja', 'listed', 'ブラックリスト登録あり', '●'],
    ['ja', 'not-listed', 'ブラックリスト登録なし', '○'],
    ['ja', 'unknown', 'ブラックリスト不明', '?'],
    ['en', 'listed', 'Blacklisted', '●'],
    ['en', 'not-listed', 'Not blacklisted', '○'],
    ['en', 'unknown', 'Blacklist unknown', '?'],
  ] as const)('says in %s of the state %s: %s', async (language, blacklist, said, mark) => {
    const html = await words(kept({ blacklist }), { language })
    expect(html).toContain(`>${said}<`)
    expect(html).toContain(`>${mark}<`)
    for (const other of ['●', '○', '?']) if (other !== mark) expect(html).not.toContain(`>${other}<`)
  })

  it.each<[Blacklist, Blacklist, string]>([
    ['not-listed', 'listed', '新たに登録'],
    ['listed', 'not-listed', '登録解除'],
    ['listed', 'unknown', 'nothing'],
    ['not-listed', 'unknown', 'nothing'],
    ['unknown', 'unknown', 'nothing'],
    ['listed', 'listed', 'nothing'],
    ['not-listed', 'not-listed', 'nothing'],
  ])('tells of a change from %s to %s: %s', async (before, blacklist, said) => {
    const html = await words(kept({ blacklist }, { blacklist: before }))
    for (const change of ['新たに登録', '登録解除']) {
      if (change === said) expect(html).toContain(change)
      else expect(html).not.toContain(change)
    }
  })

  it('tells of no change where it was asked about once', async () => {
    expect(await words(kept({ blacklist: 'listed' }))).not.toContain('新たに登録')
  })

  it('says how much has been used since the last answer of the same day', async () => {
    expect(await words(kept({ todayKb: 300 }, { todayKb: 100 }))).toContain('+200 KB')
    const yesterday = { ...good(A, { todayKb: 100 }), askedAt: AT - 86_400_000, repliedAt: AT - 86_400_000 }
    const over = { ...kept({ todayKb: 300 }), before: yesterday }
    expect(await words(over)).not.toMatch(/\+\d/)
    expect(await words(kept({ todayKb: 300 }, { todayKb: null }))).not.toMatch(/\+\d/)
    expect(await words(kept({ todayKb: null }, { todayKb: 100 }))).toContain('データなし')
  })

  it('shows no number, name or note while numbers are hidden', async () => {
    const shown = await words(kept({}))
    for (const word of ['090-1234-5678', '山田 太郎', '平日のみ']) expect(shown).toContain(word)
    const hidden = (await words(kept({}), { numbersHidden: true })).replace(`data-account="${A.id}"`, '')
    expect(hidden).toContain('090-****-5678')
    expect(hidden).not.toMatch(/1234|山田|平日/)
  })
})
