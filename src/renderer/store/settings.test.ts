import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newProfile } from '../../contract/profile-defaults.ts'
import { defaultSettings, type Settings } from '../../contract/settings.ts'
import { fail, ok } from '../../domain/result.ts'
import { A, appOf, B, FIRST, good, line, OPEN, openPage, type Page, SECOND } from './testing/page.ts'
import { readTicketWriter } from './ticket.ts'

beforeAll(readTicketWriter)

const OWN = { id: '8f9619ff-8b86-4d01-b42d-00cf4fc964ff', name: 'Own', text: '{{number}}' }

let page: Page

beforeEach(() => {
  page = openPage()
})

const settings = () => page.state().app.settings
/** The settings as the main process has kept them. */
const kept = (change: Partial<Settings>, language: 'ja' | 'en' = 'ja') =>
  ok({ settings: { ...defaultSettings, profileId: FIRST, ...change }, language, quickEntry: 'off' as const })

describe('a change of the settings', () => {
  it('shows at once, and is sent as what changed and no more', () => {
    void page.state().changeSettings({ theme: 'dark' })
    expect(settings()).toEqual({ ...defaultSettings, profileId: FIRST, theme: 'dark' })
    expect(page.asked()).toEqual([['changeSettings', { theme: 'dark' }]])
  })

  it('gives null once it is kept, and the language that follows from it', async () => {
    const changed = page.state().changeSettings({ language: 'en' })
    expect(page.state().app.language).toBe('ja')
    await page.answer('changeSettings', kept({ language: 'en' }, 'en'))
    expect(await changed).toBeNull()
    expect(page.state().app.language).toBe('en')
    expect(page.notices()).toEqual([])
  })

  it('is not taken back by the answer to the one before it', async () => {
    void page.state().changeSettings({ theme: 'dark' })
    void page.state().changeSettings({ retentionDays: 7 })
    await page.answer('changeSettings', kept({ theme: 'dark' }))
    expect(settings()).toMatchObject({ theme: 'dark', retentionDays: 7 })
    await page.answer('changeSettings', kept({ theme: 'dark', retentionDays: 7 }))
    expect(settings()).toMatchObject({ theme: 'dark', retentionDays: 7 })
  })

  it('of the same setting stands where two wait, the last one longest', async () => {
    for (const theme of ['dark', 'light', 'system'] as const) void page.state().changeSettings({ theme })
    await page.answer('changeSettings', kept({ theme: 'dark' }))
    expect(settings().theme).toBe('system')
    await page.answer('changeSettings', kept({ theme: 'light' }))
    expect(settings().theme).toBe('system')
  })

  it('is as the main process kept it once nothing waits', async () => {
    void page.state().changeSettings({ theme: 'dark' })
    await page.answer('changeSettings', kept({ theme: 'dark' }))
    void page.state().changeSettings({ retentionDays: 7 })
    await page.answer('changeSettings', kept({ theme: 'light', retentionDays: 7 }))
    expect(settings()).toMatchObject({ theme: 'light', retentionDays: 7 })
  })

  it('that is refused is told, and the screen goes back to what is kept', async () => {
    const changed = page.state().changeSettings({ theme: 'dark' })
    await page.answer('changeSettings', fail({ code: 'STORE_READ_ONLY' }))
    await page.answer('appState', ok(appOf(FIRST)))
    expect(await changed).toEqual({ code: 'STORE_READ_ONLY' })
    expect(settings().theme).toBe('system')
    expect(page.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
  })

  it('that is refused does not come back with a later answer', async () => {
    void page.state().changeSettings({ theme: 'dark' })
    await page.answer('changeSettings', fail({ code: 'IPC_REFUSED' }))
    await page.answer('appState', ok(appOf(FIRST)))
    void page.state().changeSettings({ retentionDays: 7 })
    await page.answer('changeSettings', kept({ retentionDays: 7 }))
    expect(settings()).toMatchObject({ theme: 'system', retentionDays: 7 })
  })

  it('that is refused leaves the figures on the screen', async () => {
    await page.show(good(A))
    void page.state().changeSettings({ theme: 'dark' })
    await page.answer('changeSettings', fail({ code: 'IPC_REFUSED' }))
    await page.answer('appState', ok(appOf(FIRST)))
    expect(page.state().view).toMatchObject({ kind: 'shown', account: A })
  })
})

describe('what is chosen for the ticket', () => {
  const choice = { template: 'full', masked: false, rawKb: false }

  it('is kept for this profile beside what others chose', () => {
    page = openPage(appOf(FIRST, { settings: { ticketPresets: { [SECOND]: 'csv', [FIRST]: 'json' } } }))
    void page.state().choosePreset('jira-cloud')
    expect(page.calls('changeSettings')).toEqual([
      [{ ticketPresets: { [SECOND]: 'csv', [FIRST]: 'jira-cloud' } }],
    ])
  })

  it('is chosen for no profile where there is none', async () => {
    page = openPage({ ...appOf(FIRST), current: null })
    await page.state().choosePreset('csv')
    expect(page.asked()).toEqual([])
  })

  it('is kept for the preset in use, whole, beside the other presets’', () => {
    const csv = { ...choice, masked: true }
    const zendesk = { ...choice, template: 'short', rawKb: true }
    page = openPage(
      appOf(FIRST, {
        settings: { ticketPresets: { [FIRST]: 'zendesk' }, presetChoices: { csv, zendesk } },
      }),
    )
    void page.state().changePreset({ masked: true })
    expect(page.calls('changeSettings')).toEqual([
      [{ presetChoices: { csv, zendesk: { ...zendesk, masked: true } } }],
    ])
    void page.state().changePreset({ rawKb: false })
    expect(settings().presetChoices.zendesk).toEqual({ ...zendesk, masked: true, rawKb: false })
  })
})

describe('a template of the agent’s own', () => {
  const other = { ...OWN, id: SECOND, name: 'Other' }
  const withTemplates = (...ticketTemplates: readonly (typeof OWN)[]) =>
    openPage(appOf(FIRST, { settings: { ticketTemplates: [...ticketTemplates] } }))

  it('is added to the others and used', async () => {
    page = withTemplates(other)
    const saved = page.state().saveTemplate(OWN)
    await page.answer('changeSettings', kept({ ticketTemplates: [other, OWN] }))
    expect(page.calls('changeSettings')).toEqual([
      [{ ticketTemplates: [other, OWN] }],
      [{ presetChoices: { text: { template: OWN.id, masked: false, rawKb: false } } }],
    ])
    await page.answer('changeSettings', kept({ ticketTemplates: [other, OWN] }))
    expect(await saved).toBeNull()
  })

  it('takes its own place when it is changed', () => {
    page = withTemplates(OWN, other)
    void page.state().saveTemplate({ ...OWN, text: 'new' })
    expect(settings().ticketTemplates).toEqual([{ ...OWN, text: 'new' }, other])
  })

  it('that is refused is not used, and its form is told why', async () => {
    const saved = page.state().saveTemplate(OWN)
    await page.answer('changeSettings', fail({ code: 'IPC_REFUSED' }))
    await page.answer('appState', ok(appOf(FIRST)))
    expect(await saved).toEqual({ code: 'IPC_REFUSED' })
    expect(page.calls('changeSettings')).toHaveLength(1)
  })

  it('is removed alone', () => {
    page = withTemplates(OWN, other)
    void page.state().removeTemplate(OWN.id)
    expect(page.calls('changeSettings')).toEqual([[{ ticketTemplates: [other] }]])
  })
})

describe('another profile', () => {
  const busy = () => {
    page = openPage(
      appOf(FIRST, {
        savedAccounts: [line(A, { label: '山田' })],
        gate: { ...OPEN, closed: { reason: 'key-rejected', opensInMs: null } },
      }),
    )
    page.state().setSearch('山田')
    page.state().edit({ line: line(A) })
    page.state().openImport(true)
    page.state().notify({ kind: 'copied', account: A })
    page.state().openSheet('settings')
    page.state().setText('090')
  }
  const clean = {
    view: { kind: 'empty' },
    text: '',
    search: '',
    notices: [],
    editing: null,
    importing: false,
    gate: { state: OPEN },
  }
  const other = appOf(SECOND, {
    key: { savedAt: 5, forThisRun: true, signedInAt: null },
    savedAccounts: [line(B)],
  })

  it.each([
    ['chosen', 'selectProfile', () => page.state().selectProfile(SECOND)],
    ['the demo', 'startDemo', () => page.state().startDemo()],
    [
      'new',
      'saveProfile',
      () => page.state().saveProfile(newProfile({ name: 'x', carrier: { kind: 'simulator' } })),
    ],
    ['from a file', 'importSettings', () => page.state().importSettings('{}')],
  ] as const)('leaves nothing of the last one: %s', async (_, method, act) => {
    busy()
    await page.failAt(A, { code: 'TIMEOUT' })
    const acted = act()
    expect(page.state().view.kind).toBe('failed')
    await page.answer(method, ok(other))
    expect(await acted).toBeNull()
    expect(page.state()).toMatchObject(clean)
    expect(page.state().app).toEqual(other)
  })

  it('that can not be had leaves everything as it was, and its form is told why', async () => {
    busy()
    await page.failAt(A, { code: 'TIMEOUT' })
    const before = page.state()
    const switched = before.selectProfile(SECOND)
    await page.answer('selectProfile', fail({ code: 'INTERNAL' }))
    expect(await switched).toEqual({ code: 'INTERNAL' })
    expect(page.state()).toEqual(before)
  })

  it('is asked for by its id', () => {
    void page.state().selectProfile(SECOND)
    expect(page.asked()).toEqual([['selectProfile', SECOND]])
  })

  it('does not get a late answer of the last one’s, nor its failure', async () => {
    void page.state().lookUp(A)
    void page.state().openStored(B)
    await page.switchTo(other)
    await page.answer('lookUp', fail({ code: 'TIMEOUT' }))
    await page.answer('storedLookup', ok({ lookup: good(B), savedAccount: null }))
    expect(page.state()).toMatchObject({ view: { kind: 'empty' }, text: '', notices: [] })
  })
})

describe('the same profile with other settings', () => {
  it('leaves the figures, the search and what was told', async () => {
    await page.show(good(A))
    page.state().setSearch('山田')
    page.state().notify({ kind: 'copied', account: A })
    const days = { order: 'oldest-first', includesToday: true } as const
    const draft = { ...newProfile({ name: 'x', carrier: { kind: 'simulator' } }), id: FIRST, days }
    void page.state().saveProfile(draft)
    expect(page.asked().at(-1)).toEqual(['saveProfile', draft])
    await page.answer('saveProfile', ok(appOf(FIRST, { profile: { days } })))
    expect(page.state()).toMatchObject({ view: { kind: 'shown', account: A }, search: '山田' })
    expect(page.notices()).toEqual([{ kind: 'copied', account: A }])
    expect(page.state().app.current?.profile.days).toEqual(days)
  })
})

describe('the key', () => {
  it('is known by its state alone once it is saved, and once it is deleted', async () => {
    const saved = page.state().saveKey('secret', true)
    expect(page.asked()).toEqual([['saveAuthKey', { authKey: 'secret', forThisRun: true }]])
    await page.answer('saveAuthKey', ok({ savedAt: 9, forThisRun: true, signedInAt: null }))
    expect(await saved).toBeNull()
    expect(page.state().app.current?.key).toEqual({ savedAt: 9, forThisRun: true, signedInAt: null })
    expect(JSON.stringify(page.state())).not.toContain('secret')
    void page.state().deleteKeys()
    await page.answer('deleteKeys', ok({ savedAt: null, forThisRun: false, signedInAt: null }))
    expect(page.state().app.current?.key).toEqual({ savedAt: null, forThisRun: false, signedInAt: null })
  })

  it('that was not saved or deleted leaves what is known of the last one', async () => {
    const saved = page.state().saveKey('secret', false)
    await page.answer('saveAuthKey', fail({ code: 'KEYCHAIN_DENIED' }))
    expect(await saved).toEqual({ code: 'KEYCHAIN_DENIED' })
    const deleted = page.state().deleteKeys()
    await page.answer('deleteKeys', fail({ code: 'KEYCHAIN_LOCKED' }))
    expect(await deleted).toEqual({ code: 'KEYCHAIN_LOCKED' })
    expect(page.state().app.current?.key).toEqual({ savedAt: 1, forThisRun: false, signedInAt: null })
  })
})

describe('a settings file', () => {
  it('that was written is told by its name', async () => {
    const written = page.state().exportSettings()
    await page.answer('exportSettings', ok('settings.json'))
    expect(await written).toBeNull()
    expect(page.notices()).toEqual([{ kind: 'exported', file: 'settings.json' }])
  })

  it('that was called off is not spoken of', async () => {
    void page.state().exportSettings()
    await page.answer('exportSettings', ok(null))
    expect(page.notices()).toEqual([])
  })

  it('that could not be written is told beside its button alone', async () => {
    const written = page.state().exportSettings()
    await page.answer('exportSettings', fail({ code: 'FILE_NOT_WRITTEN' }))
    expect(await written).toEqual({ code: 'FILE_NOT_WRITTEN' })
    expect(page.notices()).toEqual([])
  })

  it('that was read in part shows what was taken, and gives why the rest was not', async () => {
    const read = page.state().importSettings('{"program":"x"}')
    expect(page.asked()).toEqual([['importSettings', '{"program":"x"}']])
    await page.answer('importSettings', fail({ code: 'FILE_UNREADABLE' }))
    await page.answer('appState', ok(appOf(FIRST, { settings: { theme: 'dark' } })))
    expect(await read).toEqual({ code: 'FILE_UNREADABLE' })
    expect(settings().theme).toBe('dark')
  })
})

describe('the sheets and the pages of the program', () => {
  it('are opened by name', () => {
    page.state().openSheet('key')
    expect(page.state().sheet).toBe('key')
    page.state().openSheet(null)
    expect(page.state().sheet).toBeNull()
    void page.state().openLink('keychain-macos')
    expect(page.asked()).toEqual([['openLink', 'keychain-macos']])
  })
})

describe('the data’s state', () => {
  it('is as the main process told last, and takes nothing else along', () => {
    const before = page.state().app
    page.state().storeChanged({ kind: 'damaged', backupAt: 3 })
    expect(page.state().app).toEqual({ ...before, store: { kind: 'damaged', backupAt: 3 } })
  })
})
