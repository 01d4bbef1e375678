import type { Health } from '../../contract/diagnosis.ts'
import type { StoreState } from '../../contract/state.ts'
import type { Language } from '../../domain/language.ts'
import type { AuthorityOwner, Finding, FindingKind } from './finding.ts'

export type Of<K extends FindingKind> = Extract<Finding, { readonly kind: K }>

export type Sentences = {
  readonly [K in FindingKind]: { readonly title: string; say(finding: Of<K>): string }
}

export const list = (parts: readonly (string | null)[], none: string) =>
  parts.map(part => part ?? none).join(', ')
export const day = (at: number | null) => (at === null ? '—' : new Date(at).toISOString().slice(0, 10))
export const seconds = (ms: number) => Math.round(Math.abs(ms) / 1000)

export const owners: Readonly<Record<Language, Readonly<Record<AuthorityOwner, string>>>> = {
  ja: {
    bundled: '公開の認証局',
    system: 'このPCに登録された認証局（社内の検査装置の可能性があります）',
    profile: 'プロファイルのCAファイル',
    unknown: '不明',
  },
  en: {
    bundled: 'a public authority',
    system: 'an authority of this computer (perhaps your company’s inspection)',
    profile: 'the profile’s CA file',
    unknown: 'unknown',
  },
}

export const conditions: Readonly<Record<Language, Readonly<Record<StoreState['kind'], string>>>> = {
  ja: {
    ok: '正常',
    restored: 'バックアップから復元',
    reset: '破損のため新規作成',
    'read-only': '読み取り専用',
    'in-memory': '保存されません',
    damaged: '破損',
  },
  en: {
    ok: 'good',
    restored: 'restored from a backup',
    reset: 'begun anew after damage',
    'read-only': 'read-only',
    'in-memory': 'kept nowhere',
    damaged: 'damaged',
  },
}

export const health: Readonly<Record<Language, Readonly<Record<Health, string>>>> = {
  ja: { good: '正常', odd: '注意', bad: '異常', unknown: '不明' },
  en: { good: 'good', odd: 'look at this', bad: 'wrong', unknown: 'unknown' },
}

/** The systems' names of where keys are kept. */
export const keychains: Readonly<Record<Language, (platform: string) => string>> = {
  ja: platform => (platform === 'win32' ? '資格情報マネージャー' : 'キーチェーン'),
  en: platform => (platform === 'win32' ? 'Credential Manager' : 'The keychain'),
}

export const parts = {
  ja: { network: '経路', keychain: 'キーの保存先', team: 'チームサーバー' },
  en: { network: 'The way to the carrier', keychain: 'The keychain', team: 'The team server' },
} as const

export const sources = {
  ja: { registry: 'グループポリシー', 'managed-preferences': '構成プロファイル', file: '設定ファイル' },
  en: { registry: 'Group Policy', 'managed-preferences': 'a configuration profile', file: 'a file' },
} as const

/** What was wrong with a certificate or a team's server, where a code would be read by nobody. */
export const reasons: Readonly<Record<string, string>> = {
  expired: '期限切れ',
  'not-yet-valid': '有効期間前',
  untrusted: '信頼されていない認証局',
  weak: '鍵または署名が弱い',
  'wrong-host': 'ホスト名の不一致',
  handshake: 'TLS で接続できない',
  'ca-file': 'CAファイルを読み取れない',
  'password-missing': 'パスワード未設定',
  keychain: 'キーの保存先を利用できない',
  login: 'ログインできない',
  database: 'データベースがない',
  tls: '証明書',
  'not-set-up': '未設定のサーバー',
  protocol: 'バージョンの不一致',
  carrier: '接続先が許可されていない',
  refused: '拒否',
  name: '名前が見つからない',
  port: '接続できない',
  silent: '応答なし',
  full: '接続数の上限',
  ended: '切断',
}
export const reasonIn = (language: Language, code: string): string =>
  language === 'ja' ? (reasons[code] ?? code) : code
