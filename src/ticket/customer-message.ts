import { dataSize, limitSize, roughSize } from '../domain/data-size.ts'
import { carrierOf, type Failure, type FailureCode } from '../domain/failure.ts'
import { isReached, type Measure, measures, type RestrictionRules } from '../domain/restriction.ts'
import {
  carrierTimes,
  dailyUsage,
  type GoodLookup,
  isOfToday,
  reportDay,
  threeDaySums,
} from '../domain/traffic.ts'
import { customerWords, type LimitWords, type Medium, type Situation } from './customer-words.ts'
import { type TicketOptions, type TicketSubject, ticketFacts } from './facts.ts'
import { plainTicket } from './plain.ts'
import { filledLines } from './template.ts'
import { mentions } from './template-language.ts'

/** What an operator may have words of their own for: the states, two of the carrier's refusals, and an outage. */
export const messageStates = ['listed', 'not-listed', 'unknown', '210', '211', 'outage'] as const

export type MessageState = (typeof messageStates)[number]

/** The operator's own words, in the template language. */
export type OwnMessages = { readonly [S in MessageState]?: string | undefined }

/** What the operator's rules and words are, and how the customer is spoken to. */
export interface MessageOptions {
  readonly medium: Medium
  readonly rules: RestrictionRules
  readonly messages: OwnMessages
}

/** So much of a limit is worth a word to the customer. */
const NEARLY = 0.8

/**
 * What an agent can tell the customer: polite, with the time the figures are of, and hedged, because the carrier's word on the
 * blacklist promises nothing. It says why and until when as far as the operator's rules do.
 *
 * The operator's own words take its place, but for another day's figures they do so only where they ask which day it is
 * (`ofToday`): the figures of another day are dated, never called today's.
 *
 * @returns null for a failure that keeps no customer waiting
 */
export function customerMessage(
  subject: TicketSubject,
  options: TicketOptions & MessageOptions,
): string | null {
  const { language, medium, messages, now } = options
  const words = customerWords[language]
  if (subject.kind === 'failed') {
    const situation = situations[subject.failure.code]
    if (situation === null) return null
    const own = ownFor(messages, subject.failure, situation)
    return own === undefined ? words.failed(situation, medium) : filled(own, subject, options)
  }
  const { lookup } = subject
  const own = messages[lookup.report.blacklist]
  if (own !== undefined && (isOfToday(lookup, now) || mentions(own, 'ofToday'))) {
    return filled(own, subject, options)
  }
  return words.answered(answerOf(lookup, options))
}

function answerOf(lookup: GoodLookup, options: TicketOptions & MessageOptions) {
  const { language, days: setting, kbBase, now, medium, rules } = options
  const { report, account } = lookup
  const days = dailyUsage(lookup, setting)
  const size = (kb: number): string =>
    medium === 'phone' ? customerWords[language].about(roughSize(kb, kbBase)) : dataSize(kb, kbBase).text
  const sums = threeDaySums(report.todayKb, days)
  const withToday = rules.threeDays?.withToday ?? true
  const sum = withToday ? sums.withToday : sums.withoutToday
  return {
    ...carrierTimes(lookup),
    day: reportDay(lookup),
    isToday: isOfToday(lookup, now),
    isGroup: account.kind === 'group',
    used: report.todayKb === null ? null : size(report.todayKb),
    threeDays: sum === null ? null : { size: size(sum), withToday },
    blacklist: report.blacklist,
    limit: limitOf(lookup, options, size),
    liftedWhen: rules.liftedWhen,
  }
}

/** The limit that explains the state: the longer one first, because it lasts longer; a reached one before a near one. */
function limitOf(
  { report, ...lookup }: GoodLookup,
  { rules, days, kbBase }: TicketOptions & MessageOptions,
  size: (kb: number) => string,
): LimitWords | null {
  const { day, threeDays } = measures(rules, report.todayKb, dailyUsage({ ...lookup, report }, days))
  const all = [['threeDays', threeDays] as const, ['day', day] as const]
  const isNear = (measure: Measure | null) =>
    measure?.usedKb != null && measure.usedKb >= measure.limitKb * NEARLY
  const [over, found] =
    all.find(([, measure]) => isReached(measure)) ?? all.find(([, measure]) => isNear(measure)) ?? []
  if (over === undefined || found?.usedKb == null) return null
  return {
    over,
    limit: limitSize(found.limitKb, kbBase),
    left: isReached(found) ? null : size(found.limitKb - found.usedKb),
  }
}

const filled = (own: string, subject: TicketSubject, options: TicketOptions & MessageOptions): string =>
  plainTicket(filledLines(own, ticketFacts(subject, { ...options, isRough: options.medium === 'phone' })))

function ownFor(messages: OwnMessages, failure: Failure, situation: Situation): string | undefined {
  const code = carrierOf(failure)?.resultCode
  if (code === '210' || code === '211') return messages[code]
  return situation === 'outage' ? messages.outage : undefined
}

/** null where no customer is waiting for the answer. */
const situations: Readonly<Record<FailureCode, Situation | null>> = {
  ACCOUNT_REFUSED: 'not-found',
  PARAMETER_REFUSED: 'wait',
  KEY_REJECTED: 'wait',
  GROUP_NOT_FOUND: 'not-found',
  ACCOUNT_NOT_FOUND: 'not-found',
  ACCOUNT_STATUS: 'not-ready',
  NUMBER_REFUSED: 'not-ready',
  UNKNOWN_RESULT: 'outage',
  SIGN_IN_REFUSED: 'wait',
  SIGN_IN_REPEATED: 'wait',
  KEY_MISSING: 'wait',
  KEYCHAIN_UNAVAILABLE: 'wait',
  KEYCHAIN_TIMEOUT: 'wait',
  KEYCHAIN_LOCKED: 'wait',
  KEYCHAIN_DENIED: 'wait',
  KEYCHAIN_FULL: 'wait',
  KEYCHAIN_MODULE: 'wait',
  KEYCHAIN_OFF: 'wait',
  KEY_GONE: 'wait',
  KEY_NOT_SAVED: 'wait',
  KEY_MALFORMED: 'wait',
  OFFLINE: 'outage',
  UNREACHABLE: 'outage',
  TIMEOUT: 'outage',
  AUTHORITIES_TIMEOUT: 'wait',
  TLS: 'outage',
  PROXY: 'outage',
  PROXY_LOGIN: 'wait',
  PROXY_SCHEME: 'wait',
  SERVER: 'outage',
  RATE_LIMITED: 'wait',
  REDIRECT: 'outage',
  TOO_LARGE: 'outage',
  HOST_REFUSED: 'wait',
  POLICY_REFUSED: 'wait',
  POLICY_INVALID: 'wait',
  BAD_REPLY: 'outage',
  GATE_CLOSED: 'wait',
  BUDGET_SPENT: 'wait',
  SUPERSEDED: null,
  TURN_LOST: 'wait',
  TEAM_AWAY: 'wait',
  TEAM_REFUSED: 'outage',
  TEAM_UNREACHED: null,
  CANCELLED: null,
  STORE_READ_ONLY: null,
  STORE_RESTORED: null,
  BACKUP_FAILED: null,
  CA_FILE: 'wait',
  CLIPBOARD_BUSY: null,
  LINE_EXISTS: null,
  FILE_NOT_WRITTEN: null,
  FILE_UNREADABLE: null,
  SETUP_PASSPHRASE: null,
  SETUP_DAMAGED: null,
  SETUP_FOREIGN: null,
  SETUP_EXISTS: null,
  IPC_REFUSED: null,
  INTERNAL: 'wait',
}
