import type { IpcMainInvokeEvent } from 'electron'

/**
 * Whether an IPC message comes from our own page: its top frame, in a window of ours, at our address.
 *
 * Protocol and host are compared one by one: `URL.origin` is the string 'null' for every app:, file: and data: URL.
 * https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
 */
export function createSenderCheck({
  pages,
  isOurs,
}: {
  readonly pages: readonly string[]
  /** Whether a webContents id belongs to one of our windows. */
  readonly isOurs: (id: number) => boolean
}): (event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>) => boolean {
  const allowed = pages.map(page => new URL(page))
  return ({ sender, senderFrame }) => {
    if (senderFrame === null || senderFrame.parent !== null || !isOurs(sender.id)) return false
    const url = URL.parse(senderFrame.url)
    return url !== null && allowed.some(page => url.protocol === page.protocol && url.host === page.host)
  }
}
