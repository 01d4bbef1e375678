import { words as shared } from '../../domain/words/words.ts'
import {
  conditions,
  day,
  list,
  owners,
  parts,
  reasonIn,
  type Sentences,
  seconds,
  sources,
} from './phrases.ts'

export const ja: Sentences = {
  late: { title: '時間切れ', say: ({ part }) => `${parts.ja[part]}：20秒以内に応答がありません` },
  refused: { title: '照会の許可', say: ({ code }) => shared.ja.failures[code] },
  policy: {
    title: '管理者の設定',
    say: ({ source, problems }) =>
      source === null
        ? 'なし'
        : `${sources.ja[source]}${
            problems.length > 0
              ? `、誤り：${list(
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
      `${host}：${protocol ?? '接続できません'}、発行者 ${issuer ?? '—'}、期限 ${day(expiresAt)}${authority === 'unknown' ? '' : `、確認元 ${owners.ja[authority]}`}${reason === null ? '' : `、拒否の理由：${reasonIn('ja', reason)}`}`,
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
    say: ({ why }) => (why === null ? '利用できます' : `利用できません（${reasonIn('ja', why)}）`),
  },
}
