import { dataSize, type KbBase } from '../domain/data-size.ts'
import type { Language } from '../domain/language.ts'
import {
  carrierTimes,
  type DaysSetting,
  dailyUsage,
  type GoodLookup,
  isOfToday,
  japanMinute,
  type ReportDay,
  type Reported,
  reportDay,
  threeDaySums,
} from '../domain/traffic.ts'

/**
 * What an agent can read out to the customer: polite, with the time the figures are of, and hedged, because rules
 * about restrictions differ by operator and the carrier's word on the blacklist promises nothing.
 *
 * @param now milliseconds since the epoch: the figures of another day are dated, never called today's
 */
export function customerMessage(
  lookup: Reported & Pick<GoodLookup, 'account'>,
  {
    language,
    days,
    kbBase,
    now,
  }: {
    readonly language: Language
    readonly days: DaysSetting
    readonly kbBase: KbBase
    readonly now: number
  },
): string {
  const { report, account } = lookup
  const size = (kb: number | null) => (kb === null ? null : dataSize(kb, kbBase).text)
  const sums = threeDaySums(report.todayKb, dailyUsage(lookup, days))
  return words[language]({
    ...carrierTimes(lookup),
    day: reportDay(lookup),
    isToday: isOfToday(lookup, now),
    isGroup: account.kind === 'group',
    used: size(report.todayKb),
    threeDays: size(sums.withToday),
    blacklist: report.blacklist,
  })
}

interface Facts {
  readonly askedAt: number
  readonly repliedAt: number
  readonly day: ReportDay
  readonly isToday: boolean
  readonly isGroup: boolean
  readonly used: string | null
  readonly threeDays: string | null
  readonly blacklist: GoodLookup['report']['blacklist']
}

const timeOf = (ms: number): string => japanMinute(ms).slice(11)
const partsOf = (ms: number) => {
  const [, month, day, time] = /^\d+-(\d+)-(\d+) (.*)$/.exec(japanMinute(ms)) ?? []
  return { month: Number(month), day: Number(day), time: time ?? '' }
}
const momentJa = (ms: number): string => {
  const { month, day, time } = partsOf(ms)
  return `${month}月${day}日 ${time}`
}
const momentEn = (ms: number): string => {
  const { month, day, time } = partsOf(ms)
  const name = [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ][month - 1]
  return `${time} on ${day} ${name}`
}

const words: Readonly<Record<Language, (facts: Facts) => string>> = {
  ja({ askedAt, repliedAt, day, isToday, isGroup, used, threeDays, blacklist }) {
    const whole = isGroup ? 'シェアグループ全体の' : ''
    const line = isGroup ? 'ご契約のシェアグループ' : 'お客様の回線'
    const at = isToday
      ? `${timeOf(repliedAt)}時点`
      : day.isCertain
        ? `${momentJa(repliedAt)}時点`
        : `${momentJa(askedAt)}から${momentJa(repliedAt)}までの間の時点`
    const [today, now] = isToday ? ['本日', '現時点'] : ['当日', at]
    return [
      used === null
        ? isToday
          ? `恐れ入りますが、${whole}本日の通信量はただいま確認できません。`
          : `恐れ入りますが、${at}では、${whole}当日の通信量を確認できませんでした。`
        : isToday
          ? `${whole}本日のご利用は、${at}で${used}です。`
          : `${at}では、${whole}当日のご利用は${used}でした。`,
      threeDays === null
        ? ''
        : `${today}を含む${isToday ? '直近3日間' : '3日間'}の合計は${threeDays}${isToday ? 'です' : 'でした'}。`,
      blacklist === 'listed'
        ? isToday
          ? `恐れ入りますが、現在、${isGroup ? 'シェアグループの' : ''}通信速度が制限されている可能性がございます。`
          : `恐れ入りますが、${now}では、${isGroup ? 'シェアグループの' : ''}通信速度が制限されていた可能性がございます。`
        : blacklist === 'not-listed'
          ? `${now}では、${line}に速度制限がかかっていることは確認できませんでした。`
          : isToday
            ? '制限の有無は、ただいま確認できません。'
            : `${now}では、制限の有無を確認できませんでした。`,
    ].join('')
  },
  en({ askedAt, repliedAt, day, isToday, isGroup, used, threeDays, blacklist }) {
    const who = isGroup ? 'your share group has' : 'you have'
    const line = isGroup ? 'your share group' : 'your line'
    const at = isToday
      ? timeOf(repliedAt)
      : day.isCertain
        ? momentEn(repliedAt)
        : `a moment between ${momentEn(askedAt)} and ${momentEn(repliedAt)}`
    const then = isToday ? '' : `As of ${at}, `
    return [
      used === null
        ? isToday
          ? `I'm sorry, I can't see today's data usage${isGroup ? ' of your share group' : ''} at the moment.`
          : `${then}that day's data usage${isGroup ? ' of your share group' : ''} could not be seen.`
        : isToday
          ? `As of ${at} ${who} used ${used} today.`
          : `${then}${isGroup ? 'your share group' : 'you'} had used ${used} that day.`,
      threeDays === null
        ? ''
        : isToday
          ? `Over the last three days including today it is ${threeDays}.`
          : `Over three days including that day it was ${threeDays}.`,
      blacklist === 'listed'
        ? isToday
          ? `${isGroup ? "Your share group's" : 'Your'} connection may be restricted at the moment.`
          : `${then}${isGroup ? "your share group's" : 'your'} connection may have been restricted.`
        : blacklist === 'not-listed'
          ? isToday
            ? `At the moment the carrier does not list ${line} as restricted.`
            : `${then}the carrier did not list ${line} as restricted.`
          : isToday
            ? "I can't see whether a restriction applies."
            : `${then}it could not be seen whether a restriction applied.`,
    ]
      .filter(part => part !== '')
      .join(' ')
  },
}
