import { describe, expect, it } from 'vitest'
import { unrestricted } from '../../contract/policy.ts'
import { newProfile, oemCredential } from '../../contract/profile-defaults.ts'
import { defaultSettings } from '../../contract/settings.ts'
import type { Finding, FindingKind } from './finding.ts'
import { supportBundle } from './support-bundle.ts'
import { said } from './words.ts'

const CANARY = 'CANARY'

const profile = {
  ...newProfile({
    name: `${CANARY} 担当 090-1234-5678`,
    carrier: { kind: 'host', origin: 'https://carrier.example.jp' },
  }),
  id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
  credential: oemCredential(`${CANARY}-OEM-ID`),
  liftedWhen: `${CANARY} 0120-123-456`,
  messages: { outage: `${CANARY} 090-1234-5678` },
  caFile: `/home/${CANARY}/ca.pem`,
  team: { host: 'db.example.jp', port: 5432, database: 'td', user: CANARY, caFile: `/home/${CANARY}/ca.pem` },
}

const findings: readonly Finding[] = [
  { kind: 'policy', health: 'odd', source: 'registry', problems: [{ key: 'AllowExport', why: 'invalid' }] },
  { kind: 'proxy', health: 'good', setting: 'system', ways: ['proxy.example.jp:8080', null] },
  { kind: 'name', health: 'good', host: 'proxy.example.jp', addresses: 2, ms: 12 },
  { kind: 'connection', health: 'bad', host: 'proxy.example.jp', port: 8080, ms: 3, code: 'ECONNREFUSED' },
  {
    kind: 'tunnel',
    health: 'bad',
    proxy: 'proxy.example.jp:8080',
    status: 407,
    schemes: ['NTLM'],
    hasLogin: true,
  },
  {
    kind: 'certificate',
    health: 'bad',
    host: 'carrier.example.jp',
    protocol: 'TLSv1.3',
    issuer: 'Inspection KK',
    expiresAt: Date.UTC(2027, 0, 1),
    authority: 'system',
    reason: 'expired',
  },
  { kind: 'clock', health: 'bad', aheadMs: 3_600_000 },
  { kind: 'keychain', health: 'bad', code: 'KEYCHAIN_LOCKED' },
  { kind: 'store', health: 'good', condition: 'ok', backupAt: Date.UTC(2026, 10, 30) },
  { kind: 'team', health: 'bad', why: 'login' },
  { kind: 'late', health: 'unknown', part: 'network' },
  { kind: 'refused', health: 'bad', code: 'POLICY_REFUSED' },
]

const bundle = (given: Partial<Parameters<typeof supportBundle>[0]> = {}) =>
  supportBundle({
    at: Date.UTC(2026, 10, 30),
    version: '0.1.0',
    platform: 'win32',
    language: 'ja',
    profile,
    settings: {
      ...defaultSettings,
      agentName: CANARY,
      ticketTemplates: [{ id: profile.id, name: CANARY, text: CANARY }],
    },
    policy: { ...unrestricted, supportContact: `${CANARY} 内線 1234` },
    store: { kind: 'ok', backupAt: null },
    findings,
    log: ['{"event":"lookup","account":"090-****-5678","code":"OK"}'],
    ...given,
  })

describe('36: the text for whoever helps', () => {
  it('holds nothing that somebody typed, no path, and no whole number', () => {
    expect(bundle()).not.toContain(CANARY)
    expect(bundle()).not.toMatch(/0[5-9]0[- ]?\d{4}[- ]?\d{4}|0120/)
  })

  it('says what helps: versions, the way to the carrier, what the doctor found, the log', () => {
    for (const word of [
      'Traffic Desk: 0.1.0',
      'carrier: https://carrier.example.jp',
      'team: db.example.jp:5432',
      'refused: expired',
      'NTLM',
      'ECONNREFUSED',
      '090-****-5678',
    ])
      expect(bundle()).toContain(word)
  })

  it('is there before there is a profile, and before anybody asked the doctor', () => {
    expect(bundle({ profile: null, findings: null })).toContain('doctor: was not asked')
  })
})

describe('a finding', () => {
  it.each(['ja', 'en'] as const)('of every kind is a sentence in %s, good or bad', language => {
    const kinds = new Set<FindingKind>()
    for (const finding of findings) {
      kinds.add(finding.kind)
      const { title, text } = said(finding, language)
      expect(title).not.toBe('')
      expect(text).not.toMatch(/undefined|\{\{|null|NaN/)
    }
    expect(kinds.size).toBe(12)
  })
})
