import dns from 'node:dns'
import { expect, onTestFinished, vi } from 'vitest'
import type { Failure, Outcome } from '../../../domain/failure.ts'
import { type Authority, createAuthority } from './certificates.ts'
import { answersWell, type FaultCarrier, type Script, startFaultCarrier } from './fault-carrier.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'
import { DEADLINE_MS, type Figures, type LookUpSetup, openSetup, type Question } from './lookup-setup.ts'

/** The path of the profile's CA file in these tests. */
export const CA_FILE = 'authority.pem'

let known: Authority | null = null

/** The one authority that the tests' client can be told to trust. */
export function authority(): Authority {
  known ??= createAuthority('Traffic Desk test authority')
  return known
}

/** A newSetup that is closed with the test. */
export function newSetup(given: Parameters<typeof openSetup>[0] = {}): LookUpSetup {
  const opened = openSetup({ caFiles: { [CA_FILE]: authority().cert }, ...given })
  onTestFinished(() => opened.client.close())
  return opened
}

/** A carrier that is stopped with the test. */
export async function carrier(...given: Parameters<typeof startFaultCarrier>): Promise<FaultCarrier> {
  const started = await startFaultCarrier(...given)
  onTestFinished(() => started.stop())
  return started
}

/** A carrier with a certificate of the tests' authority. */
export const secureCarrier = (script: Script): Promise<FaultCarrier> =>
  carrier(script, { secure: authority().issue() })

export async function proxy(...given: Parameters<typeof startFaultProxy>): Promise<FaultProxy> {
  const started = await startFaultProxy(...given)
  onTestFinished(() => started.stop())
  return started
}

/** A carrier over http or https, and the question that reaches it. */
export async function carrierOver(
  scheme: 'http' | 'https',
  script: Script,
): Promise<{ readonly host: FaultCarrier; readonly question: Question }> {
  const host = scheme === 'https' ? await secureCarrier(script) : await carrier(script)
  return { host, question: { origin: host[scheme], profile: scheme === 'https' ? { caFile: CA_FILE } : {} } }
}

export function failureOf(outcome: Outcome<unknown>): Failure {
  expect(outcome).toMatchObject({ ok: false })
  if (outcome.ok) throw new Error('it went well')
  return outcome.failure
}

/** The last lookup on record is this failure, without a figure. */
export function expectRecorded({ recorded }: LookUpSetup, failure: Failure): void {
  expect(recorded.at(-1)?.result).toEqual({ ok: false, failure })
}

/** The gate is free, and the same client's next question is answered, with one POST. */
export async function expectRecovery(
  setup: LookUpSetup,
  host: FaultCarrier,
  question: Question,
): Promise<void> {
  expect(setup.isFree(question.origin)).toBe(true)
  host.follow(answersWell)
  const before = host.requests.length
  expect(await setup.lookUp(question)).toMatchObject({
    ok: true,
    value: { stored: false, lookup: { report: { todayKb: 100, blacklist: 'not-listed' } } },
  })
  expect(host.requests.length - before).toBe(1)
}

/** Expects no outcome until the last moment before the deadline; gives the outcome at the deadline. */
export async function atDeadline(
  setup: LookUpSetup,
  asked: Promise<Outcome<Figures>>,
): Promise<Outcome<Figures>> {
  let settled = false
  const watch = () => {
    settled = true
  }
  asked.then(watch, watch)
  setup.clock.advance(DEADLINE_MS - 1)
  await new Promise(setImmediate)
  expect(settled).toBe(false)
  setup.clock.advance(1)
  return asked
}

/** Replaces the system's name resolver, until the test ends or calls the returned function. */
export function resolveNames(answerTo: (callback: (error: Error | null) => void) => void): () => void {
  const spy = vi.spyOn(dns, 'lookup').mockImplementation(((_name: string, ...rest: unknown[]) => {
    answerTo(rest.at(-1) as (error: Error | null) => void)
  }) as unknown as typeof dns.lookup)
  onTestFinished(() => spy.mockRestore())
  return () => spy.mockRestore()
}

/** Lets the event loop hear what the system has already delivered. */
export async function listenToTheLine(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
}

/** Runs the script's steps for the first connection, and answers the later ones well. */
export const onlyFirst =
  (script: Script): Script =>
  visit =>
    visit.number === 1 ? script(visit) : answersWell(visit)
