/**
 * The ways to use, in order, from what Chromium's resolver says (`PROXY a:1; PROXY b:2; DIRECT`, the format of PAC
 * files): a proxy's address, or null for a direct connection. Kinds of proxy that undici cannot use are left out.
 *
 * @returns empty where there is no way that can be used; never taken for a direct one
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
