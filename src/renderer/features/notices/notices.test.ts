import i18next from 'i18next'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { startI18n } from '../../i18n/index.ts'
import type { NoticeContent } from '../../store/notices.ts'
import type { PageStore } from '../../store/page-store.ts'
import { StoreProvider } from '../../store/react.ts'
import { A, line, openPage } from '../../store/testing/page.ts'
import { Notices } from './notices.tsx'

const languages = ['ja', 'en'] as const

beforeAll(() => startI18n('ja', 'linux'))

/** The words on the screen, with numbers shown or hidden. */
async function words(
  notice: NoticeContent,
  { language = 'ja', numbersHidden = false } = {},
): Promise<string> {
  await i18next.changeLanguage(language)
  const { store, state } = openPage()
  if (numbersHidden) state().toggleNumbers()
  state().notify(notice)
  // A page that is written to a string reads the state that a store began with.
  const now: PageStore = { ...store, getInitialState: store.getState }
  const html = renderToStaticMarkup(createElement(StoreProvider, { value: now }, createElement(Notices)))
  return /<span>(.*?)<\/span>/.exec(html)?.[1] ?? ''
}

const removed = { kind: 'removed', line: line(A, { label: '山田 太郎', note: '内密' }) } as const

const aboutAnAccount: readonly NoticeContent[] = [
  ...(['copied', 'not-copied', 'chart-copied', 'sentence-copied', 'superseded', 'filed'] as const).map(
    kind => ({ kind, account: A }),
  ),
  { kind: 'failed', account: A, code: 'TIMEOUT' },
  removed,
]

const files: readonly NoticeContent[] = [
  { kind: 'exported', file: 'lines 090-1234-5678.csv' },
  { kind: 'lookups-exported', file: 'history_09012345678.csv', count: 12 },
]

describe.each(languages)('a notice in %s', language => {
  it.each(aboutAnAccount)('names the account it is about: $kind', async notice => {
    expect(await words(notice, { language })).toContain('090-1234-5678')
  })

  it.each([...aboutAnAccount, ...files])('shows no number while numbers are hidden: $kind', async notice => {
    const shown = await words(notice, { language, numbersHidden: true })
    expect(shown).toContain('5678')
    expect(shown).not.toMatch(/123|234/)
  })

  it.each(files)('names the file as it is while numbers are shown: $kind', async notice => {
    expect(await words(notice, { language })).toContain('file' in notice ? notice.file : '-')
  })

  it('never shows what is written of a line', async () => {
    for (const numbersHidden of [false, true]) {
      expect(await words(removed, { language, numbersHidden })).not.toMatch(/山田|内密/)
    }
  })

  it('has words of its own for each thing, so that none is taken for another', async () => {
    const all: readonly NoticeContent[] = [
      ...aboutAnAccount,
      ...files,
      { kind: 'nothing-to-copy' },
      { kind: 'needs-rich-text' },
      { kind: 'trouble', code: 'STORE_READ_ONLY' },
    ]
    const said = await Promise.all(all.map(notice => words(notice, { language })))
    expect(new Set(said).size).toBe(all.length)
    expect(said).not.toContain('')
  })
})

describe('a notice', () => {
  it.each([
    [{ kind: 'copied', account: A }, '090-1234-5678 の結果をコピーしました'],
    [{ kind: 'not-copied', account: A }, '090-1234-5678 の結果をコピーできませんでした'],
    [{ kind: 'chart-copied', account: A }, '090-1234-5678 のグラフをコピーしました'],
    [{ kind: 'sentence-copied', account: A }, '090-1234-5678 の案内文をコピーしました'],
    [{ kind: 'failed', account: A, code: 'TIMEOUT' }, '090-1234-5678: 時間内に回答がありませんでした'],
    [{ kind: 'lookups-exported', file: 'a.csv', count: 12 }, 'a.csv に 12 件を書き出しました'],
    [{ kind: 'trouble', code: 'STORE_READ_ONLY' }, '保存できませんでした'],
  ] as const)('says what was done, and to what: %j', async (notice, text) => {
    expect(await words(notice)).toBe(text)
  })
})
