import { beforeAll, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import { A, appOf, B, FIRST, good, line, openPage, type Page, SECOND } from './testing/page.ts'
import { readTicketWriter } from './ticket.ts'

beforeAll(readTicketWriter)

it('what is told has a number of its own, so that one can be dismissed and the same told again', () => {
  const page = openPage()
  page.state().notify({ kind: 'copied', account: A })
  page.state().notify({ kind: 'copied', account: A })
  page.state().notify({ kind: 'copied', account: B })
  const [first, second] = page.state().notices
  expect(first?.id).not.toBe(second?.id)
  page.state().dismiss(first?.id ?? 0)
  expect(page.state().notices.map(({ id }) => id)).not.toContain(first?.id)
  expect(page.notices()).toEqual([
    { kind: 'copied', account: A },
    { kind: 'copied', account: B },
  ])
})

it('a number is not given twice, though what had it is gone', () => {
  const page = openPage()
  page.state().notify({ kind: 'nothing-to-copy' })
  const first = page.state().notices[0]?.id ?? 0
  page.state().dismiss(first)
  page.state().notify({ kind: 'nothing-to-copy' })
  expect(page.state().notices[0]?.id).not.toBe(first)
})

it('of many that are told the last five stand there', () => {
  const page = openPage()
  for (let count = 1; count <= 7; count++) {
    page.state().notify({ kind: 'lookups-exported', file: 'a.csv', count })
  }
  expect(page.notices().map(notice => 'count' in notice && notice.count)).toEqual([3, 4, 5, 6, 7])
})

it('a failure is told by its code, and none is not told', () => {
  const page = openPage()
  page.state().tell(null)
  expect(page.notices()).toEqual([])
  page.state().tell({ code: 'RATE_LIMITED', opensInMs: 1 })
  expect(page.notices()).toEqual([{ kind: 'trouble', code: 'RATE_LIMITED' }])
})

it('no end of an act tells of the last profile’s customer once another profile is on the screen', async () => {
  const acts = [
    [
      (page: Page) => page.state().removeSavedAccount(line(A)),
      'removeSavedAccount',
      [ok(null), fail({ code: 'STORE_READ_ONLY' })],
    ],
    [
      (page: Page) => page.state().exportHistory(A),
      'exportLookups',
      [ok({ name: '090-1234-5678 lookups.csv', rows: 1 }), fail({ code: 'FILE_NOT_WRITTEN' })],
    ],
    [
      (page: Page) => page.state().exportSavedAccounts(),
      'exportSavedAccounts',
      [ok('First lines.csv'), fail({ code: 'FILE_NOT_WRITTEN' })],
    ],
    [(page: Page) => page.state().copyTicket(), 'copy', [ok(null), fail({ code: 'CLIPBOARD_BUSY' })]],
  ] as const
  for (const [act, method, outcomes] of acts) {
    for (const outcome of outcomes) {
      const page = openPage(appOf(FIRST, { savedAccounts: [line(A)] }))
      await page.show(good(A))
      void act(page)
      await page.switchTo(appOf(SECOND))
      await page.answer(method, outcome as never)
      expect([method, page.notices()]).toEqual([method, []])
    }
  }
})

it('an overlay that tells late that it closed does not close the one that is open', () => {
  const page = openPage()
  page.state().openOverlay('palette')
  page.state().openOverlay('shortcuts')
  page.state().closeOverlay('palette')
  expect(page.state().overlay).toBe('shortcuts')
  page.state().closeOverlay('shortcuts')
  expect(page.state().overlay).toBeNull()
})

it('numbers are shown until they are hidden, and hidden until they are shown', () => {
  const page = openPage()
  expect(page.state().numbersHidden).toBe(false)
  page.state().toggleNumbers()
  expect(page.state().numbersHidden).toBe(true)
  page.state().toggleNumbers()
  expect(page.state().numbersHidden).toBe(false)
})
