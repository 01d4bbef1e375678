/** How a proxy wants to be told who asks. */
export interface ProxyChallenge {
  /** The names of the schemes it offers, in its order, as it writes them. */
  readonly schemes: readonly string[]
  /** Whether a user name and a password would do. */
  readonly takesBasic: boolean
}

// A scheme's name is followed by parameters, by one token, or by nothing (RFC 9110, 11.3).
const SCHEME = /(?:^|,)\s*([A-Za-z][\w-]*)(?=\s*(?:,|$)|\s+[\w-]+\s*=\s*["\w]|\s+[\w.~+/-]+=*\s*(?:,|$))/g

/** Reads a 407's `Proxy-Authenticate`; a header that comes more than once is a list. Null where there is none. */
export function proxyChallenge(header: string | readonly string[] | undefined): ProxyChallenge | null {
  const lines = header === undefined ? [] : [header].flat()
  const schemes = [
    ...new Set(lines.flatMap(line => [...line.matchAll(SCHEME)].map(([, name = '']) => name.slice(0, 20)))),
  ].slice(0, 5)
  if (schemes.length === 0) return null
  return { schemes, takesBasic: schemes.some(scheme => scheme.toLowerCase() === 'basic') }
}
