import type { Language } from '../domain/language.ts'
import { type Blacklist, japanMinute, type ReportDay } from '../domain/traffic.ts'

/** How the customer is spoken to: on the phone figures are rounded, in a mail they are exact. */
export type Medium = 'phone' | 'mail'

/** A limit of the operator's and how much of it is used, as texts. */
export interface LimitWords {
  readonly over: 'day' | 'threeDays'
  readonly limit: string
  /** What may still be used; null where the limit is reached. */
  readonly left: string | null
}

/** What there is to say about an answer. Times are epoch milliseconds by the carrier's clock; sizes are texts. */
export interface AnswerWords {
  readonly askedAt: number
  readonly repliedAt: number
  readonly day: ReportDay
  readonly isToday: boolean
  readonly isGroup: boolean
  readonly used: string | null
  readonly threeDays: { readonly size: string; readonly withToday: boolean } | null
  readonly blacklist: Blacklist
  /** The limit that is reached, or nearly; null for none. */
  readonly limit: LimitWords | null
  /** The operator's sentence, or empty. */
  readonly liftedWhen: string
}

/** Why a customer gets no figures, as far as it matters to them. */
export type Situation = 'not-found' | 'not-ready' | 'outage' | 'wait'

interface CustomerWords {
  about(size: string): string
  answered(facts: AnswerWords): string
  failed(situation: Situation, medium: Medium): string
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
const months = 'January February March April May June July August September October November December'.split(
  ' ',
)
const momentEn = (ms: number): string => {
  const { month, day, time } = partsOf(ms)
  return `${time} on ${day} ${months[month - 1]}`
}

/** A restricted line says why and what lifts it, another one how near its limit is; of another day neither. */
const explained = (
  { isToday, blacklist, limit, liftedWhen }: AnswerWords,
  say: {
    why(limit: LimitWords): string
    reached(limit: LimitWords): string
    near(limit: LimitWords): string
  },
): readonly string[] => {
  if (!isToday) return []
  if (blacklist === 'listed') return [limit?.left === null ? say.why(limit) : '', liftedWhen]
  if (blacklist === 'unknown' || limit === null) return []
  return [limit.left === null ? say.reached(limit) : say.near(limit)]
}

const ja: CustomerWords = {
  about: size => `約${size}`,
  answered(facts) {
    const { askedAt, repliedAt, day, isToday, isGroup, used, threeDays, blacklist } = facts
    const whole = isGroup ? 'シェアグループ全体の' : ''
    const line = isGroup ? 'ご契約のシェアグループ' : 'お客様の回線'
    const at = isToday
      ? `${timeOf(repliedAt)}時点`
      : day.isCertain
        ? `${momentJa(repliedAt)}時点`
        : `${momentJa(askedAt)}から${momentJa(repliedAt)}までの間の時点`
    const [today, now] = isToday ? ['本日', '現時点'] : ['当日', at]
    const sum = ({ over }: LimitWords) => (over === 'day' ? '本日のご利用' : '3日間のご利用の合計')
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
        : `${today}を${threeDays.withToday ? '含む' : '除く'}${isToday ? '直近3日間' : '3日間'}の合計は${threeDays.size}${isToday ? 'です' : 'でした'}。`,
      blacklist === 'listed'
        ? isToday
          ? `恐れ入りますが、現在、${isGroup ? 'シェアグループの' : ''}通信速度が制限されている可能性がございます。`
          : `恐れ入りますが、${now}では、${isGroup ? 'シェアグループの' : ''}通信速度が制限されていた可能性がございます。`
        : blacklist === 'not-listed'
          ? `${now}では、${line}に速度制限がかかっていることは確認できませんでした。`
          : isToday
            ? '制限の有無は、ただいま確認できません。'
            : `${now}では、制限の有無を確認できませんでした。`,
      ...explained(facts, {
        why: limit => `${sum(limit)}が、制限の目安の${limit.limit}に達しているためと考えられます。`,
        reached: limit =>
          `${sum(limit)}が制限の目安の${limit.limit}に達しているため、今後、通信速度が制限される場合がございます。`,
        near: limit =>
          `${limit.over === 'day' ? '1日' : '3日間'}の制限の目安の${limit.limit}まで、あと${limit.left}です。`,
      }),
    ].join('')
  },
  failed: (situation, medium) =>
    ({
      'not-found': `恐れ入りますが、お伺いした番号のご契約を確認できませんでした。${medium === 'phone' ? '番号をもう一度お聞かせいただけますでしょうか。' : '番号をご確認のうえ、ご返信いただけますでしょうか。'}`,
      'not-ready': `恐れ入りますが、こちらの回線の通信量は、ただいま確認できない状態です。ご契約の状況をお調べ${medium === 'phone' ? 'しますので、少々お待ちいただけますでしょうか。' : 'し、あらためてご連絡いたします。'}`,
      outage: `恐れ入りますが、ただいま通信量を確認するシステムに接続できません。${medium === 'phone' ? '確認できしだい、折り返しご連絡いたします。' : '確認できしだい、あらためてご連絡いたします。'}`,
      wait: `恐れ入りますが、通信量の確認にお時間をいただいております。${medium === 'phone' ? '少々お待ちいただけますでしょうか。' : '確認できしだい、あらためてご連絡いたします。'}`,
    })[situation],
}

const en: CustomerWords = {
  about: size => `about ${size}`,
  answered(facts) {
    const { askedAt, repliedAt, day, isToday, isGroup, used, threeDays, blacklist } = facts
    const who = isGroup ? 'your share group has' : 'you have'
    const line = isGroup ? 'your share group' : 'your line'
    const at = isToday
      ? timeOf(repliedAt)
      : day.isCertain
        ? momentEn(repliedAt)
        : `a moment between ${momentEn(askedAt)} and ${momentEn(repliedAt)}`
    const then = isToday ? '' : `As of ${at}, `
    const including = threeDays?.withToday ? 'including' : 'excluding'
    const sum = ({ over }: LimitWords) => (over === 'day' ? "today's usage" : 'the usage of three days')
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
          ? `Over the last three days ${including} today it is ${threeDays.size}.`
          : `Over three days ${including} that day it was ${threeDays.size}.`,
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
      ...explained(facts, {
        why: limit => `This is probably because ${sum(limit)} has reached the limit of ${limit.limit}.`,
        reached: limit =>
          `Because ${sum(limit)} has reached the limit of ${limit.limit}, the connection may be restricted later.`,
        near: limit =>
          `${limit.left} are left of the limit of ${limit.limit} ${limit.over === 'day' ? 'a day' : 'in three days'}.`,
      }),
    ]
      .filter(part => part !== '')
      .join(' ')
  },
  failed: (situation, medium) =>
    ({
      'not-found': `I'm sorry, I could not find a contract for this number. ${medium === 'phone' ? 'Could you tell me the number once more?' : 'Please check the number and reply to this mail.'}`,
      'not-ready': `I'm sorry, this line's data usage can't be seen at the moment. ${medium === 'phone' ? 'Let me look into the contract; one moment please.' : 'We are looking into the contract and will get back to you.'}`,
      outage: `I'm sorry, the system that shows the data usage can't be reached at the moment. ${medium === 'phone' ? 'We will call you back as soon as it can.' : 'We will get back to you as soon as it can.'}`,
      wait: `I'm sorry, checking the data usage takes a little longer. ${medium === 'phone' ? 'One moment please.' : 'We will get back to you as soon as it is done.'}`,
    })[situation],
}

export const customerWords: Readonly<Record<Language, CustomerWords>> = { ja, en }
