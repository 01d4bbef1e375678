import { prepareSession } from '../api/session.ts'
import { webContents } from '../api/web-contents.ts'
import type { CdpConnection } from './cdp.ts'
import { watchPages } from './targets.ts'

/** Sets up what concerns the whole browser, before the first window. */
export async function prepareBrowser(connection: CdpConnection): Promise<void> {
  await Promise.all([
    watchPages(connection),
    prepareSession(connection.browser, frameId => webContents.fromDevToolsTargetId(frameId)),
  ])
}
