import { guarded, notImplemented } from './not-implemented.ts'

type Details = Pick<Electron.OnBeforeRequestListenerDetails, 'url' | 'method' | 'resourceType'>
type Listener = (details: Details, callback: (response: Electron.CallbackResponse) => void) => void

let asked: Listener | null = null

/** Electron's session.webRequest, as far as stopping a request before it is sent. */
export const webRequest = guarded('session.webRequest', {
  onBeforeRequest(listener: Listener | Electron.WebRequestFilter | null, ...rest: readonly unknown[]): void {
    if (rest.length > 0 || (listener !== null && typeof listener !== 'function'))
      throw notImplemented('session.webRequest.onBeforeRequest with a filter')
    asked = listener
  },
})

/** Whether the app has set a listener; read when a page is opened. */
export const areRequestsAsked = (): boolean => asked !== null

const kinds: Readonly<Record<string, Details['resourceType']>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  Media: 'media',
  WebSocket: 'webSocket',
}

/** Whether the app stops a request, given with Chromium's name for what it is for. */
export function isCancelled(url: string, method: string, kind: string): Promise<boolean> {
  return new Promise(resolve => {
    if (asked === null) return resolve(false)
    asked({ url, method, resourceType: kinds[kind] ?? 'other' }, ({ cancel, redirectURL }) => {
      if (redirectURL !== undefined) throw notImplemented('session.webRequest with a redirect')
      resolve(cancel === true)
    })
  })
}
