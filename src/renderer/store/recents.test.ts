import { beforeAll, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import { countsOf } from './recents.ts'
import { A, AT, answerOf, appOf, B, FIRST, good, line, openPage, recorded } from './testing/page.ts'
import { readTicketWriter } from './ticket.ts'

beforeAll(readTicketWriter)

const recent = {
  id: 1,
  account: A,
  askedAt: AT,
  blacklist: 'listed',
  todayKb: 111,
  failure: null,
  copied: true,
} as const

describe('the day’s lookups', () => {
  it('are what reached the carrier, newest first, and counted by how they went', async () => {
    const page = openPage()
    await page.show(good(A, { blacklist: 'listed' }))
    await page.failAt(B, { code: 'TIMEOUT' }, recorded(B, { code: 'TIMEOUT' }, { id: 2 }))
    await page.failAt(A, { code: 'BUDGET_SPENT', opensInMs: 1 })
    expect(page.state().recents).toMatchObject([
      { id: 2, account: B, failure: 'TIMEOUT', blacklist: null, todayKb: null },
      { id: 1, account: A, failure: null, blacklist: 'listed', todayKb: 111 },
    ])
    expect(countsOf(page.state().recents)).toEqual({ total: 2, failed: 1, restricted: 1 })
  })

  it('have nothing more in them for a stored answer that was given again', async () => {
    const page = openPage()
    void page.state().lookUp(A)
    await page.answer('lookUp', ok(answerOf(good(A), { stored: true })))
    expect(page.state().recents).toEqual([])
  })

  it('keep the mark of a copied ticket where the page is reloaded and joins what was asked', async () => {
    const page = openPage(appOf(FIRST, { today: [recent], asked: { account: A, askedAt: AT } }))
    void page.state().resume()
    await page.answer('joinLookup', ok(answerOf(good(A))))
    expect(page.state().recents).toMatchObject([{ id: 1, copied: true }])
  })

  it('are marked once the ticket is on the clipboard, and not where it did not get there', async () => {
    const page = openPage()
    await page.show(good(A))
    void page.state().copyTicket()
    await page.answer('copy', fail({ code: 'CLIPBOARD_BUSY' }))
    expect(page.state().recents).toMatchObject([{ copied: false }])
    void page.state().copyTicket()
    expect(page.calls('copy')[1]?.[1]).toBe(1)
    await page.answer('copy', ok(null))
    expect(page.state().recents).toMatchObject([{ copied: true }])
  })

  it('are opened from the store, or from this page where the store keeps none, and nothing is sent', async () => {
    const page = openPage(appOf(FIRST, { today: [recent] }))
    const [stored] = page.state().recents
    if (stored === undefined) throw new Error('no recent')
    void page.state().openRecent(stored)
    const { report, ...lookup } = good(A)
    await page.answer(
      'openLookup',
      ok({ lookup: { ...lookup, id: 1, result: ok(report) }, savedAccount: null }),
    )
    expect(page.state().view).toMatchObject({ kind: 'shown', account: A, stored: true })
    await page.show(good(B, {}, { id: null }))
    await page.show(good(A))
    const unkept = page.state().recents.find(({ id }) => id === null)
    if (unkept === undefined) throw new Error('no recent')
    void page.state().openRecent(unkept)
    await page.answer('savedAccount', ok(null))
    expect(page.state().view).toMatchObject({ kind: 'shown', account: B, stored: true })
    expect(page.calls('lookUp')).toHaveLength(2)
  })

  it('say so where one was deleted meanwhile', async () => {
    const page = openPage(appOf(FIRST, { today: [recent] }))
    const [stored] = page.state().recents
    if (stored === undefined) throw new Error('no recent')
    void page.state().openRecent(stored)
    await page.answer('openLookup', ok(null))
    expect(page.notices()).toEqual([{ kind: 'gone', account: A }])
  })

  it('are those of the other profile after a switch', async () => {
    const page = openPage(appOf(FIRST, { today: [recent] }))
    await page.switchTo(appOf('7f9619ff-8b86-4d01-b42d-00cf4fc964ff'))
    expect(page.state().recents).toEqual([])
  })
})

describe('a lookup that is called off', () => {
  it('gives back the result from before, with its number in the field', async () => {
    const page = openPage()
    await page.show(good(A))
    void page.state().lookUp(B)
    await page.answer('lookUp', fail({ code: 'CANCELLED' }), { last: true })
    expect(page.state()).toMatchObject({ view: { kind: 'shown', account: A }, text: '090-1234-5678' })
    expect(page.notices()).toEqual([{ kind: 'cancelled', account: B }])
  })

  it('leaves what was typed meanwhile', async () => {
    const page = openPage()
    await page.show(good(A))
    void page.state().lookUp(B)
    page.state().setText('070')
    await page.answer('lookUp', fail({ code: 'CANCELLED' }), { last: true })
    expect(page.state().text).toBe('070')
  })

  it('gives the line back as it was changed meanwhile, not as it was', async () => {
    const page = openPage(appOf(FIRST, { savedAccounts: [line(A, { label: 'before' })] }))
    await page.show(good(A))
    void page.state().lookUp(B)
    void page.state().editSavedAccount(line(A, { label: 'after' }))
    await page.answer('editSavedAccount', ok(null))
    await page.answer('lookUp', fail({ code: 'CANCELLED' }), { last: true })
    expect(page.state().view).toMatchObject({ kind: 'shown', savedAccount: { label: 'after' } })
  })
})
