import { expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import { A, appOf, B, type Desk, FIRST, good, line, openDesk, SECOND } from './testing/desk.ts'

it('what is told has a number of its own, so that one can be dismissed and the same told again', () => {
  const desk = openDesk()
  desk.state().notify({ kind: 'copied', account: A })
  desk.state().notify({ kind: 'copied', account: A })
  desk.state().notify({ kind: 'copied', account: B })
  const [first, second] = desk.state().notices
  expect(first?.id).not.toBe(second?.id)
  desk.state().dismiss(first?.id ?? 0)
  expect(desk.state().notices.map(({ id }) => id)).not.toContain(first?.id)
  expect(desk.notices()).toEqual([
    { kind: 'copied', account: A },
    { kind: 'copied', account: B },
  ])
})

it('a number is not given twice, though what had it is gone', () => {
  const desk = openDesk()
  desk.state().notify({ kind: 'nothing-to-copy' })
  const first = desk.state().notices[0]?.id ?? 0
  desk.state().dismiss(first)
  desk.state().notify({ kind: 'nothing-to-copy' })
  expect(desk.state().notices[0]?.id).not.toBe(first)
})

it('of many that are told the last five stand there', () => {
  const desk = openDesk()
  for (let count = 1; count <= 7; count++) {
    desk.state().notify({ kind: 'lookups-exported', file: 'a.csv', count })
  }
  expect(desk.notices().map(notice => 'count' in notice && notice.count)).toEqual([3, 4, 5, 6, 7])
})

it('a failure is told by its code, and none is not told', () => {
  const desk = openDesk()
  desk.state().tell(null)
  expect(desk.notices()).toEqual([])
  desk.state().tell({ code: 'RATE_LIMITED', opensInMs: 1 })
  expect(desk.notices()).toEqual([{ kind: 'trouble', code: 'RATE_LIMITED' }])
})

it('no end of an act tells of the last profile’s customer once another profile is on the screen', async () => {
  const acts = [
    [
      (desk: Desk) => desk.state().removeLine(line(A)),
      'removeLine',
      [ok(null), fail({ code: 'STORE_READ_ONLY' })],
    ],
    [
      (desk: Desk) => desk.state().exportHistory(A),
      'exportLookups',
      [ok({ name: '090-1234-5678 lookups.csv', rows: 1 }), fail({ code: 'FILE_NOT_WRITTEN' })],
    ],
    [
      (desk: Desk) => desk.state().exportLines(),
      'exportLines',
      [ok('First lines.csv'), fail({ code: 'FILE_NOT_WRITTEN' })],
    ],
    [(desk: Desk) => desk.state().copyTicket(), 'copy', [ok(null), fail({ code: 'CLIPBOARD_BUSY' })]],
  ] as const
  for (const [act, method, outcomes] of acts) {
    for (const outcome of outcomes) {
      const desk = openDesk(appOf(FIRST, { savedLines: [line(A)] }))
      await desk.show(good(A))
      void act(desk)
      await desk.switchTo(appOf(SECOND))
      await desk.answer(method, outcome as never)
      expect([method, desk.notices()]).toEqual([method, []])
    }
  }
})

it('an overlay that tells late that it closed does not close the one that is open', () => {
  const desk = openDesk()
  desk.state().openOverlay('palette')
  desk.state().openOverlay('shortcuts')
  desk.state().closeOverlay('palette')
  expect(desk.state().overlay).toBe('shortcuts')
  desk.state().closeOverlay('shortcuts')
  expect(desk.state().overlay).toBeNull()
})

it('numbers are shown until they are hidden, and hidden until they are shown', () => {
  const desk = openDesk()
  expect(desk.state().veiled).toBe(false)
  desk.state().toggleVeil()
  expect(desk.state().veiled).toBe(true)
  desk.state().toggleVeil()
  expect(desk.state().veiled).toBe(false)
})
