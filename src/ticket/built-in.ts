import type { Language } from '../domain/language.ts'

/** The templates that come with the program, in both ticket languages; they stand first in the list of templates. */
export const builtIn = {
  full: {
    ja: `# 【通信量照会】{{number}}（{{kind}}）
{{#answered}}
ブラックリスト: {{state}}{{^ofToday}}（{{asOf}} 時点）{{/ofToday}}
{{#ofToday}}本日{{/ofToday}}{{^ofToday}}{{day}}{{/ofToday}}: {{today}}（{{asOf}} 時点）
{{#hasDays}}
{{#ofToday}}直近3日: 本日を含む {{sumWithToday}} / 本日を除く {{sumWithoutToday}}{{/ofToday}}{{^ofToday}}{{day}}までの3日: 当日を含む {{sumWithToday}} / 当日を除く {{sumWithoutToday}}{{/ofToday}}
{{/hasDays}}
{{days}}
結果コード: {{resultCode}}
{{/answered}}
{{#failed}}
照会できませんでした: {{failure}}
照会日時: {{askedAt}}
{{#resultCode}}
結果コード: {{resultCode}}{{#carrierMessage}}（{{carrierMessage}}）{{/carrierMessage}}
{{/resultCode}}
{{/failed}}`,
    en: `# Data usage: {{number}} ({{kind}})
{{#answered}}
Blacklisted: {{state}}{{^ofToday}} (as of {{asOf}}){{/ofToday}}
{{#ofToday}}Today{{/ofToday}}{{^ofToday}}{{day}}{{/ofToday}}: {{today}} (as of {{asOf}})
{{#hasDays}}
{{#ofToday}}Last 3 days: incl. today {{sumWithToday}} / excl. today {{sumWithoutToday}}{{/ofToday}}{{^ofToday}}3 days up to {{day}}: incl. that day {{sumWithToday}} / excl. that day {{sumWithoutToday}}{{/ofToday}}
{{/hasDays}}
{{days}}
Result code: {{resultCode}}
{{/answered}}
{{#failed}}
The lookup failed: {{failure}}
Asked at: {{askedAt}}
{{#resultCode}}
Result code: {{resultCode}}{{#carrierMessage}} ({{carrierMessage}}){{/carrierMessage}}
{{/resultCode}}
{{/failed}}`,
  },
  short: {
    ja: `{{#answered}}
{{number}} {{#ofToday}}本日{{/ofToday}}{{^ofToday}}{{day}}{{/ofToday}} {{today}}{{#hasDays}}、{{#ofToday}}直近3日 {{sumWithToday}}（本日を除く {{sumWithoutToday}}）{{/ofToday}}{{^ofToday}}同日までの3日 {{sumWithToday}}（同日を除く {{sumWithoutToday}}）{{/ofToday}}{{/hasDays}}、ブラックリスト{{state}}（{{asOf}} 時点）
{{/answered}}
{{#failed}}
{{number}} 照会できませんでした: {{failure}}（{{askedAt}}{{#resultCode}}、結果コード {{resultCode}}{{/resultCode}}）
{{/failed}}`,
    en: `{{#answered}}
{{number}}: {{#ofToday}}today{{/ofToday}}{{^ofToday}}{{day}}{{/ofToday}} {{today}}{{#hasDays}}, {{#ofToday}}last 3 days {{sumWithToday}} (excl. today {{sumWithoutToday}}){{/ofToday}}{{^ofToday}}3 days up to it {{sumWithToday}} (excl. that day {{sumWithoutToday}}){{/ofToday}}{{/hasDays}}, blacklisted: {{state}} (as of {{asOf}})
{{/answered}}
{{#failed}}
{{number}}: the lookup failed: {{failure}} ({{askedAt}}{{#resultCode}}, result code {{resultCode}}{{/resultCode}})
{{/failed}}`,
  },
  handOver: {
    ja: `# 【引き継ぎ】{{number}}{{#label}} {{label}}{{/label}}
- 照会: {{askedAt}}（担当: {{agent}}）
{{#answered}}
- ブラックリスト: {{state}}{{^ofToday}}（{{asOf}} 時点）{{/ofToday}}
- {{#ofToday}}本日{{/ofToday}}{{^ofToday}}{{day}}{{/ofToday}}: {{today}}（{{asOf}} 時点）
{{#hasDays}}
- {{#ofToday}}直近3日: 本日を含む {{sumWithToday}} / 本日を除く {{sumWithoutToday}}{{/ofToday}}{{^ofToday}}{{day}}までの3日: 当日を含む {{sumWithToday}} / 当日を除く {{sumWithoutToday}}{{/ofToday}}
{{/hasDays}}
{{#blacklisted}}
- {{^ofToday}}{{asOf}} 時点で、{{/ofToday}}通信速度が制限されている可能性あり
{{/blacklisted}}
{{#group}}
- シェアグループのため日別の値はなし
{{/group}}
{{/answered}}
{{#failed}}
- 照会できず: {{failure}}{{#resultCode}}（結果コード {{resultCode}}）{{/resultCode}}
{{/failed}}

次の対応:`,
    en: `# Hand-over: {{number}}{{#label}} {{label}}{{/label}}
- Asked: {{askedAt}} (agent: {{agent}})
{{#answered}}
- Blacklisted: {{state}}{{^ofToday}} (as of {{asOf}}){{/ofToday}}
- {{#ofToday}}Today{{/ofToday}}{{^ofToday}}{{day}}{{/ofToday}}: {{today}} (as of {{asOf}})
{{#hasDays}}
- {{#ofToday}}Last 3 days: incl. today {{sumWithToday}} / excl. today {{sumWithoutToday}}{{/ofToday}}{{^ofToday}}3 days up to {{day}}: incl. that day {{sumWithToday}} / excl. that day {{sumWithoutToday}}{{/ofToday}}
{{/hasDays}}
{{#blacklisted}}
- The connection may be restricted{{^ofToday}} (as of {{asOf}}){{/ofToday}}
{{/blacklisted}}
{{#group}}
- A share group has no daily figures
{{/group}}
{{/answered}}
{{#failed}}
- The lookup failed: {{failure}}{{#resultCode}} (result code {{resultCode}}){{/resultCode}}
{{/failed}}

Next step:`,
  },
  escalation: {
    ja: `# 【回線提供元への調査依頼】{{number}}（{{kind}}）
- 照会日時: {{askedAt}}
- 結果コード: {{resultCode}}{{^resultCode}}（なし）{{/resultCode}}{{#carrierMessage}}（{{carrierMessage}}）{{/carrierMessage}}
{{#answered}}
- ブラックリスト: {{state}}{{^ofToday}}（{{asOf}} 時点）{{/ofToday}}
- {{#ofToday}}本日{{/ofToday}}{{^ofToday}}{{day}}{{/ofToday}}: {{today}}（{{asOf}} 時点）
{{/answered}}
{{#failed}}
- 事象: {{failure}}
{{/failed}}
{{#answered}}

{{days}}
{{/answered}}

応答の原文:
{{rawReply}}`,
    en: `# Inquiry to the carrier: {{number}} ({{kind}})
- Asked at: {{askedAt}}
- Result code: {{resultCode}}{{^resultCode}}(none){{/resultCode}}{{#carrierMessage}} ({{carrierMessage}}){{/carrierMessage}}
{{#answered}}
- Blacklisted: {{state}}{{^ofToday}} (as of {{asOf}}){{/ofToday}}
- {{#ofToday}}Today{{/ofToday}}{{^ofToday}}{{day}}{{/ofToday}}: {{today}} (as of {{asOf}})
{{/answered}}
{{#failed}}
- What happened: {{failure}}
{{/failed}}
{{#answered}}

{{days}}
{{/answered}}

The reply as it came:
{{rawReply}}`,
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>

export type BuiltIn = keyof typeof builtIn

export const isBuiltIn = (id: string): id is BuiltIn => Object.hasOwn(builtIn, id)
