import { type AddressInfo, createServer, type Server } from 'node:net'
import { describe, expect, it } from 'vitest'
import { unrestricted } from '../../contract/policy.ts'
import { newProfile } from '../../contract/profile-defaults.ts'
import type { StoreState } from '../../contract/state.ts'
import { fail, ok } from '../../domain/result.ts'
import { noAuthorities } from '../carrier/testing/no-authorities.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createDoctor } from './doctor.ts'

const profile = {
  ...newProfile({ name: '本番', carrier: { kind: 'host', origin: 'https://carrier.invalid' } }),
  id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
}
const withTeam = {
  ...profile,
  team: { host: 'db.invalid', port: 5432, database: 'td', user: 'desk', caFile: null },
}

function doctorWith(given: Partial<Parameters<typeof createDoctor>[0]> = {}) {
  const clock = createFakeClock()
  const doctor = createDoctor({
    clock,
    policy: unrestricted,
    confirmedNow: () => null,
    store: (): StoreState => ({ kind: 'ok', backupAt: null }),
    vault: { read: async () => ok('THE-KEY') },
    testTeam: async () => ok(null),
    refusalOf: () => null,
    resolveProxy: async () => 'DIRECT',
    proxyLogin: async () => ok(null),
    authorities: noAuthorities,
    readCaFile: () => Promise.reject(new Error('no file')),
    ...given,
  })
  return { clock, doctor }
}

const getConnections = (server: Server) =>
  new Promise<number>(resolve => server.getConnections((_, count) => resolve(count)))

const kinds = (findings: readonly { readonly kind: string; readonly health: string }[]) =>
  Object.fromEntries(findings.map(({ kind, health }) => [kind, health]))

describe('the doctor', () => {
  it('looks at what there is before there is a profile', async () => {
    const { doctor } = doctorWith()
    expect(kinds(await doctor.diagnose(null))).toEqual({ clock: 'unknown', store: 'good', policy: 'good' })
  })

  it('names the name that is not found, and that the key could be read; the key itself is nowhere', async () => {
    const { doctor } = doctorWith()
    const found = await doctor.diagnose(profile)
    expect(kinds(found)).toMatchObject({ proxy: 'good', name: 'bad', keychain: 'good' })
    expect(JSON.stringify(found)).not.toContain('THE-KEY')
  })

  it('goes the next way where a proxy does not lead out, and says of each what became of it', async () => {
    const { doctor } = doctorWith({
      resolveProxy: async () => 'PROXY one.invalid:8080; PROXY two.invalid:8080',
    })
    const found = await doctor.diagnose(profile)
    expect(found.flatMap(finding => (finding.kind === 'name' ? finding.host : []))).toEqual([
      'one.invalid',
      'two.invalid',
    ])
  })

  it('says that a proxy’s rule leads nowhere', async () => {
    const { doctor } = doctorWith({ resolveProxy: async () => 'SOCKS one.invalid:1080' })
    expect(kinds(await doctor.diagnose(profile))).toMatchObject({ proxy: 'bad' })
  })

  it.each([
    ['KEY_MISSING', 'odd'],
    ['KEYCHAIN_LOCKED', 'bad'],
  ] as const)('says of a keychain what it is: %s', async (code, health) => {
    const { doctor } = doctorWith({ vault: { read: async () => fail({ code }) } })
    expect(await doctor.diagnose(profile)).toContainEqual({ kind: 'keychain', health, code })
  })

  it('says of a clock how far it is off, where the carrier said what time it is', async () => {
    const { doctor } = doctorWith({ confirmedNow: () => Date.UTC(2026, 10, 23, 3, 5) })
    expect(await doctor.diagnose(null)).toContainEqual({ kind: 'clock', health: 'bad', aheadMs: 3_600_000 })
  })

  it('says of a team’s server why it can’t be used', async () => {
    const { doctor } = doctorWith({ testTeam: async () => fail({ code: 'TEAM_REFUSED', reason: 'login' }) })
    expect(await doctor.diagnose(withTeam)).toContainEqual({ kind: 'team', health: 'bad', why: 'login' })
  })

  it('says of a file of authorities that it can’t be read', async () => {
    const { doctor } = doctorWith()
    expect(await doctor.diagnose({ ...profile, caFile: '/nowhere.pem' })).toContainEqual(
      expect.objectContaining({ kind: 'certificate', health: 'bad', reason: 'ca-file' }),
    )
  })

  it('ends within its time, whatever hangs', async () => {
    const { clock, doctor } = doctorWith({
      resolveProxy: () => new Promise(() => {}),
      vault: { read: () => new Promise(() => {}) },
      testTeam: () => new Promise(() => {}),
    })
    const diagnosing = doctor.diagnose(withTeam)
    clock.advance(20_000)
    const late = (await diagnosing).flatMap(finding => (finding.kind === 'late' ? finding.part : []))
    expect(late).toEqual(['network', 'keychain', 'team'])
  })

  it('keeps what it found before something hung', async () => {
    const hanging = createServer(() => {})
    await new Promise<void>(resolve => hanging.listen(0, '127.0.0.1', resolve))
    const { port } = hanging.address() as AddressInfo
    const rule = `PROXY 127.0.0.1:${port}; DIRECT`
    const { clock, doctor } = doctorWith({ resolveProxy: async () => rule })
    const diagnosing = doctor.diagnose(profile)
    await expect.poll(() => getConnections(hanging), { timeout: 30_000 }).toBe(1)
    clock.advance(20_000)
    const found = await diagnosing
    hanging.close()
    expect(kinds(found)).toMatchObject({ proxy: 'good', late: 'unknown' })
    // The second way was never tried, so nothing is said of it.
    expect(found.filter(({ kind }) => kind === 'name')).toEqual([])
  })

  it('goes nowhere where the carrier may not be asked, and says why', async () => {
    const asked: string[] = []
    const { doctor } = doctorWith({
      refusalOf: () => ({ code: 'POLICY_REFUSED' }),
      async resolveProxy(url) {
        asked.push(url)
        return 'DIRECT'
      },
    })
    expect(kinds(await doctor.diagnose(withTeam))).toMatchObject({ refused: 'bad' })
    expect(asked).toEqual([])
  })
})
