import { expect, it } from 'vitest'
import { linesOf } from './chart-lines.ts'
import type { UsageDays } from './usage-days.ts'

const usage: UsageDays = {
  days: [
    { date: '2026-11-23', daysBefore: 1, kb: 1024 },
    { date: '2026-11-22', daysBefore: 2, kb: 3072 },
  ],
  todayKb: 999_999,
  stored: [],
  day: { date: '2026-11-24', isCertain: true },
  base: 1024,
  language: 'ja',
  limitKb: 2048,
}

it('the chart has the operator’s limit, and the average of the days before today', () => {
  expect(linesOf(usage)).toEqual([
    { kind: 'limit', kb: 2048, name: '制限の目安', size: '2.0 MB' },
    { kind: 'average', kb: 2048, name: '1日平均', size: '2.0 MB' },
  ])
})

it('no average is drawn of one day, nor where a day is not known', () => {
  const [first, second] = usage.days
  if (first === undefined || second === undefined) throw new Error('no days')
  const averageOf = (days: UsageDays['days']) =>
    linesOf({ ...usage, days }).filter(({ kind }) => kind === 'average')
  expect(averageOf([first])).toEqual([])
  expect(averageOf([first, { ...second, kb: null }])).toEqual([])
})

it('without a limit there is no line for it', () => {
  expect(linesOf({ ...usage, limitKb: null }).map(({ kind }) => kind)).toEqual(['average'])
})
