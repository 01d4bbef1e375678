import { beforeEach, describe, expect, it } from 'vitest'
import type { ClipboardContent } from '../../contract/bridge.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { type Board, type Copy, createCopy } from './clipboard.ts'

type Forms = Readonly<Record<string, string | Blob>>

const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await null
}

let clock: FakeClock
let writes: Forms[]
/** What the clipboard holds; another program may hold it, so that a write changes nothing. */
let held: Forms
/** Asked once an attempt. */
let isBusy: () => boolean
let isHeld: boolean

const board: Board = {
  clear() {
    isHeld = isBusy()
    if (!isHeld) held = {}
  },
  async read() {
    const forms = held
    return [{ types: Object.keys(forms), getType: async (type: string) => forms[type] }] as never
  },
  async write([item]) {
    const forms = (item as unknown as { readonly forms: Forms }).forms
    writes.push(forms)
    if (!isHeld) held = forms
  },
  readText: async () => String(held['text/plain'] ?? '').replaceAll(/\r?\n/g, '\r\n'),
  has: async type => type in held,
}

const copyOn = (platform: string): Copy =>
  createCopy({ board, itemOf: forms => ({ forms }) as never, clock, platform })

const text = (words: string) => ({ text: words, html: null, png: null })

beforeEach(() => {
  clock = createFakeClock()
  writes = []
  held = {}
  isBusy = () => false
  isHeld = false
})

describe('a copy', () => {
  it('is one item with every form it has, and has worked once it reads back the same', async () => {
    const content = { text: 'a\nb', html: '<p>a</p>', png: Buffer.from('png').toString('base64') }
    expect(await copyOn('darwin')(content, false)).toEqual({ ok: true, value: null })
    expect(writes).toHaveLength(1)
    expect(Object.keys(writes[0] ?? {})).toEqual(['text/plain', 'text/html', 'image/png'])
    expect(writes[0]?.['text/plain']).toBe('a\nb')
    expect(await (writes[0] as { 'image/png': Blob })['image/png'].text()).toBe('png')
  })

  it('is the same text whatever the system makes of its line ends', async () => {
    expect((await copyOn('win32')(text('a\r\nb\nc'), false)).ok).toBe(true)
  })

  it('has lines that a Windows field shows as lines, and elsewhere the lines it was given', async () => {
    const given = 'a\nb\r\nc\n'
    await copyOn('win32')({ text: given, html: '<p>a</p>\n<p>b</p>', png: null }, false)
    await copyOn('darwin')(text(given), false)
    expect(writes.map(forms => forms['text/plain'])).toEqual(['a\r\nb\r\nc\r\n', given])
    expect(writes[0]?.['text/html']).toBe('<p>a</p>\n<p>b</p>')
  })

  it('is tried again while another program holds the clipboard, and works when that lets go', async () => {
    let tries = 0
    isBusy = () => ++tries < 4
    const copied = copyOn('win32')(text('ticket'), false)
    for (let at = 0; at < 3; at++) {
      await settled()
      clock.advance(100)
    }
    expect((await copied).ok).toBe(true)
    expect(writes).toHaveLength(4)
  })

  it('is given up after a second, and says so', async () => {
    isBusy = () => true
    const copied = copyOn('win32')(text('ticket'), false)
    for (let at = 0; at < 20; at++) {
      await settled()
      clock.advance(100)
    }
    expect(await copied).toEqual({ ok: false, failure: { code: 'CLIPBOARD_BUSY' } })
    expect(writes).toHaveLength(11)
  })

  it('has not worked where the text arrived without its rich form, or the picture did not', async () => {
    const lossy: Board = { ...board, has: async () => false, read: async () => [] }
    const copy = createCopy({ board: lossy, itemOf: forms => ({ forms }) as never, clock, platform: 'linux' })
    for (const content of [
      { text: 'a', html: '<p>a</p>', png: null },
      { text: null, html: null, png: 'AAAA' },
    ]) {
      const copied = copy(content, false)
      for (let at = 0; at < 20; at++) {
        await settled()
        clock.advance(100)
      }
      expect((await copied).ok).toBe(false)
    }
  })

  it('that throws is a copy that did not work', async () => {
    const broken: Board = { ...board, write: () => Promise.reject(new Error('no clipboard')) }
    const copied = createCopy({
      board: broken,
      itemOf: forms => ({ forms }) as never,
      clock,
      platform: 'linux',
    })(text('a'), false)
    for (let at = 0; at < 20; at++) {
      await settled()
      clock.advance(100)
    }
    expect(await copied).toEqual({ ok: false, failure: { code: 'CLIPBOARD_BUSY' } })
  })

  it('that still tries never overwrites a newer one', async () => {
    let tries = 0
    isBusy = () => ++tries < 3
    const copy = copyOn('win32')
    const older = copy(text('older'), false)
    const newer = copy(text('newer'), false)
    for (let at = 0; at < 5; at++) {
      await settled()
      clock.advance(100)
    }
    expect([(await older).ok, (await newer).ok]).toEqual([true, true])
    expect(held['text/plain']).toBe('newer')
  })
})

describe('a copy that another program keeps from the clipboard', () => {
  const given = async (content: ClipboardContent, before: Forms) => {
    held = before
    isBusy = () => true
    const copied = copyOn('win32')(content, false)
    for (let at = 0; at < 20; at++) {
      await settled()
      clock.advance(100)
    }
    return (await copied).ok
  }

  it('has not worked where the last customer’s picture is still there', async () => {
    expect(await given({ text: null, html: null, png: 'AAAA' }, { 'image/png': 'old' })).toBe(false)
  })

  it('has not worked where the same text is still there with another rich form', async () => {
    const before = { 'text/plain': 'a', 'text/html': '<p>a</p>' }
    expect(await given({ text: 'a', html: '<img><p>b</p>', png: null }, before)).toBe(false)
  })
})

it('a clipboard that hangs is given up after a second, and holds up no later copy', async () => {
  let hangs = true
  const hanging: Board = { ...board, write: items => (hangs ? new Promise(() => {}) : board.write(items)) }
  const copy = createCopy({ board: hanging, itemOf: forms => ({ forms }) as never, clock, platform: 'linux' })
  const first = copy(text('first'), false)
  await settled()
  clock.advance(1_000)
  expect((await first).ok).toBe(false)
  hangs = false
  expect((await copy(text('second'), false)).ok).toBe(true)
  expect(held['text/plain']).toBe('second')
})

describe('26: a private copy', () => {
  const marks = [
    'ExcludeClipboardContentFromMonitorProcessing',
    'CanIncludeInClipboardHistory',
    'CanUploadToCloudClipboard',
  ].map(format => `electron application/osclipboard;format="${format}"`)

  it('carries what keeps it out of Windows’ clipboard history and cloud, each a zero', async () => {
    await copyOn('win32')(text('ticket'), true)
    expect(Object.keys(writes[0] ?? {})).toEqual(['text/plain', ...marks])
    for (const mark of marks) {
      const value = writes[0]?.[mark]
      if (!(value instanceof Blob)) throw new Error(`${mark} is no Blob`)
      expect(new Uint8Array(await value.arrayBuffer())).toEqual(new Uint8Array(4))
    }
  })

  it('carries nothing of the kind elsewhere, or where nobody asked for it', async () => {
    await copyOn('darwin')(text('ticket'), true)
    await copyOn('win32')(text('ticket'), false)
    for (const forms of writes) expect(Object.keys(forms)).toEqual(['text/plain'])
  })
})
