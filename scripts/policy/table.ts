import { type PolicyKind, policyKeyNames, policyKeys } from '../../src/main/policy/keys.ts'
import { policyWords } from './words.ts'

const BEGIN = '<!-- The table of policies: npm run policy -->'
const END = '<!-- its end -->'

const heads = {
  ja: ['キー', '種類', '説明', '読み取れない場合'],
  en: ['key', 'kind', 'what it does', 'where it can’t be read'],
} as const

const kinds = {
  ja: {
    flag: 'はい／いいえ（DWORD 0/1）',
    number: '整数（DWORD）',
    choice: '選択',
    text: '文字列',
    list: '1行1件',
    json: 'JSON',
  },
  en: {
    flag: 'yes or no (DWORD 0/1)',
    number: 'whole number (DWORD)',
    choice: 'choice',
    text: 'text',
    list: 'one a line',
    json: 'JSON',
  },
} as const

const invalid = {
  ja: { stops: '照会を停止', strict: '厳しい側を適用', none: '設定なしとして扱う' },
  en: { stops: 'nobody is asked', strict: 'the stricter holds', none: 'as if it were not set' },
} as const

export function policyTable(language: 'ja' | 'en'): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    row(heads[language]),
    row(heads[language].map(() => '---')),
    ...policyKeyNames.map(key => {
      const info: PolicyKind & { readonly invalid: unknown; readonly isVital?: true } = policyKeys[key]
      const range =
        info.kind === 'number'
          ? ` ${info.min}–${info.max}`
          : info.kind === 'choice'
            ? ` ${info.choices.join(' / ')}`
            : ''
      const { title, explain } = policyWords[key][language]
      const then = info.isVital ? 'stops' : info.invalid === null ? 'none' : 'strict'
      return row([
        `\`${key}\``,
        `${kinds[language][info.kind]}${range}`,
        `**${title}** ${explain}`,
        invalid[language][then],
      ])
    }),
  ].join('\n')
}

/** A guide with the table in the place that it has for it. */
export function withTable(guide: string, language: 'ja' | 'en'): string {
  const begin = guide.indexOf(BEGIN)
  const end = guide.indexOf(END)
  if (begin < 0 || end < begin) throw new Error('the guide has no place for the table of policies')
  return `${guide.slice(0, begin)}${BEGIN}\n\n${policyTable(language)}\n\n${guide.slice(end)}`
}
