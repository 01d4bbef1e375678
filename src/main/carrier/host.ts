const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Scheme, host and port: no login, path, query or fragment. */
const ORIGIN = /^[a-z]+:\/\/[^/\\?#@\s]+$/i

export interface HostRules {
  readonly isPackaged: boolean
  /** Where the built-in simulator listens; null while it does not run. */
  readonly simulatorOrigin: string | null
}

/**
 * Whether the authKey may be sent to an origin: https anywhere; http only to the built-in simulator's exact origin
 * and, in an unpackaged program, to this computer.
 */
export function mayQuery(origin: string, { isPackaged, simulatorOrigin }: HostRules): boolean {
  const url = URL.parse(origin)
  if (url === null || !ORIGIN.test(origin)) return false
  if (url.protocol === 'https:') return true
  if (url.protocol !== 'http:') return false
  return url.origin === simulatorOrigin || (!isPackaged && LOOPBACK.test(url.hostname))
}

/**
 * The spelling of an origin under which keys and the gate's queries are stored: lower case, without a default
 * port.
 */
export function normalised(origin: string): string {
  return URL.parse(origin)?.origin ?? origin
}
