import { beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import { PAGE_OF_LINES } from '../../domain/saved-line.ts'
import { covers } from './saved-lines.ts'
import { A, appOf, B, type Desk, FIRST, good, line, openDesk, pageOf, SECOND } from './testing/desk.ts'

const YAMADA = line(A, { label: '山田 太郎', note: '平日のみ', pinned: true, last: good(A) })
const SUZUKI = line(B, { label: '鈴木 花子' })
const draftOf = ({ account, label, note, pinned }: typeof YAMADA) => ({ account, label, note, pinned })
const textOf = (given: typeof YAMADA) => ({ ...draftOf(given), account: given.account.id })

let desk: Desk

beforeEach(() => {
  desk = openDesk(appOf(FIRST, { savedLines: [YAMADA, SUZUKI] }))
})

const lines = () => desk.state().listed.lines
const shownLine = () => {
  const { view } = desk.state()
  return 'savedLine' in view ? view.savedLine : undefined
}
const readOnly = fail({ code: 'STORE_READ_ONLY' } as const)

describe('a line that is added', () => {
  it('is on the list where the store has it, and beside its account on the screen', async () => {
    desk.keep([YAMADA])
    await desk.show(good(B))
    expect(shownLine()).toBeNull()
    const added = desk.state().addLine(draftOf(SUZUKI))
    expect(desk.calls('addLine')).toEqual([[textOf(SUZUKI)]])
    const stored = { ...SUZUKI, id: 12, last: good(B) }
    desk.keep([stored, YAMADA])
    await desk.answer('addLine', ok(stored))
    expect(await added).toBeNull()
    expect(lines()).toEqual([stored, YAMADA])
    expect(shownLine()).toEqual(stored)
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

  it('has its new words on the list and beside its account', async () => {
    await desk.show(good(A))
    const saved = desk.state().editLine(edited)
    expect(desk.calls('editLine')).toEqual([[{ id: 1, label: '山田 次郎', note: '', pinned: false }]])
    expect([lines(), shownLine()]).toEqual([[YAMADA, SUZUKI], YAMADA])
    desk.keep([SUZUKI, edited])
    await desk.answer('editLine', ok(null))
    expect(await saved).toBeNull()
    expect([lines(), shownLine()]).toEqual([[SUZUKI, edited], edited])
  })

  it('leaves what stands beside another account', async () => {
    await desk.show(good(B))
    void desk.state().editLine(edited)
    await desk.answer('editLine', ok(null))
    expect(shownLine()).toEqual(SUZUKI)
  })

  it('and refused stays as it was, and its form is told why', async () => {
    const saved = desk.state().editLine(edited)
    desk.keep([edited])
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
    desk.keep([SUZUKI])
    await desk.answer('removeLine', ok(null))
    expect(lines()).toEqual([SUZUKI])
    expect(desk.notices()).toEqual([{ kind: 'removed', line: draftOf(YAMADA) }])
  })

  it('comes back as it was written, with what is stored of it', async () => {
    await desk.show(good(A))
    void desk.state().removeLine(YAMADA)
    await desk.answer('removeLine', ok(null))
    expect(shownLine()).toBeNull()
    const [notice] = desk.notices()
    if (notice?.kind !== 'removed') throw new Error('nothing to bring back')
    void desk.state().addLine(notice.line)
    expect(desk.calls('addLine')).toEqual([[textOf(YAMADA)]])
    await desk.answer('addLine', ok({ ...YAMADA, id: 3 }))
    expect(shownLine()).toEqual({ ...YAMADA, id: 3 })
  })

  it('and refused stays, and that is told', async () => {
    desk.keep([])
    void desk.state().removeLine(YAMADA)
    await desk.answer('removeLine', readOnly)
    expect(lines()).toEqual([YAMADA, SUZUKI])
    expect(desk.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
  })
})

describe('the star', () => {
  it('removes a line that is kept', async () => {
    await desk.show(good(A))
    void desk.state().toggleStar()
    await desk.answer('removeLine', ok(null))
    expect(desk.calls('removeLine')).toEqual([[1]])
    expect(desk.calls('addLine')).toEqual([])
    expect(desk.notices()).toMatchObject([{ kind: 'removed' }])
  })

  it('keeps one that is not, without a word of it yet', async () => {
    desk.keep([YAMADA])
    await desk.show(good(B))
    void desk.state().toggleStar()
    expect(desk.asked().at(-1)).toEqual(['addLine', { account: B.id, label: '', note: '', pinned: false }])
    await desk.answer('addLine', ok(line(B)))
    expect(shownLine()).toEqual(line(B))
    expect(desk.notices()).toEqual([])
  })

  it('tells where it could not', async () => {
    desk.keep([])
    await desk.show(good(B))
    void desk.state().toggleStar()
    await desk.answer('addLine', readOnly)
    expect(desk.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
  })

  it('is for figures alone', async () => {
    await desk.state().toggleStar()
    await desk.failAt(A, { code: 'TIMEOUT' })
    await desk.state().toggleStar()
    void desk.state().lookUp(B)
    await desk.state().toggleStar()
    expect(desk.calls('addLine')).toEqual([])
    expect(desk.calls('removeLine')).toEqual([])
  })
})

describe('lines from a file', () => {
  const FRESH = { ...SUZUKI, label: '鈴木 一郎' }

  it('are sent all at once; the list, and what stands beside the account, is what the store has then', async () => {
    await desk.show(good(B))
    const imported = desk.state().importLines([draftOf(YAMADA), draftOf(FRESH)])
    expect(desk.calls('importLines')).toEqual([[JSON.stringify([textOf(YAMADA), textOf(FRESH)])]])
    desk.keep([FRESH, YAMADA])
    await desk.answer('importLines', ok(null))
    await desk.answer('savedLine', ok(FRESH))
    expect(await imported).toBeNull()
    expect([lines(), shownLine()]).toEqual([[FRESH, YAMADA], FRESH])
    expect(desk.calls('savedLine')).toEqual([[B.id]])
  })

  it('that were refused change nothing', async () => {
    const imported = desk.state().importLines([draftOf(SUZUKI)])
    desk.keep([])
    await desk.answer('importLines', readOnly)
    expect(await imported).toEqual({ code: 'STORE_READ_ONLY' })
    expect(lines()).toEqual([YAMADA, SUZUKI])
  })

  const numbered = Array.from({ length: 1_500 }, (_, n) => ({ kind: 'line', id: `${n}` }) as const)

  it('are compared with what is kept of them, a part at a time', async () => {
    const kept = desk.state().keptLines(numbered)
    expect(desk.calls('keptLines').map(([accounts]) => (accounts as string[]).length)).toEqual([1_000])
    await desk.answer('keptLines', ok([draftOf(YAMADA)]))
    expect(desk.calls('keptLines')[1]).toEqual([numbered.slice(1_000).map(({ id }) => id)])
    await desk.answer('keptLines', ok([draftOf(SUZUKI)]))
    expect(await kept).toEqual([draftOf(YAMADA), draftOf(SUZUKI)])
  })

  it('are not taken for new ones where what is kept can not be read', async () => {
    const kept = desk.state().keptLines(numbered)
    await desk.answer('keptLines', readOnly)
    expect(await kept).toBeNull()
    expect(desk.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
  })
})

describe('the list', () => {
  beforeEach(() => desk.keep(null))

  it('begins as the main process gives it, without a question', () => {
    expect(desk.state().listed).toEqual(pageOf([YAMADA, SUZUKI]))
    expect(desk.asked()).toEqual([])
  })

  it('is what a search finds, from its beginning, and stays as it was until that is known', async () => {
    void desk.state().setSearch('鈴')
    expect(desk.calls('savedLines')).toEqual([[{ search: '鈴', offset: 0, limit: PAGE_OF_LINES }]])
    expect(lines()).toEqual([YAMADA, SUZUKI])
    const found = pageOf([SUZUKI], { search: '鈴', total: 2 })
    await desk.answer('savedLines', ok(found))
    expect(desk.state()).toMatchObject({ search: '鈴', listed: found })
  })

  it('is of the last search, however late an earlier one is answered', async () => {
    void desk.state().setSearch('山')
    void desk.state().setSearch('鈴')
    await desk.answer('savedLines', ok(pageOf([SUZUKI], { search: '鈴' })), { last: true })
    await desk.answer('savedLines', ok(pageOf([YAMADA], { search: '山' })))
    expect(lines()).toEqual([SUZUKI])
  })

  it('stays as it was where it can not be read', async () => {
    void desk.state().setSearch('鈴')
    await desk.answer('savedLines', fail({ code: 'INTERNAL' }))
    expect(lines()).toEqual([YAMADA, SUZUKI])
  })

  it('reads the part that comes into sight, with some around it, and only where it has it not', async () => {
    await desk.state().lookAt(0, 19)
    expect(desk.calls('savedLines')).toEqual([])
    void desk.state().lookAt(400, 419)
    const [[wanted]] = desk.calls('savedLines') as [[{ readonly offset: number; readonly limit: number }]]
    expect(wanted.offset).toBeLessThan(400)
    expect(wanted.offset + wanted.limit).toBeGreaterThan(420)
    await desk.answer('savedLines', ok(pageOf([SUZUKI], { offset: wanted.offset, found: 900 })))
    await desk.state().lookAt(395, 425)
    expect(desk.calls('savedLines')).toHaveLength(1)
    void desk.state().readLines()
    expect(desk.calls('savedLines')[1]).toEqual([wanted])
  })

  it('has a page that covers its own rows and no others', () => {
    const page = pageOf([], { offset: 100 })
    expect(covers(page, 100, 100 + PAGE_OF_LINES - 1)).toBe(true)
    expect(covers(page, 99, 110)).toBe(false)
    expect(covers(page, 110, 100 + PAGE_OF_LINES)).toBe(false)
  })

  it('of another profile is that one’s, from its beginning, whatever was asked of the last one', async () => {
    void desk.state().setSearch('山')
    void desk.state().lookAt(500, 510)
    await desk.switchTo(appOf(SECOND, { savedLines: [line(B)] }))
    await desk.answer('savedLines', ok(pageOf([YAMADA], { search: '山' })))
    await desk.answer('savedLines', ok(pageOf([YAMADA], { search: '山' })))
    expect(desk.state()).toMatchObject({ search: '', listed: pageOf([line(B)]) })
  })

  it('has another answer of one line without being read again', () => {
    const answered = { ...YAMADA, last: good(A, { todayKb: 5 }), before: good(A) }
    desk.state().lineAnswered(answered)
    expect(lines()).toEqual([answered, SUZUKI])
    desk.state().lineAnswered(line(A, { id: 99 }))
    expect(lines()).toEqual([answered, SUZUKI])
    expect(desk.asked()).toEqual([])
  })

  it('keeps what is searched for, edited and imported apart', () => {
    void desk.state().setSearch('鈴木')
    desk.state().edit({ line: SUZUKI })
    desk.state().openImport(true)
    expect(desk.state()).toMatchObject({ search: '鈴木', editing: { line: SUZUKI }, importing: true })
    desk.state().edit(null)
    desk.state().openImport(false)
    expect(desk.state()).toMatchObject({ search: '鈴木', editing: null, importing: false })
  })
})

describe('the palette’s search', () => {
  beforeEach(() => desk.keep(null))

  it('finds the first few, and leaves the list', async () => {
    const found = desk.state().findLines('鈴', 8)
    expect(desk.calls('savedLines')).toEqual([[{ search: '鈴', offset: 0, limit: 8 }]])
    await desk.answer('savedLines', ok(pageOf([SUZUKI])))
    expect(await found).toEqual([SUZUKI])
    expect(lines()).toEqual([YAMADA, SUZUKI])
  })

  it('asks for nothing where nothing is typed, or more than a name', async () => {
    for (const text of ['', '  ', 'x'.repeat(1_001)])
      expect(await desk.state().findLines(text, 8)).toEqual([])
    expect(desk.asked()).toEqual([])
  })
})
