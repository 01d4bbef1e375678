import { beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../shared/result.ts'
import { lineOf, visibleLines } from './saved-lines.ts'
import { A, appOf, B, type Desk, FIRST, good, line, openDesk } from './testing/desk.ts'

const YAMADA = line(A, { label: '山田 太郎', note: '平日のみ', pinned: true, last: good(A) })
const SUZUKI = line(B, { label: '鈴木 花子' })
const draftOf = ({ account, label, note, pinned }: typeof YAMADA) => ({ account, label, note, pinned })
const textOf = (given: typeof YAMADA) => ({ ...draftOf(given), account: given.account.id })

let desk: Desk

beforeEach(() => {
  desk = openDesk(appOf(FIRST, { savedLines: [YAMADA, SUZUKI] }))
})

const lines = () => desk.state().app.current?.savedLines
const readOnly = fail({ code: 'STORE_READ_ONLY' } as const)

describe('a line that is added', () => {
  it('comes last, as the store keeps it', async () => {
    desk.state().currentChanged({ savedLines: [YAMADA] })
    const added = desk.state().addLine(draftOf(SUZUKI))
    expect(desk.asked()).toEqual([['addLine', textOf(SUZUKI)]])
    expect(lines()).toEqual([YAMADA])
    const stored = { ...SUZUKI, id: 12, last: good(B) }
    await desk.answer('addLine', ok(stored))
    expect(await added).toBeNull()
    expect(lines()).toEqual([YAMADA, stored])
  })

  it('and refused is on no list, and its form is told why', async () => {
    const added = desk.state().addLine(draftOf(YAMADA))
    await desk.answer('addLine', fail({ code: 'LINE_EXISTS' }))
    expect(await added).toEqual({ code: 'LINE_EXISTS' })
    expect(lines()).toEqual([YAMADA, SUZUKI])
    expect(desk.notices()).toEqual([])
  })
})

describe('a line that is edited', () => {
  const edited = { ...YAMADA, label: '山田 次郎', note: '', pinned: false }

  it('has its new words and keeps its place and its figures', async () => {
    const saved = desk.state().editLine({ ...edited, last: null })
    expect(desk.asked()).toEqual([['editLine', { id: 1, label: '山田 次郎', note: '', pinned: false }]])
    expect(lines()).toEqual([YAMADA, SUZUKI])
    await desk.answer('editLine', ok(null))
    expect(await saved).toBeNull()
    expect(lines()).toEqual([edited, SUZUKI])
  })

  it('and refused stays as it was, and its form is told why', async () => {
    const saved = desk.state().editLine(edited)
    await desk.answer('editLine', readOnly)
    expect(await saved).toEqual({ code: 'STORE_READ_ONLY' })
    expect(lines()).toEqual([YAMADA, SUZUKI])
  })
})

describe('a line that is removed', () => {
  it('goes once the store has removed it, and its words can be brought back', async () => {
    void desk.state().removeLine(YAMADA)
    expect(desk.asked()).toEqual([['removeLine', 1]])
    expect(lines()).toEqual([YAMADA, SUZUKI])
    await desk.answer('removeLine', ok(null))
    expect(lines()).toEqual([SUZUKI])
    expect(desk.notices()).toEqual([{ kind: 'removed', line: draftOf(YAMADA) }])
  })

  it('comes back as it was written, with what is stored of it', async () => {
    void desk.state().removeLine(YAMADA)
    await desk.answer('removeLine', ok(null))
    const [notice] = desk.notices()
    if (notice?.kind !== 'removed') throw new Error('nothing to bring back')
    void desk.state().addLine(notice.line)
    expect(desk.calls('addLine')).toEqual([[textOf(YAMADA)]])
    await desk.answer('addLine', ok({ ...YAMADA, id: 3 }))
    expect(lines()).toEqual([SUZUKI, { ...YAMADA, id: 3 }])
  })

  it('and refused stays, and that is told', async () => {
    void desk.state().removeLine(YAMADA)
    await desk.answer('removeLine', readOnly)
    expect(lines()).toEqual([YAMADA, SUZUKI])
    expect(desk.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
  })
})

describe('the star', () => {
  it('removes a line that is kept', async () => {
    void desk.state().toggleStar(A)
    await desk.answer('removeLine', ok(null))
    expect(desk.calls('removeLine')).toEqual([[1]])
    expect(desk.calls('addLine')).toEqual([])
    expect(desk.notices()).toMatchObject([{ kind: 'removed' }])
  })

  it('keeps one that is not, without a word of it yet', async () => {
    desk.state().currentChanged({ savedLines: [YAMADA] })
    void desk.state().toggleStar(B)
    expect(desk.asked()).toEqual([['addLine', { account: B.id, label: '', note: '', pinned: false }]])
    await desk.answer('addLine', ok(line(B)))
    expect(lines()).toEqual([YAMADA, line(B)])
    expect(desk.notices()).toEqual([])
  })

  it('tells where it could not', async () => {
    desk.state().currentChanged({ savedLines: [] })
    void desk.state().toggleStar(B)
    await desk.answer('addLine', readOnly)
    expect(desk.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
  })
})

describe('a kept line after a lookup', () => {
  it('is read again alone, and keeps its place', async () => {
    const fresh = { ...YAMADA, last: good(A, { todayKb: 5 }), before: good(A) }
    void desk.state().refreshLine(A)
    expect(desk.asked()).toEqual([['savedLine', A.id]])
    await desk.answer('savedLine', ok(fresh))
    expect(lines()).toEqual([fresh, SUZUKI])
  })

  it.each([
    ['is gone', ok(null)],
    ['can not be read', readOnly],
  ] as const)('stays on the list as it was where it %s', async (_, outcome) => {
    void desk.state().refreshLine(A)
    await desk.answer('savedLine', outcome)
    expect(lines()).toEqual([YAMADA, SUZUKI])
  })

  it('is not read where it is not kept', async () => {
    desk.state().currentChanged({ savedLines: [SUZUKI] })
    await desk.state().refreshLine(A)
    expect(desk.asked()).toEqual([])
  })

  it('does not come back where it was removed meanwhile', async () => {
    void desk.state().refreshLine(A)
    desk.state().currentChanged({ savedLines: [SUZUKI] })
    await desk.answer('savedLine', ok(YAMADA))
    expect(lines()).toEqual([SUZUKI])
  })
})

describe('lines from a file', () => {
  it('are sent all at once, and the list is what the store has then', async () => {
    const imported = desk.state().importLines([draftOf(YAMADA), draftOf(SUZUKI)])
    expect(desk.asked()).toEqual([['importLines', [textOf(YAMADA), textOf(SUZUKI)]]])
    await desk.answer('importLines', ok([SUZUKI, YAMADA]))
    expect(await imported).toBeNull()
    expect(lines()).toEqual([SUZUKI, YAMADA])
  })

  it('that were refused change nothing', async () => {
    const imported = desk.state().importLines([draftOf(SUZUKI)])
    await desk.answer('importLines', readOnly)
    expect(await imported).toEqual({ code: 'STORE_READ_ONLY' })
    expect(lines()).toEqual([YAMADA, SUZUKI])
  })
})

describe('the list', () => {
  it('has pinned lines first, each part in the order they are kept', () => {
    const [first, second, third, fourth] = [
      line(A, { id: 1 }),
      line(A, { id: 2, pinned: true }),
      line(A, { id: 3 }),
      line(A, { id: 4, pinned: true }),
    ]
    expect(visibleLines([first, second, third, fourth], '')).toEqual([second, fourth, first, third])
  })

  it('has what the search finds alone', () => {
    expect(visibleLines([YAMADA, SUZUKI], '鈴木')).toEqual([SUZUKI])
    expect(visibleLines([YAMADA, SUZUKI], '0901234')).toEqual([YAMADA])
    expect(visibleLines([YAMADA, SUZUKI], '佐藤')).toEqual([])
  })

  it('knows the line of an account', () => {
    expect(lineOf([YAMADA, SUZUKI], B)).toBe(SUZUKI)
    expect(lineOf([YAMADA], B)).toBeUndefined()
  })

  it('keeps what is searched for, edited and imported apart', () => {
    desk.state().setSearch('鈴木')
    desk.state().edit({ line: SUZUKI })
    desk.state().openImport(true)
    expect(desk.state()).toMatchObject({ search: '鈴木', editing: { line: SUZUKI }, importing: true })
    desk.state().edit(null)
    desk.state().openImport(false)
    expect(desk.state()).toMatchObject({ search: '鈴木', editing: null, importing: false })
    expect(desk.asked()).toEqual([])
  })
})
