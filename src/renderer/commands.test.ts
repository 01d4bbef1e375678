import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Command, commandIds, commands, type Shortcut } from '../contract/commands.ts'
import { unrestricted } from '../contract/policy.ts'
import { listenForKeys, runCommand, runFromMenu } from './commands.ts'
import type { PageState, PageStore } from './store/page-store.ts'
import { A } from './store/testing/page.ts'
import { fields } from './ui/fields.ts'

/** Only as much of a page as the commands touch. */
class FakeInput {
  readonly type: string
  readonly value: string
  constructor(type: string, value = '') {
    this.type = type
    this.value = value
  }
}
class FakeArea {}

interface Happening {
  readonly target: unknown
  readonly isComposing: boolean
  readonly clipboardData: { getData(type: string): string } | null
  readonly key: string
  readonly keyCode: number
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  preventDefault(): void
}

/** What the commands did, in order: a field that has the cursor, or an act on the state with its arguments. */
let done: (readonly unknown[])[]
let dialogIsOpen: boolean
let listeners: { readonly kind: string; readonly listener: (event: Happening) => void }[]

beforeEach(() => {
  done = []
  dialogIsOpen = false
  sheets = {
    offeredSetup: null,
    isMakingSetup: false,
    sheet: null,
    isDoctorOpen: false,
    templatesOpen: false,
    importing: false,
    editing: null,
  }
  listeners = []
  vi.stubGlobal('HTMLInputElement', FakeInput)
  vi.stubGlobal('HTMLTextAreaElement', FakeArea)
  vi.stubGlobal('document', {
    getElementById: (id: string) => ({ focus: () => done.push(['focus', id]) }),
    querySelector: (selector: string) => (selector === 'dialog[open]' && dialogIsOpen ? {} : null),
  })
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  vi.stubGlobal('window', {
    addEventListener: (kind: string, listener: (event: Happening) => void) =>
      listeners.push({ kind, listener }),
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

const shown = { kind: 'shown', account: A } as unknown as PageState['view']
const failed = { kind: 'failed', account: A } as unknown as PageState['view']
const nothingStored = { kind: 'nothing-stored', account: A, savedAccount: null } as const
const asking = { kind: 'asking', account: A, before: null } as const
const empty = { kind: 'empty' } as const

/** The sheets that may lie over the window. */
let sheets: Partial<PageState> = {}

/** A store that only writes down what is asked of it. */
function storeWith(view: PageState['view'], ticketPane = true, policy = unrestricted): PageStore {
  const state = new Proxy({} as Record<string, unknown>, {
    get(_target, name: string) {
      if (name === 'view') return view
      if (Object.hasOwn(sheets, name)) return sheets[name as keyof typeof sheets]
      if (name === 'app') return { settings: { ticketPane, listPane: true }, policy }
      return (...args: readonly unknown[]) => {
        done.push([name, ...args])
        return Promise.resolve(null)
      }
    },
  })
  return { getState: () => state } as unknown as PageStore
}

function run(command: Command, view: PageState['view'], ticketPane = true): readonly (readonly unknown[])[] {
  done = []
  runCommand(storeWith(view, ticketPane), command)
  return done
}

/** What each command does while figures are on the screen. */
const acts: Readonly<Record<Command, readonly unknown[]>> = {
  'focus-lookup': ['focus', fields.lookup],
  'look-up-again': ['lookUp', A, true],
  'go-back': ['step', 'back'],
  'go-forward': ['step', 'forward'],
  'copy-ticket': ['copyTicket'],
  'copy-sentence': ['copySentence'],
  'copy-chart': ['copyChart'],
  'copy-with-chart': ['copyWithChart'],
  star: ['toggleStar'],
  'find-line': ['focus', fields.search],
  'add-line': ['edit', { line: null }],
  'import-lines': ['openImport', true],
  'export-lines': ['exportSavedAccounts'],
  'export-history': ['exportHistory', A],
  'export-shift': ['exportShift'],
  'edit-templates': ['openTemplates', true],
  'add-profile': ['openSheet', 'new-profile'],
  'open-setup': ['chooseSetup'],
  'make-setup': ['openMakeSetup', true],
  'open-settings': ['openSheet', 'settings'],
  palette: ['openOverlay', 'palette'],
  'hide-numbers': ['toggleNumbers'],
  'toggle-list': ['changeSettings', { listPane: false }],
  'toggle-theme': ['changeSettings', { theme: 'dark' }],
  'toggle-ticket': ['changeSettings', { ticketPane: false }],
  guide: ['openGuide', 'figures'],
  diagnose: ['openDoctor', true],
  shortcuts: ['openOverlay', 'shortcuts'],
}

describe('a command', () => {
  it.each(commandIds)('does its one thing: %s', command => {
    expect(run(command, shown)).toEqual([acts[command]])
  })

  it('that looks up again asks about the account on the screen, answered or not, and never twice', () => {
    for (const view of [shown, failed, nothingStored]) {
      expect(run('look-up-again', view)).toEqual([['lookUp', A, true]])
    }
    for (const view of [empty, asking]) expect(run('look-up-again', view)).toEqual([])
  })

  it('that exports a history needs an account, whatever is known of it', () => {
    for (const view of [failed, nothingStored, asking]) {
      expect(run('export-history', view)).toEqual([['exportHistory', A]])
    }
    expect(run('export-history', empty)).toEqual([])
  })

  it('that hides the ticket shows it the next time', () => {
    expect(run('toggle-ticket', empty, false)).toEqual([['changeSettings', { ticketPane: true }]])
  })

  it('that asks the carrier anything is one alone', () => {
    const asks = commandIds.filter(command => run(command, shown).some(([name]) => name === 'lookUp'))
    expect(asks).toEqual(['look-up-again'])
  })
})

/** Something happens on the page; says whether the page was kept from what it would do by itself. */
function happen(kind: 'keydown' | 'paste', given: Partial<Happening>): boolean {
  let isPrevented = false
  const event: Happening = {
    target: {},
    isComposing: false,
    clipboardData: null,
    key: '',
    keyCode: 0,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    preventDefault() {
      isPrevented = true
    },
    ...given,
  }
  for (const { kind: heard, listener } of listeners) if (heard === kind) listener(event)
  return isPrevented
}

const withShortcut = commandIds.flatMap(command => {
  const shortcut: Shortcut | null = commands[command].shortcut
  return shortcut === null ? [] : [[command, shortcut] as const]
})
const keyOf = ({ key, shift, alt, alone }: Shortcut) => ({
  key: shift ? key.toUpperCase() : key,
  shiftKey: shift,
  ctrlKey: !(alt || alone),
  altKey: alt ?? false,
})

describe('a key', () => {
  it.each(withShortcut)('runs its command and nothing of the browser’s: %s', (command, shortcut) => {
    listenForKeys(storeWith(shown), 'linux')
    expect(happen('keydown', keyOf(shortcut))).toBe(true)
    expect(done).toEqual([acts[command]])
  })

  it.each(withShortcut)('is left to the menu on macOS: %s', (_, shortcut) => {
    listenForKeys(storeWith(shown), 'darwin')
    expect(happen('keydown', keyOf(shortcut))).toBe(false)
    expect(happen('keydown', { ...keyOf(shortcut), ctrlKey: false, metaKey: true })).toBe(false)
    expect(done).toEqual([])
  })

  it.each(withShortcut)('runs nothing under an open dialog, but for help: %s', (command, shortcut) => {
    listenForKeys(storeWith(shown), 'linux')
    dialogIsOpen = true
    const isHelp = command === 'guide'
    expect(happen('keydown', keyOf(shortcut))).toBe(isHelp)
    expect(done).toEqual(isHelp ? [acts.guide] : [])
  })

  it.each([
    [{ sheet: 'settings' }, 'settings'],
    [{ sheet: 'first-run' }, 'setup'],
    [{ offeredSetup: { no: 1, name: 'seat.tdsetup' } }, 'setup'],
    [{ isMakingSetup: true }, 'setup'],
    [{ isDoctorOpen: true }, 'failures'],
    [{ templatesOpen: true }, 'ticket'],
    [{ importing: true }, 'saved-lines'],
    [{}, 'figures'],
  ] as const)('for help opens the guide at what is open: %j', (open, topic) => {
    sheets = { ...sheets, ...open }
    expect(run('guide', shown)).toEqual([['openGuide', topic]])
  })

  it.each(commandIds)(
    'runs nothing from the menu under an open dialog but help, and is itself without one: %s',
    command => {
      dialogIsOpen = true
      runFromMenu(storeWith(shown), command)
      expect(done).toEqual(command === 'guide' ? [acts.guide] : [])
      done = []
      dialogIsOpen = false
      runFromMenu(storeWith(shown), command)
      expect(done).toEqual([acts[command]])
    },
  )

  it.each(withShortcut)('is not taken for another one: %s', (_, shortcut) => {
    listenForKeys(storeWith(shown), 'linux')
    for (const other of [
      shortcut.alone ? { ctrlKey: true } : { ctrlKey: false, altKey: false },
      { ctrlKey: true, altKey: true },
      { metaKey: true },
      { isComposing: true },
    ]) {
      expect(happen('keydown', { ...keyOf(shortcut), ...other })).toBe(false)
    }
    expect(done).toEqual([])
  })

  it('with Shift is another than the same without', () => {
    listenForKeys(storeWith(shown), 'linux')
    happen('keydown', { key: 'c', ctrlKey: true })
    happen('keydown', { key: 'L', ctrlKey: true, shiftKey: true })
    expect(done).toEqual([])
  })
})

describe('Esc', () => {
  beforeEach(() => {
    listenForKeys(storeWith(asking), 'linux')
  })

  it('calls the lookup off, from anywhere and on every system', () => {
    listeners = []
    for (const platform of ['linux', 'win32', 'darwin']) listenForKeys(storeWith(asking), platform)
    happen('keydown', { key: 'Escape' })
    expect(done).toEqual([['cancel'], ['cancel'], ['cancel']])
  })

  it('clears a search with something in it, and calls nothing off', () => {
    happen('keydown', { key: 'Escape', target: new FakeInput('search', '山田') })
    expect(done).toEqual([])
  })

  it('calls off from an empty search, and from other fields with something in them', () => {
    happen('keydown', { key: 'Escape', target: new FakeInput('search') })
    happen('keydown', { key: 'Escape', target: new FakeInput('text', '090') })
    expect(done).toEqual([['cancel'], ['cancel']])
  })

  it('is left to an open dialog, and to an IME that composes', () => {
    happen('keydown', { key: 'Escape', isComposing: true })
    dialogIsOpen = true
    happen('keydown', { key: 'Escape' })
    expect(done).toEqual([])
  })
})

describe('Enter', () => {
  beforeEach(() => {
    listenForKeys(storeWith(empty), 'darwin')
  })

  it('that picks an IME’s candidate submits nothing, however the IME reports it', () => {
    expect(happen('keydown', { key: 'Enter', isComposing: true })).toBe(true)
    expect(happen('keydown', { key: 'Enter', keyCode: 229 })).toBe(true)
  })

  it('is the form’s otherwise', () => {
    expect(happen('keydown', { key: 'Enter', keyCode: 13 })).toBe(false)
    expect(happen('keydown', { key: 'a', keyCode: 229 })).toBe(false)
    expect(done).toEqual([])
  })
})

describe('a paste', () => {
  const paste = (text: string, target: unknown = {}) =>
    happen('paste', { target, clipboardData: { getData: type => (type === 'text/plain' ? text : '<b>') } })

  beforeEach(() => {
    listenForKeys(storeWith(shown), 'linux')
  })

  it('outside a field fills the form with the account and sends nothing', () => {
    expect(paste('お客様番号: ０９０－１２３４－５６７８\n')).toBe(true)
    expect(done).toEqual([
      ['setText', A.id],
      ['focus', fields.lookup],
    ])
  })

  it.each([
    ['none', '03-1234-5678'],
    ['several', '090-1234-5678 080-1111-2222'],
  ])('of %s fills the form with the text as it is', (_, text) => {
    paste(text)
    expect(done).toEqual([
      ['setText', text],
      ['focus', fields.lookup],
    ])
  })

  it.each(['text', 'search', 'password', 'number'])('into a field is the field’s: %s', type => {
    expect(paste(A.id, new FakeInput(type))).toBe(false)
    expect(done).toEqual([])
  })

  it('into a text of several lines is that text’s', () => {
    expect(paste(A.id, new FakeArea())).toBe(false)
    expect(done).toEqual([])
  })

  it.each(['checkbox', 'radio', 'button', 'file'])('onto what takes no text fills the form: %s', type => {
    expect(paste(A.id, new FakeInput(type))).toBe(true)
    expect(done[0]).toEqual(['setText', A.id])
  })

  it('of nothing, or under an open dialog, changes nothing', () => {
    expect(paste(' \n')).toBe(false)
    expect(happen('paste', { clipboardData: null })).toBe(false)
    dialogIsOpen = true
    expect(paste(A.id)).toBe(false)
    expect(done).toEqual([])
  })
})

describe('what the administrator does not allow', () => {
  it.each([
    ['export-lines', { allowsExport: false }],
    ['export-history', { allowsExport: false }],
    ['export-shift', { allowsExport: false }],
    ['add-profile', { allowsOwnProfiles: false }],
  ] as const)('is not done by any way to %s, and is said', (command, policy) => {
    runCommand(storeWith(shown, true, { ...unrestricted, ...policy }), command)
    expect(done).toEqual([['tell', { code: 'POLICY_REFUSED' }]])
  })
})
