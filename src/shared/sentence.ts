import { dataSize, type KbBase } from './data-size.ts'
import type { Language } from './settings.ts'
import { type DaysSetting, dailyUsage, type GoodLookup, japanMinute, threeDaySums } from './traffic.ts'

/**
 * What an agent can read out to the customer: polite, with the time the figures are of, and hedged, because rules
 * about restrictions differ by operator and the carrier's word on the blacklist promises nothing.
 */
export function sentence(
  { report, repliedAt }: Pick<GoodLookup, 'report' | 'repliedAt'>,
  {
    language,
    days,
    kbBase,
  }: { readonly language: Language; readonly days: DaysSetting; readonly kbBase: KbBase },
): string {
  const at = japanMinute(repliedAt).slice(11)
  const size = (kb: number) => dataSize(kb, kbBase).text
  const sums = threeDaySums(report.todayKb, dailyUsage(report, repliedAt, days))
  return words[language]({
    at,
    today: report.todayKb === null ? null : size(report.todayKb),
    threeDays: sums.withToday === null ? null : size(sums.withToday),
    blacklist: report.blacklist,
  })
}

interface Facts {
  readonly at: string
  readonly today: string | null
  readonly threeDays: string | null
  readonly blacklist: GoodLookup['report']['blacklist']
}

const words: Readonly<Record<Language, (facts: Facts) => string>> = {
  ja: ({ at, today, threeDays, blacklist }) =>
    [
      today === null
        ? '恐れ入りますが、本日の通信量はただいま確認できません。'
        : `本日のご利用は、${at}時点で${today}です。`,
      threeDays === null ? '' : `本日を含む直近3日間の合計は${threeDays}です。`,
      blacklist === 'listed'
        ? '通信速度が制限されている可能性がございます。'
        : blacklist === 'not-listed'
          ? '通信事業者側で、制限対象としての登録は確認できませんでした。'
          : '制限の有無は、ただいま確認できません。',
    ].join(''),
  en: ({ at, today, threeDays, blacklist }) =>
    [
      today === null
        ? "I'm sorry, I can't see today's data usage at the moment."
        : `As of ${at} you have used ${today} today.`,
      threeDays === null ? '' : `Over the last three days including today it is ${threeDays}.`,
      blacklist === 'listed'
        ? 'Your connection may be restricted at the moment.'
        : blacklist === 'not-listed'
          ? 'The carrier does not list your line as restricted.'
          : "I can't see whether a restriction applies.",
    ]
      .filter(part => part !== '')
      .join(' '),
}
