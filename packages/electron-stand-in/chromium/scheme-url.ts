/**
 * Chromium serves no scheme that it was not compiled with. A page of app://bundle/ is therefore loaded as
 * https://bundle.app.localhost/, a secure context with an origin of its own, and its requests are answered here.
 */
const schemes = new Set<string>()

/** From now on URLs of `scheme` are translated. */
export function claimScheme(scheme: string): void {
  schemes.add(scheme)
}

/** The patterns under which Chromium meets the claimed schemes. */
export function claimedPatterns(): string[] {
  return [...schemes].map(scheme => `https://*.${scheme}.localhost/*`)
}

/** app://bundle/x -> https://bundle.app.localhost/x; any other URL unchanged. */
export function toChromium(url: string): string {
  const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url) ?? []
  if (!scheme || !schemes.has(scheme.toLowerCase())) return url
  return `https://${host}.${scheme.toLowerCase()}.localhost${rest || '/'}`
}

/** The reverse of `toChromium`. */
export function fromChromium(url: string): string {
  const [, host, scheme, rest] =
    /^https:\/\/([^/?#]*)\.([a-z][a-z0-9+-]*)\.localhost(?=[/?#]|$)(.*)$/is.exec(url) ?? []
  return scheme && schemes.has(scheme) ? `${scheme}://${host}${rest}` : url
}
