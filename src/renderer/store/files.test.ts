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

/** Everything that is given one after the other. */
async function all<T>(given: AsyncIterable<T>): Promise<readonly T[]> {
  const got: T[] = []
  for await (const one of given) got.push(one)
  return got
}

describe('what is stored of an account', () => {
  const trouble = fail({ code: 'INTERNAL' } as const)

  it('is read for that account, and nobody is queried', async () => {
    const read = Promise.all([
      page.state().readHistory(A, null),
      page.state().readHistory(A, 51),
      page.state().readRawReply(7),
    ])
    expect(page.asked()).toEqual([
      ['history', A, null],
      ['history', A, 51],
      ['rawReply', 7],
    ])
    const history = [recorded(A, { code: 'TIMEOUT' })]
    await page.answer('history', ok(history))
    await page.answer('history', ok([]))
    await page.answer('rawReply', ok({ kind: 'kept', text: '{}' }))
    expect(await read).toEqual([history, [], { kind: 'kept', text: '{}' }])
  })

  it('is nothing where it can not be read', async () => {
    const read = Promise.all([
      page.state().readHistory(A, null),
      all(page.state().readStoredDays(A)),
      page.state().readRawReply(7),
    ])
    await page.answer('history', trouble)
    await page.answer('storedDays', trouble)
    await page.answer('rawReply', trouble)
    expect(await read).toEqual([[], [], { kind: 'not-kept' }])
  })

  it('is merged from the newest lookups to the oldest, page by page, and shown as far as it is read', async () => {
    const day = (date: string, kb: number) => ({ date, kb, lookupId: kb, incomplete: false })
    const reading = all(page.state().readStoredDays(A))
    await page.answer('storedDays', ok({ days: [day('2026-11-22', 9)], until: '2026-11-22', next: 801 }))
    await page.answer(
      'storedDays',
      // The one that is later than any newer lookup was read by a clock that was ahead.
      ok({
        days: [day('2026-11-21', 8), day('2026-11-22', 7), day('2026-12-24', 6)],
        until: '2026-11-21',
        next: null,
      }),
    )
    expect(await reading).toEqual([[day('2026-11-22', 9)], [day('2026-11-21', 8), day('2026-11-22', 9)]])
    expect(page.calls('storedDays')).toEqual([
      [A, null],
      [A, 801],
    ])
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
