import i18next from 'i18next'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { commandIds } from '../../../contract/commands.ts'
import { failureCodes } from '../../../domain/failure.ts'
import { startI18n } from '../../i18n/index.ts'
import type { PageStore } from '../../store/page-store.ts'
import { StoreProvider } from '../../store/react.ts'
import { appOf, FIRST, openPage } from '../../store/testing/page.ts'
import { GuidePage } from './guide-sheet.tsx'
import { topics } from './guide-words.ts'

beforeAll(() => startI18n('ja', 'linux'))

async function guideIn(language: 'ja' | 'en'): Promise<string> {
  await i18next.changeLanguage(language)
  const { store } = openPage({ ...appOf(FIRST), language })
  const now: PageStore = { ...store, getInitialState: store.getState }
  return renderToStaticMarkup(createElement(StoreProvider, { value: now }, createElement(GuidePage)))
}

describe.each(['ja', 'en'] as const)('the guide in %s', language => {
  it('has a place for every topic, every failure and every command, and no other', async () => {
    const ids = [...(await guideIn(language)).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.sort()).toEqual(
      [
        ...topics,
        ...failureCodes.map(code => `failure-${code}`),
        ...commandIds.map(id => `command-${id}`),
      ].sort(),
    )
  })

  it('says something at each of them, in this language', async () => {
    const html = await guideIn(language)
    expect(html).not.toMatch(/<(?:h3|h4|p)[^>]*><\//)
    expect(html).not.toMatch(/failures?\.[A-Z_]+|\{\{|undefined/)
    const paragraphs = [...html.matchAll(/<p>(.*?)<\/p>/g)].map(([, text = '']) => text)
    for (const text of paragraphs) expect(/[ぁ-んァ-ン一-龠]/.test(text), text).toBe(language === 'ja')
  })
})
