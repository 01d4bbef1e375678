import { claimScheme } from '../chromium/scheme-url.ts'
import { app } from './app.ts'
import { guarded, notImplemented, refuseUnknownKeys } from './not-implemented.ts'

type Handler = (request: Request) => Response | Promise<Response>

const privileged = new Set<string>()
const handlers = new Map<string, Handler>()
let registered = false
const builtIn = ['http', 'https', 'file', 'ftp', 'data', 'about', 'blob', 'chrome', 'devtools']

/** The handler of a URL such as 'app:'. */
export function handlerOf(protocol: string): Handler | undefined {
  return handlers.get(protocol.slice(0, -1))
}

export function isPrivileged(protocol: string): boolean {
  return privileged.has(protocol.slice(0, -1))
}

const known = ['standard', 'secure', 'supportFetchAPI', 'corsEnabled', 'stream', 'codeCache']

export const protocol = guarded('protocol', {
  /** Every privilege that https has by nature is accepted; the three that would change Chromium are refused. */
  registerSchemesAsPrivileged(customSchemes: Electron.CustomScheme[]) {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    if (registered) throw new Error('protocol.registerSchemesAsPrivileged can only be called once')
    for (const { scheme, privileges = {} } of customSchemes) {
      const wanted = Object.fromEntries(Object.entries(privileges).filter(([, value]) => value))
      refuseUnknownKeys('scheme privilege', wanted, known)
      if (!privileges.standard || !privileges.secure)
        throw notImplemented(`scheme '${scheme}' without the privileges standard and secure`)
      privileged.add(scheme)
      claimScheme(scheme)
    }
    registered = true
  },

  handle(scheme: string, handler: Handler) {
    if (builtIn.includes(scheme)) throw notImplemented(`protocol.handle('${scheme}')`)
    if (!privileged.has(scheme))
      throw notImplemented(`protocol.handle('${scheme}'), a scheme that is not privileged`)
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    handlers.set(scheme, handler)
  },

  unhandle(scheme: string) {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
  },

  isProtocolHandled: (scheme: string) => handlers.has(scheme) || builtIn.includes(scheme),
})
