import { beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import { LIST_PAGE } from '../../domain/saved-account.ts'
import { covers } from './saved-accounts.ts'
import { A, appOf, B, FIRST, good, line, openPage, type Page, pageOf, SECOND } from './testing/page.ts'

const YAMADA = line(A, { label: '山田 太郎', note: '平日のみ', pinned: true, last: good(A) })
const SUZUKI = line(B, { label: '鈴木 花子' })
const draftOf = ({ account, label, note, pinned }: typeof YAMADA) => ({ account, label, note, pinned })

let page: Page

beforeEach(() => {
  page = openPage(appOf(FIRST, { savedAccounts: [YAMADA, SUZUKI] }))
})

const lines = () => page.state().listed.lines
const shownLine = () => {
  const { view } = page.state()
  return 'savedAccount' in view ? view.savedAccount : undefined
}
const readOnly = fail({ code: 'STORE_READ_ONLY' } as const)

describe('a line that is added', () => {
  it('is on the list where the store has it, and beside its account on the screen', async () => {
    page.keep([YAMADA])
    await page.show(good(B))
    expect(shownLine()).toBeNull()
    const added = page.state().saveAccount(draftOf(SUZUKI))
    expect(page.calls('saveAccount')).toEqual([[draftOf(SUZUKI)]])
    const stored = { ...SUZUKI, id: 12, last: good(B) }
    page.keep([stored, YAMADA])
    await page.answer('saveAccount', ok(stored))
    expect(await added).toBeNull()
    expect(lines()).toEqual([stored, YAMADA])
    expect(shownLine()).toEqual(stored)
  })

  it('and refused is on no list, and its form is told why', async () => {
    const added = page.state().saveAccount(draftOf(YAMADA))
    await page.answer('saveAccount', fail({ code: 'LINE_EXISTS' }))
    expect(await added).toEqual({ code: 'LINE_EXISTS' })
    expect(lines()).toEqual([YAMADA, SUZUKI])
    expect(page.notices()).toEqual([])
  })
})

describe('a line that is edited', () => {
  const edited = { ...YAMADA, label: '山田 次郎', note: '', pinned: false }

  it('has its new words on the list and beside its account', async () => {
    await page.show(good(A))
    const saved = page.state().editSavedAccount(edited)
    expect(page.calls('editSavedAccount')).toEqual([[{ id: 1, label: '山田 次郎', note: '', pinned: false }]])
    expect([lines(), shownLine()]).toEqual([[YAMADA, SUZUKI], YAMADA])
    page.keep([SUZUKI, edited])
    await page.answer('editSavedAccount', ok(null))
    expect(await saved).toBeNull()
    expect([lines(), shownLine()]).toEqual([[SUZUKI, edited], edited])
  })

  it('leaves what stands beside another account', async () => {
    await page.show(good(B))
    void page.state().editSavedAccount(edited)
    await page.answer('editSavedAccount', ok(null))
    expect(shownLine()).toEqual(SUZUKI)
  })

  it('and refused stays as it was, and its form is told why', async () => {
    const saved = page.state().editSavedAccount(edited)
    page.keep([edited])
    await page.answer('editSavedAccount', readOnly)
    expect(await saved).toEqual({ code: 'STORE_READ_ONLY' })
    expect(lines()).toEqual([YAMADA, SUZUKI])
  })
})

describe('a line that is removed', () => {
  it('goes once the store has removed it, and its words can be brought back', async () => {
    void page.state().removeSavedAccount(YAMADA)
    expect(page.asked()).toEqual([['removeSavedAccount', 1]])
    expect(lines()).toEqual([YAMADA, SUZUKI])
    page.keep([SUZUKI])
    await page.answer('removeSavedAccount', ok(null))
    expect(lines()).toEqual([SUZUKI])
    expect(page.notices()).toEqual([{ kind: 'removed', line: draftOf(YAMADA) }])
  })

  it('comes back as it was written, with what is stored of it', async () => {
    await page.show(good(A))
    void page.state().removeSavedAccount(YAMADA)
    await page.answer('removeSavedAccount', ok(null))
    expect(shownLine()).toBeNull()
    const [notice] = page.notices()
    if (notice?.kind !== 'removed') throw new Error('nothing to bring back')
    void page.state().saveAccount(notice.line)
    expect(page.calls('saveAccount')).toEqual([[draftOf(YAMADA)]])
    await page.answer('saveAccount', ok({ ...YAMADA, id: 3 }))
    expect(shownLine()).toEqual({ ...YAMADA, id: 3 })
  })

  it('and refused stays, and that is told', async () => {
    page.keep([])
    void page.state().removeSavedAccount(YAMADA)
    await page.answer('removeSavedAccount', readOnly)
    expect(lines()).toEqual([YAMADA, SUZUKI])
    expect(page.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
  })
})

describe('the star', () => {
  it('removes a line that is kept', async () => {
    await page.show(good(A))
    void page.state().toggleStar()
    await page.answer('removeSavedAccount', ok(null))
    expect(page.calls('removeSavedAccount')).toEqual([[1]])
    expect(page.calls('saveAccount')).toEqual([])
    expect(page.notices()).toMatchObject([{ kind: 'removed' }])
  })

  it('keeps one that is not, without a word of it yet', async () => {
    page.keep([YAMADA])
    await page.show(good(B))
    void page.state().toggleStar()
    expect(page.asked().at(-1)).toEqual(['saveAccount', { account: B, label: '', note: '', pinned: false }])
    await page.answer('saveAccount', ok(line(B)))
    expect(shownLine()).toEqual(line(B))
    expect(page.notices()).toEqual([])
  })

  it('tells where it could not', async () => {
    page.keep([])
    await page.show(good(B))
    void page.state().toggleStar()
    await page.answer('saveAccount', readOnly)
    expect(page.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
  })

  it('is for figures alone', async () => {
    await page.state().toggleStar()
    await page.failAt(A, { code: 'TIMEOUT' })
    await page.state().toggleStar()
    void page.state().lookUp(B)
    await page.state().toggleStar()
    expect(page.calls('saveAccount')).toEqual([])
    expect(page.calls('removeSavedAccount')).toEqual([])
  })
})

describe('lines from a file', () => {
  const FRESH = { ...SUZUKI, label: '鈴木 一郎' }

  it('are sent all at once; the list, and what stands beside the account, is what the store has then', async () => {
    await page.show(good(B))
    const imported = page.state().importSavedAccounts([draftOf(YAMADA), draftOf(FRESH)])
    expect(page.calls('importSavedAccounts')).toEqual([[JSON.stringify([draftOf(YAMADA), draftOf(FRESH)])]])
    page.keep([FRESH, YAMADA])
    await page.answer('importSavedAccounts', ok(null))
    await page.answer('savedAccount', ok(FRESH))
    expect(await imported).toBeNull()
    expect([lines(), shownLine()]).toEqual([[FRESH, YAMADA], FRESH])
    expect(page.calls('savedAccount')).toEqual([[B]])
  })

  it('that were refused change nothing', async () => {
    const imported = page.state().importSavedAccounts([draftOf(SUZUKI)])
    page.keep([])
    await page.answer('importSavedAccounts', readOnly)
    expect(await imported).toEqual({ code: 'STORE_READ_ONLY' })
    expect(lines()).toEqual([YAMADA, SUZUKI])
  })

  const numbered = Array.from({ length: 1_500 }, (_, n) => ({ kind: 'line', id: `${n}` }) as const)

  it('are compared with what is kept of them, a part at a time', async () => {
    const kept = page.state().keptAccounts(numbered)
    expect(page.calls('keptAccounts').map(([accounts]) => (accounts as string[]).length)).toEqual([1_000])
    await page.answer('keptAccounts', ok([draftOf(YAMADA)]))
    expect(page.calls('keptAccounts')[1]).toEqual([numbered.slice(1_000)])
    await page.answer('keptAccounts', ok([draftOf(SUZUKI)]))
    expect(await kept).toEqual([draftOf(YAMADA), draftOf(SUZUKI)])
  })

  it('are not taken for new ones where what is kept can not be read', async () => {
    const kept = page.state().keptAccounts(numbered)
    await page.answer('keptAccounts', readOnly)
    expect(await kept).toBeNull()
    expect(page.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
  })
})

describe('the list', () => {
  beforeEach(() => page.keep(null))

  it('begins as the main process gives it, without a question', () => {
    expect(page.state().listed).toEqual(pageOf([YAMADA, SUZUKI]))
    expect(page.asked()).toEqual([])
  })

  it('is what a search finds, from its beginning, and stays as it was until that is known', async () => {
    void page.state().setSearch('鈴')
    expect(page.calls('savedAccounts')).toEqual([
      [{ search: '鈴', order: 'kept', offset: 0, limit: LIST_PAGE }],
    ])
    expect(lines()).toEqual([YAMADA, SUZUKI])
    const found = pageOf([SUZUKI], { search: '鈴', total: 2 })
    await page.answer('savedAccounts', ok(found))
    expect(page.state()).toMatchObject({ search: '鈴', listed: found })
  })

  it('is searched for no more than the main process takes', () => {
    void page.state().setSearch('1'.repeat(1_001))
    const search = '1'.repeat(1_000)
    expect(page.calls('savedAccounts')).toEqual([[{ search, order: 'kept', offset: 0, limit: LIST_PAGE }]])
    expect(page.state().search).toBe(search)
  })

  it('is of the last search, however late an earlier one is answered', async () => {
    void page.state().setSearch('山')
    void page.state().setSearch('鈴')
    await page.answer('savedAccounts', ok(pageOf([SUZUKI], { search: '鈴' })), { last: true })
    await page.answer('savedAccounts', ok(pageOf([YAMADA], { search: '山' })))
    expect(lines()).toEqual([SUZUKI])
  })

  it('stays as it was where it can not be read', async () => {
    void page.state().setSearch('鈴')
    await page.answer('savedAccounts', fail({ code: 'INTERNAL' }))
    expect(lines()).toEqual([YAMADA, SUZUKI])
  })

  it('reads the part that comes into sight, with some around it, and only where it has it not', async () => {
    await page.state().lookAt(0, 19)
    expect(page.calls('savedAccounts')).toEqual([])
    void page.state().lookAt(400, 419)
    const [[wanted]] = page.calls('savedAccounts') as [[{ readonly offset: number; readonly limit: number }]]
    expect(wanted.offset).toBeLessThan(400)
    expect(wanted.offset + wanted.limit).toBeGreaterThan(420)
    await page.answer('savedAccounts', ok(pageOf([SUZUKI], { offset: wanted.offset, found: 900 })))
    await page.state().lookAt(395, 425)
    expect(page.calls('savedAccounts')).toHaveLength(1)
    void page.state().readList()
    expect(page.calls('savedAccounts')[1]).toEqual([wanted])
  })

  it('has a page that covers its own rows and no others', () => {
    const page = pageOf([], { offset: 100 })
    expect(covers(page, 100, 100 + LIST_PAGE - 1)).toBe(true)
    expect(covers(page, 99, 110)).toBe(false)
    expect(covers(page, 110, 100 + LIST_PAGE)).toBe(false)
  })

  it('of another profile is that one’s, from its beginning, whatever was asked of the last one', async () => {
    void page.state().setSearch('山')
    void page.state().lookAt(500, 510)
    await page.switchTo(appOf(SECOND, { savedAccounts: [line(B)] }))
    await page.answer('savedAccounts', ok(pageOf([YAMADA], { search: '山' })))
    await page.answer('savedAccounts', ok(pageOf([YAMADA], { search: '山' })))
    expect(page.state()).toMatchObject({ search: '', listed: pageOf([line(B)]) })
  })

  it('has another answer of one line without being read again', () => {
    const answered = { ...YAMADA, last: good(A, { todayKb: 5 }), before: good(A) }
    page.state().accountAnswered(answered)
    expect(lines()).toEqual([answered, SUZUKI])
    page.state().accountAnswered(line(A, { id: 99 }))
    expect(lines()).toEqual([answered, SUZUKI])
    expect(page.asked()).toEqual([])
  })

  it('keeps what is searched for, edited and imported apart', () => {
    void page.state().setSearch('鈴木')
    page.state().edit({ line: SUZUKI })
    page.state().openImport(true)
    expect(page.state()).toMatchObject({ search: '鈴木', editing: { line: SUZUKI }, importing: true })
    page.state().edit(null)
    page.state().openImport(false)
    expect(page.state()).toMatchObject({ search: '鈴木', editing: null, importing: false })
  })
})

describe('the palette’s search', () => {
  beforeEach(() => page.keep(null))

  it('finds the first few, and leaves the list', async () => {
    const found = page.state().findSavedAccounts('鈴', 8)
    expect(page.calls('savedAccounts')).toEqual([[{ search: '鈴', order: 'kept', offset: 0, limit: 8 }]])
    await page.answer('savedAccounts', ok(pageOf([SUZUKI])))
    expect(await found).toEqual([SUZUKI])
    expect(lines()).toEqual([YAMADA, SUZUKI])
  })

  it('asks for nothing where nothing is typed, or more than a name', async () => {
    for (const text of ['', '  ', 'x'.repeat(1_001)])
      expect(await page.state().findSavedAccounts(text, 8)).toEqual([])
    expect(page.asked()).toEqual([])
  })
})
