import { expect, it, vi } from 'vitest'
import { ok } from '../../domain/result.ts'
import { A, B, good, openPage } from './testing/page.ts'

/** In the first moments after the start: what writes tickets is read once the test says so. */
const file = vi.hoisted(() => Promise.withResolvers<void>())

vi.mock('./ticket-copies.ts', async readActual => {
  await file.promise
  return readActual()
})

it('a copy waits until what writes tickets is read, and is of what was on the screen when it was asked for', async () => {
  const page = openPage()
  await page.show(good(A))
  void page.state().copyTicket()
  await page.show(good(B))
  void page.state().copyTicket()
  expect(page.calls('copy')).toEqual([])

  file.resolve()
  await vi.waitFor(() => expect(page.calls('copy')).toHaveLength(1), { timeout: 60_000 })
  expect(page.calls('copy')).toEqual([
    [expect.objectContaining({ text: expect.stringContaining('080-1111-2222') }), 2],
  ])
  await page.answer('copy', ok(null))
  expect(page.notices()).toEqual([{ kind: 'nothing-to-copy' }, { kind: 'copied', account: B }])
})
