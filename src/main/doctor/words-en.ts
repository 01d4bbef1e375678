import { words as shared } from '../../domain/words/words.ts'
import { conditions, day, list, owners, parts, type Sentences, seconds, sources } from './phrases.ts'

export const en: Sentences = {
  late: { title: 'No answer', say: ({ part }) => `${parts.en[part]} gave no answer within 20 seconds` },
  refused: { title: 'Allowed to ask', say: ({ code }) => shared.en.failures[code] },
  policy: {
    title: 'Administrator’s settings',
    say: ({ source, problems }) =>
      source === null
        ? 'none'
        : `${sources.en[source]}${
            problems.length > 0
              ? `; wrong: ${list(
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
      `${host}: ${protocol ?? 'no handshake'}, issued by ${issuer ?? '—'}, until ${day(expiresAt)}${authority === 'unknown' ? '' : `, vouched for by ${owners.en[authority]}`}${reason === null ? '' : `, refused: ${reason}`}`,
  },
  clock: {
    title: 'Clock',
    say: ({ aheadMs }) =>
      aheadMs === null
        ? 'known after a lookup'
        : `${seconds(aheadMs)} seconds ${aheadMs > 0 ? 'ahead' : aheadMs < 0 ? 'behind' : 'off'}`,
  },
  keychain: {
    title: 'Where keys are kept',
    say: ({ code }) => (code === null ? 'the key could be read' : shared.en.failures[code]),
  },
  store: {
    title: 'Data',
    say: ({ condition, backupAt }) =>
      `${conditions.en[condition]}${backupAt === null ? '' : ` (backup of ${day(backupAt)})`}`,
  },
  team: { title: 'Team server', say: ({ why }) => (why === null ? 'can be used' : `can’t be used (${why})`) },
}
