import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newProfile } from '../contract/profile-defaults.ts'
import { fail, ok } from '../domain/result.ts'
import { readPolicy } from './policy/policy.ts'
import { sealSetup } from './setup/setup.ts'
import type { Program } from './system.ts'
import { openProgram } from './testing/open-program.ts'

const ID = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
const KEY = 'CANARY-SETUP-KEY'
const PASSWORD = 'CANARY team password'
const PASSPHRASE = 'a passphrase for many seats'
const profile = {
  ...newProfile({ name: '本番', carrier: { kind: 'host', origin: 'https://carrier.example.jp' } }),
  id: ID,
}
const withTeam = {
  ...profile,
  team: { host: '127.0.0.1', port: 5432, database: 'td', user: 'desk', caFile: null },
}
const LINK = { kind: 'link', account: { kind: 'line', id: '09012345678' } } as const

let folder: string
let kept: Map<string, string>
let told: string[]
let confirms: boolean
let asked: number
let program: Program
let path: string

const open = (values: Readonly<Record<string, unknown>> = {}): Program =>
  openProgram({
    folder: join(folder, 'data'),
    policy: readPolicy('file', [{ values }]),
    async confirm() {
      asked += 1
      return confirms
    },
    tell: event => told.push(event),
    chooseSetupFile: async () => path,
    chooseFile: async ({ name }) => ({ path: join(folder, name), extension: 'tdsetup' }),
    loadKeytar: async () => ({
      getPassword: async (service, account) => kept.get(`${service} ${account}`) ?? null,
      async setPassword(service, account, password) {
        kept.set(`${service} ${account}`, password)
      },
      deletePassword: async (service, account) => kept.delete(`${service} ${account}`),
    }),
  })

async function write(brought: Parameters<typeof sealSetup>[0]): Promise<void> {
  writeFileSync(path, (await sealSetup(brought, PASSPHRASE)) ?? '')
}

/** Files are numbered as they are opened; each run of the program begins anew. */
const opening = (replaces = false, passphrase = PASSPHRASE, no = 1) =>
  program.handlers.openSetup({ no, passphrase, replaces })
const secrets = () => [...kept.values()].join(' ')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-opened-'))
  path = join(folder, 'seat.tdsetup')
  kept = new Map()
  told = []
  confirms = true
  asked = 0
  program = open()
})

afterEach(async () => {
  await program.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('a setup file', () => {
  it('that is opened by a double click waits for its passphrase, and sets the seat up', async () => {
    await write([{ profile: withTeam, key: KEY, teamPassword: PASSWORD }])
    expect(await program.opened({ kind: 'setup', path })).toBe(true)
    expect(told).toContain('opened')
    expect(program.handlers.takeOpened()).toEqual(ok({ kind: 'setup', no: 1, name: 'seat.tdsetup' }))
    expect(program.handlers.takeOpened()).toEqual(ok(null))
    expect(await opening()).toMatchObject({ ok: true, value: { current: { profile: { id: ID } } } })
    expect(secrets()).toContain(KEY)
    expect(secrets()).toContain(Buffer.from(PASSWORD).toString('base64url'))
    // Another way to the carrier was confirmed in a native dialog.
    expect(asked).toBe(1)
    expect(program.state().current).toMatchObject({ key: { savedAt: expect.any(Number) } })
  })

  it('31: leaves nothing of its secrets in any file', async () => {
    await write([{ profile, key: KEY, teamPassword: PASSWORD }])
    await program.handlers.chooseSetup()
    expect(await opening()).toMatchObject({ ok: true })
    await program.close()
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile())
        expect(readFileSync(join(entry.parentPath, entry.name)).includes('CANARY'), entry.name).toBe(false)
    program = open()
  })

  it.each([
    ['with another passphrase', 'SETUP_PASSPHRASE', async () => 'wrong'],
    [
      'that is damaged',
      'SETUP_DAMAGED',
      async () => {
        writeFileSync(path, readFileSync(path, 'utf8').replace(/.{8}(?=\n)/, ''))
        return PASSPHRASE
      },
    ],
    [
      'of another program',
      'SETUP_FOREIGN',
      async () => {
        writeFileSync(path, 'PK\u0003\u0004')
        return PASSPHRASE
      },
    ],
  ])('%s changes nothing, and says what it is', async (_, code, change) => {
    await write([{ profile, key: KEY, teamPassword: null }])
    const passphrase = await change()
    await program.handlers.chooseSetup()
    expect(await opening(false, passphrase)).toEqual(fail({ code }))
    expect(program.state().profiles).toEqual([])
    expect(kept.size).toBe(0)
  })

  it('that is not there, or is too large to be one, is unreadable', async () => {
    expect(await program.handlers.chooseSetup()).toEqual(fail({ code: 'FILE_UNREADABLE' }))
    writeFileSync(path, Buffer.alloc(1_000_001))
    expect(await program.opened({ kind: 'setup', path })).toBe(true)
    expect(program.handlers.takeOpened()).toEqual(ok({ kind: 'unreadable' }))
    expect(await opening()).toEqual(fail({ code: 'IPC_REFUSED' }))
  })

  it('replaces a profile that differs only where that is said, and one that is the same without a question', async () => {
    await program.handlers.saveProfile({ ...profile, name: 'An older one' })
    await write([{ profile, key: KEY, teamPassword: null }])
    await program.handlers.chooseSetup()
    expect(await opening()).toEqual(fail({ code: 'SETUP_EXISTS', name: 'An older one' }))
    expect(kept.size).toBe(0)
    expect(await opening(true)).toMatchObject({ ok: true, value: { current: { profile: { name: '本番' } } } })
    await program.handlers.chooseSetup()
    expect(await opening(false, PASSPHRASE, 2)).toMatchObject({ ok: true })
  })

  it('brings the secrets of a profile that the administrator set, and not the profile', async () => {
    await program.close()
    program = open({
      Profiles: [{ id: ID, name: '管理者', host: 'https://carrier.example.jp' }],
      AllowOwnProfiles: false,
    })
    await write([{ profile: { ...profile, cooldownSeconds: 1 }, key: KEY, teamPassword: null }])
    await program.handlers.chooseSetup()
    expect(await opening()).toMatchObject({
      ok: true,
      value: { current: { profile: { name: '管理者', cooldownSeconds: 3 } } },
    })
    expect(secrets()).toContain(KEY)
  })

  it('brings no profile where the administrator does not let agents have their own', async () => {
    await program.close()
    program = open({ AllowOwnProfiles: false })
    await write([{ profile, key: KEY, teamPassword: null }])
    await program.handlers.chooseSetup()
    expect(await opening()).toEqual(fail({ code: 'POLICY_REFUSED' }))
    expect(kept.size).toBe(0)
  })

  it('brings nothing to a profile of the administrator’s that asks another carrier, or another team', async () => {
    await program.close()
    program = open({ Profiles: [{ id: ID, name: '管理者', host: 'https://another.example.jp' }] })
    await write([{ profile, key: KEY, teamPassword: null }])
    await program.handlers.chooseSetup()
    expect(await opening()).toEqual(fail({ code: 'POLICY_REFUSED' }))
    await write([{ profile: withTeam, key: null, teamPassword: PASSWORD }])
    await program.handlers.chooseSetup()
    expect(await opening(false, PASSPHRASE, 2)).toEqual(fail({ code: 'POLICY_REFUSED' }))
    expect(kept.size).toBe(0)
  })

  it('keeps its key under its own profile, whichever is chosen while the keychain takes its time', async () => {
    await program.handlers.saveProfile({
      ...profile,
      id: null,
      name: 'Another',
      carrier: { kind: 'host', origin: 'https://evil.example' },
    })
    const another = program.state().profiles[0]?.id ?? ''
    await write([{ profile, key: KEY, teamPassword: null }])
    await program.handlers.chooseSetup()
    const opened = Promise.resolve(opening())
    // The page, or who took it over, chooses as often as it can.
    let isOver = false
    void opened.then(() => {
      isOver = true
    })
    while (!isOver) {
      await program.handlers.selectProfile(another)
      await new Promise<void>(resolve => setImmediate(resolve))
    }
    expect(await opened).toMatchObject({ ok: true })
    const holders = [...kept].filter(([, value]) => value === KEY).map(([slot]) => slot)
    expect(holders).toEqual([expect.stringContaining(ID)])
    expect(holders[0]).toContain('carrier.example.jp')
  })

  it('whose second profile is refused brings none of them', async () => {
    await program.close()
    program = open({ AllowedHosts: ['carrier.example.jp'] })
    const other = {
      ...profile,
      id: '7f9619ff-8b86-4d01-b42d-00cf4fc964ff',
      carrier: { kind: 'host', origin: 'https://other.example.jp' },
    } as const
    await write([
      { profile, key: KEY, teamPassword: null },
      { profile: other, key: KEY, teamPassword: null },
    ])
    await program.handlers.chooseSetup()
    expect(await opening()).toEqual(fail({ code: 'POLICY_REFUSED' }))
    expect(program.state().profiles).toEqual([])
    expect(kept.size).toBe(0)
  })

  it('that was opened after another is not opened in its place', async () => {
    await write([{ profile, key: KEY, teamPassword: null }])
    await program.handlers.chooseSetup()
    await program.handlers.chooseSetup()
    expect(await opening()).toEqual(fail({ code: 'IPC_REFUSED' }))
    program.handlers.forgetSetup(1)
    expect(await opening(false, PASSPHRASE, 2)).toMatchObject({ ok: true })
  })

  it('whose proxy is not confirmed changes nothing', async () => {
    confirms = false
    const proxied = { ...profile, proxy: { kind: 'manual', url: 'http://proxy.example:8080' } } as const
    await write([{ profile: proxied, key: KEY, teamPassword: null }])
    await program.handlers.chooseSetup()
    expect(await opening()).toEqual(fail({ code: 'CANCELLED' }))
    expect(program.state().profiles).toEqual([])
    expect(kept.size).toBe(0)
  })

  it('that is made here holds what is typed, sets another seat up, and takes nothing out of the keychain', async () => {
    await program.handlers.saveProfile(profile)
    await program.handlers.saveAuthKey({ authKey: 'KEY-IN-THE-KEYCHAIN', forThisRun: false })
    const made = { key: KEY, teamPassword: null, passphrase: PASSPHRASE }
    expect(await program.handlers.makeSetup(made)).toEqual(ok('本番.tdsetup'))
    expect(await program.handlers.makeSetup({ ...made, key: null })).toEqual(ok('本番.tdsetup'))
    path = join(folder, '本番.tdsetup')
    await program.handlers.chooseSetup()
    kept.clear()
    expect(await opening()).toMatchObject({ ok: true })
    expect(kept.size).toBe(0)
  })

  it('is not made with a key that no seat could take', async () => {
    await program.handlers.saveProfile(profile)
    const made = { teamPassword: null, passphrase: PASSPHRASE }
    for (const key of ['ＫＥＹ', 'with space', 'x'.repeat(2_561)])
      expect(await program.handlers.makeSetup({ ...made, key })).toEqual(fail({ code: 'KEY_MALFORMED' }))
  })

  it('is not made of the demo, nor where nothing may be exported', async () => {
    await program.handlers.startDemo()
    const made = { key: KEY, teamPassword: null, passphrase: PASSPHRASE }
    expect(await program.handlers.makeSetup(made)).toEqual(fail({ code: 'IPC_REFUSED' }))
    await program.close()
    program = open({ AllowExport: false })
    await program.handlers.saveProfile(profile)
    expect(await program.handlers.makeSetup(made)).toEqual(fail({ code: 'POLICY_REFUSED' }))
  })
})

describe('a link', () => {
  it('waits for the page, and brings the window forward', async () => {
    expect(await program.opened(LINK)).toBe(true)
    expect(program.handlers.takeOpened()).toEqual(ok({ kind: 'account', account: LINK.account }))
  })

  it('is passed over where the administrator does not allow links', async () => {
    await program.close()
    program = open({ AllowLinks: false })
    expect(await program.opened(LINK)).toBe(false)
    expect(program.handlers.takeOpened()).toEqual(ok(null))
    expect(told).not.toContain('opened')
  })
})
