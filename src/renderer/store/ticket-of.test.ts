import { beforeAll, describe, expect, it } from 'vitest'
import type { Profile } from '../../contract/profile.ts'
import type { PresetChoice, Settings } from '../../contract/settings.ts'
import { fail, ok } from '../../domain/result.ts'
import { words } from '../../domain/words/words.ts'
import { builtIn } from '../../ticket/built-in.ts'
import { A, AT, appOf, B, FIRST, good, line, openPage, recorded, SECOND } from './testing/page.ts'
import { readTicketWriter } from './ticket.ts'
import { draftText, shownTicketOf, templateText, ticketChoice, ticketOf } from './ticket-of.ts'

beforeAll(readTicketWriter)

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

/** A page whose plain ticket is written by this template. */
function pageWith(
  text: string,
  given: {
    readonly settings?: Partial<Settings>
    readonly profile?: Partial<Profile>
    readonly masked?: boolean
  } = {},
) {
  const { settings, masked = false } = given
  return openPage(
    appOf(FIRST, {
      savedAccounts: [YAMADA, SUZUKI],
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
    const page = pageWith('{{number}} {{label}}')
    const text = () => ticketOf(page.state())?.text
    await page.show(good(A))
    expect(text()).toBe('090-1234-5678 山田 太郎')
    await page.show(good(B))
    expect(text()).toBe('080-1111-2222 鈴木 花子')
    await page.failAt(A, TIMEOUT, recorded(A, TIMEOUT))
    expect(text()).toBe('090-1234-5678 山田 太郎')
  })

  it('is none for a line that is not kept', async () => {
    const page = pageWith('{{number}} {{label}}')
    page.keep([YAMADA])
    await page.show(good(B))
    expect(ticketOf(page.state())?.text).toBe('080-1111-2222')
  })

  it('follows what is written of the line', async () => {
    const page = pageWith('{{label}}')
    await page.failAt(A, TIMEOUT, recorded(A, TIMEOUT))
    void page.state().editSavedAccount({ ...YAMADA, label: '山田 次郎' })
    await page.answer('editSavedAccount', ok(null))
    expect(ticketOf(page.state())?.text).toBe('山田 次郎')
  })
})

describe('the ticket of a failure', () => {
  it('says what the customer is called', async () => {
    const page = pageWith('{{number}} {{label}} {{failure}}')
    await page.failAt(A, TIMEOUT, recorded(A, TIMEOUT))
    expect(ticketOf(page.state())?.text).toBe(`090-1234-5678 山田 太郎 ${words.ja.failures.TIMEOUT}`)
  })

  it('that was sent is of when it was sent', async () => {
    const page = pageWith('{{number}} {{failure}} {{askedAt}}')
    await page.failAt(A, TIMEOUT, recorded(A, TIMEOUT, { askedAt: AT - 60_000 }))
    expect(ticketOf(page.state())?.text).toBe(
      `090-1234-5678 ${words.ja.failures.TIMEOUT} 2026-11-23 13:04 JST`,
    )
  })

  it('that was not sent is none', async () => {
    const page = pageWith('{{askedAt}} {{agent}}')
    await page.failAt(A, { code: 'BUDGET_SPENT', opensInMs: 1 })
    expect(ticketOf(page.state())).toBeNull()
  })

  it('is of the failure on the screen, not of one before or beside it', async () => {
    const page = pageWith('{{number}} {{failure}} {{resultCode}}')
    const carrier = { resultCode: '211', statusCode: '200', message: 'NG' }
    await page.failAt(
      A,
      { code: 'ACCOUNT_STATUS', carrier },
      recorded(A, { code: 'ACCOUNT_STATUS', carrier }),
    )
    expect(ticketOf(page.state())?.text).toBe(`090-1234-5678 ${words.ja.failures.ACCOUNT_STATUS} 211`)
    await page.failAt(B, { code: 'OFFLINE' }, recorded(B, { code: 'OFFLINE' }))
    expect(ticketOf(page.state())?.text).toBe(`080-1111-2222 ${words.ja.failures.OFFLINE}`)
  })

  it('has its title in the ticket’s language', async () => {
    const page = pageWith('{{failure}}', { settings: { ticketLanguage: 'en' } })
    await page.failAt(A, TIMEOUT, recorded(A, TIMEOUT))
    expect(ticketOf(page.state())?.text).toBe(`${words.en.failures.TIMEOUT}`)
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
      text: builtIn.full.ja,
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
      text: builtIn.short.ja,
    })
    expect(ticketChoice({ app: appOf(SECOND, { settings }) })).toMatchObject({ preset: 'csv', rawKb: true })
  })

  it('has the screen’s language unless it has its own', () => {
    expect(chosen({ ticketLanguage: 'en' })).toMatchObject({ language: 'en', text: builtIn.full.en })
    const app = { ...appOf(FIRST), language: 'en' } as const
    expect(ticketChoice({ app }).language).toBe('en')
  })

  it('is the full template where the agent’s own is gone', () => {
    expect(templateText(OWN.id, 'en', [OWN])).toBe(OWN.text)
    expect(templateText(OWN.id, 'en', [])).toBe(builtIn.full.en)
    expect(templateText('constructor', 'ja', [OWN])).toBe(builtIn.full.ja)
  })
})

describe('the ticket', () => {
  it('says everything in KB, and masks, where that is chosen', async () => {
    const page = openPage(
      appOf(FIRST, { settings: { presetChoices: { text: choice({ masked: true, rawKb: true }) } } }),
    )
    await page.show(good(A, { todayKb: 2_097_152 }))
    expect(ticketOf(page.state())?.text).toContain('090-****-5678')
    expect(ticketOf(page.state())?.text).toContain('2,097,152 KB')
  })

  it('follows the profile’s units and says what a simulator’s figures are', async () => {
    const page = pageWith('{{today}}', { profile: { kbBase: 1000, carrier: { kind: 'simulator' } } })
    await page.show(good(A, { todayKb: 2_000 }))
    expect(ticketOf(page.state())?.text).toBe(
      '※デモ用の架空データです（実在のお客様の情報ではありません）\n2.0 MB\n単位: 1 GB = 1000 MB、1 MB = 1000 KB',
    )
  })

  it('is written anew at midnight in Japan, and not at each look at the clock', async () => {
    const page = pageWith('{{#ofToday}}today{{/ofToday}}{{^ofToday}}another day{{/ofToday}}')
    await page.show(good(A))
    const before = ticketOf(page.state())
    page.clock.now = Date.parse('2026-11-23T23:59:59.999+09:00')
    page.state().tick()
    expect(ticketOf(page.state())).toBe(before)
    expect(before?.text).toBe('today')
    page.clock.now += 1
    page.state().tick()
    expect(ticketOf(page.state())?.text).toBe('another day')
  })

  it('has the carrier’s midnight where this computer’s clock is off', async () => {
    const page = pageWith('{{#ofToday}}today{{/ofToday}}{{^ofToday}}another day{{/ofToday}}')
    await page.show(good(A, { clockOffMs: 3_600_000 }))
    page.clock.now = Date.parse('2026-11-23T22:59:59.999+09:00')
    page.state().tick()
    expect(ticketOf(page.state())?.text).toBe('today')
    page.clock.now += 1
    page.state().tick()
    expect(ticketOf(page.state())?.text).toBe('another day')
  })
})

describe('the ticket on a screen whose numbers are hidden', () => {
  const everything = '{{number}} {{label}} {{carrierMessage}}'
  const carrier = { resultCode: '100', statusCode: '200', message: 'for 09012345678' }

  async function hiddenPage() {
    const page = pageWith(everything)
    await page.show(good(A, { carrier }))
    return page
  }

  it('shows neither number nor name, and both again once they are not hidden', async () => {
    const page = await hiddenPage()
    page.state().toggleNumbers()
    expect(shownTicketOf(page.state())?.text).toBe('090-****-5678 •••• for 090-****-5678')
    page.state().toggleNumbers()
    expect(shownTicketOf(page.state())?.text).toBe('090-1234-5678 山田 太郎 for 09012345678')
  })

  it('shows neither in the draft of a template', async () => {
    const page = await hiddenPage()
    page.state().toggleNumbers()
    expect(draftText(page.state(), `draft ${everything}`)).toBe('draft 090-****-5678 •••• for 090-****-5678')
    page.state().toggleNumbers()
    expect(draftText(page.state(), `draft ${everything}`)).toBe(
      'draft 090-1234-5678 山田 太郎 for 09012345678',
    )
  })

  it('shows no dots for a name that there is not', async () => {
    const page = await hiddenPage()
    void page.state().removeSavedAccount(YAMADA)
    await page.answer('removeSavedAccount', ok(null))
    page.state().toggleNumbers()
    expect(shownTicketOf(page.state())?.text).toBe('090-****-5678 for 090-****-5678')
  })

  it('shows no number of a failure either', async () => {
    const page = pageWith(everything)
    page.state().toggleNumbers()
    await page.failAt(
      A,
      { code: 'ACCOUNT_STATUS', carrier },
      recorded(A, { code: 'ACCOUNT_STATUS', carrier }),
    )
    expect(shownTicketOf(page.state())?.text).toBe('090-****-5678 •••• for 090-****-5678')
    expect(draftText(page.state(), '{{number}}')).toBe('090-****-5678')
  })
})

describe('the draft of a template', () => {
  it('is plain text of what is on the screen, whatever the preset, and nothing where nothing is', async () => {
    const page = openPage(appOf(FIRST, { settings: { ticketPresets: { [FIRST]: 'json' } } }))
    expect(draftText(page.state(), '# {{number}}')).toBeNull()
    await page.show(good(A))
    expect(draftText(page.state(), '# {{number}}')).toBe('090-1234-5678')
  })

  it('waits for the carrier’s reply where it speaks of it, which is read while templates are edited', async () => {
    const page = openPage()
    await page.show(good(A))
    expect(draftText(page.state(), '{{rawReply}}')).toBeNull()
    expect(page.calls('rawReply')).toEqual([])
    page.state().openTemplates(true)
    await page.answer('rawReply', ok({ kind: 'kept', text: '{"resultCode":100}' }))
    expect(draftText(page.state(), '{{rawReply}}')).toBe('{"resultCode":100}')
  })
})

describe('the carrier’s reply in a ticket', () => {
  it('is read once, of the lookup on the screen, and waited for', async () => {
    const page = pageWith('{{number}} {{rawReply}}')
    await page.show(good(A))
    expect(ticketOf(page.state())).toBeNull()
    page.state().tick()
    await page.answer('rawReply', ok({ kind: 'kept', text: 'of A' }))
    page.state().tick()
    expect(ticketOf(page.state())?.text).toBe('090-1234-5678 of A')
    expect(page.calls('rawReply')).toEqual([[1]])
  })

  it('is never that of another lookup', async () => {
    const page = pageWith('{{number}} {{rawReply}}')
    await page.show(good(A))
    await page.answer('rawReply', ok({ kind: 'kept', text: 'of A' }))
    await page.show(good(B))
    expect(ticketOf(page.state())).toBeNull()
    await page.answer('rawReply', ok({ kind: 'kept', text: 'of B' }))
    expect(ticketOf(page.state())?.text).toBe('080-1111-2222 of B')
    expect(page.calls('rawReply')).toEqual([[1], [2]])
  })

  it('goes with the lookup, also where another customer’s has the same id', async () => {
    const page = pageWith('{{number}} {{rawReply}}')
    await page.show(good(A))
    await page.answer('rawReply', ok({ kind: 'kept', text: 'of A' }))
    await page.show(good(B, {}, { id: good(A).id }))
    expect(ticketOf(page.state())).toBeNull()
  })

  it('that comes late is not taken for another lookup’s', async () => {
    const page = pageWith('{{number}} {{rawReply}}')
    await page.show(good(A))
    await page.show(good(B))
    await page.answer('rawReply', ok({ kind: 'kept', text: 'of A' }))
    expect(ticketOf(page.state())).toBeNull()
  })

  it('is said not to be kept where it can not be read, and where the store did not take the lookup', async () => {
    const page = pageWith('{{rawReply}}')
    await page.show(good(A))
    await page.answer('rawReply', fail({ code: 'INTERNAL' }))
    expect(ticketOf(page.state())?.text).toBe('（応答の記録なし）')
    await page.show(good(B, {}, { id: null }))
    expect(ticketOf(page.state())?.text).toBe('（応答の記録なし）')
  })

  it('is said to be none where nothing came, and not to be kept where the carrier answered', async () => {
    const page = pageWith('{{rawReply}}')
    await page.failAt(A, TIMEOUT, { ...recorded(A, TIMEOUT), id: null })
    expect(ticketOf(page.state())?.text).toBe('（応答なし）')
    const carrier = { resultCode: '211', statusCode: '200', message: 'NG' }
    await page.failAt(
      A,
      { code: 'ACCOUNT_STATUS', carrier },
      { ...recorded(A, { code: 'ACCOUNT_STATUS', carrier }), id: null },
    )
    expect(ticketOf(page.state())?.text).toBe('（応答の記録なし）')
  })

  it('is not asked for by a template without it, nor by a format without templates', async () => {
    const plain = pageWith('{{number}}')
    await plain.show(good(A))
    const csv = pageWith('{{rawReply}}', {
      settings: {
        ticketPresets: { [FIRST]: 'csv' },
        presetChoices: { csv: choice({ template: 'escalation' }) },
      },
    })
    await csv.show(good(A))
    for (const page of [plain, csv]) {
      expect(page.calls('rawReply')).toEqual([])
      expect(ticketOf(page.state())).not.toBeNull()
    }
  })
})
