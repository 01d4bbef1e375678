import { dataSize, type KbBase, rawKb } from '../../domain/data-size.ts'
import type { Language } from '../../domain/language.ts'

/** A figure as the screen shows it, with its raw KB for a tooltip; null is the words for "no data". */
export function figure(
  kb: number | null,
  base: KbBase,
  noData: string,
): { readonly text: string; readonly raw: string } {
  return kb === null ? { text: noData, raw: noData } : { text: dataSize(kb, base).text, raw: rawKb(kb) }
}

const justNow: Readonly<Record<Language, string>> = { ja: 'たった今', en: 'just now' }

/** How long ago, in words: `5 分前`, `2 hr. ago`. */
export function ago(ms: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'short' })
  const seconds = Math.round(ms / 1000)
  if (seconds < 2) return justNow[language]
  if (seconds < 60) return format.format(-seconds, 'second')
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute')
  if (seconds < 86_400) return format.format(-Math.floor(seconds / 3600), 'hour')
  return format.format(-Math.floor(seconds / 86_400), 'day')
}

/** A moment of today as the computer's own clock shows it, which is the one that the agent looks at: `12:21`. */
export function clockTime(ms: number): string {
  const time = new Date(ms)
  return [time.getHours(), time.getMinutes()].map(part => `${part}`.padStart(2, '0')).join(':')
}

/** How long a wait is: seconds up to a minute and a half, then minutes, always rounded up. */
export function waitOf(ms: number): { readonly unit: 'seconds' | 'minutes'; readonly count: number } {
  const seconds = Math.ceil(ms / 1000)
  return seconds <= 90
    ? { unit: 'seconds', count: seconds }
    : { unit: 'minutes', count: Math.ceil(seconds / 60) }
}
