/** Why a proxy's address can't be kept as it was typed. Nothing of it is dropped in silence. */
export type ProxyAddressProblem = 'REQUIRED' | 'LOGIN' | 'PATH' | 'PAC' | 'NO_SCHEME' | 'SCHEME' | 'HOST'

/** Reads a proxy's address (`http://proxy.example.jp:8080`): its origin, or what is wrong with it. */
export function readProxyAddress(
  text: string,
): { readonly origin: string } | { readonly problem: ProxyAddressProblem } {
  const typed = text.trim()
  if (typed === '') return { problem: 'REQUIRED' }
  if (/\.pac(?:[?#]|$)|\/wpad\.dat|^pac\+/i.test(typed)) return { problem: 'PAC' }
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) return { problem: 'NO_SCHEME' }
  if (!/^https?:\/\//i.test(typed)) return { problem: 'SCHEME' }
  if (/^[^/]*\/\/[^/?#]*@/.test(typed)) return { problem: 'LOGIN' }
  const url = URL.parse(typed)
  if (url === null) return { problem: 'HOST' }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return { problem: 'PATH' }
  return { origin: url.origin }
}
