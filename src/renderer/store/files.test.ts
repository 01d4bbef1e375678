import { beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import { A, appOf, B, type Desk, FIRST, good, line, openDesk, recorded } from './testing/desk.ts'

let desk: Desk

beforeEach(() => {
  desk = openDesk(appOf(FIRST, { savedLines: [line(A)] }))
})

const notWritten = fail({ code: 'FILE_NOT_WRITTEN' } as const)

describe('an export of stored lookups', () => {
  it('of an account’s history names that account, and is told with its file and its number of rows', async () => {
    void desk.state().exportHistory(A)
    expect(desk.asked()).toEqual([['exportLookups', { kind: 'account', account: A.id }]])
    expect(desk.notices()).toEqual([])
    await desk.answer('exportLookups', ok({ name: 'history.csv', rows: 12 }))
    expect(desk.notices()).toEqual([{ kind: 'lookups-exported', file: 'history.csv', count: 12 }])
  })

  it('of the shift names no account', async () => {
    void desk.state().exportShift()
    expect(desk.asked()).toEqual([['exportLookups', { kind: 'shift' }]])
    await desk.answer('exportLookups', ok({ name: 'shift.json', rows: 0 }))
    expect(desk.notices()).toEqual([{ kind: 'lookups-exported', file: 'shift.json', count: 0 }])
  })

  it.each(['exportHistory', 'exportShift'] as const)(
    'that was called off is not spoken of, and one that failed is: %s',
    async act => {
      void desk.state()[act](A)
      await desk.answer('exportLookups', ok(null))
      expect(desk.notices()).toEqual([])
      void desk.state()[act](A)
      await desk.answer('exportLookups', notWritten)
      expect(desk.notices()).toEqual([{ kind: 'trouble', code: 'FILE_NOT_WRITTEN' }])
    },
  )

  it('shows how far it has come while it takes long, and can be given up', () => {
    expect(desk.state().progress).toBeNull()
    desk.tell('progress', { task: 'export', done: 500, total: 2_000 })
    expect(desk.state().progress).toEqual({ task: 'export', done: 500, total: 2_000 })
    void desk.state().cancelExport()
    expect(desk.asked()).toEqual([['cancelExport']])
    desk.tell('progress', null)
    expect(desk.state().progress).toBeNull()
  })
})

describe('an export of the kept lines', () => {
  it.each([
    ['that was written is told by its file', ok('lines.csv'), [{ kind: 'exported', file: 'lines.csv' }]],
    ['that was called off is not spoken of', ok(null), []],
    ['that failed is told', notWritten, [{ kind: 'trouble', code: 'FILE_NOT_WRITTEN' }]],
  ] as const)('%s', async (_, outcome, told) => {
    void desk.state().exportLines()
    expect(desk.asked()).toEqual([['exportLines']])
    await desk.answer('exportLines', outcome)
    expect(desk.notices()).toEqual(told)
  })
})

describe('what is stored of an account', () => {
  const trouble = fail({ code: 'INTERNAL' } as const)

  it('is read for that account, and nobody is queried', async () => {
    const read = Promise.all([
      desk.state().readHistory(A),
      desk.state().readSeries(A),
      desk.state().readRawReply(7),
    ])
    expect(desk.asked()).toEqual([
      ['history', A.id],
      ['series', A.id],
      ['rawReply', 7],
    ])
    const history = [recorded(A, { code: 'TIMEOUT' })]
    const series = [{ date: '2026-11-22', kb: 1, lookupId: 1, incomplete: false }]
    await desk.answer('history', ok(history))
    await desk.answer('series', ok(series))
    await desk.answer('rawReply', ok({ kind: 'kept', text: '{}' }))
    expect(await read).toEqual([history, series, { kind: 'kept', text: '{}' }])
  })

  it('is nothing where it can not be read', async () => {
    const read = Promise.all([
      desk.state().readHistory(A),
      desk.state().readSeries(A),
      desk.state().readRawReply(7),
    ])
    await desk.answer('history', trouble)
    await desk.answer('series', trouble)
    await desk.answer('rawReply', trouble)
    expect(await read).toEqual([[], [], { kind: 'not-kept' }])
  })
})

describe('what is cleared for good', () => {
  const cleared = appOf(FIRST)
  const left = { ...line(B), last: null }

  beforeEach(() => desk.keep([left]))

  it('takes the figures off the screen, and the lines are read anew', async () => {
    await desk.show(good(B))
    const done = desk.state().clearHistory()
    expect(desk.state().view.kind).toBe('shown')
    await desk.answer('clearHistory', ok(null))
    expect(desk.state()).toMatchObject({ view: { kind: 'empty' }, text: '' })
    await desk.answer('appState', ok(cleared))
    expect(await done).toBe(true)
    expect(desk.state().listed.lines).toEqual([left])
  })

  it('of one customer takes the offer to bring their line back as well', async () => {
    await desk.show(good(B))
    desk.state().notify({ kind: 'removed', line: line(B) })
    const done = desk.state().forgetCustomer(B)
    expect(desk.asked().at(-1)).toEqual(['forgetCustomer', B.id])
    await desk.answer('forgetCustomer', ok(null))
    expect(desk.state()).toMatchObject({ view: { kind: 'empty' }, text: '', notices: [] })
    await desk.answer('appState', ok(cleared))
    expect(await done).toBe(true)
    expect(desk.state().listed.lines).toEqual([left])
  })

  it.each(['clearHistory', 'forgetCustomer'] as const)(
    'and was not is told, and everything stays: %s',
    async act => {
      await desk.show(good(B))
      const done = desk.state()[act](B)
      await desk.answer(act, fail({ code: 'STORE_READ_ONLY' }))
      expect(await done).toBe(false)
      expect(desk.state().view).toMatchObject({ kind: 'shown', account: B })
      expect(desk.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
    },
  )
})
