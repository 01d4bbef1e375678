import type { CdpConnection } from './cdp.ts'
import { prepareSession } from './session.ts'
import { watchPages } from './targets.ts'
import { webContents } from './web-contents.ts'

/** Sets up what concerns the whole browser, before the first window. */
export async function prepareBrowser(connection: CdpConnection): Promise<void> {
  await Promise.all([
    watchPages(connection),
    prepareSession(connection.browser, frameId => webContents.fromDevToolsTargetId(frameId)),
  ])
}
