import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newProfile } from '../contract/profile-defaults.ts'
import { defaultSettings } from '../contract/settings.ts'
import { fail, ok } from '../domain/result.ts'
import { readPolicy } from './policy/policy.ts'
import type { Program } from './system.ts'
import { openProgram } from './testing/open-program.ts'

const LINE = { kind: 'line', id: '09012345678' } as const
const GIVEN = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
const HOST = 'https://carrier.example.jp'
const given = { id: GIVEN, name: '本番', host: HOST }
const own = newProfile({ name: 'Own', carrier: { kind: 'host', origin: 'https://other.example.jp' } })
const refused = fail({ code: 'POLICY_REFUSED' })

let folder: string
let program: Program
let lines: unknown[]
let files: number

/** The next run of the program, under this policy. */
async function under(values: Readonly<Record<string, unknown>>): Promise<void> {
  await program.close()
  program = open(values)
}

const open = (values: Readonly<Record<string, unknown>>): Program =>
  openProgram({
    folder,
    policy: readPolicy('file', [{ values }]),
    log: { note: (event, fields) => lines.push({ event, ...fields }) },
    confirm: async () => true,
    async chooseFile({ name }) {
      files += 1
      return { path: join(folder, name), extension: 'csv' }
    },
  })

const lookUp = (profileId = GIVEN) => program.handlers.lookUp({ account: LINE, again: false, profileId })
const ids = () => program.state().profiles.map(({ name }) => name)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-policy-'))
  lines = []
  files = 0
  program = open({})
})

afterEach(async () => {
  await program.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('30: a profile of the administrator’s', () => {
  beforeEach(() => under({ Profiles: [given] }))

  it('is there without anybody making it, and is asked', async () => {
    expect(program.state()).toMatchObject({
      current: { profile: { id: GIVEN, name: '本番' } },
      policy: { lockedProfiles: [GIVEN] },
    })
    // It comes as far as the keychain, and here there is none.
    expect(await lookUp()).toMatchObject({ failure: { code: 'KEYCHAIN_MODULE' } })
  })

  it('can be changed by no form, no field and no file, and can’t be removed', async () => {
    const draft = { ...own, id: GIVEN }
    expect(await program.handlers.saveProfile(draft)).toEqual(refused)
    const change = { cooldownSeconds: 60 }
    expect(await program.handlers.changeProfile({ id: GIVEN, change })).toEqual(refused)
    expect(await program.handlers.removeProfile(GIVEN)).toEqual(refused)
    const file = { program: 'traffic-desk', settings: {}, profiles: [draft] }
    await program.handlers.importSettings(JSON.stringify(file))
    expect(program.state().profiles).toMatchObject([{ id: GIVEN, name: '本番', carrier: { origin: HOST } }])
    await under({})
    expect(ids()).toEqual([])
  })

  it('takes the place of one that an agent made before under its id', async () => {
    await under({})
    await program.handlers.saveProfile(own)
    const [made] = program.state().profiles
    await under({ Profiles: [{ ...given, id: made?.id }] })
    expect(ids()).toEqual(['本番'])
    await under({})
    expect(ids()).toEqual(['Own'])
  })
})

describe('where agents may have no profiles of their own', () => {
  it('those that they have are not shown and not asked, and are back once the policy is gone', async () => {
    await program.handlers.saveProfile(own)
    const [made] = program.state().profiles
    await under({ Profiles: [given], AllowOwnProfiles: false })
    expect(ids()).toEqual(['本番'])
    expect(await lookUp(made?.id)).toEqual(fail({ code: 'IPC_REFUSED' }))
    expect(await program.handlers.selectProfile(made?.id ?? '')).toEqual(fail({ code: 'IPC_REFUSED' }))
    expect(await program.handlers.saveProfile(own)).toEqual(refused)
    const file = { program: 'traffic-desk', settings: {}, profiles: [{ ...own, id: made?.id }] }
    expect(await program.handlers.importSettings(JSON.stringify(file))).toEqual(refused)
    await under({})
    expect(ids()).toEqual(['Own'])
  })

  it('the demo may be there all the same, unless that is not allowed', async () => {
    await under({ AllowOwnProfiles: false })
    expect(await program.handlers.startDemo()).toMatchObject({ ok: true })
    await under({ AllowDemo: false })
    expect(ids()).toEqual([])
    expect(await program.handlers.startDemo()).toEqual(refused)
  })
})

it('30: only the hosts that are allowed are asked, whoever made the profile', async () => {
  await program.handlers.saveProfile(own)
  const [made] = program.state().profiles
  await under({ AllowedHosts: ['carrier.example.jp'] })
  expect(await lookUp(made?.id)).toEqual(refused)
  expect(await program.handlers.signIn()).toEqual(refused)
  expect(await program.handlers.saveProfile({ ...own, name: 'Another' })).toEqual(refused)
  const allowed = { ...own, carrier: { kind: 'host', origin: 'https://CARRIER.example.jp:443' } } as const
  expect(await program.handlers.saveProfile(allowed)).toMatchObject({ ok: true })
  expect(await lookUp(program.state().current?.profile.id)).toMatchObject({
    failure: { code: 'KEYCHAIN_MODULE' },
  })
})

it('30: nothing is written to a file where that is not allowed, and no dialog asks for one', async () => {
  await under({ Profiles: [given], AllowExport: false })
  expect(await program.handlers.exportSettings()).toEqual(refused)
  expect(await program.handlers.exportSavedAccounts()).toEqual(refused)
  expect(await program.handlers.exportLookups({ kind: 'shift' })).toEqual(refused)
  expect(await program.handlers.exportLookups({ kind: 'account', account: LINE })).toEqual(refused)
  expect(files).toBe(0)
  expect(readdirSync(folder).filter(name => /csv|json/.test(name))).toEqual([])
})

describe('a setting of the administrator’s', () => {
  it('holds over what the agent chose, which is back once the policy is gone', async () => {
    await program.handlers.changeSettings({ language: 'en', privateCopies: false, retentionDays: 90 })
    await under({ Language: 'ja', PrivateCopies: true, MaxRetentionDays: 30 })
    const held = { language: 'ja', privateCopies: true, retentionDays: 30 }
    expect(program.state()).toMatchObject({
      settings: held,
      policy: { locked: ['language', 'privateCopies'] },
    })
    await program.handlers.changeSettings({ language: 'en', privateCopies: false, retentionDays: 365 })
    expect(program.state().settings).toMatchObject(held)
    await program.handlers.changeSettings({ retentionDays: 7 })
    expect(program.state().settings.retentionDays).toBe(7)
    const file = { program: 'traffic-desk', settings: { language: 'en', retentionDays: 3650 }, profiles: [] }
    await program.handlers.importSettings(JSON.stringify(file))
    expect(program.state().settings).toMatchObject(held)
    await under({})
    expect(program.state().settings).toMatchObject({ language: 'en', privateCopies: false })
  })

  it('that is a default holds until the agent chooses otherwise, and follows the policy until then', async () => {
    await under({ Defaults: { theme: 'dark', hideAfterMinutes: 5 } })
    expect(program.state().settings).toMatchObject({ theme: 'dark', hideAfterMinutes: 5 })
    await program.handlers.changeSettings({ theme: 'light' })
    await under({ Defaults: { theme: 'dark', hideAfterMinutes: 3 } })
    expect(program.state().settings).toMatchObject({ theme: 'light', hideAfterMinutes: 3 })
  })

  it('that is a default holds at a seat that an earlier version set up, where nobody chose otherwise', async () => {
    await program.close()
    const database = new DatabaseSync(join(folder, 'traffic-desk.sqlite'))
    const row = JSON.stringify({ ...defaultSettings, theme: 'light' })
    database.prepare("INSERT OR REPLACE INTO setting (name, value) VALUES ('settings', ?)").run(row)
    database.close()
    program = open({ Defaults: { theme: 'dark', hideAfterMinutes: 5 } })
    expect(program.state().settings).toMatchObject({ theme: 'light', hideAfterMinutes: 5 })
  })

  it('that is a ticket template stands before the agent’s own, and can’t be changed or removed', async () => {
    const template = { id: GIVEN, name: '社内様式', text: '{{number}}' }
    await under({ TicketTemplates: [template] })
    const mine = { id: '7f9619ff-8b86-4d01-b42d-00cf4fc964ff', name: 'Mine', text: '{{number}}' }
    const changed = [{ ...template, text: 'changed' }, mine]
    await program.handlers.changeSettings({ ticketTemplates: changed })
    expect(program.state()).toMatchObject({
      settings: { ticketTemplates: [template, mine] },
      policy: { lockedTemplates: [GIVEN] },
    })
    await program.handlers.changeSettings({ ticketTemplates: [] })
    expect(program.state().settings.ticketTemplates).toEqual([template])
  })
})

describe.each([
  ['Profiles', [{ ...given, host: 'carrier' }]],
  ['Profiles', [{ ...given, proxy: { kind: 'manual', url: 'none' } }]],
  ['Profiles', [{ ...given, caFile: 7 }]],
  ['AllowedHosts', ['https:// x']],
  ['AllowOwnProfiles', 'no'],
])('with an error in %s (%j)', (key, value) => {
  it('the program starts, says which key, and asks nobody', async () => {
    await program.handlers.saveProfile(own)
    await under({ Profiles: [given], [key]: value })
    expect(program.state().policy).toMatchObject({
      stopsQueries: true,
      problems: [{ key, why: 'invalid' }],
    })
    program.started()
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'policy', problems: [{ key, why: 'invalid' }] }),
    )
    expect(await lookUp(program.state().current?.profile.id)).toEqual(
      fail({ code: 'POLICY_INVALID', keys: [key] }),
    )
    expect(await program.handlers.history(LINE, null)).toEqual(ok([]))
  })
})

it('an error in what asks nobody is named, and the rest of the program works', async () => {
  await under({ Profiles: [given], SupportContact: 7, MaxRetentionDays: 'ten' })
  expect(program.state().policy).toMatchObject({
    stopsQueries: false,
    problems: [{ key: 'MaxRetentionDays' }, { key: 'SupportContact' }],
  })
  expect(program.state().settings.retentionDays).toBe(90)
  expect(await lookUp()).toMatchObject({ failure: { code: 'KEYCHAIN_MODULE' } })
})
