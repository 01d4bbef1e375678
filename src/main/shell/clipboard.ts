import { ClipboardItem, clipboard } from 'electron'
import type { Outcome } from '../../shared/failure.ts'
import { fail, ok } from '../../shared/result.ts'

/** The part of Electron's clipboard that is needed; promise-based since Electron 45. */
export type TextClipboard = Pick<Electron.Clipboard, 'readText' | 'writeText'>

/** Puts text on the clipboard and says so only once it reads back the same: another program may hold it. */
export async function copyText(text: string, board: TextClipboard = clipboard): Promise<Outcome<null>> {
  try {
    await board.writeText(text)
    return sameText(await board.readText(), text) ? ok(null) : fail({ code: 'CLIPBOARD_BUSY' })
  } catch {
    return fail({ code: 'CLIPBOARD_BUSY' })
  }
}

/** Puts a picture on the clipboard; a PNG given as base64. */
export async function copyImage(png: string): Promise<Outcome<null>> {
  try {
    const blob = new Blob([Buffer.from(png, 'base64')], { type: 'image/png' })
    await clipboard.write([new ClipboardItem({ 'image/png': blob })])
    return (await clipboard.has('image/png')) ? ok(null) : fail({ code: 'CLIPBOARD_BUSY' })
  } catch {
    return fail({ code: 'CLIPBOARD_BUSY' })
  }
}

/** Windows keeps lines apart with CR LF. */
const sameText = (read: string, written: string): boolean => read.replaceAll('\r\n', '\n') === written
