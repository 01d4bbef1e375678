import i18next from 'i18next'
import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DailyUsage } from '../../../domain/traffic.ts'
import { startI18n } from '../../i18n/index.ts'
import type { PageStore } from '../../store/page-store.ts'
import { StoreProvider } from '../../store/react.ts'
import { A, appOf, FIRST, good, openPage } from '../../store/testing/page.ts'
import { figure } from '../../ui/format.ts'
import { State, Window } from './figures.tsx'

beforeAll(() => startI18n('ja', 'linux'))

type Language = 'ja' | 'en'

/** What is written on the screen, part by part. */
async function words(element: ReactElement, language: Language): Promise<readonly string[]> {
  await i18next.changeLanguage(language)
  const { store } = openPage({ ...appOf(FIRST), language })
  const now: PageStore = { ...store, getInitialState: store.getState }
  const html = renderToStaticMarkup(createElement(StoreProvider, { value: now }, element))
  return html
    .replace(/<svg.*?<\/svg>/g, '')
    .split(/<[^>]*>/)
    .filter(text => text !== '')
}

describe('the blacklist beside the figures', () => {
  it.each([
    ['ja', 'listed', 'ブラックリスト登録あり'],
    ['ja', 'not-listed', 'ブラックリスト登録なし'],
    ['ja', 'unknown', 'ブラックリスト不明'],
    ['en', 'listed', 'Blacklisted'],
    ['en', 'not-listed', 'Not blacklisted'],
    ['en', 'unknown', 'Blacklist unknown'],
  ] as const)('says in %s of the state %s: %s', async (language, state, said) => {
    expect(await words(createElement(State, { state, lookup: null }), language)).toEqual([said])
  })

  it.each([
    ['ja', '2026-11-23 13:05 JST 時点'],
    ['en', 'As of 2026-11-23 13:05 JST'],
  ] as const)('of another day says of when it is: %s', async (language, at) => {
    const [when] = await words(createElement(State, { state: 'unknown', lookup: good(A) }), language)
    expect(when).toBe(at)
  })
})

describe('the figures of the carrier’s window', () => {
  const day = (daysBefore: number, kb: number | null): DailyUsage => ({ date: null, daysBefore, kb })
  const show = (kb: number | null) => figure(kb, 1024, 'no data')
  const shown = (days: readonly DailyUsage[], before: string | null = null) =>
    words(createElement(Window, { days, before, show }), 'en')

  it('are total, average and peak, and say that today is not in them', async () => {
    expect(await shown([day(1, 100), day(2, 2_048)])).toEqual([
      ...['Total', '2.1 MB', 'Average', '1.0 MB', 'Peak', '2.0 MB'],
      'last 2 days, excl. today',
    ])
  })

  it('are no data where a day is missing, never a smaller sum', async () => {
    expect(await shown([day(1, 100), day(2, null)])).toEqual([
      ...['Total', 'no data', 'Average', 'no data', 'Peak', 'no data'],
      'last 2 days, excl. today',
    ])
  })

  it('of another day name that day', async () => {
    expect((await shown([day(1, 1), day(2, 2)], 'Mon 23 Nov')).at(-1)).toBe('The 2 days before Mon 23 Nov')
  })
})
