import { describe, expect, it } from 'vitest'
import type { PresetChoice, Profile, Settings } from '../../contract/settings.ts'
import { fail, ok } from '../../domain/result.ts'
import { readyMade } from '../../ticket/ready-made.ts'
import { A, AT, appOf, B, FIRST, good, line, openDesk, recorded, SECOND } from './testing/desk.ts'
import { draftText, shownTicketOf, templateText, ticketChoice, ticketOf } from './ticket-of.ts'

const OWN = { id: '8f9619ff-8b86-4d01-b42d-00cf4fc964ff', name: 'Own', text: 'own {{number}}' }
const YAMADA = line(A, { label: '山田 太郎', note: '内密' })
const SUZUKI = line(B, { label: '鈴木 花子' })
const TIMEOUT = { code: 'TIMEOUT' } as const

const choice = (given: Partial<PresetChoice> = {}): PresetChoice => ({
  template: 'full',
  masked: false,
  rawKb: false,
  ...given,
})

/** A desk whose plain ticket is written by this template. */
function deskWith(
  text: string,
  given: {
    readonly settings?: Partial<Settings>
    readonly profile?: Partial<Profile>
    readonly masked?: boolean
  } = {},
) {
  const { settings, masked = false } = given
  return openDesk(
    appOf(FIRST, {
      savedLines: [YAMADA, SUZUKI],
      ...(given.profile && { profile: given.profile }),
      settings: {
        ticketTemplates: [{ ...OWN, text }],
        presetChoices: { text: choice({ template: OWN.id, masked }) },
        ...settings,
      },
    }),
  )
}

describe('the ticket’s label', () => {
  it('is that of the line on the screen', async () => {
    const desk = deskWith('{{number}} {{label}}')
    const text = () => ticketOf(desk.state())?.text
    await desk.show(good(A))
    expect(text()).toBe('090-1234-5678 山田 太郎')
    await desk.show(good(B))
    expect(text()).toBe('080-1111-2222 鈴木 花子')
    await desk.failAt(A, TIMEOUT)
    expect(text()).toBe('090-1234-5678 山田 太郎')
  })

  it('is none for a line that is not kept', async () => {
    const desk = deskWith('{{number}} {{label}}')
    desk.keep([YAMADA])
    await desk.show(good(B))
    expect(ticketOf(desk.state())?.text).toBe('080-1111-2222')
  })

  it('follows what is written of the line', async () => {
    const desk = deskWith('{{label}}')
    await desk.failAt(A, TIMEOUT)
    void desk.state().editLine({ ...YAMADA, label: '山田 次郎' })
    await desk.answer('editLine', ok(null))
    expect(ticketOf(desk.state())?.text).toBe('山田 次郎')
  })
})

describe('the ticket of a failure', () => {
  it('waits until it is known whether the question reached the carrier', async () => {
    const desk = deskWith('{{number}} {{failure}} {{askedAt}}')
    void desk.state().lookUp(A)
    await desk.answer('lookUp', fail(TIMEOUT))
    expect(ticketOf(desk.state())).toBeNull()
    await desk.answer(
      'lastLookup',
      ok({ lookup: recorded(A, TIMEOUT, { askedAt: AT - 60_000 }), savedLine: null }),
    )
    expect(ticketOf(desk.state())?.text).toBe('090-1234-5678 TIMEOUT in ja 2026-11-23 13:04 JST')
  })

  it('that was not sent is of when the agent asked', async () => {
    const desk = deskWith('{{askedAt}} {{agent}}')
    await desk.failAt(A, { code: 'BUDGET_SPENT', opensInMs: 1 })
    expect(ticketOf(desk.state())?.text).toBe('2026-11-23 13:05 JST sato')
  })

  it('is of the failure on the screen, not of one before or beside it', async () => {
    const desk = deskWith('{{number}} {{failure}} {{resultCode}}')
    const carrier = { resultCode: '211', statusCode: '200', message: 'NG' }
    await desk.failAt(A, { code: 'ACCOUNT_STATUS', carrier })
    expect(ticketOf(desk.state())?.text).toBe('090-1234-5678 ACCOUNT_STATUS in ja 211')
    await desk.failAt(B, { code: 'OFFLINE' })
    expect(ticketOf(desk.state())?.text).toBe('080-1111-2222 OFFLINE in ja')
  })

  it('has its title in the ticket’s language', async () => {
    const desk = deskWith('{{failure}}', { settings: { ticketLanguage: 'en' } })
    await desk.failAt(A, TIMEOUT)
    expect(ticketOf(desk.state())?.text).toBe('TIMEOUT in en')
  })
})

describe('what is chosen for the ticket', () => {
  const chosen = (settings: Partial<Settings>) => ticketChoice({ app: appOf(FIRST, { settings }) })

  it('is plain text in full until something is chosen', () => {
    expect(chosen({})).toEqual({
      ...choice(),
      preset: 'text',
      format: 'plain',
      language: 'ja',
      text: readyMade.full.ja,
    })
  })

  it('is the preset last used with this profile, and what was chosen for that preset', () => {
    const presetChoices = {
      backlog: choice({ template: 'short', masked: true }),
      csv: choice({ rawKb: true }),
    }
    const settings = { ticketPresets: { [FIRST]: 'backlog', [SECOND]: 'csv' }, presetChoices } as const
    expect(chosen(settings)).toMatchObject({
      preset: 'backlog',
      format: 'markdown',
      template: 'short',
      masked: true,
      rawKb: false,
      text: readyMade.short.ja,
    })
    expect(ticketChoice({ app: appOf(SECOND, { settings }) })).toMatchObject({ preset: 'csv', rawKb: true })
  })

  it('has the screen’s language unless it has its own', () => {
    expect(chosen({ ticketLanguage: 'en' })).toMatchObject({ language: 'en', text: readyMade.full.en })
    const app = { ...appOf(FIRST), language: 'en' } as const
    expect(ticketChoice({ app }).language).toBe('en')
  })

  it('is the full template where the agent’s own is gone', () => {
    expect(templateText(OWN.id, 'en', [OWN])).toBe(OWN.text)
    expect(templateText(OWN.id, 'en', [])).toBe(readyMade.full.en)
    expect(templateText('constructor', 'ja', [OWN])).toBe(readyMade.full.ja)
  })
})

describe('the ticket', () => {
  it('says everything in KB, and masks, where that is chosen', async () => {
    const desk = openDesk(
      appOf(FIRST, { settings: { presetChoices: { text: choice({ masked: true, rawKb: true }) } } }),
    )
    await desk.show(good(A, { todayKb: 2_097_152 }))
    expect(ticketOf(desk.state())?.text).toContain('090-****-5678')
    expect(ticketOf(desk.state())?.text).toContain('2,097,152 KB')
  })

  it('follows the profile’s units and says what a simulator’s figures are', async () => {
    const desk = deskWith('{{today}}', { profile: { kbBase: 1000, carrier: { kind: 'simulator' } } })
    await desk.show(good(A, { todayKb: 2_000 }))
    expect(ticketOf(desk.state())?.text).toBe(
      '※デモ用の架空データです（実在のお客様の情報ではありません）\n2.0 MB\n単位: 1 GB = 1000 MB、1 MB = 1000 KB',
    )
  })

  it('is written anew at midnight in Japan, and not at each look at the clock', async () => {
    const desk = deskWith('{{#ofToday}}today{{/ofToday}}{{^ofToday}}another day{{/ofToday}}')
    await desk.show(good(A))
    const before = ticketOf(desk.state())
    desk.clock.now = Date.parse('2026-11-23T23:59:59.999+09:00')
    desk.state().tick()
    expect(ticketOf(desk.state())).toBe(before)
    expect(before?.text).toBe('today')
    desk.clock.now += 1
    desk.state().tick()
    expect(ticketOf(desk.state())?.text).toBe('another day')
  })

  it('has the carrier’s midnight where this computer’s clock is off', async () => {
    const desk = deskWith('{{#ofToday}}today{{/ofToday}}{{^ofToday}}another day{{/ofToday}}')
    await desk.show(good(A, { clockOffMs: 3_600_000 }))
    desk.clock.now = Date.parse('2026-11-23T22:59:59.999+09:00')
    desk.state().tick()
    expect(ticketOf(desk.state())?.text).toBe('today')
    desk.clock.now += 1
    desk.state().tick()
    expect(ticketOf(desk.state())?.text).toBe('another day')
  })
})

describe('the ticket on a screen whose numbers are hidden', () => {
  const everything = '{{number}} {{label}} {{carrierMessage}}'
  const carrier = { resultCode: '100', statusCode: '200', message: 'for 09012345678' }

  async function hiddenDesk() {
    const desk = deskWith(everything)
    await desk.show(good(A, { carrier }))
    return desk
  }

  it('shows neither number nor name, and both again once they are not hidden', async () => {
    const desk = await hiddenDesk()
    desk.state().toggleVeil()
    expect(shownTicketOf(desk.state())?.text).toBe('090-****-5678 •••• for 090-****-5678')
    desk.state().toggleVeil()
    expect(shownTicketOf(desk.state())?.text).toBe('090-1234-5678 山田 太郎 for 09012345678')
  })

  it('shows neither in the draft of a template', async () => {
    const desk = await hiddenDesk()
    desk.state().toggleVeil()
    expect(draftText(desk.state(), `draft ${everything}`)).toBe('draft 090-****-5678 •••• for 090-****-5678')
    desk.state().toggleVeil()
    expect(draftText(desk.state(), `draft ${everything}`)).toBe(
      'draft 090-1234-5678 山田 太郎 for 09012345678',
    )
  })

  it('shows no dots for a name that there is not', async () => {
    const desk = await hiddenDesk()
    void desk.state().removeLine(YAMADA)
    await desk.answer('removeLine', ok(null))
    desk.state().toggleVeil()
    expect(shownTicketOf(desk.state())?.text).toBe('090-****-5678 for 090-****-5678')
  })

  it('shows no number of a failure either', async () => {
    const desk = deskWith(everything)
    desk.state().toggleVeil()
    await desk.failAt(A, { code: 'ACCOUNT_STATUS', carrier })
    expect(shownTicketOf(desk.state())?.text).toBe('090-****-5678 •••• for 090-****-5678')
    expect(draftText(desk.state(), '{{number}}')).toBe('090-****-5678')
  })
})

describe('the draft of a template', () => {
  it('is plain text of what is on the screen, whatever the preset, and nothing where nothing is', async () => {
    const desk = openDesk(appOf(FIRST, { settings: { ticketPresets: { [FIRST]: 'json' } } }))
    expect(draftText(desk.state(), '# {{number}}')).toBeNull()
    await desk.show(good(A))
    expect(draftText(desk.state(), '# {{number}}')).toBe('090-1234-5678')
  })

  it('waits for the carrier’s reply where it speaks of it, which is read while templates are edited', async () => {
    const desk = openDesk()
    await desk.show(good(A))
    expect(draftText(desk.state(), '{{rawReply}}')).toBeNull()
    expect(desk.calls('rawReply')).toEqual([])
    desk.state().openTemplates(true)
    await desk.answer('rawReply', ok({ kind: 'kept', text: '{"resultCode":100}' }))
    expect(draftText(desk.state(), '{{rawReply}}')).toBe('{"resultCode":100}')
  })
})

describe('the carrier’s reply in a ticket', () => {
  it('is read once, of the lookup on the screen, and waited for', async () => {
    const desk = deskWith('{{number}} {{rawReply}}')
    await desk.show(good(A))
    expect(ticketOf(desk.state())).toBeNull()
    desk.state().tick()
    await desk.answer('rawReply', ok({ kind: 'kept', text: 'of A' }))
    desk.state().tick()
    expect(ticketOf(desk.state())?.text).toBe('090-1234-5678 of A')
    expect(desk.calls('rawReply')).toEqual([[1]])
  })

  it('is never that of another lookup', async () => {
    const desk = deskWith('{{number}} {{rawReply}}')
    await desk.show(good(A))
    await desk.answer('rawReply', ok({ kind: 'kept', text: 'of A' }))
    await desk.show(good(B))
    expect(ticketOf(desk.state())).toBeNull()
    await desk.answer('rawReply', ok({ kind: 'kept', text: 'of B' }))
    expect(ticketOf(desk.state())?.text).toBe('080-1111-2222 of B')
    expect(desk.calls('rawReply')).toEqual([[1], [2]])
  })

  it('goes with the lookup, also where another customer’s has the same id', async () => {
    const desk = deskWith('{{number}} {{rawReply}}')
    await desk.show(good(A))
    await desk.answer('rawReply', ok({ kind: 'kept', text: 'of A' }))
    await desk.show(good(B, {}, { id: good(A).id }))
    expect(ticketOf(desk.state())).toBeNull()
  })

  it('that comes late is not taken for another lookup’s', async () => {
    const desk = deskWith('{{number}} {{rawReply}}')
    await desk.show(good(A))
    await desk.show(good(B))
    await desk.answer('rawReply', ok({ kind: 'kept', text: 'of A' }))
    expect(ticketOf(desk.state())).toBeNull()
  })

  it('is said not to be kept where it can not be read, and where the store did not take the lookup', async () => {
    const desk = deskWith('{{rawReply}}')
    await desk.show(good(A))
    await desk.answer('rawReply', fail({ code: 'INTERNAL' }))
    expect(ticketOf(desk.state())?.text).toBe('（応答の記録なし）')
    await desk.show(good(B, {}, { id: 0 }))
    expect(ticketOf(desk.state())?.text).toBe('（応答の記録なし）')
  })

  it('is said to be none where nothing came, and not to be kept where the carrier answered', async () => {
    const desk = deskWith('{{rawReply}}')
    await desk.failAt(A, { code: 'CANCELLED' })
    expect(ticketOf(desk.state())?.text).toBe('（応答なし）')
    const carrier = { resultCode: '211', statusCode: '200', message: 'NG' }
    await desk.failAt(A, { code: 'ACCOUNT_STATUS', carrier })
    expect(ticketOf(desk.state())?.text).toBe('（応答の記録なし）')
  })

  it('is not asked for by a template without it, nor by a format without templates', async () => {
    const plain = deskWith('{{number}}')
    await plain.show(good(A))
    const csv = deskWith('{{rawReply}}', {
      settings: {
        ticketPresets: { [FIRST]: 'csv' },
        presetChoices: { csv: choice({ template: 'escalation' }) },
      },
    })
    await csv.show(good(A))
    for (const desk of [plain, csv]) {
      expect(desk.calls('rawReply')).toEqual([])
      expect(ticketOf(desk.state())).not.toBeNull()
    }
  })
})
