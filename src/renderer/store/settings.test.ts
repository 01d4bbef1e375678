import { beforeEach, describe, expect, it } from 'vitest'
import { newProfile } from '../../contract/profile-defaults.ts'
import { defaultSettings, type Settings } from '../../contract/settings.ts'
import { fail, ok } from '../../domain/result.ts'
import { A, appOf, B, type Desk, FIRST, good, line, OPEN, openDesk, SECOND } from './testing/desk.ts'

const OWN = { id: '8f9619ff-8b86-4d01-b42d-00cf4fc964ff', name: 'Own', text: '{{number}}' }

let desk: Desk

beforeEach(() => {
  desk = openDesk()
})

const settings = () => desk.state().app.settings
/** The settings as the main process has kept them. */
const kept = (change: Partial<Settings>, language: 'ja' | 'en' = 'ja') =>
  ok({ settings: { ...defaultSettings, profileId: FIRST, ...change }, language })

describe('a change of the settings', () => {
  it('shows at once, and is sent as what changed and no more', () => {
    void desk.state().changeSettings({ theme: 'dark' })
    expect(settings()).toEqual({ ...defaultSettings, profileId: FIRST, theme: 'dark' })
    expect(desk.asked()).toEqual([['changeSettings', { theme: 'dark' }]])
  })

  it('gives null once it is kept, and the language that follows from it', async () => {
    const changed = desk.state().changeSettings({ language: 'en' })
    expect(desk.state().app.language).toBe('ja')
    await desk.answer('changeSettings', kept({ language: 'en' }, 'en'))
    expect(await changed).toBeNull()
    expect(desk.state().app.language).toBe('en')
    expect(desk.notices()).toEqual([])
  })

  it('is not taken back by the answer to the one before it', async () => {
    void desk.state().changeSettings({ theme: 'dark' })
    void desk.state().changeSettings({ retentionDays: 7 })
    await desk.answer('changeSettings', kept({ theme: 'dark' }))
    expect(settings()).toMatchObject({ theme: 'dark', retentionDays: 7 })
    await desk.answer('changeSettings', kept({ theme: 'dark', retentionDays: 7 }))
    expect(settings()).toMatchObject({ theme: 'dark', retentionDays: 7 })
  })

  it('of the same setting stands where two wait, the last one longest', async () => {
    for (const theme of ['dark', 'light', 'system'] as const) void desk.state().changeSettings({ theme })
    await desk.answer('changeSettings', kept({ theme: 'dark' }))
    expect(settings().theme).toBe('system')
    await desk.answer('changeSettings', kept({ theme: 'light' }))
    expect(settings().theme).toBe('system')
  })

  it('is as the main process kept it once nothing waits', async () => {
    void desk.state().changeSettings({ theme: 'dark' })
    await desk.answer('changeSettings', kept({ theme: 'dark' }))
    void desk.state().changeSettings({ retentionDays: 7 })
    await desk.answer('changeSettings', kept({ theme: 'light', retentionDays: 7 }))
    expect(settings()).toMatchObject({ theme: 'light', retentionDays: 7 })
  })

  it('that is refused is told, and the screen goes back to what is kept', async () => {
    const changed = desk.state().changeSettings({ theme: 'dark' })
    await desk.answer('changeSettings', fail({ code: 'STORE_READ_ONLY' }))
    await desk.answer('appState', ok(appOf(FIRST)))
    expect(await changed).toEqual({ code: 'STORE_READ_ONLY' })
    expect(settings().theme).toBe('system')
    expect(desk.notices()).toEqual([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
  })

  it('that is refused does not come back with a later answer', async () => {
    void desk.state().changeSettings({ theme: 'dark' })
    await desk.answer('changeSettings', fail({ code: 'IPC_REFUSED' }))
    await desk.answer('appState', ok(appOf(FIRST)))
    void desk.state().changeSettings({ retentionDays: 7 })
    await desk.answer('changeSettings', kept({ retentionDays: 7 }))
    expect(settings()).toMatchObject({ theme: 'system', retentionDays: 7 })
  })

  it('that is refused leaves the figures on the screen', async () => {
    await desk.show(good(A))
    void desk.state().changeSettings({ theme: 'dark' })
    await desk.answer('changeSettings', fail({ code: 'IPC_REFUSED' }))
    await desk.answer('appState', ok(appOf(FIRST)))
    expect(desk.state().view).toMatchObject({ kind: 'shown', account: A })
  })
})

describe('what is chosen for the ticket', () => {
  const choice = { template: 'full', masked: false, rawKb: false }

  it('is kept for this profile beside what others chose', () => {
    desk = openDesk(appOf(FIRST, { settings: { ticketPresets: { [SECOND]: 'csv', [FIRST]: 'json' } } }))
    void desk.state().choosePreset('jira-cloud')
    expect(desk.calls('changeSettings')).toEqual([
      [{ ticketPresets: { [SECOND]: 'csv', [FIRST]: 'jira-cloud' } }],
    ])
  })

  it('is chosen for no profile where there is none', async () => {
    desk = openDesk({ ...appOf(FIRST), current: null })
    await desk.state().choosePreset('csv')
    expect(desk.asked()).toEqual([])
  })

  it('is kept for the preset in use, whole, beside the other presets’', () => {
    const csv = { ...choice, masked: true }
    const zendesk = { ...choice, template: 'short', rawKb: true }
    desk = openDesk(
      appOf(FIRST, {
        settings: { ticketPresets: { [FIRST]: 'zendesk' }, presetChoices: { csv, zendesk } },
      }),
    )
    void desk.state().changePreset({ masked: true })
    expect(desk.calls('changeSettings')).toEqual([
      [{ presetChoices: { csv, zendesk: { ...zendesk, masked: true } } }],
    ])
    void desk.state().changePreset({ rawKb: false })
    expect(settings().presetChoices.zendesk).toEqual({ ...zendesk, masked: true, rawKb: false })
  })
})

describe('a template of the agent’s own', () => {
  const other = { ...OWN, id: SECOND, name: 'Other' }
  const withTemplates = (...ticketTemplates: readonly (typeof OWN)[]) =>
    openDesk(appOf(FIRST, { settings: { ticketTemplates: [...ticketTemplates] } }))

  it('is added to the others and used', async () => {
    desk = withTemplates(other)
    const saved = desk.state().saveTemplate(OWN)
    await desk.answer('changeSettings', kept({ ticketTemplates: [other, OWN] }))
    expect(desk.calls('changeSettings')).toEqual([
      [{ ticketTemplates: [other, OWN] }],
      [{ presetChoices: { text: { template: OWN.id, masked: false, rawKb: false } } }],
    ])
    await desk.answer('changeSettings', kept({ ticketTemplates: [other, OWN] }))
    expect(await saved).toBeNull()
  })

  it('takes its own place when it is changed', () => {
    desk = withTemplates(OWN, other)
    void desk.state().saveTemplate({ ...OWN, text: 'new' })
    expect(settings().ticketTemplates).toEqual([{ ...OWN, text: 'new' }, other])
  })

  it('that is refused is not used, and its form is told why', async () => {
    const saved = desk.state().saveTemplate(OWN)
    await desk.answer('changeSettings', fail({ code: 'IPC_REFUSED' }))
    await desk.answer('appState', ok(appOf(FIRST)))
    expect(await saved).toEqual({ code: 'IPC_REFUSED' })
    expect(desk.calls('changeSettings')).toHaveLength(1)
  })

  it('is removed alone', () => {
    desk = withTemplates(OWN, other)
    void desk.state().removeTemplate(OWN.id)
    expect(desk.calls('changeSettings')).toEqual([[{ ticketTemplates: [other] }]])
  })
})

describe('another profile', () => {
  const busy = () => {
    desk = openDesk(
      appOf(FIRST, {
        savedLines: [line(A, { label: '山田' })],
        gate: { ...OPEN, closed: { reason: 'key-rejected', opensInMs: null } },
      }),
    )
    desk.state().setSearch('山田')
    desk.state().edit({ line: line(A) })
    desk.state().openImport(true)
    desk.state().notify({ kind: 'copied', account: A })
    desk.state().openSheet('settings')
    desk.state().setText('090')
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
  const other = appOf(SECOND, { key: { savedAt: 5, forThisRun: true }, savedLines: [line(B)] })

  it.each([
    ['chosen', 'selectProfile', () => desk.state().selectProfile(SECOND)],
    ['the demo', 'startDemo', () => desk.state().startDemo()],
    [
      'new',
      'saveProfile',
      () => desk.state().saveProfile(newProfile({ name: 'x', carrier: { kind: 'simulator' } })),
    ],
    ['from a file', 'importSettings', () => desk.state().importSettings('{}')],
  ] as const)('leaves nothing of the last one: %s', async (_, method, act) => {
    busy()
    await desk.failAt(A, { code: 'TIMEOUT' })
    const acted = act()
    expect(desk.state().view.kind).toBe('failed')
    await desk.answer(method, ok(other))
    expect(await acted).toBeNull()
    expect(desk.state()).toMatchObject(clean)
    expect(desk.state().app).toEqual(other)
  })

  it('that can not be had leaves everything as it was, and its form is told why', async () => {
    busy()
    await desk.failAt(A, { code: 'TIMEOUT' })
    const before = desk.state()
    const switched = before.selectProfile(SECOND)
    await desk.answer('selectProfile', fail({ code: 'INTERNAL' }))
    expect(await switched).toEqual({ code: 'INTERNAL' })
    expect(desk.state()).toEqual(before)
  })

  it('is asked for by its id', () => {
    void desk.state().selectProfile(SECOND)
    expect(desk.asked()).toEqual([['selectProfile', SECOND]])
  })

  it('does not get a late answer of the last one’s, nor its failure', async () => {
    void desk.state().lookUp(A)
    void desk.state().openStored(B)
    await desk.switchTo(other)
    await desk.answer('lookUp', fail({ code: 'TIMEOUT' }))
    await desk.answer('storedLookup', ok({ lookup: good(B), savedLine: null }))
    expect(desk.state()).toMatchObject({ view: { kind: 'empty' }, text: '', notices: [] })
  })
})

describe('the same profile with other settings', () => {
  it('leaves the figures, the search and what was told', async () => {
    await desk.show(good(A))
    desk.state().setSearch('山田')
    desk.state().notify({ kind: 'copied', account: A })
    const days = { order: 'oldest-first', includesToday: true } as const
    const draft = { ...newProfile({ name: 'x', carrier: { kind: 'simulator' } }), id: FIRST, days }
    void desk.state().saveProfile(draft)
    expect(desk.asked().at(-1)).toEqual(['saveProfile', draft])
    await desk.answer('saveProfile', ok(appOf(FIRST, { profile: { days } })))
    expect(desk.state()).toMatchObject({ view: { kind: 'shown', account: A }, search: '山田' })
    expect(desk.notices()).toEqual([{ kind: 'copied', account: A }])
    expect(desk.state().app.current?.profile.days).toEqual(days)
  })
})

describe('the key', () => {
  it('is known by its state alone once it is saved, and once it is deleted', async () => {
    const saved = desk.state().saveAuthKey('secret', true)
    expect(desk.asked()).toEqual([['saveAuthKey', { authKey: 'secret', forThisRun: true }]])
    await desk.answer('saveAuthKey', ok({ savedAt: 9, forThisRun: true }))
    expect(await saved).toBeNull()
    expect(desk.state().app.current?.key).toEqual({ savedAt: 9, forThisRun: true })
    expect(JSON.stringify(desk.state())).not.toContain('secret')
    void desk.state().deleteAuthKey()
    await desk.answer('deleteAuthKey', ok({ savedAt: null, forThisRun: false }))
    expect(desk.state().app.current?.key).toEqual({ savedAt: null, forThisRun: false })
  })

  it('that was not saved or deleted leaves what is known of the last one', async () => {
    const saved = desk.state().saveAuthKey('secret', false)
    await desk.answer('saveAuthKey', fail({ code: 'KEYCHAIN_DENIED' }))
    expect(await saved).toEqual({ code: 'KEYCHAIN_DENIED' })
    const deleted = desk.state().deleteAuthKey()
    await desk.answer('deleteAuthKey', fail({ code: 'KEYCHAIN_LOCKED' }))
    expect(await deleted).toEqual({ code: 'KEYCHAIN_LOCKED' })
    expect(desk.state().app.current?.key).toEqual({ savedAt: 1, forThisRun: false })
  })
})

describe('a settings file', () => {
  it('that was written is told by its name', async () => {
    const written = desk.state().exportSettings()
    await desk.answer('exportSettings', ok('settings.json'))
    expect(await written).toBeNull()
    expect(desk.notices()).toEqual([{ kind: 'exported', file: 'settings.json' }])
  })

  it('that was called off is not spoken of', async () => {
    void desk.state().exportSettings()
    await desk.answer('exportSettings', ok(null))
    expect(desk.notices()).toEqual([])
  })

  it('that could not be written is told beside its button alone', async () => {
    const written = desk.state().exportSettings()
    await desk.answer('exportSettings', fail({ code: 'FILE_NOT_WRITTEN' }))
    expect(await written).toEqual({ code: 'FILE_NOT_WRITTEN' })
    expect(desk.notices()).toEqual([])
  })

  it('that was read in part shows what was taken, and gives why the rest was not', async () => {
    const read = desk.state().importSettings('{"program":"x"}')
    expect(desk.asked()).toEqual([['importSettings', '{"program":"x"}']])
    await desk.answer('importSettings', fail({ code: 'FILE_UNREADABLE' }))
    await desk.answer('appState', ok(appOf(FIRST, { settings: { theme: 'dark' } })))
    expect(await read).toEqual({ code: 'FILE_UNREADABLE' })
    expect(settings().theme).toBe('dark')
  })
})

describe('the sheets and the pages of the program', () => {
  it('are opened by name', () => {
    desk.state().openSheet('key')
    expect(desk.state().sheet).toBe('key')
    desk.state().openSheet(null)
    expect(desk.state().sheet).toBeNull()
    void desk.state().openLink('keychain-macos')
    expect(desk.asked()).toEqual([['openLink', 'keychain-macos']])
  })
})

describe('the data’s state', () => {
  it('is as the main process told last, and takes nothing else along', () => {
    const before = desk.state().app
    desk.state().storeChanged({ kind: 'damaged', backupAt: 3 })
    expect(desk.state().app).toEqual({ ...before, store: { kind: 'damaged', backupAt: 3 } })
  })
})
