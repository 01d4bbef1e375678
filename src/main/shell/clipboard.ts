import type { ClipboardContent } from '../../contract/bridge.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { Clock } from '../clock.ts'

/** The part of Electron's clipboard that is needed; promise-based since Electron 45. */
export type Board = Pick<Electron.Clipboard, 'clear' | 'has' | 'read' | 'readText' | 'write'>

/** Puts one item on the clipboard; CLIPBOARD_BUSY where it did not get there within a second. */
export type Copy = (content: ClipboardContent, isPrivate: boolean) => Promise<Outcome<null>>

const RETRY_MS = 100
const GIVE_UP_MS = 1_000

/**
 * Formats that tell Windows to keep no copy: not in clipboard managers, its history or its cloud.
 * https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats#cloud-clipboard-and-clipboard-history-formats
 */
const PRIVATE = [
  'ExcludeClipboardContentFromMonitorProcessing',
  'CanIncludeInClipboardHistory',
  'CanUploadToCloudClipboard',
].map(format => `electron application/osclipboard;format="${format}"`)

/** Another program may hold the clipboard: each copy is read back, and tried again for a second. */
export function createCopy({
  board,
  itemOf,
  clock,
  platform,
}: {
  readonly board: Board
  readonly itemOf: (forms: Record<string, string | Blob>) => Electron.ClipboardItem
  readonly clock: Clock
  readonly platform: string
}): Copy {
  let queue: Promise<unknown> = Promise.resolve()

  async function attempt({ text, html, png }: ClipboardContent, isPrivate: boolean): Promise<boolean> {
    const no = new Blob([new Uint8Array(4)])
    const item = itemOf({
      ...(text !== null && { 'text/plain': platform === 'win32' ? windowsLines(text) : text }),
      ...(html !== null && { 'text/html': html }),
      ...(png !== null && { 'image/png': new Blob([Buffer.from(png, 'base64')], { type: 'image/png' }) }),
      ...(isPrivate && platform === 'win32' && Object.fromEntries(PRIVATE.map(format => [format, no]))),
    })
    // Clear the clipboard first: a picture can't be compared with what was written, because the system
    // encodes it anew, so an old picture could pass for the new one.
    board.clear()
    if (png !== null && (await board.has('image/png'))) return false
    await board.write([item])
    return (
      (text === null || sameText(await board.readText(), text)) &&
      (html === null || sameLines(await readHtml()).includes(sameLines(html))) &&
      (png === null || (await board.has('image/png')))
    )
  }

  async function readHtml(): Promise<string> {
    const [item] = await board.read()
    if (!item?.types.includes('text/html')) return ''
    const read: unknown = await item.getType('text/html')
    return read instanceof Blob ? read.text() : String(read)
  }

  /** False where it fails, or takes longer: a clipboard that hangs must not hold up the copies after it. */
  function within(ms: number, trying: Promise<boolean>): Promise<boolean> {
    return new Promise(resolve => {
      const stop = clock.after(ms, () => resolve(false))
      void trying
        .catch(() => false)
        .then(done => {
          stop()
          resolve(done)
        })
    })
  }

  async function copy(content: ClipboardContent, isPrivate: boolean): Promise<Outcome<null>> {
    const from = clock.monotonic()
    for (;;) {
      const left = GIVE_UP_MS - (clock.monotonic() - from)
      if (await within(Math.max(left, RETRY_MS), attempt(content, isPrivate))) return ok(null)
      if (clock.monotonic() - from >= GIVE_UP_MS) return fail({ code: 'CLIPBOARD_BUSY' })
      await new Promise<void>(resolve => clock.after(RETRY_MS, resolve))
    }
  }

  return (content, isPrivate) => {
    // One after the other: an older copy that is still trying must not overwrite a newer one.
    const copied = queue.then(() => copy(content, isPrivate))
    queue = copied
    return copied
  }
}

const sameText = (read: string, written: string): boolean => sameLines(read) === sameLines(written)

/**
 * Windows' text format separates lines with CR LF, and a Win32 field shows a lone LF as no line break at all. The clipboard
 * takes the bytes as they are given. https://learn.microsoft.com/windows/win32/dataxchg/standard-clipboard-formats
 */
const windowsLines = (text: string): string => text.replaceAll(/\r?\n/g, '\r\n')

/** Reads the same whichever line break a system uses. */
const sameLines = (text: string): string => text.replaceAll('\r\n', '\n')
