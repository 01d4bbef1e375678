import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Progress } from '../../contract/events.ts'
import type { Profile } from '../../contract/profile.ts'
import { newProfile } from '../../contract/profile-defaults.ts'
import type { Account } from '../../domain/account.ts'
import { fail, ok } from '../../domain/result.ts'
import type { ChooseFile } from '../files/save-file.ts'
import { noPolicy } from '../policy/policy.ts'
import { createPolicyRules } from '../profiles/policy-rules.ts'
import { createLookups, type Lookups, type NewLookup } from '../store/lookups.ts'
import type { JobOptions } from '../store/maintenance-client.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { copyHandlers } from './copies.ts'
import { createShowProgress } from './show-progress.ts'
import { createWithProfile } from './with-profile.ts'

const LINE: Account = { kind: 'line', id: '09012345678' }
const OTHER_LINE: Account = { kind: 'line', id: '08011112222' }
const HOUR = 3_600_000

const profileOf = (id: string, carrier: Profile['carrier']): Profile => ({
  ...newProfile({ name: 'Carrier', carrier }),
  id,
})
const sato = profileOf('8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10', {
  kind: 'host',
  origin: 'https://one.example.jp',
})
const suzuki = profileOf('9c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10', { kind: 'simulator' })

let clock: FakeClock
let lookups: Lookups
let current: Profile | null
/** The dialogs that wait for the agent, each with what was asked. */
let dialogs: {
  readonly wanted: Parameters<ChooseFile>[0]
  /** Chooses a file in the test's folder, or none. */
  readonly choose: (name: string | null) => void
  readonly break: (error: Error) => void
}[]
let progress: Progress[]
let folder: string
let store: Store
let handlers: ReturnType<typeof copyHandlers>

beforeEach(() => {
  clock = createFakeClock()
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-copies-'))
  store = openStore(join(folder, 'traffic-desk.sqlite'), clock)
  lookups = createLookups(store.database)
  current = sato
  dialogs = []
  progress = []
  handlers = copyHandlers({
    withProfile: createWithProfile({ current: () => current }),
    copy: async (_content, isPrivate) => (isPrivate ? ok(null) : fail({ code: 'CLIPBOARD_BUSY' })),
    privateCopies: () => true,
    rules: createPolicyRules(noPolicy),
    chooseFile(wanted) {
      const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<ChooseFile>>>()
      dialogs.push({
        wanted,
        choose: name =>
          resolve(
            name === null
              ? null
              : { path: join(folder, name), extension: name.endsWith('json') ? 'json' : 'csv' },
          ),
        break: reject,
      })
      return promise
    },
    store: {
      run: (job, options = {}) =>
        store.run(job, { ...options, onProgress: onProgress(options.onProgress ?? (() => {})) }),
    },
    agent: () => 'sato',
    language: () => 'en',
    lookups,
    clock,
    showProgress: createShowProgress(clock, shown => progress.push(shown)),
    openLink: async () => false,
  })
  onProgress = told => told
})

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Lets a test act while an export is written. */
type OnProgress = NonNullable<JobOptions['onProgress']>
let onProgress: (told: OnProgress) => OnProgress

function record(given: Partial<NewLookup> = {}): void {
  const at = given.askedAt ?? clock.now()
  lookups.record({
    profileId: sato.id,
    origin: 'https://one.example.jp',
    account: LINE,
    askedAt: at,
    repliedAt: at,
    durationMs: 12,
    agent: 'sato',
    result: ok({
      todayKb: 100,
      recentDays: '1,2,3',
      blacklist: 'not-listed',
      carrier: { resultCode: '100', statusCode: '200', message: `OK ${LINE.id}` },
      clockOffMs: 0,
    }),
    rawReply: null,
    ...given,
  })
}

const settled = async () => {
  for (let turn = 0; turn < 10; turn++) await null
}

const textOf = (name: string) => readFileSync(join(folder, name), 'utf8')

/** Asks for a file and chooses where to; what stands in it then. */
async function exported(which: Parameters<typeof handlers.exportLookups>[0], file = 'chosen.json') {
  const answer = handlers.exportLookups(which)
  await settled()
  const dialog = dialogs.at(-1)
  dialog?.choose(file)
  const done = await answer
  const text = textOf(file)
  return {
    text,
    rows: file.endsWith('json') ? JSON.parse(text) : [],
    answer: done,
    name: dialog?.wanted.name,
  }
}

const shift = { kind: 'shift' } as const
const ofLine = { kind: 'account', account: LINE } as const

describe('the export of a shift', () => {
  it('names no number, in the account or in the carrier’s words', async () => {
    record()
    record({ account: OTHER_LINE })
    const { text, rows } = await exported(shift)
    expect(rows).toMatchObject([{ account: '090-****-5678' }, { account: '080-****-2222' }])
    for (const part of [LINE.id, OTHER_LINE.id, '1234', '1111']) expect(text).not.toContain(part)
  })

  it('is of the agent’s own day in this profile, good and failed', async () => {
    const start = Date.parse('2026-11-23T00:00:00+09:00')
    record({ askedAt: start - 1 })
    record({ askedAt: start })
    record({ agent: 'suzuki' })
    record({ profileId: suzuki.id })
    record({ result: fail({ code: 'TIMEOUT' }) })
    const { rows, answer } = await exported(shift)
    expect(rows).toMatchObject([
      { agent: 'sato', failure: null, asked_at: '2026-11-23T00:00:00.000+09:00' },
      { agent: 'sato', failure: 'TIMEOUT', asked_at: '2026-11-23T13:05:00.000+09:00' },
    ])
    expect(answer).toEqual(ok({ name: 'chosen.json', rows: 2 }))
  })

  it('is offered under the profile’s name, as CSV first', async () => {
    const { name, text } = await exported(shift, 'chosen.csv')
    expect(name).toBe('Carrier lookups.csv')
    expect(dialogs[0]?.wanted.extensions).toEqual(['csv', 'json'])
    expect(text).toMatch(/^\uFEFFAsked at,/)
  })
})

describe('the export of an account', () => {
  it('is of that account in this profile, whoever asked and whenever, with its number', async () => {
    record({ askedAt: clock.now() - 1000 * HOUR, agent: 'suzuki' })
    record({ account: OTHER_LINE })
    record({ profileId: suzuki.id })
    record()
    const { rows, name } = await exported(ofLine)
    expect(rows).toMatchObject([
      { account: '090-1234-5678', agent: 'suzuki', message: `OK ${LINE.id}` },
      { account: '090-1234-5678', agent: 'sato' },
    ])
    expect(name).toBe('090-1234-5678 lookups.csv')
  })

  it('says in every row where its figures are made up', async () => {
    current = suzuki
    record({ profileId: suzuki.id })
    expect((await exported(ofLine)).rows).toMatchObject([{ demo: 'made-up figures' }])
    current = sato
    record()
    expect((await exported(ofLine)).rows[0]).not.toHaveProperty('demo')
  })

  it('is one at a time: while its dialog is open another opens none', async () => {
    const first = handlers.exportLookups(shift)
    await settled()
    expect(await handlers.exportLookups(ofLine)).toEqual(ok(null))
    expect(await handlers.exportLookups(shift)).toEqual(ok(null))
    expect(dialogs).toHaveLength(1)
    dialogs[0]?.choose(null)
    expect(await first).toEqual(ok(null))
  })

  it.each<[string, (dialog: (typeof dialogs)[number]) => void]>([
    ['is written', dialog => dialog.choose('chosen.csv')],
    ['is called off', dialog => dialog.choose(null)],
    ['can not be written', dialog => dialog.choose('no such folder/chosen.csv')],
    ['ends in an error', dialog => dialog.break(new Error('no dialog'))],
  ])('may be followed by the next once it %s', async (_, end) => {
    const first = handlers.exportLookups(shift).catch(() => null)
    await settled()
    for (const dialog of dialogs) end(dialog)
    await first
    void handlers.exportLookups(shift)
    await settled()
    expect(dialogs).toHaveLength(2)
  })

  it('is given up when the agent says so, leaves no file, and the next one is not given up', async () => {
    for (let n = 0; n < 1_200; n++) record()
    onProgress = () => () => void handlers.cancelExport()
    const first = handlers.exportLookups(shift)
    await settled()
    dialogs[0]?.choose('chosen.csv')
    expect(await first).toEqual(ok(null))
    expect(readdirSync(folder).filter(name => name.includes('chosen'))).toEqual([])
    onProgress = told => told
    expect((await exported(shift)).answer).toMatchObject({ ok: true, value: { rows: 1_200 } })
  })

  it('that could not be written says so', async () => {
    const answer = handlers.exportLookups(shift)
    await settled()
    dialogs[0]?.choose('no such folder/chosen.csv')
    expect(await answer).toEqual(fail({ code: 'FILE_NOT_WRITTEN' }))
  })

  it('of a database that was damaged meanwhile is no file of some rows, and says so', async () => {
    for (let n = 0; n < 1_200; n++) record()
    const database = store.database
    onProgress = () => () => database.exec('DROP TABLE lookup')
    const answer = handlers.exportLookups(ofLine)
    await settled()
    dialogs[0]?.choose('chosen.csv')
    expect(await answer).toEqual(fail({ code: 'FILE_NOT_WRITTEN' }))
    expect(readdirSync(folder).filter(name => name.includes('chosen'))).toEqual([])
  })

  it('has nothing of what was asked after it began', async () => {
    for (let n = 0; n < 1_000; n++) record()
    onProgress = () => () => record()
    const { rows, answer } = await exported(ofLine)
    expect(rows).toHaveLength(1_000)
    expect(answer).toEqual(ok({ name: 'chosen.json', rows: 1_000 }))
  })

  it('of more than a page has every row once, in order', async () => {
    for (let n = 0; n < 1_001; n++) record({ durationMs: n, askedAt: clock.now() - 1_001 + n })
    const { rows, answer } = await exported(ofLine)
    const askedAt = rows.map((row: { readonly asked_at: string }) => row.asked_at)
    expect(askedAt).toEqual([...new Set(askedAt)].sort())
    expect(answer).toEqual(ok({ name: 'chosen.json', rows: 1_001 }))
  })

  it('that takes long shows how far it is, until it ends', async () => {
    for (let n = 0; n < 1_200; n++) record()
    onProgress = told => made => {
      clock.advance(500)
      told(made)
    }
    await exported(ofLine)
    expect([...new Set(progress.map(shown => shown?.done))]).toEqual([0, 500, 1_000, undefined])
    expect(progress.slice(1, -1)).toEqual([500, 1_000].map(done => ({ task: 'export', done, total: 1_200 })))
    expect(progress.at(-1)).toBeNull()
    expect(clock.pending).toBe(0)
  })

  it('that does not take long shows nothing', async () => {
    record()
    await exported(ofLine)
    clock.advance(HOUR)
    expect(progress).toEqual([])
  })

  it('needs a profile', async () => {
    current = null
    expect(await handlers.exportLookups(shift)).toEqual(fail({ code: 'IPC_REFUSED' }))
    expect(dialogs).toEqual([])
  })
})

it('a copy is kept out of the clipboard’s history where the settings say so', async () => {
  expect(await handlers.copy({ text: 'figures', html: null, png: null }, null)).toEqual(ok(null))
})
