import { expect, it } from 'vitest'
import { killLoop } from './torture.ts'

const ROUNDS = 25

it('SIGKILL at any moment of any write loses no acknowledged row and doubles none', async () => {
  const rows = await killLoop(ROUNDS)
  console.log(`kill loop: ${ROUNDS} rounds, ${rows} acknowledged rows`)
  expect(rows).toBeGreaterThan(ROUNDS)
}, 120_000)
