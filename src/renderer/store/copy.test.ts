import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ClipboardContent } from '../../contract/bridge.ts'
import type { Profile } from '../../contract/profile.ts'
import { fail, ok } from '../../domain/result.ts'
import { words } from '../../domain/words/words.ts'
import { A, AT, appOf, B, FIRST, good, line, openPage, type Page, recorded } from './testing/page.ts'
import { readTicketWriter } from './ticket.ts'
import type { ChartPicture } from './ticket-copies.ts'
import { shownTicketOf, ticketOf } from './ticket-of.ts'

beforeAll(readTicketWriter)

const PNG = 'iVBORw0KGgo='
const choiceOf = (choice: object) => ({ template: 'full', masked: false, rawKb: false, ...choice })

let page: Page
let drawn: ChartPicture[]

const draw = (picture: ChartPicture) => {
  drawn.push(picture)
  return PNG
}

beforeEach(() => {
  page = openPage()
  drawn = []
})

const copies = () => page.calls('copy').map(([content]) => content as ClipboardContent)
/** A page with a preset chosen, and figures of A on the screen. */
async function pageWith(
  preset: 'text' | 'html' | 'csv',
  choice: object = {},
  profile: Partial<Profile> = {},
): Promise<void> {
  const settings = { ticketPresets: { [FIRST]: preset }, presetChoices: { [preset]: choiceOf(choice) } }
  page = openPage(appOf(FIRST, { settings, profile }))
  await page.show(good(A))
}

describe('a copy of the ticket', () => {
  it('is the preview’s text, and says whose it was once it is on the clipboard', async () => {
    await page.show(good(A))
    void page.state().copyTicket()
    expect(copies()).toEqual([{ text: ticketOf(page.state())?.text, html: null, png: null }])
    expect(copies()[0]?.text).toContain('090-1234-5678')
    expect(page.notices()).toEqual([])
    await page.answer('copy', ok(null))
    expect(page.notices()).toEqual([{ kind: 'copied', account: A }])
  })

  it('names the account at the time of the copy, whatever came on the screen since', async () => {
    await page.show(good(A))
    void page.state().copyTicket()
    await page.show(good(B))
    await page.answer('copy', ok(null))
    expect(copies()[0]?.text).toContain('090-1234-5678')
    expect(page.notices()).toEqual([{ kind: 'copied', account: A }])
  })

  it('that failed names the account too, and is never called a copy', async () => {
    await page.show(good(A))
    void page.state().copyTicket()
    await page.show(good(B))
    await page.answer('copy', fail({ code: 'CLIPBOARD_BUSY' }))
    expect(page.notices()).toEqual([{ kind: 'not-copied', account: A }])
  })

  it('has rich text beside the plain where the preset is rich text', async () => {
    await pageWith('html')
    void page.state().copyTicket()
    expect(copies()).toEqual([
      {
        text: expect.stringContaining('【通信量照会】090-1234-5678'),
        html: expect.stringMatching(/^<h3>【通信量照会】090-1234-5678/),
        png: null,
      },
    ])
  })

  it('of a failure names its account', async () => {
    await page.failAt(B, { code: 'TIMEOUT' }, recorded(B, { code: 'TIMEOUT' }))
    void page.state().copyTicket()
    expect(copies()[0]?.text).toContain(`${words.ja.failures.TIMEOUT}`)
    await page.answer('copy', ok(null))
    expect(page.notices()).toEqual([{ kind: 'copied', account: B }])
  })

  it('is dated where midnight has passed since the preview was drawn', async () => {
    await page.show(good(A))
    expect(ticketOf(page.state())?.text).toContain('本日')
    page.clock.now = Date.parse('2026-11-24T00:00:01+09:00')
    void page.state().copyTicket()
    expect(copies()[0]?.text).toContain('11/23(月): 111 KB')
    expect(copies()[0]?.text).not.toContain('本日')
  })
})

describe('a copy where there is nothing to copy', () => {
  const views: readonly (readonly [string, () => Promise<void>])[] = [
    ['nothing', async () => {}],
    ['a question that waits', async () => void page.state().lookUp(A)],
    ['a text that is no account', () => page.state().submit()],
    [
      'an account of which nothing is stored',
      async () => {
        void page.state().openStored(A)
        await page.answer('storedLookup', ok({ lookup: null, savedAccount: null }))
      },
    ],
  ]

  it.each(views)('leaves the clipboard alone and says so: %s', async (_, prepare) => {
    await prepare()
    page.state().offerChart(draw)
    for (const act of ['copyTicket', 'copySentence', 'copyChart'] as const) await page.state()[act]()
    expect(copies()).toEqual([])
    expect(page.notices()).toEqual(Array.from({ length: 3 }, () => ({ kind: 'nothing-to-copy' })))
  })

  it('is one of the ticket or the chart of what was not sent', async () => {
    await page.failAt(A, { code: 'BUDGET_SPENT', opensInMs: 1 })
    page.state().offerChart(draw)
    await page.state().copyTicket()
    await page.state().copyChart()
    expect(copies()).toEqual([])
    expect(page.notices().map(({ kind }) => kind)).toEqual(['nothing-to-copy', 'nothing-to-copy'])
  })
})

describe('a copy of what to say', () => {
  it('is there for a failure, too: the customer waits for an answer', async () => {
    await page.failAt(A, { code: 'BUDGET_SPENT', opensInMs: 1 })
    void page.state().copySentence()
    expect(copies()[0]?.text).toMatch(/^恐れ入りますが/)
  })

  it('is the sentence alone, in the screen’s language, and names the account', async () => {
    await page.show(good(A))
    void page.state().copySentence()
    expect(copies()).toEqual([
      { text: expect.stringContaining('13:05時点で約111 KB'), html: null, png: null },
    ])
    await page.show(good(B))
    await page.answer('copy', ok(null))
    expect(page.notices()).toEqual([{ kind: 'sentence-copied', account: A }])
  })

  it('follows the profile’s days and units, and is dated after midnight', async () => {
    const days = { order: 'oldest-first', includesToday: false } as const
    page = openPage(appOf(FIRST, { profile: { days, kbBase: 1000 } }))
    await page.show(good(A, { todayKb: 2_000, recentDays: '1000,2000,5000' }))
    void page.state().copySentence()
    expect(copies()[0]?.text).toContain('約2 MB')
    expect(copies()[0]?.text).toContain('約9 MB')
    page.clock.now = Date.parse('2026-11-24T00:00:01+09:00')
    void page.state().copySentence()
    expect(copies()[1]?.text).not.toContain('本日')
  })
})

describe('a copy of the chart', () => {
  it('is a picture alone, titled with whose and of when it is', async () => {
    await page.show(good(A))
    page.state().offerChart(draw)
    void page.state().copyChart()
    expect(copies()).toEqual([{ text: null, html: null, png: PNG }])
    expect(drawn).toEqual([
      { language: 'ja', title: ['090-1234-5678 日別通信量（2026-11-23 13:05 JST 時点）'] },
    ])
    await page.show(good(B))
    await page.answer('copy', ok(null))
    expect(page.notices()).toEqual([{ kind: 'chart-copied', account: A }])
  })

  it('has the ticket’s language and its masked number', async () => {
    page = openPage(
      appOf(FIRST, {
        settings: { ticketLanguage: 'en', presetChoices: { text: choiceOf({ masked: true }) } },
      }),
    )
    await page.show(good(A))
    page.state().offerChart(draw)
    void page.state().copyChart()
    expect(drawn).toEqual([
      { language: 'en', title: ['090-****-5678 usage by day (as of 2026-11-23 13:05 JST)'] },
    ])
  })

  it('of the simulator says that its figures are made up', async () => {
    await pageWith('text', {}, { carrier: { kind: 'simulator' } })
    page.state().offerChart(draw)
    void page.state().copyChart()
    expect(drawn[0]?.title).toEqual([expect.any(String), expect.stringContaining('デモ用の架空データ')])
  })

  it('is none once the chart has left the screen', async () => {
    await page.show(good(A))
    page.state().offerChart(draw)
    page.state().offerChart(null)
    await page.state().copyChart()
    expect(copies()).toEqual([])
    expect(page.notices()).toEqual([{ kind: 'nothing-to-copy' }])
  })
})

describe('a copy with the chart', () => {
  it('is the chart above the ticket as rich text, and the ticket as plain', async () => {
    await pageWith('html')
    page.state().offerChart(draw)
    void page.state().copyWithChart()
    const ticket = ticketOf(page.state())
    expect(copies()).toEqual([{ text: ticket?.text, html: expect.any(String), png: null }])
    const html = copies()[0]?.html ?? ''
    expect(html).toMatch(/^<p><img alt="日別通信量のグラフ" src="data:image\/png;base64,iVBORw0KGgo="><\/p>/)
    expect(html.endsWith(ticket?.html ?? '-')).toBe(true)
    await page.show(good(B))
    await page.answer('copy', ok(null))
    expect(page.notices()).toEqual([{ kind: 'copied', account: A }])
  })

  it.each(['text', 'csv'] as const)('is not made where the ticket is no rich text: %s', async preset => {
    await pageWith(preset)
    page.state().offerChart(draw)
    await page.state().copyWithChart()
    expect(copies()).toEqual([])
    expect(page.notices()).toEqual([{ kind: 'needs-rich-text' }])
  })

  it('is not made without a chart', async () => {
    await pageWith('html')
    await page.state().copyWithChart()
    expect(copies()).toEqual([])
    expect(page.notices()).toEqual([{ kind: 'nothing-to-copy' }])
  })

  it('is dated after midnight', async () => {
    await pageWith('html')
    page.state().offerChart(draw)
    page.clock.now = Date.parse('2026-11-24T00:00:01+09:00')
    void page.state().copyWithChart()
    expect(copies()[0]?.html).not.toContain('本日')
  })
})

describe('while numbers are hidden on the screen', () => {
  beforeEach(async () => {
    const settings = { ticketPresets: { [FIRST]: 'html' as const } }
    const carrier = { resultCode: '100', statusCode: '200', message: 'OK 09012345678' }
    page = openPage(appOf(FIRST, { settings, savedAccounts: [line(A, { label: '山田 太郎' })] }))
    await page.show(good(A, { carrier }, { askedAt: AT }))
    page.state().toggleNumbers()
    page.state().offerChart(draw)
  })

  it('the ticket is copied whole', () => {
    void page.state().copyTicket()
    expect(shownTicketOf(page.state())?.text).toContain('090-****-5678')
    expect(copies()[0]?.text).toContain('090-1234-5678')
    expect(copies()[0]?.html).toContain('090-1234-5678')
  })

  it('the ticket is copied whole with its chart, and so is the chart alone', () => {
    void page.state().copyWithChart()
    expect(copies()[0]?.html).toContain('090-1234-5678')
    void page.state().copyChart()
    expect(drawn.map(({ title }) => title[0])).toEqual([
      expect.stringContaining('090-1234-5678'),
      expect.stringContaining('090-1234-5678'),
    ])
  })

  it('the customer’s name is copied where the template has it', async () => {
    void page.state().changePreset({ template: 'handOver' })
    void page.state().copyTicket()
    expect(copies()[0]?.text).toContain('山田 太郎')
    expect(shownTicketOf(page.state())?.text).not.toContain('山田')
  })
})
