import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Events } from '../contract/events.ts'
import { newProfile } from '../contract/profile-defaults.ts'
import { fail, ok } from '../domain/result.ts'
import type { Program } from './system.ts'
import { openProgram } from './testing/open-program.ts'

const LINE = { kind: 'line', id: '09012345678' } as const

let folder: string
let platform = 'linux'
let program: Program
/** What the page was told. */
let told: { readonly event: keyof Events; readonly value: unknown }[]
let followed: unknown[]

const open = (): Program =>
  openProgram({
    folder,
    about: { version: '0.1.0', platform, agent: 'sato' },
    tell: (event, value) => told.push({ event, value }),
    settingsChanged: ({ theme, language }) => followed.push({ theme, language }),
  })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-program-'))
  told = []
  followed = []
  program = open()
})

afterEach(async () => {
  await program.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Looks a line up in the demo's profile. */
async function lookedUp() {
  const started = await program.handlers.startDemo()
  if (!started.ok || started.value.current === null) throw new Error('no profile')
  const profileId = started.value.current.profile.id
  return program.handlers.lookUp({ account: LINE, again: false, profileId })
}

describe.each(['win32', 'darwin', 'linux'])('on %s, the program without Electron', given => {
  beforeAll(() => {
    platform = given
  })

  it('looks a line up, tells the page of the gate, and has the figures in the next run', async () => {
    const answer = await lookedUp()
    expect(answer).toMatchObject(
      ok({
        stored: false,
        savedAccount: null,
        lookup: { account: LINE, agent: 'sato', result: { ok: true } },
      }),
    )
    expect(told.filter(({ event }) => event === 'gate').length).toBeGreaterThan(1)
    await program.close()
    program = open()
    const { lookup } = answer.ok ? answer.value : { lookup: null }
    expect(await program.handlers.history(LINE, null)).toEqual(ok([lookup]))
    expect(existsSync(join(folder, 'traffic-desk.sqlite'))).toBe(true)
  })

  it('lets the window follow the settings, at the start and after each change', async () => {
    expect(followed).toEqual([{ theme: 'system', language: 'ja' }])
    await program.handlers.changeSettings({ theme: 'dark', language: 'en' })
    expect(followed.at(-1)).toEqual({ theme: 'dark', language: 'en' })
    expect(program.language()).toBe('en')
  })

  it('says of a keychain that is not there what it is, and asks nobody', async () => {
    const saved = await program.handlers.saveProfile(
      newProfile({ name: 'Operator', carrier: { kind: 'host', origin: 'https://carrier.example' } }),
    )
    if (!saved.ok || saved.value.current === null) throw new Error('no profile')
    const profileId = saved.value.current.profile.id
    expect(await program.handlers.lookUp({ account: LINE, again: false, profileId })).toMatchObject({
      ok: false,
      failure: { code: 'KEYCHAIN_MODULE' },
    })
    expect(await program.handlers.history(LINE, null)).toEqual(ok([]))
  })
})

const inFlight = {
  event: 'gate',
  value: {
    inFlight: LINE,
    step: 'signing-in',
    waiting: null,
    closed: null,
    isSure: true,
    budget: { left: 60, of: 60 },
  },
}

it('a lookup that is in flight when the program ends is called off, and nothing is asked for it any more', async () => {
  const answer = lookedUp()
  await vi.waitFor(() => expect(told).toContainEqual(inFlight), { timeout: 60_000 })
  await program.close()
  expect(await answer).toEqual(fail({ code: 'CANCELLED' }))
  program = open()
  expect(await program.handlers.history(LINE, null)).toEqual(ok([]))
})
