import { beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import { lookedUpInField } from './lookup.ts'
import {
  A,
  AT,
  appOf,
  B,
  type Desk,
  FIRST,
  good,
  line,
  OPEN,
  openDesk,
  recorded,
  SECOND,
} from './testing/desk.ts'
import { ticketOf } from './ticket-of.ts'

let desk: Desk

beforeEach(() => {
  desk = openDesk()
})

const view = () => desk.state().view
const ticketText = () => ticketOf(desk.state())?.text ?? null

describe('a late failure', () => {
  it('about A leaves the figures of B where they are, and is told with A’s number', async () => {
    void desk.state().lookUp(A)
    void desk.state().lookUp(B)
    await desk.answer('lookUp', ok({ lookup: good(B), stored: false, savedLine: null }), { last: true })
    await desk.answer('lookUp', fail({ code: 'TIMEOUT' }))
    expect(view()).toMatchObject({ kind: 'shown', account: B })
    expect(ticketText()).toContain('080-1111-2222')
    expect(desk.notices()).toEqual([{ kind: 'failed', account: A, code: 'TIMEOUT' }])
  })

  it('about A does not end the wait for B', async () => {
    void desk.state().lookUp(A)
    void desk.state().lookUp(B)
    await desk.answer('lookUp', fail({ code: 'UNREACHABLE' }))
    expect(view()).toEqual({ kind: 'asking', account: B })
    expect(desk.state().text).toBe('080-1111-2222')
    expect(desk.notices()).toEqual([{ kind: 'failed', account: A, code: 'UNREACHABLE' }])
  })

  it('leaves the stored figures of the same account that were opened meanwhile, and is told', async () => {
    void desk.state().lookUp(A)
    void desk.state().openStored(A)
    await desk.answer('storedLookup', ok({ lookup: good(A), savedLine: null }))
    await desk.answer('lookUp', fail({ code: 'TIMEOUT' }))
    expect(view()).toMatchObject({ kind: 'shown', account: A, stored: true })
    expect(desk.notices()).toEqual([{ kind: 'failed', account: A, code: 'TIMEOUT' }])
  })

  it('leaves the question about what was typed since', async () => {
    void desk.state().lookUp(A)
    desk.state().setText('03-1234-5678')
    await desk.state().submit()
    await desk.answer('lookUp', fail({ code: 'TIMEOUT' }))
    expect(view().kind).toBe('question')
    expect(desk.notices()).toEqual([{ kind: 'failed', account: A, code: 'TIMEOUT' }])
  })

  it('of reading what is stored about A does not take the place of B', async () => {
    void desk.state().openStored(A)
    await desk.show(good(B))
    await desk.answer('storedLookup', fail({ code: 'INTERNAL' }))
    expect(view()).toMatchObject({ kind: 'shown', account: B })
    expect(desk.state().text).toBe('080-1111-2222')
  })

  it('does not come back to the screen with its record once B is asked about', async () => {
    void desk.state().lookUp(A)
    await desk.answer('lookUp', fail({ code: 'TIMEOUT' }))
    void desk.state().lookUp(B)
    await desk.answer('lastLookup', ok({ lookup: recorded(A, { code: 'TIMEOUT' }), savedLine: null }))
    expect(view()).toEqual({ kind: 'asking', account: B })
  })
})

describe('a late answer', () => {
  it('from the store about A does not take the place of B, nor its number in the field', async () => {
    void desk.state().openStored(A)
    void desk.state().openStored(B)
    await desk.answer('storedLookup', ok({ lookup: good(B), savedLine: null }), { last: true })
    await desk.answer('storedLookup', ok({ lookup: good(A), savedLine: null }))
    expect(view()).toMatchObject({ kind: 'shown', account: B })
    expect(desk.state().text).toBe('080-1111-2222')
  })

  it('from the carrier leaves newer figures of another account, and the kept line still learns of it', async () => {
    desk = openDesk(appOf(FIRST, { savedLines: [line(A)] }))
    void desk.state().lookUp(A)
    void desk.state().lookUp(B)
    const answered = line(A, { last: good(A) })
    await desk.answer('lookUp', ok({ lookup: good(A), stored: false, savedLine: answered }))
    expect(view()).toEqual({ kind: 'asking', account: B })
    expect(desk.state().listed.lines).toEqual([answered])
  })

  it('is not shown after the screen was cleared', async () => {
    void desk.state().openStored(A)
    desk.state().clearView()
    await desk.answer('storedLookup', ok({ lookup: good(A), savedLine: null }))
    expect(view()).toEqual({ kind: 'empty' })
    expect(desk.state().text).toBe('')
  })
})

describe('what is stored about an account', () => {
  it('may be nothing, which is said of that account', async () => {
    void desk.state().openStored(A)
    await desk.answer('storedLookup', ok({ lookup: null, savedLine: null }))
    expect(view()).toEqual({ kind: 'nothing-stored', account: A, savedLine: null })
    expect(desk.asked()).toEqual([['storedLookup', A.id]])
  })

  it('may not be readable, which is said of that account too', async () => {
    void desk.state().openStored(A)
    await desk.answer('storedLookup', fail({ code: 'INTERNAL' }))
    expect(view()).toMatchObject({ kind: 'failed', account: A, failure: { code: 'INTERNAL' } })
  })
})

describe('the card of a failure', () => {
  const TIMEOUT = { code: 'TIMEOUT' } as const

  it('has what was recorded of that very lookup', async () => {
    const record = recorded(A, TIMEOUT)
    await desk.failAt(A, TIMEOUT, record)
    expect(view()).toMatchObject({ kind: 'failed', account: A, lookup: record })
    expect(desk.calls('lastLookup')).toEqual([[A.id]])
  })

  it.each([
    ['an earlier lookup', recorded(A, TIMEOUT, { repliedAt: AT - 1 })],
    ['a lookup that failed otherwise', recorded(A, { code: 'OFFLINE' })],
    ['nothing', null],
  ])('has no record where the store has %s', async (_, record) => {
    await desk.failAt(A, TIMEOUT, record)
    expect(view()).toMatchObject({ kind: 'failed', account: A, lookup: null })
  })

  it('has no record where the store has an answer with figures, or can not be read', async () => {
    const { report, ...answered } = good(A)
    await desk.failAt(A, TIMEOUT, { ...answered, result: ok(report) })
    expect(view()).toMatchObject({ lookup: null })
    void desk.state().lookUp(B)
    await desk.answer('lookUp', fail(TIMEOUT))
    await desk.answer('lastLookup', fail({ code: 'INTERNAL' }))
    expect(view()).toMatchObject({ account: B, lookup: null })
  })

  it('keeps when it was asked and when the failure was heard of', async () => {
    void desk.state().lookUp(A)
    desk.clock.now += 15_000
    desk.clock.monotonic = 15_000
    await desk.answer('lookUp', fail(TIMEOUT))
    expect(view()).toMatchObject({ kind: 'failed', askedAt: AT, heardAt: 15_000, lookup: undefined })
  })

  it('shows why the key is still refused, about the same account', async () => {
    await desk.failAt(A, { code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: null })
    desk.clock.monotonic = 7
    void desk.state().tryKeyAgain()
    const again = { code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: 5_000 } as const
    await desk.answer('tryKeyAgain', fail(again))
    expect(view()).toMatchObject({ kind: 'failed', account: A, failure: again, heardAt: 7 })
    expect(desk.calls('lookUp')).toHaveLength(1)
  })

  it('is left to what the agent turned to, which is told why the key is still refused', async () => {
    await desk.failAt(A, { code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: null })
    void desk.state().tryKeyAgain()
    await desk.show(good(B))
    await desk.answer('tryKeyAgain', fail({ code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: 5 }))
    expect(view()).toMatchObject({ kind: 'shown', account: B })
    expect(desk.notices()).toEqual([{ kind: 'trouble', code: 'GATE_CLOSED' }])
  })
})

describe('a new question', () => {
  it('puts the account into the field as people write it, and nothing of the last one beside it', async () => {
    await desk.show(good(A))
    desk.state().setText('０８０１１１１２２２２')
    void desk.state().submit()
    expect(desk.state().text).toBe('080-1111-2222')
    expect(desk.calls('lookUp').at(-1)).toEqual([{ account: B.id, again: false, profileId: FIRST }])
  })

  it('is not asked without a profile', async () => {
    desk = openDesk({ ...appOf(FIRST), current: null })
    await desk.state().lookUp(A)
    expect(desk.asked()).toEqual([])
    expect(view()).toEqual({ kind: 'empty' })
  })

  it('has the kept line of its account beside it, answered or not, as the store has it then', async () => {
    desk = openDesk(appOf(FIRST, { savedLines: [line(A)] }))
    await desk.failAt(A, { code: 'TIMEOUT' })
    expect(view()).toMatchObject({ savedLine: line(A) })
    const answered = line(A, { last: good(A) })
    desk.keep([answered])
    await desk.show(good(A))
    expect(view()).toMatchObject({ savedLine: answered })
    expect(desk.state().listed.lines).toEqual([answered])
    await desk.show(good(B))
    expect(view()).toMatchObject({ savedLine: null })
  })
})

describe('after a reload of the page', () => {
  const reloaded = () => openDesk(appOf(FIRST, { asked: { account: A, askedAt: AT } }))

  it('a question that is gone is said to be called off', async () => {
    desk = reloaded()
    void desk.state().resume()
    await desk.answer('joinLookup', ok(null))
    expect(view()).toMatchObject({ kind: 'failed', account: A, failure: { code: 'CANCELLED' } })
  })

  it('a question that failed meanwhile says so', async () => {
    desk = reloaded()
    void desk.state().resume()
    await desk.answer('joinLookup', fail({ code: 'OFFLINE' }))
    expect(view()).toMatchObject({ kind: 'failed', account: A, failure: { code: 'OFFLINE' } })
  })
})

describe('calling off', () => {
  it('asks the main process while this page waits, and not where there is nothing to call off', async () => {
    await desk.state().cancel()
    expect(desk.asked()).toEqual([])
    void desk.state().lookUp(A)
    void desk.state().cancel()
    expect(desk.calls('cancelLookup')).toHaveLength(1)
  })

  it.each(['inFlight', 'waiting'] as const)('asks as well where the gate has a query %s', async at => {
    desk.tell('gate', { ...OPEN, [at]: A })
    void desk.state().cancel()
    expect(desk.calls('cancelLookup')).toHaveLength(1)
  })
})

describe('a test of the connection', () => {
  it('is one query that may not be answered from the store, and shows nothing on the desk', async () => {
    await desk.show(good(B))
    const tested = desk.state().testConnection(A)
    expect(desk.calls('lookUp').at(-1)).toEqual([{ account: A.id, again: true, profileId: FIRST }])
    await desk.answer('lookUp', ok({ lookup: good(A), stored: false, savedLine: null }))
    expect(await tested).toEqual({ account: A })
    expect(view()).toMatchObject({ kind: 'shown', account: B })
  })

  it('gives the failure', async () => {
    const tested = desk.state().testConnection(A)
    await desk.answer('lookUp', fail({ code: 'OFFLINE' }))
    expect(await tested).toEqual({ failure: { code: 'OFFLINE' } })
    expect(view()).toEqual({ kind: 'empty' })
  })
})

describe('the field', () => {
  it('stands for the account on the screen until something else is typed', async () => {
    expect(lookedUpInField(desk.state())).toBeNull()
    await desk.show(good(A))
    expect(lookedUpInField(desk.state())).toEqual(A)
    desk.state().setText('090-1234-567')
    expect(lookedUpInField(desk.state())).toBeNull()
    desk.state().setText('080-1111-2222')
    expect(lookedUpInField(desk.state())).toBeNull()
  })

  it('stands for none where a question is on the screen', async () => {
    desk.state().setText('03-1234-5678')
    await desk.state().submit()
    expect(lookedUpInField(desk.state())).toBeNull()
  })
})

describe('the gate', () => {
  it('is as the main process told last, and when that was', () => {
    desk.clock.monotonic = 40
    const closed = { ...OPEN, closed: { reason: 'cool-down', opensInMs: 3_000 } } as const
    desk.tell('gate', closed)
    expect(desk.state().gate).toEqual({ state: closed, heardAt: 40 })
  })

  it('is another profile’s after a switch', async () => {
    desk.tell('gate', { ...OPEN, closed: { reason: 'budget', opensInMs: 1 } })
    desk.clock.monotonic = 50
    const waiting = { ...OPEN, waiting: B }
    await desk.switchTo(appOf(SECOND, { gate: waiting }))
    expect(desk.state().gate).toEqual({ state: waiting, heardAt: 50 })
  })
})
