import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newProfile } from '../../contract/profile-defaults.ts'
import { policyKeyNames } from './keys.ts'
import { noPolicy, readPolicy } from './policy.ts'

const ID = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
const read = (...places: readonly Readonly<Record<string, unknown>>[]) =>
  readPolicy(
    'registry',
    places.map(values => ({ values })),
  )

const profile = { id: ID, name: '本番', host: 'https://carrier.example.jp' }

describe('a policy', () => {
  it('that is nowhere says nothing', () => {
    expect(readPolicy('file', [])).toBe(noPolicy)
    expect(read({})).toBe(noPolicy)
  })

  it('gives profiles whose other fields are as in a new one', () => {
    const { values, problems } = read({
      Profiles: JSON.stringify([{ ...profile, cooldownSeconds: 5, team: null }]),
    })
    expect(problems).toEqual([])
    expect(values.Profiles).toEqual([
      {
        ...newProfile({ name: '本番', carrier: { kind: 'host', origin: 'https://carrier.example.jp' } }),
        id: ID,
        cooldownSeconds: 5,
      },
    ])
  })

  it.each([
    ['the registry, in one text', JSON.stringify([profile])],
    ['the registry, line by line', JSON.stringify([profile], null, 2).split('\n')],
    ['a property list or a file, as it is', [profile]],
  ])('takes profiles as they stand in %s', (_, value) => {
    expect(read({ Profiles: value })).toMatchObject({ values: { Profiles: [{ id: ID }] }, problems: [] })
  })

  it.each([
    ['a DWORD', 0, false],
    ['a DWORD', 1, true],
    ['a property list', false, false],
    ['a file', true, true],
  ])('takes yes and no as %s (%s)', (_, value, expected) => {
    expect(read({ AllowExport: value }).values.AllowExport).toBe(expected)
  })

  it('takes hosts line by line, by name or by address, in one spelling', () => {
    const hosts = ['https://One.example.jp:443', ' two.example.jp:8443 ', '']
    const expected = ['https://one.example.jp', 'https://two.example.jp:8443']
    expect(read({ AllowedHosts: hosts }).values.AllowedHosts).toEqual(expected)
    expect(read({ AllowedHosts: hosts.join('\r\n') }).values.AllowedHosts).toEqual(expected)
  })

  it('is known in any case of its letters, as in the registry', () => {
    expect(read({ allowexport: 0, LANGUAGE: 'ja' })).toMatchObject({
      values: { AllowExport: false, Language: 'ja' },
      problems: [],
    })
  })

  it('of the computer outweighs that of the user, key by key', () => {
    const { values } = read({ AllowExport: 0, Language: 'ja' }, { AllowExport: 1, MaxRetentionDays: 30 })
    expect(values).toEqual({ AllowExport: false, Language: 'ja', MaxRetentionDays: 30 })
  })
})

describe('a value that can’t be read', () => {
  it.each([
    ['Profiles', 'not JSON'],
    ['Profiles', [{ ...profile, host: 'carrier.example.jp' }]],
    ['Profiles', [{ ...profile, host: 'https://carrier.example.jp:99999' }]],
    ['Profiles', [{ ...profile, proxy: { kind: 'manual', url: 'proxy' } }]],
    ['Profiles', [{ ...profile, caFile: 'a\nb' }]],
    ['Profiles', [{ ...profile, cooldownSeconds: 0 }]],
    ['Profiles', [{ ...profile, budgetPerHour: 100_000 }]],
    ['Profiles', [{ ...profile, colour: 'red' }]],
    ['Profiles', [{ ...profile, carrier: { kind: 'simulator' } }]],
    ['Profiles', [profile, profile]],
    ['Profiles', { profile }],
    ['AllowedHosts', ['https://']],
    ['AllowedHosts', ['ftp://one.example.jp']],
    ['AllowedHosts', 7],
    ['AllowOwnProfiles', 'no'],
  ])('of %s stops every query, and is named: %j', (key, value) => {
    expect(read({ [key]: value })).toMatchObject({ vital: [key], problems: [{ key, why: 'invalid' }] })
  })

  it.each([
    ['AllowExport', 'no', false],
    ['AllowDemo', 2, false],
    ['AllowLinks', {}, false],
    ['PrivateCopies', 'yes', true],
    ['MaxRetentionDays', -1, undefined],
    ['MaxRetentionDays', '30', undefined],
    ['Language', 'fr', undefined],
    ['UpdateCheckUrl', 'http://updates.example.jp', undefined],
    ['UpdateCheckUrl', 'https://user:pass@updates.example.jp', undefined],
    ['SupportContact', 'a\nb', undefined],
    ['TicketTemplates', [{ id: ID, name: 'x', text: '{{nothing}}' }], undefined],
    ['Defaults', { theme: 'pink' }, undefined],
    ['Defaults', { authKey: 'secret' }, undefined],
  ])('of %s is named, and the stricter holds: %j', (key, value, expected) => {
    const policy = read({ [key]: value })
    expect(policy).toMatchObject({ vital: [], problems: [{ key, why: 'invalid' }] })
    expect(policy.values[key as keyof typeof policy.values]).toEqual(expected)
  })

  it('is never there for a key that nobody knows, whose name may be anything', () => {
    expect(read({ AlowExport: 0 })).toMatchObject({ problems: [{ key: 'AlowExport', why: 'unknown' }] })
    expect(read({ '090-1234-5678': 1 })).toMatchObject({ problems: [{ key: '?', why: 'unknown' }] })
  })

  it.each(['unreadable', 'untrusted'] as const)('stops every query where the whole of it is %s', problem => {
    expect(readPolicy('file', [{ problem }, { values: { AllowExport: 0 } }])).toMatchObject({
      vital: [null],
      problems: [{ key: null, why: problem }],
      values: { AllowExport: false },
    })
  })

  it('never throws, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...policyKeyNames), fc.anything()), values => {
        readPolicy('registry', [{ values }])
      }),
    )
  })
})
