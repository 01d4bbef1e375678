import type { TeamReason } from '../../../domain/failure.ts'
import type { Result } from '../../../domain/result.ts'
import type { Clock } from '../../clock.ts'
import type { Answer, Hello } from './answers.ts'
import type { Engine, EngineTrouble } from './engine.ts'
import { elapsedSince, type Stamp, stampOf } from './lease.ts'
import { createLoneQueries } from './lone-queries.ts'
import { createServerTime } from './server-time.ts'
import { type Desk, type DeskName, type Mode, PROBE_DEADLINE_MS } from './team-desk.ts'

const ATTENDED_MS = 2_500
const UNATTENDED_MS = 60_000
const AWAY_MS = 300
const PROBE_MS = 1_000
const ALONE_AFTER_MS = 6_000
const BACK_MS = 15_000
/** After so long with nobody there the connection is closed. */
const IDLE_MS = 600_000

export function createDesk({
  clock,
  engine,
  origin,
  desk,
}: {
  readonly clock: Clock
  readonly engine: Engine
  readonly origin: string
  readonly desk: DeskName
}): Desk {
  const serverTime = createServerTime(clock)
  const listeners = new Set<() => void>()
  const waiters: (() => void)[] = []
  let mode: Mode = 'starting'
  let since = stampOf(clock)
  let failingSince: Stamp | null = null
  let isFull = false
  let reason: TeamReason | null = null
  let heard: { hello: Hello; at: Stamp } | null = null
  let key = 0
  /** The last one that was asked with, which may be tried again. */
  let lastKey = 0
  let isAttended = false
  let waiting = 0
  let leftAt = since
  let callOffPulse = () => {}
  let isClosed = false
  const lone = createLoneQueries(clock)
  let greeting: Promise<EngineTrouble | null> | null = null
  let wasAlone = false
  let backAt: Stamp | null = null

  function become(next: Mode, why: TeamReason | null = null): void {
    const isNew = mode !== next || reason !== why
    if (mode !== next) since = stampOf(clock)
    mode = next
    reason = why
    if (!isNew) return
    for (const wake of waiters.splice(0)) wake()
    tell()
  }

  const tell = () => listeners.forEach(listener => void listener())

  /** Takes in whether the server was heard; everything else is the caller's. */
  function note(answer: Result<Answer, EngineTrouble>): void {
    if (answer.ok) {
      failingSince = null
      isFull = false
      return
    }
    if (answer.failure.kind === 'refused') {
      become('refused', answer.failure.reason)
      return
    }
    // From the first failure on: a desk that slept was not unheard all night.
    failingSince ??= stampOf(clock)
    // A server that is full is there, and gives others their turns.
    isFull = answer.failure.why === 'full'
    if (isFull || elapsedSince(failingSince, clock) < ALONE_AFTER_MS) become('away')
    else {
      wasAlone = true
      become('alone')
    }
  }

  /** Who wants a hello while one is under way shares it. */
  function hello(deadlineMs?: number): Promise<EngineTrouble | null> {
    greeting ??= greet(deadlineMs).finally(() => {
      greeting = null
    })
    return greeting
  }

  async function greet(deadlineMs?: number): Promise<EngineTrouble | null> {
    const at = stampOf(clock)
    const report = lone.report()
    const { met } = report
    const answer = await engine.call(
      'hello',
      [
        ...[origin, desk.id(), desk.name(), desk.version, met?.key ?? key, wasAlone],
        ...[report.isRunning, report.ended, met?.outcome ?? null, met?.opensInMs ?? null],
      ],
      deadlineMs,
    )
    note(answer)
    if (!answer.ok) return answer.failure
    if (answer.value.is !== 'hello') return { kind: 'refused', reason: 'protocol' }
    serverTime.heard(answer.value.server_ms, at)
    heard = { hello: answer.value, at }
    report.heard()
    if (wasAlone) backAt = stampOf(clock)
    wasAlone = false
    become('team')
    tell()
    return null
  }

  /** One hello, and the next one after as long as suits the mode. */
  async function pulse(): Promise<void> {
    callOffPulse()
    if (isClosed) return
    await hello(mode === 'alone' ? PROBE_DEADLINE_MS : undefined)
    schedule()
  }

  function schedule(): void {
    callOffPulse()
    const isBusy = isAttended || waiting > 0 || lone.isOpen()
    if (isClosed || (!isBusy && mode === 'starting')) return
    if (!isBusy && elapsedSince(leftAt, clock) > IDLE_MS) {
      engine.disconnect()
      become('starting')
      return
    }
    callOffPulse = clock.after(restOf(isBusy), () => void pulse())
  }

  /** How long it is until the next hello. */
  function restOf(isBusy: boolean): number {
    if (mode === 'alone' || isFull) return PROBE_MS
    if (mode === 'away') return AWAY_MS
    // A wrong password, tried each moment, would lock the login.
    return isBusy && mode !== 'refused' ? ATTENDED_MS : UNATTENDED_MS
  }

  return {
    mode: () => mode,
    since: () => since,
    reason: () => reason,
    isBack: () => mode === 'team' && backAt !== null && elapsedSince(backAt, clock) < BACK_MS,
    heard: () => heard,
    serverTime,
    async call(name, ...args) {
      const answer = await engine.call(name, [origin, ...args])
      note(answer)
      if (!answer.ok) schedule()
      return answer
    },
    async hello(deadlineMs) {
      const trouble = await hello(deadlineMs)
      schedule()
      return trouble
    },
    disconnect: engine.disconnect,
    attend(next) {
      if (next === isAttended) return
      isAttended = next
      leftAt = stampOf(clock)
      if (next) void pulse()
      else schedule()
    },
    wait() {
      waiting += 1
      schedule()
      return () => {
        waiting -= 1
        leftAt = stampOf(clock)
      }
    },
    takeKey(print) {
      if (print === key) return
      key = print
      if (print !== 0) lastKey = print
      // What was closed for another key says nothing of this one.
      if (heard !== null) heard = { ...heard, hello: { ...heard.hello, closed: null } }
    },
    key: () => lastKey,
    aloneWith: lone.begin,
    met(met) {
      lone.met(met)
      schedule()
    },
    changed: () => new Promise(resolve => waiters.push(resolve)),
    onChange: listener => void listeners.add(listener),
    close() {
      isClosed = true
      callOffPulse()
      engine.close()
      for (const wake of waiters.splice(0)) wake()
    },
  }
}
