import { handlerOf, isPrivileged } from '../api/protocol.ts'
import { areRequestsAsked, isCancelled } from '../api/web-request.ts'
import type { CdpSession } from './cdp.ts'
import { claimedPatterns, fromChromium, toChromium } from './scheme-url.ts'

/** A request that Chromium has paused (Fetch.requestPaused), with the URL as the app knows it. */
export interface PausedRequest {
  readonly url: string
  readonly frameId: string
  readonly isDocument: boolean
  readonly isRedirect: boolean
}

interface PausedEvent {
  readonly requestId: string
  readonly frameId: string
  readonly resourceType: string
  readonly redirectedRequestId?: string
  readonly request: {
    readonly url: string
    readonly urlFragment?: string
    readonly method: string
    readonly headers: Readonly<Record<string, string>>
    readonly postDataEntries?: readonly { readonly bytes?: string }[]
  }
}

/** Pauses navigations, for `mayLoad` to decide on, and the requests of claimed schemes, which handlers answer. */
export async function interceptRequests(
  session: CdpSession,
  mayLoad: (request: PausedRequest) => boolean,
): Promise<void> {
  session.on('Fetch.requestPaused', async (event: PausedEvent) => {
    const url = fromChromium(event.request.url + (event.request.urlFragment ?? ''))
    const isDocument = event.resourceType === 'Document'
    const isRedirect = event.redirectedRequestId !== undefined
    const { requestId, frameId } = event
    if (!mayLoad({ url, frameId, isDocument, isRedirect }))
      session.tell('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    else if (await isCancelled(url, event.request.method, event.resourceType))
      session.tell('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
    else if (isPrivileged(new URL(url).protocol)) void answer(session, event, url)
    else session.tell('Fetch.continueRequest', { requestId })
  })
  const patterns = areRequestsAsked()
    ? [{ urlPattern: '*' }]
    : [{ resourceType: 'Document' }, ...claimedPatterns().map(urlPattern => ({ urlPattern }))]
  await session.send('Fetch.enable', { patterns })
}

/** Lets the app's protocol handler answer. What it throws is reported and fails the request, as in Electron. */
async function answer(session: CdpSession, event: PausedEvent, url: string): Promise<void> {
  const { requestId } = event
  const handler = handlerOf(new URL(url).protocol)
  // Chromium asks for the icon of a tab that an Electron window does not have.
  const asksForTabIcon = event.resourceType === 'Other' && new URL(url).pathname === '/favicon.ico'
  if (!handler || asksForTabIcon)
    return session.tell('Fetch.failRequest', { requestId, errorReason: 'Failed' })
  try {
    const response = await handler(requestOf(event, url))
    // Response.error() has the status 0.
    if (response.status === 0) return session.tell('Fetch.failRequest', { requestId, errorReason: 'Failed' })
    const body = Buffer.from(await response.arrayBuffer()).toString('base64')
    session.tell('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({
        name,
        value: headerToChromium(name, value),
      })),
      body,
    })
  } catch (error) {
    console.error(`electron-stand-in: the handler of ${url} failed:`, error)
    session.tell('Fetch.failRequest', { requestId, errorReason: 'Failed' })
  }
}

const headerToChromium = (name: string, value: string) => (name === 'location' ? toChromium(value) : value)

function requestOf({ request }: PausedEvent, url: string): Request {
  const { method } = request
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    fromOrigin(name, value),
  ])
  const bytes = Buffer.concat(
    (request.postDataEntries ?? []).map(({ bytes = '' }) => Buffer.from(bytes, 'base64')),
  )
  return new Request(url, { method, headers, ...(bytes.length > 0 ? { body: bytes } : {}) })
}

const fromOrigin = (name: string, value: string) =>
  /^(origin|referer)$/i.test(name) ? fromChromium(value) : value
