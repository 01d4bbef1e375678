import type { TeamState } from '../../../contract/state.ts'
import type { TeamReason } from '../../../domain/failure.ts'
import type { Result } from '../../../domain/result.ts'
import type { QueryKind } from '../gate.ts'
import type { Answer, Hello } from './answers.ts'
import type { Engine, EngineTrouble } from './engine.ts'
import type { Stamp } from './lease.ts'
import type { Met } from './outcome.ts'
import type { ServerTime } from './server-time.ts'

/** Who this desk is to the team's server. */
export interface DeskName {
  /** A UUID of this installation. */
  readonly id: () => string
  readonly name: () => string
  readonly version: string
}

/** How long a desk that is alone waits for its server's word: the slot's beginning must not pass meanwhile. */
export const PROBE_DEADLINE_MS = 700

export type Mode = TeamState['mode']

/** This desk before one team's server, for one carrier: how things stand, and what was asked while it was away. */
export interface Desk {
  readonly mode: () => Mode
  readonly since: () => Stamp
  readonly reason: () => TeamReason | null
  /** Whether it was alone until a moment ago. */
  readonly isBack: () => boolean
  /** The last hello's answer, and when it was asked for. */
  readonly heard: () => { readonly hello: Hello; readonly at: Stamp } | null
  readonly serverTime: ServerTime
  /** Calls a function about this desk's carrier. */
  call(
    name: Parameters<Engine['call']>[0],
    ...args: readonly unknown[]
  ): Promise<Result<Answer, EngineTrouble>>
  /** Says hello now, within a deadline; null where it was heard. */
  hello(deadlineMs?: number): Promise<EngineTrouble | null>
  /** The next call opens a connection of its own. */
  disconnect(): void
  /** Somebody uses the desk: it says hello often. */
  attend(isAttended: boolean): void
  /** A question waits at it, until that is called off: it says hello as often. */
  wait(): () => void
  /** The key that the desk asks with has this fingerprint from now on; 0 where another one was typed, and not used yet. */
  takeKey(print: number): void
  readonly key: () => number
  /** A query that this desk sends alone; gives back how it ends. */
  aloneWith(kind: QueryKind): (met: Met | null) => void
  /** What the carrier said against a key or everybody, where the turn's end could not be told. */
  met(met: Met): void
  /** Resolves with the next change of mode. */
  changed(): Promise<void>
  onChange(listener: () => void): void
  close(): void
}
