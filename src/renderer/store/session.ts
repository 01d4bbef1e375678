import type { AppState, GateState, ProfileState, StoreState } from '../../contract/state.ts'
import type { Slice } from './slice.ts'

/** The computer's clocks. */
export interface PageClock {
  /** Milliseconds that only go forward, for the gate's countdown. */
  readonly monotonic: () => number
  /** Wall clock, milliseconds since the epoch, for what people read. */
  readonly now: () => number
}

/** What the main process says of itself, and of the chosen profile. */
export interface SessionSlice {
  readonly app: AppState
  /**
   * The gate's state, and when it arrived (monotonic milliseconds), so that a countdown can run between
   * messages.
   */
  readonly gate: { readonly state: GateState; readonly heardAt: number }
  readonly clock: PageClock
  /** The wall clock in milliseconds since the epoch, updated often enough to notice midnight. */
  readonly now: number
  /** Looks at the clock again. */
  tick(): void
  appChanged(app: AppState): void
  currentChanged(change: Partial<ProfileState>): void
  gateChanged(gate: GateState): void
  storeChanged(state: StoreState): void
  updateFound(version: string): void
}

/** Nothing is asked, and anything may be. */
export const OPEN: GateState = {
  inFlight: null,
  step: null,
  waiting: null,
  closed: null,
  isSure: true,
  budget: null,
}

export const createSessionSlice =
  (app: AppState, clock: PageClock): Slice<SessionSlice> =>
  set => ({
    app,
    gate: { state: app.current?.gate ?? OPEN, heardAt: clock.monotonic() },
    clock,
    now: clock.now(),
    tick() {
      set({ now: clock.now() })
    },
    appChanged(app) {
      set({ app, gate: { state: app.current?.gate ?? OPEN, heardAt: clock.monotonic() } })
    },
    currentChanged(change) {
      set(({ app }) => ({ app: { ...app, current: app.current && { ...app.current, ...change } } }))
    },
    storeChanged(state) {
      set(({ app }) => ({ app: { ...app, store: state } }))
    },
    updateFound(update) {
      set(({ app }) => ({ app: { ...app, update } }))
    },
    gateChanged(state) {
      set({ gate: { state, heardAt: clock.monotonic() } })
    },
  })
