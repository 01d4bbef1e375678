import { beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import {
  A,
  AT,
  answerOf,
  appOf,
  B,
  FIRST,
  good,
  line,
  OPEN,
  openPage,
  type Page,
  recorded,
  SECOND,
} from './testing/page.ts'
import { ticketOf } from './ticket-of.ts'
import { lookedUpInField } from './view.ts'

let page: Page

beforeEach(() => {
  page = openPage()
})

const view = () => page.state().view
const ticketText = () => ticketOf(page.state())?.text ?? null

describe('a late failure', () => {
  it('about A leaves the figures of B where they are, and is told with A’s number', async () => {
    void page.state().lookUp(A)
    void page.state().lookUp(B)
    await page.answer('lookUp', ok(answerOf(good(B))), { last: true })
    await page.answer('lookUp', fail({ code: 'TIMEOUT' }))
    expect(view()).toMatchObject({ kind: 'shown', account: B })
    expect(ticketText()).toContain('080-1111-2222')
    expect(page.notices()).toEqual([{ kind: 'failed', account: A, code: 'TIMEOUT' }])
  })

  it('that is recorded leaves the figures of B as well, and those of A that were opened meanwhile', async () => {
    const refused = recorded(A, { code: 'TIMEOUT' }, { askedAt: AT + 1 })
    const answer = () => page.answer('lookUp', ok({ lookup: refused, stored: false, savedAccount: null }))
    void page.state().lookUp(A)
    void page.state().lookUp(B)
    await page.answer('lookUp', ok(answerOf(good(B))), { last: true })
    await answer()
    expect(view()).toMatchObject({ kind: 'shown', account: B })
    void page.state().lookUp(A)
    void page.state().openStored(A)
    await page.answer('storedLookup', ok({ lookup: good(A), savedAccount: null }))
    await answer()
    expect(view()).toMatchObject({ kind: 'shown', account: A })
    const told = { kind: 'failed', account: A, code: 'TIMEOUT' }
    expect(page.notices()).toEqual([told, told])
  })

  it('about A does not end the wait for B', async () => {
    void page.state().lookUp(A)
    void page.state().lookUp(B)
    await page.answer('lookUp', fail({ code: 'UNREACHABLE' }))
    expect(view()).toEqual({ kind: 'asking', account: B, before: null })
    expect(page.state().text).toBe('080-1111-2222')
    expect(page.notices()).toEqual([{ kind: 'failed', account: A, code: 'UNREACHABLE' }])
  })

  it('leaves the stored figures of the same account that were opened meanwhile, and is told', async () => {
    void page.state().lookUp(A)
    void page.state().openStored(A)
    await page.answer('storedLookup', ok({ lookup: good(A), savedAccount: null }))
    await page.answer('lookUp', fail({ code: 'TIMEOUT' }))
    expect(view()).toMatchObject({ kind: 'shown', account: A, stored: true })
    expect(page.notices()).toEqual([{ kind: 'failed', account: A, code: 'TIMEOUT' }])
  })

  it('leaves what was typed since, and why it is no account', async () => {
    void page.state().lookUp(A)
    page.state().setText('03-1234-5678')
    await page.state().submit()
    await page.answer('lookUp', fail({ code: 'TIMEOUT' }))
    expect(page.state()).toMatchObject({ text: '03-1234-5678', question: { found: 'none' } })
    expect(view()).toMatchObject({ kind: 'failed', account: A })
  })

  it('of reading what is stored about A does not take the place of B', async () => {
    void page.state().openStored(A)
    await page.show(good(B))
    await page.answer('storedLookup', fail({ code: 'INTERNAL' }))
    expect(view()).toMatchObject({ kind: 'shown', account: B })
    expect(page.state().text).toBe('080-1111-2222')
  })

  it('does not come back to the screen with its kept line once B is asked about', async () => {
    void page.state().lookUp(A)
    await page.answer('lookUp', fail({ code: 'TIMEOUT' }))
    void page.state().lookUp(B)
    await page.answer('savedAccount', ok(line(A)))
    expect(view()).toMatchObject({ kind: 'asking', account: B, before: { kind: 'failed', account: A } })
  })
})

describe('a late answer', () => {
  it('from the store about A does not take the place of B, nor its number in the field', async () => {
    void page.state().openStored(A)
    void page.state().openStored(B)
    await page.answer('storedLookup', ok({ lookup: good(B), savedAccount: null }), { last: true })
    await page.answer('storedLookup', ok({ lookup: good(A), savedAccount: null }))
    expect(view()).toMatchObject({ kind: 'shown', account: B })
    expect(page.state().text).toBe('080-1111-2222')
  })

  it('from the carrier leaves newer figures of another account, and the kept line still learns of it', async () => {
    page = openPage(appOf(FIRST, { savedAccounts: [line(A)] }))
    void page.state().lookUp(A)
    void page.state().lookUp(B)
    const answered = line(A, { last: good(A) })
    await page.answer('lookUp', ok(answerOf(good(A), { savedAccount: answered })))
    expect(view()).toEqual({ kind: 'asking', account: B, before: null })
    expect(page.state().listed.lines).toEqual([answered])
  })

  it('is not shown after the screen was cleared', async () => {
    void page.state().openStored(A)
    page.state().clearView()
    await page.answer('storedLookup', ok({ lookup: good(A), savedAccount: null }))
    expect(view()).toEqual({ kind: 'empty' })
    expect(page.state().text).toBe('')
  })
})

describe('what is stored about an account', () => {
  it('may be nothing, which is said of that account', async () => {
    void page.state().openStored(A)
    await page.answer('storedLookup', ok({ lookup: null, savedAccount: null }))
    expect(view()).toEqual({ kind: 'nothing-stored', account: A, savedAccount: null })
    expect(page.asked()).toEqual([['storedLookup', A]])
  })

  it('may not be readable, which is said of that account too', async () => {
    void page.state().openStored(A)
    await page.answer('storedLookup', fail({ code: 'INTERNAL' }))
    expect(view()).toMatchObject({ kind: 'failed', account: A, failure: { code: 'INTERNAL' } })
  })
})

describe('the card of a failure', () => {
  const TIMEOUT = { code: 'TIMEOUT' } as const

  it('has what was recorded of that very lookup, and no second question for it', async () => {
    const record = recorded(A, TIMEOUT, { askedAt: AT - 5_000 })
    await page.failAt(A, TIMEOUT, record)
    expect(view()).toMatchObject({
      kind: 'failed',
      account: A,
      failure: TIMEOUT,
      lookup: record,
      askedAt: AT - 5_000,
    })
    expect(page.asked()).toHaveLength(1)
  })

  it('has no record where nothing was sent, and the kept line as soon as that is read', async () => {
    page = openPage(appOf(FIRST, { savedAccounts: [line(A)] }))
    void page.state().lookUp(A)
    await page.answer('lookUp', fail({ code: 'KEY_MISSING' }))
    expect(view()).toMatchObject({ kind: 'failed', account: A, lookup: null, savedAccount: undefined })
    await page.answer('savedAccount', ok(line(A)))
    expect(view()).toMatchObject({ kind: 'failed', account: A, lookup: null, savedAccount: line(A) })
  })

  it('has no kept line where that can not be read', async () => {
    void page.state().lookUp(B)
    await page.answer('lookUp', fail(TIMEOUT))
    await page.answer('savedAccount', fail({ code: 'INTERNAL' }))
    expect(view()).toMatchObject({ account: B, savedAccount: null })
  })

  it('keeps when it was asked and when the failure was heard of', async () => {
    void page.state().lookUp(A)
    page.clock.now += 15_000
    page.clock.monotonic = 15_000
    await page.answer('lookUp', fail(TIMEOUT))
    expect(view()).toMatchObject({ kind: 'failed', askedAt: AT, heardAt: 15_000, lookup: null })
  })

  it('shows why the key is still refused, about the same account', async () => {
    await page.failAt(A, { code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: null })
    page.clock.monotonic = 7
    void page.state().tryKeyAgain()
    const again = { code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: 5_000 } as const
    await page.answer('tryKeyAgain', fail(again))
    expect(view()).toMatchObject({ kind: 'failed', account: A, failure: again, heardAt: 7 })
    expect(page.calls('lookUp')).toHaveLength(1)
  })

  it('is left to what the agent turned to, which is told why the key is still refused', async () => {
    await page.failAt(A, { code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: null })
    void page.state().tryKeyAgain()
    await page.show(good(B))
    await page.answer('tryKeyAgain', fail({ code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: 5 }))
    expect(view()).toMatchObject({ kind: 'shown', account: B })
    expect(page.notices()).toEqual([{ kind: 'trouble', code: 'GATE_CLOSED' }])
  })
})

describe('a new question', () => {
  it('puts the account into the field as people write it, and nothing of the last one beside it', async () => {
    await page.show(good(A))
    page.state().setText('０８０１１１１２２２２')
    void page.state().submit()
    expect(page.state().text).toBe('080-1111-2222')
    expect(page.calls('lookUp').at(-1)).toEqual([{ account: B, again: false, profileId: FIRST }])
  })

  it('is not asked without a profile', async () => {
    page = openPage({ ...appOf(FIRST), current: null })
    await page.state().lookUp(A)
    expect(page.asked()).toEqual([])
    expect(view()).toEqual({ kind: 'empty' })
  })

  it('has the kept line of its account beside it, answered or not, as the store has it then', async () => {
    page = openPage(appOf(FIRST, { savedAccounts: [line(A)] }))
    await page.failAt(A, { code: 'TIMEOUT' })
    expect(view()).toMatchObject({ savedAccount: line(A) })
    const answered = line(A, { last: good(A) })
    page.keep([answered])
    await page.show(good(A))
    expect(view()).toMatchObject({ savedAccount: answered })
    expect(page.state().listed.lines).toEqual([answered])
    await page.show(good(B))
    expect(view()).toMatchObject({ savedAccount: null })
  })
})

describe('after a reload of the page', () => {
  const reloaded = () => openPage(appOf(FIRST, { asked: { account: A, askedAt: AT } }))

  it('a question that is gone is said to be called off', async () => {
    page = reloaded()
    void page.state().resume()
    await page.answer('joinLookup', ok(null))
    expect(view()).toEqual({ kind: 'empty' })
    expect(page.notices()).toEqual([{ kind: 'cancelled', account: A }])
  })

  it('a question that failed meanwhile says so', async () => {
    page = reloaded()
    void page.state().resume()
    await page.answer('joinLookup', fail({ code: 'OFFLINE' }))
    expect(view()).toMatchObject({ kind: 'failed', account: A, failure: { code: 'OFFLINE' } })
  })
})

describe('calling off', () => {
  it('asks the main process while this page waits, and not where there is nothing to call off', async () => {
    await page.state().cancel()
    expect(page.asked()).toEqual([])
    void page.state().lookUp(A)
    void page.state().cancel()
    expect(page.calls('cancelLookup')).toHaveLength(1)
  })

  it.each(['inFlight', 'waiting'] as const)('asks as well where the gate has a query %s', async at => {
    page.tell('gate', { ...OPEN, [at]: A })
    void page.state().cancel()
    expect(page.calls('cancelLookup')).toHaveLength(1)
  })
})

describe('a test of the connection', () => {
  it('is one query that may not be answered from the store, and shows nothing on the screen', async () => {
    await page.show(good(B))
    const tested = page.state().testConnection(A)
    expect(page.calls('lookUp').at(-1)).toEqual([{ account: A, again: true, profileId: FIRST }])
    await page.answer('lookUp', ok(answerOf(good(A))))
    expect(await tested).toEqual({ account: A })
    expect(view()).toMatchObject({ kind: 'shown', account: B })
  })

  it('gives the failure', async () => {
    const tested = page.state().testConnection(A)
    await page.answer('lookUp', fail({ code: 'OFFLINE' }))
    expect(await tested).toEqual({ failure: { code: 'OFFLINE' } })
    expect(view()).toEqual({ kind: 'empty' })
  })
})

describe('the field', () => {
  it('stands for the account on the screen until something else is typed', async () => {
    expect(lookedUpInField(page.state())).toBeNull()
    await page.show(good(A))
    expect(lookedUpInField(page.state())).toEqual(A)
    page.state().setText('090-1234-567')
    expect(lookedUpInField(page.state())).toBeNull()
    page.state().setText('080-1111-2222')
    expect(lookedUpInField(page.state())).toBeNull()
  })

  it('stands for none where a question is on the screen', async () => {
    page.state().setText('03-1234-5678')
    await page.state().submit()
    expect(lookedUpInField(page.state())).toBeNull()
  })
})

describe('the gate', () => {
  it('is as the main process told last, and when that was', () => {
    page.clock.monotonic = 40
    const closed = { ...OPEN, closed: { reason: 'cool-down', opensInMs: 3_000 } } as const
    page.tell('gate', closed)
    expect(page.state().gate).toEqual({ state: closed, heardAt: 40 })
  })

  it('is another profile’s after a switch', async () => {
    page.tell('gate', { ...OPEN, closed: { reason: 'budget', opensInMs: 1 } })
    page.clock.monotonic = 50
    const waiting = { ...OPEN, waiting: B }
    await page.switchTo(appOf(SECOND, { gate: waiting }))
    expect(page.state().gate).toEqual({ state: waiting, heardAt: 50 })
  })
})
