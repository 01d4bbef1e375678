import { it } from 'vitest'
import { keepsEveryPromise } from '../testing/gate-model.ts'
import { createMemoryGateStore } from '../testing/memory-gate-store.ts'
import { keepsEveryPromiseWhileSigningIn } from '../testing/sign-in-model.ts'
import { createLocalGate } from './local-gate.ts'

it('the local gate keeps every promise on 10,000 random schedules', async () => {
  await keepsEveryPromise(
    () => {
      const store = createMemoryGateStore()
      return {
        origins: ['https://one.example.jp', 'https://two.example.jp'],
        open: clock => createLocalGate({ clock, store }),
      }
    },
    { schedules: 10_000 },
  )
}, 60_000)

it('with sign-ins: never two in flight, a cool-down between any two, one sign-in an act at most', async () => {
  await keepsEveryPromiseWhileSigningIn(
    () => {
      const store = createMemoryGateStore()
      return clock => createLocalGate({ clock, store })
    },
    { schedules: 2_000 },
  )
}, 120_000)
