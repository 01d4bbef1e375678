import type { CdpConnection, CdpSession } from './cdp.ts'

const sessions = new Map<string, CdpSession>()
const ours = new Set<string>()
const creating = new Set<Promise<string>>()
const headful = process.env['HOST_HEADFUL'] === '1'
let firstWindow = headful

/**
 * Attaches to every page from its birth. Each starts paused, so a page that we did not open (a popup) is closed before
 * it has run or requested anything.
 */
export async function watchPages(connection: CdpConnection): Promise<void> {
  const { browser } = connection
  browser.on('Target.attachedToTarget', async ({ sessionId, targetInfo: { targetId } }) => {
    sessions.set(targetId, connection.session(sessionId))
    // The reply that tells whose page it is may still be under way.
    if (!ours.has(targetId)) await Promise.allSettled(creating)
    if (ours.has(targetId) || firstWindow) return
    closeUnheard(connection.session(sessionId))
    browser.tell('Target.closeTarget', { targetId })
  })
  await browser.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }],
  })
  await browser.send('Target.setDiscoverTargets', { discover: true, filter: [{ type: 'page' }] })
}

/** Resumes a paused popup, since it may share its opener's process, but fails all its requests. */
function closeUnheard(session: CdpSession): void {
  session.on('Fetch.requestPaused', ({ requestId }) => {
    session.tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
  })
  session.tell('Fetch.enable')
  session.tell('Runtime.runIfWaitingForDebugger')
}

/** A new, still paused page: the id of its target (which is also that of its main frame) and its session. */
export async function openPage(
  { browser }: CdpConnection,
  size: { readonly width: number; readonly height: number },
): Promise<{ targetId: string; session: CdpSession }> {
  const started = createTarget(browser, size)
  creating.add(started)
  try {
    const targetId = await started
    ours.add(targetId)
    const session = sessions.get(targetId)
    if (!session) throw new Error(`electron-stand-in: Chromium did not attach page ${targetId}`)
    return { targetId, session }
  } finally {
    creating.delete(started)
  }
}

async function createTarget(browser: CdpSession, size: { width: number; height: number }): Promise<string> {
  if (firstWindow) {
    // Only the window that Chromium opens by itself can be one without tabs and address bar.
    const { targetInfos } = await browser.send('Target.getTargets', { filter: [{ type: 'page' }] })
    firstWindow = false
    const target = targetInfos[0]?.targetId
    if (target) return target
  }
  // Without newWindow Chromium looks for an open window to add a tab to, and there may be none.
  const { targetId } = await browser.send('Target.createTarget', {
    url: 'about:blank',
    newWindow: true,
    ...size,
  })
  return targetId
}
