import { type Account, formatAccount, maskAccount } from '../domain/account.ts'
import type { KbBase } from '../domain/data-size.ts'
import { type CarrierAnswer, carrierOf, type Failure } from '../domain/failure.ts'
import { hideNumbers } from '../domain/hide-numbers.ts'
import type { Language } from '../domain/language.ts'
import { isReached, measures, type RestrictionRules } from '../domain/restriction.ts'
import {
  type Blacklist,
  carrierTimes,
  type DailyUsage,
  type DaysSetting,
  dailyUsage,
  type GoodLookup,
  isOfToday,
  type ReportDay,
  reportDay,
  type ThreeDaySums,
  threeDaySums,
  windowFigures,
} from '../domain/traffic.ts'
import { oneLine } from './lines.ts'

/** What a ticket can be about: a lookup with figures, or a lookup that failed. */
export type TicketSubject =
  | { readonly kind: 'answered'; readonly lookup: GoodLookup }
  | {
      readonly kind: 'failed'
      readonly account: Account
      /** When it was asked, milliseconds since the epoch. */
      readonly askedAt: number
      readonly agent: string
      readonly failure: Failure
      /** What happened, in the ticket's language. */
      readonly title: string
    }

export interface TicketOptions {
  readonly language: Language
  readonly days: DaysSetting
  readonly kbBase: KbBase
  /** When the ticket is written, milliseconds since the epoch: an older day's figures are never called today's. */
  readonly now: number
  /** Every figure in KB as the carrier gave it, nothing converted. */
  readonly rawKb?: boolean
  /** The account's middle is hidden wherever it stands. */
  readonly masked?: boolean
  /**
   * Whether the figures come from the simulator; if so the ticket says it, in case it is pasted somewhere
   * real.
   */
  readonly isDemo?: boolean
  /** The kept line's label and note; empty for none. */
  readonly label?: string
  readonly note?: string
  /** When the operator restricts a line. */
  readonly rules?: RestrictionRules
  /** What the customer is told; empty for nothing. */
  readonly message?: string
  /** Figures are rounded for the ear. */
  readonly isRough?: boolean
  /**
   * The carrier's reply as it came, if the template uses it: null if none came, undefined if it was not kept.
   */
  readonly rawReply?: string | null | undefined
}

/** All that a ticket can say, before words and format. Figures are KB, null is "no data"; times are epoch milliseconds. */
export interface TicketFacts {
  readonly language: Language
  readonly kind: Account['kind']
  /** As the ticket shows it: full or masked. */
  readonly number: string
  readonly maskedNumber: string
  readonly label: string
  readonly note: string
  readonly message: string
  readonly rules: RestrictionRules
  readonly agent: string
  readonly askedAt: number
  readonly carrier: CarrierAnswer | null
  /** Null where nothing came, undefined where it was not kept. */
  readonly rawReply: string | null | undefined
  readonly isDemo: boolean
  readonly kbBase: KbBase
  readonly rawKb: boolean
  readonly isRough: boolean
  readonly outcome:
    | {
        readonly ok: true
        /** These two by the carrier's clock. */
        readonly askedAt: number
        readonly repliedAt: number
        readonly day: ReportDay
        readonly isOfToday: boolean
        readonly blacklist: Blacklist
        readonly todayKb: number | null
        /** Null where the carrier gives no list of days. */
        readonly days: readonly DailyUsage[] | null
        readonly sums: ThreeDaySums
        readonly isOverDayLimit: boolean
        readonly isOverThreeDayLimit: boolean
        readonly window: ReturnType<typeof windowFigures>
      }
    | { readonly ok: false; readonly failure: Failure; readonly title: string }
}

const NO_RULES: RestrictionRules = { dayKb: null, threeDays: null, liftedWhen: '' }

/**
 * Gathers the facts of a lookup for its ticket. Each text from outside is made one line, and masked if asked
 * for.
 */
export function ticketFacts(subject: TicketSubject, options: TicketOptions): TicketFacts {
  const { language, days: setting, kbBase, masked = false, rawKb = false, isDemo = false } = options
  const rules = options.rules ?? NO_RULES
  const { account, askedAt, agent } = subject.kind === 'answered' ? subject.lookup : subject
  const maskedNumber = maskAccount(account)
  // The carrier's reply may repeat the account, so its texts are masked as well.
  const given = (text: string) => (masked ? hideNumbers(oneLine(text), account) : oneLine(text))
  const answer = subject.kind === 'answered' ? subject.lookup.report.carrier : carrierOf(subject.failure)
  const common = {
    language,
    kind: account.kind,
    number: masked ? maskedNumber : formatAccount(account),
    maskedNumber,
    label: given(options.label ?? ''),
    note: given(options.note ?? ''),
    message: options.message ?? '',
    rules,
    agent: given(agent),
    askedAt,
    carrier: answer && {
      resultCode: given(answer.resultCode),
      statusCode: answer.statusCode && given(answer.statusCode),
      message: answer.message && given(answer.message),
    },
    rawReply: typeof options.rawReply === 'string' ? given(options.rawReply) : options.rawReply,
    isDemo,
    kbBase,
    rawKb,
    isRough: options.isRough ?? false,
  }
  if (subject.kind === 'failed') {
    return { ...common, outcome: { ok: false, failure: subject.failure, title: given(subject.title) } }
  }
  const { lookup } = subject
  const { report } = lookup
  const recent = dailyUsage(lookup, setting)
  // A list that holds only today has no earlier day, so the ticket treats it as no list.
  const days = recent?.length === 0 ? null : recent
  const { day, threeDays } = measures(rules, report.todayKb, days)
  return {
    ...common,
    outcome: {
      ok: true,
      ...carrierTimes(lookup),
      day: reportDay(lookup),
      isOfToday: isOfToday(lookup, options.now),
      blacklist: report.blacklist,
      todayKb: report.todayKb,
      days,
      sums: days === null ? { withToday: null, withoutToday: null } : threeDaySums(report.todayKb, days),
      isOverDayLimit: isReached(day),
      isOverThreeDayLimit: isReached(threeDays),
      window: windowFigures(days ?? []),
    },
  }
}
