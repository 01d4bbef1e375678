/**
 * Reads Chromium's answer about proxies (`PROXY a:1; PROXY b:2; DIRECT`, the format of PAC files) into the
 * ways to try, in order: a proxy's address, or null for a direct connection. Proxies of a kind that undici
 * can't use are left out.
 *
 * @returns an empty list where no way can be used; callers must not take that for a direct connection
 */
export function waysFromRule(rule: string): readonly (URL | null)[] {
  if (rule.trim() === '') return [null]
  return rule.split(';').flatMap(entry => {
    const [kind = '', address = ''] = entry.trim().split(/\s+/)
    if (kind.toUpperCase() === 'DIRECT') return [null]
    const scheme = Object.hasOwn(schemes, kind.toUpperCase()) ? schemes[kind.toUpperCase()] : undefined
    const proxy = scheme === undefined || address === '' ? null : URL.parse(`${scheme}://${address}`)
    return proxy === null ? [] : [proxy]
  })
}

const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' }
