/**
 * The proxy to use, from what Chromium's resolver says (`PROXY host:port; DIRECT`, the format of PAC files).
 *
 * Only the first entry counts: falling back to the next would send the question twice.
 *
 * @returns null for a direct connection, `unsupported` for a kind of proxy that undici cannot use
 */
export function proxyFromRule(rule: string): URL | null | 'unsupported' {
  const [first = ''] = rule.split(';')
  const [kind = '', address = ''] = first.trim().split(/\s+/)
  const scheme = schemes[kind.toUpperCase()]
  if (scheme === null) return null
  return (scheme !== undefined && URL.parse(`${scheme}://${address}`)) || 'unsupported'
}

const schemes: Readonly<Record<string, string | null>> = {
  '': null,
  DIRECT: null,
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
}
