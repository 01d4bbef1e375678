import { beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import { A, appOf, B, FIRST, good, line, openPage, type Page, recorded } from './testing/page.ts'

let page: Page

beforeEach(() => {
  page = openPage(appOf(FIRST, { savedAccounts: [line(A)] }))
})

const notWritten = fail({ code: 'FILE_NOT_WRITTEN' } as const)

describe('an export of stored lookups', () => {
  it('of an account’s history names that account, and is told with its file and its number of rows', async () => {
    void page.state().exportHistory(A)
    expect(page.asked()).toEqual([['exportLookups', { kind: 'account', account: A }]])
    expect(page.notices()).toEqual([])
    await page.answer('exportLookups', ok({ name: 'history.csv', rows: 12 }))
    expect(page.notices()).toEqual([{ kind: 'lookups-exported', file: 'history.csv', count: 12 }])
  })

  it('of the shift names no account', async () => {
    void page.state().exportShift()
    expect(page.asked()).toEqual([['exportLookups', { kind: 'shift' }]])
    await page.answer('exportLookups', ok({ name: 'shift.json', rows: 0 }))
    expect(page.notices()).toEqual([{ kind: 'lookups-exported', file: 'shift.json', count: 0 }])
  })

  it.each(['exportHistory', 'exportShift'] as const)(
    'that was called off is not spoken of, and one that failed is: %s',
    async act => {
      void page.state()[act](A)
      await page.answer('exportLookups', ok(null))
      expect(page.notices()).toEqual([])
      void page.state()[act](A)
      await page.answer('exportLookups', notWritten)
      expect(page.notices()).toEqual([{ kind: 'trouble', code: 'FILE_NOT_WRITTEN' }])
    },
  )

  it('shows how far it has come while it takes long, and can be given up', () => {
    expect(page.state().progress).toBeNull()
    page.tell('progress', { task: 'export', done: 500, total: 2_000 })
    expect(page.state().progress).toEqual({ task: 'export', done: 500, total: 2_000 })
    void page.state().cancelExport()
    expect(page.asked()).toEqual([['cancelExport']])
    page.tell('progress', null)
    expect(page.state().progress).toBeNull()
  })
})

describe('an export of the kept lines', () => {
  it.each([
    ['that was written is told by its file', ok('lines.csv'), [{ kind: 'exported', file: 'lines.csv' }]],
    ['that was called off is not spoken of', ok(null), []],
    ['that failed is told', notWritten, [{ kind: 'trouble', code: 'FILE_NOT_WRITTEN' }]],
  ] as const)('%s', async (_, outcome, told) => {
    void page.state().exportSavedAccounts()
    expect(page.asked()).toEqual([['exportSavedAccounts']])
    await page.answer('exportSavedAccounts', outcome)
    expect(page.notices()).toEqual(told)
  })
})

describe('what is stored of an account', () => {
  const trouble = fail({ code: 'INTERNAL' } as const)

  it('is read for that account, and nobody is queried', async () => {
    const read = Promise.all([
      page.state().readHistory(A),
      page.state().readStoredDays(A),
      page.state().readRawReply(7),
    ])
    expect(page.asked()).toEqual([
      ['history', A],
      ['storedDays', A],
      ['rawReply', 7],
    ])
    const history = [recorded(A, { code: 'TIMEOUT' })]
    const days = [{ date: '2026-11-22', kb: 1, lookupId: 1, incomplete: false }]
    await page.answer('history', ok(history))
    await page.answer('storedDays', ok(days))
    await page.answer('rawReply', ok({ kind: 'kept', text: '{}' }))
    expect(await read).toEqual([history, days, { kind: 'kept', text: '{}' }])
  })

  it('is nothing where it can not be read', async () => {
    const read = Promise.all([
      page.state().readHistory(A),
      page.state().readStoredDays(A),
      page.state().readRawReply(7),
    ])
    await page.answer('history', trouble)
    await page.answer('storedDays', trouble)
    await page.answer('rawReply', trouble)
    expect(await read).toEqual([[], [], { kind: 'not-kept' }])
  })
})

describe('what is cleared for good', () => {
  const cleared = appOf(FIRST)
  const left = { ...line(B), last: null }

  beforeEach(() => page.keep([left]))

  it('takes the figures off the screen, and the lines are read anew', async () => {
    await page.show(good(B))
    const done = page.state().clearHistory()
    expect(page.state().view.kind).toBe('shown')
    await page.answer('clearHistory', ok(null))
    expect(page.state()).toMatchObject({ view: { kind: 'empty' }, text: '' })
    await page.answer('appState', ok(cleared))
    expect(await done).toBe(true)
    expect(page.state().listed.lines).toEqual([left])
  })

  it('of one customer takes the offer to bring their line back as well', async () => {
    await page.show(good(B))
    page.state().notify({ kind: 'removed', line: line(B) })
    const done = page.state().forgetCustomer(B)
    expect(page.asked().at(-1)).toEqual(['forgetCustomer', B])
    await page.answer('forgetCustomer', ok(null))
    expect(page.state()).toMatchObject({ view: { kind: 'empty' }, text: '', notices: [] })
    await page.answer('appState', ok(cleared))
    expect(await done).toBe(true)
    expect(page.state().listed.lines).toEqual([left])
  })

  it.each(['clearHistory', 'forgetCustomer'] as const)(
    'and was not is told, and everything stays: %s',
    async act => {
      await page.show(good(B))
      const done = page.state()[act](B)
      await page.answer(act, fail({ code: 'STORE_READ_ONLY' }))
      expect(await done).toBe(false)
      expect(page.state().view).toMatchObject({ kind: 'shown', account: B })
      expect(page.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
    },
  )
})
