import type { StoreState } from '../../contract/state.ts'
import type { Language } from '../../domain/language.ts'
import { words as shared } from '../../domain/words/words.ts'
import type { AuthorityOwner, Finding, FindingKind, Health } from './finding.ts'

type Of<K extends FindingKind> = Extract<Finding, { readonly kind: K }>

type Sentences = { readonly [K in FindingKind]: { readonly title: string; say(finding: Of<K>): string } }

const list = (parts: readonly (string | null)[], none: string) => parts.map(part => part ?? none).join(', ')
const day = (at: number | null) => (at === null ? '—' : new Date(at).toISOString().slice(0, 10))
const seconds = (ms: number) => Math.round(Math.abs(ms) / 1000)

const owners: Readonly<Record<Language, Readonly<Record<AuthorityOwner, string>>>> = {
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

const conditions: Readonly<Record<Language, Readonly<Record<StoreState['kind'], string>>>> = {
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

const health: Readonly<Record<Language, Readonly<Record<Health, string>>>> = {
  ja: { good: '正常', odd: '注意', bad: '異常', unknown: '不明' },
  en: { good: 'good', odd: 'look at this', bad: 'wrong', unknown: 'unknown' },
}

const ja: Sentences = {
  policy: {
    title: '管理者の設定',
    say: ({ source, problems }) =>
      source === null
        ? 'なし'
        : `${source}${
            problems.length > 0
              ? ` 誤り：${list(
                  problems.map(({ key }) => key),
                  '全体',
                )}`
              : ''
          }`,
  },
  proxy: {
    title: 'プロキシ',
    say: ({ setting, ways }) =>
      `${{ system: 'システムの設定', none: '使用しない', manual: '手動' }[setting]} → ${ways.length === 0 ? '使える経路がありません' : list(ways, '直接接続')}`,
  },
  name: {
    title: '名前解決',
    say: ({ host, addresses, ms }) =>
      addresses === 0 ? `${host} が見つかりません（${ms} ms）` : `${host} → ${addresses} 件（${ms} ms）`,
  },
  connection: {
    title: '接続 (TCP)',
    say: ({ host, port, ms, code }) =>
      code === null
        ? `${host}:${port} に接続しました（${ms} ms）`
        : `${host}:${port} に接続できません（${code}）`,
  },
  tunnel: {
    title: 'プロキシの応答',
    say: ({ proxy, status, schemes, hasLogin }) =>
      status === null
        ? `${proxy} が応答しません`
        : status === 200
          ? `${proxy} が接続を許可しました`
          : `${proxy} が HTTP ${status} を返しました${schemes.length > 0 ? `（認証方式：${schemes.join(', ')}）` : ''}${status === 407 ? (hasLogin ? '。保存済みのログインは受け付けられません' : '。ログインは保存されていません') : ''}`,
  },
  certificate: {
    title: '証明書 (TLS)',
    say: ({ host, protocol, issuer, expiresAt, authority, reason }) =>
      `${host}：${protocol ?? '接続できません'}、発行者 ${issuer ?? '—'}、期限 ${day(expiresAt)}、確認元 ${owners.ja[authority]}${reason === null ? '' : `、エラー ${reason}`}`,
  },
  clock: {
    title: '時計',
    say: ({ aheadMs }) =>
      aheadMs === null
        ? '照会後に確認できます'
        : `${seconds(aheadMs)} 秒${aheadMs > 0 ? '進んでいます' : aheadMs < 0 ? '遅れています' : 'のずれ'}`,
  },
  keychain: {
    title: 'キーチェーン',
    say: ({ code }) => (code === null ? 'キーを読み取れました' : shared.ja.failures[code]),
  },
  store: {
    title: 'データの保存',
    say: ({ condition, backupAt }) =>
      `${conditions.ja[condition]}${backupAt === null ? '' : `（バックアップ ${day(backupAt)}）`}`,
  },
  team: {
    title: 'チームサーバー',
    say: ({ why }) => (why === null ? '利用できます' : `利用できません（${why}）`),
  },
}

const en: Sentences = {
  policy: {
    title: 'Administrator’s settings',
    say: ({ source, problems }) =>
      source === null
        ? 'none'
        : `${source}${
            problems.length > 0
              ? ` wrong: ${list(
                  problems.map(({ key }) => key),
                  'all of it',
                )}`
              : ''
          }`,
  },
  proxy: {
    title: 'Proxy',
    say: ({ setting, ways }) =>
      `${{ system: 'as the system', none: 'none', manual: 'by hand' }[setting]} → ${ways.length === 0 ? 'no way that can be used' : list(ways, 'direct')}`,
  },
  name: {
    title: 'Name',
    say: ({ host, addresses, ms }) =>
      addresses === 0 ? `${host} was not found (${ms} ms)` : `${host} → ${addresses} addresses (${ms} ms)`,
  },
  connection: {
    title: 'Connection (TCP)',
    say: ({ host, port, ms, code }) =>
      code === null
        ? `connected to ${host}:${port} (${ms} ms)`
        : `no connection to ${host}:${port} (${code})`,
  },
  tunnel: {
    title: 'The proxy’s answer',
    say: ({ proxy, status, schemes, hasLogin }) =>
      status === null
        ? `${proxy} says nothing`
        : status === 200
          ? `${proxy} opened a tunnel`
          : `${proxy} said HTTP ${status}${schemes.length > 0 ? ` (asks for: ${schemes.join(', ')})` : ''}${status === 407 ? (hasLogin ? '; it did not take the login that is kept' : '; no login is kept for it') : ''}`,
  },
  certificate: {
    title: 'Certificate (TLS)',
    say: ({ host, protocol, issuer, expiresAt, authority, reason }) =>
      `${host}: ${protocol ?? 'no handshake'}, issued by ${issuer ?? '—'}, until ${day(expiresAt)}, vouched for by ${owners.en[authority]}${reason === null ? '' : `, refused: ${reason}`}`,
  },
  clock: {
    title: 'Clock',
    say: ({ aheadMs }) =>
      aheadMs === null
        ? 'known after a lookup'
        : `${seconds(aheadMs)} seconds ${aheadMs > 0 ? 'ahead' : aheadMs < 0 ? 'behind' : 'off'}`,
  },
  keychain: {
    title: 'Keychain',
    say: ({ code }) => (code === null ? 'the key could be read' : shared.en.failures[code]),
  },
  store: {
    title: 'Data',
    say: ({ condition, backupAt }) =>
      `${conditions.en[condition]}${backupAt === null ? '' : ` (backup of ${day(backupAt)})`}`,
  },
  team: { title: 'Team server', say: ({ why }) => (why === null ? 'can be used' : `can’t be used (${why})`) },
}

const sentences: Readonly<Record<Language, Sentences>> = { ja, en }

/** A finding in a language: what it is, and what was found. */
export function said(
  finding: Finding,
  language: Language,
): { readonly title: string; readonly text: string } {
  const { title, say } = sentences[language][finding.kind] as Sentences['name'] & {
    say(finding: Finding): string
  }
  return { title, text: filled(say(finding), language) }
}

/** The names of the systems' keychains stand in shared words as a place to be filled. */
const filled = (text: string, language: Language): string =>
  text.replace(/\{\{keychain\.\w+\}\}/g, language === 'ja' ? 'キーチェーン' : 'The keychain')

export const healthWord = (of: Health, language: Language): string => health[language][of]
