import { beforeEach, describe, expect, it } from 'vitest'
import type { ClipboardContent } from '../../contract/bridge.ts'
import type { Profile } from '../../contract/settings.ts'
import { fail, ok } from '../../domain/result.ts'
import { A, AT, appOf, B, type Desk, FIRST, good, line, openDesk } from './testing/desk.ts'
import type { ChartPicture } from './ticket.ts'
import { shownTicketOf, ticketOf } from './ticket-of.ts'

const PNG = 'iVBORw0KGgo='
const choiceOf = (choice: object) => ({ template: 'full', masked: false, rawKb: false, ...choice })

let desk: Desk
let drawn: ChartPicture[]

const draw = (picture: ChartPicture) => {
  drawn.push(picture)
  return PNG
}

beforeEach(() => {
  desk = openDesk()
  drawn = []
})

const copies = () => desk.calls('copy').map(([content]) => content as ClipboardContent)
/** The desk with a preset chosen, and figures of A on the screen. */
async function deskWith(
  preset: 'text' | 'html' | 'csv',
  choice: object = {},
  profile: Partial<Profile> = {},
): Promise<void> {
  const settings = { ticketPresets: { [FIRST]: preset }, presetChoices: { [preset]: choiceOf(choice) } }
  desk = openDesk(appOf(FIRST, { settings, profile }))
  await desk.show(good(A))
}

describe('a copy of the ticket', () => {
  it('is the preview’s text, and says whose it was once it is on the clipboard', async () => {
    await desk.show(good(A))
    void desk.state().copyTicket()
    expect(copies()).toEqual([{ text: ticketOf(desk.state())?.text, html: null, png: null }])
    expect(copies()[0]?.text).toContain('090-1234-5678')
    expect(desk.notices()).toEqual([])
    await desk.answer('copy', ok(null))
    expect(desk.notices()).toEqual([{ kind: 'copied', account: A }])
  })

  it('names the account at the time of the copy, whatever came on the screen since', async () => {
    await desk.show(good(A))
    void desk.state().copyTicket()
    await desk.show(good(B))
    await desk.answer('copy', ok(null))
    expect(copies()[0]?.text).toContain('090-1234-5678')
    expect(desk.notices()).toEqual([{ kind: 'copied', account: A }])
  })

  it('that failed names the account too, and is never called a copy', async () => {
    await desk.show(good(A))
    void desk.state().copyTicket()
    await desk.show(good(B))
    await desk.answer('copy', fail({ code: 'CLIPBOARD_BUSY' }))
    expect(desk.notices()).toEqual([{ kind: 'not-copied', account: A }])
  })

  it('has rich text beside the plain where the preset is rich text', async () => {
    await deskWith('html')
    void desk.state().copyTicket()
    expect(copies()).toEqual([
      {
        text: expect.stringContaining('【通信量照会】090-1234-5678'),
        html: expect.stringMatching(/^<h3>【通信量照会】090-1234-5678/),
        png: null,
      },
    ])
  })

  it('of a failure names its account', async () => {
    await desk.failAt(B, { code: 'TIMEOUT' })
    void desk.state().copyTicket()
    expect(copies()[0]?.text).toContain('TIMEOUT in ja')
    await desk.answer('copy', ok(null))
    expect(desk.notices()).toEqual([{ kind: 'copied', account: B }])
  })

  it('is dated where midnight has passed since the preview was drawn', async () => {
    await desk.show(good(A))
    expect(ticketOf(desk.state())?.text).toContain('本日')
    desk.clock.now = Date.parse('2026-11-24T00:00:01+09:00')
    void desk.state().copyTicket()
    expect(copies()[0]?.text).toContain('11/23(月): 111 KB')
    expect(copies()[0]?.text).not.toContain('本日')
  })
})

describe('a copy where there is nothing to copy', () => {
  const views: readonly (readonly [string, () => Promise<void>])[] = [
    ['nothing', async () => {}],
    ['a question that waits', async () => void desk.state().lookUp(A)],
    ['a text that is no account', () => desk.state().submit()],
    [
      'an account of which nothing is stored',
      async () => {
        void desk.state().openStored(A)
        await desk.answer('storedLookup', ok({ lookup: null, savedLine: null }))
      },
    ],
  ]

  it.each(views)('leaves the clipboard alone and says so: %s', async (_, prepare) => {
    await prepare()
    desk.state().offerChart(draw)
    for (const act of ['copyTicket', 'copySentence', 'copyChart'] as const) await desk.state()[act]()
    expect(copies()).toEqual([])
    expect(desk.notices()).toEqual(Array.from({ length: 3 }, () => ({ kind: 'nothing-to-copy' })))
  })

  it('is one of the sentence or the chart of a failure', async () => {
    await desk.failAt(A, { code: 'TIMEOUT' })
    desk.state().offerChart(draw)
    await desk.state().copySentence()
    await desk.state().copyChart()
    expect(copies()).toEqual([])
    expect(desk.notices().map(({ kind }) => kind)).toEqual(['nothing-to-copy', 'nothing-to-copy'])
  })
})

describe('a copy of what to say', () => {
  it('is the sentence alone, in the screen’s language, and names the account', async () => {
    await desk.show(good(A))
    void desk.state().copySentence()
    expect(copies()).toEqual([{ text: expect.stringContaining('13:05時点で111 KB'), html: null, png: null }])
    await desk.show(good(B))
    await desk.answer('copy', ok(null))
    expect(desk.notices()).toEqual([{ kind: 'sentence-copied', account: A }])
  })

  it('follows the profile’s days and units, and is dated after midnight', async () => {
    const days = { order: 'oldest-first', includesToday: false } as const
    desk = openDesk(appOf(FIRST, { profile: { days, kbBase: 1000 } }))
    await desk.show(good(A, { todayKb: 2_000, recentDays: '1000,2000,5000' }))
    void desk.state().copySentence()
    expect(copies()[0]?.text).toContain('2.0 MB')
    expect(copies()[0]?.text).toContain('9.0 MB')
    desk.clock.now = Date.parse('2026-11-24T00:00:01+09:00')
    void desk.state().copySentence()
    expect(copies()[1]?.text).not.toContain('本日')
  })
})

describe('a copy of the chart', () => {
  it('is a picture alone, titled with whose and of when it is', async () => {
    await desk.show(good(A))
    desk.state().offerChart(draw)
    void desk.state().copyChart()
    expect(copies()).toEqual([{ text: null, html: null, png: PNG }])
    expect(drawn).toEqual([
      { language: 'ja', title: ['090-1234-5678 日別通信量（2026-11-23 13:05 JST 時点）'] },
    ])
    await desk.show(good(B))
    await desk.answer('copy', ok(null))
    expect(desk.notices()).toEqual([{ kind: 'chart-copied', account: A }])
  })

  it('has the ticket’s language and its masked number', async () => {
    desk = openDesk(
      appOf(FIRST, {
        settings: { ticketLanguage: 'en', presetChoices: { text: choiceOf({ masked: true }) } },
      }),
    )
    await desk.show(good(A))
    desk.state().offerChart(draw)
    void desk.state().copyChart()
    expect(drawn).toEqual([
      { language: 'en', title: ['090-****-5678 usage by day (as of 2026-11-23 13:05 JST)'] },
    ])
  })

  it('of the simulator says that its figures are made up', async () => {
    await deskWith('text', {}, { carrier: { kind: 'simulator' } })
    desk.state().offerChart(draw)
    void desk.state().copyChart()
    expect(drawn[0]?.title).toEqual([expect.any(String), expect.stringContaining('デモ用の架空データ')])
  })

  it('is none once the chart has left the screen', async () => {
    await desk.show(good(A))
    desk.state().offerChart(draw)
    desk.state().offerChart(null)
    await desk.state().copyChart()
    expect(copies()).toEqual([])
    expect(desk.notices()).toEqual([{ kind: 'nothing-to-copy' }])
  })
})

describe('a copy with the chart', () => {
  it('is the chart above the ticket as rich text, and the ticket as plain', async () => {
    await deskWith('html')
    desk.state().offerChart(draw)
    void desk.state().copyWithChart()
    const ticket = ticketOf(desk.state())
    expect(copies()).toEqual([{ text: ticket?.text, html: expect.any(String), png: null }])
    const html = copies()[0]?.html ?? ''
    expect(html).toMatch(/^<p><img alt="日別通信量のグラフ" src="data:image\/png;base64,iVBORw0KGgo="><\/p>/)
    expect(html.endsWith(ticket?.html ?? '-')).toBe(true)
    await desk.show(good(B))
    await desk.answer('copy', ok(null))
    expect(desk.notices()).toEqual([{ kind: 'copied', account: A }])
  })

  it.each(['text', 'csv'] as const)('is not made where the ticket is no rich text: %s', async preset => {
    await deskWith(preset)
    desk.state().offerChart(draw)
    await desk.state().copyWithChart()
    expect(copies()).toEqual([])
    expect(desk.notices()).toEqual([{ kind: 'needs-rich-text' }])
  })

  it('is not made without a chart', async () => {
    await deskWith('html')
    await desk.state().copyWithChart()
    expect(copies()).toEqual([])
    expect(desk.notices()).toEqual([{ kind: 'nothing-to-copy' }])
  })

  it('is dated after midnight', async () => {
    await deskWith('html')
    desk.state().offerChart(draw)
    desk.clock.now = Date.parse('2026-11-24T00:00:01+09:00')
    void desk.state().copyWithChart()
    expect(copies()[0]?.html).not.toContain('本日')
  })
})

describe('while numbers are hidden on the screen', () => {
  beforeEach(async () => {
    const settings = { ticketPresets: { [FIRST]: 'html' as const } }
    const carrier = { resultCode: '100', statusCode: '200', message: 'OK 09012345678' }
    desk = openDesk(appOf(FIRST, { settings, savedLines: [line(A, { label: '山田 太郎' })] }))
    await desk.show(good(A, { carrier }, { askedAt: AT }))
    desk.state().toggleVeil()
    desk.state().offerChart(draw)
  })

  it('the ticket is copied whole', () => {
    void desk.state().copyTicket()
    expect(shownTicketOf(desk.state())?.text).toContain('090-****-5678')
    expect(copies()[0]?.text).toContain('090-1234-5678')
    expect(copies()[0]?.html).toContain('090-1234-5678')
  })

  it('the ticket is copied whole with its chart, and so is the chart alone', () => {
    void desk.state().copyWithChart()
    expect(copies()[0]?.html).toContain('090-1234-5678')
    void desk.state().copyChart()
    expect(drawn.map(({ title }) => title[0])).toEqual([
      expect.stringContaining('090-1234-5678'),
      expect.stringContaining('090-1234-5678'),
    ])
  })

  it('the customer’s name is copied where the template has it', async () => {
    void desk.state().changePreset({ template: 'handOver' })
    void desk.state().copyTicket()
    expect(copies()[0]?.text).toContain('山田 太郎')
    expect(shownTicketOf(desk.state())?.text).not.toContain('山田')
  })
})
