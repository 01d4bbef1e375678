import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { AppState } from '../../contract/state.ts'
import { startDocument } from './start-document.ts'

export const SCHEME = 'app'
export const HOST = 'bundle'
export const START_PAGE = `${SCHEME}://${HOST}/index.html`

/**
 * What the page may do: load its own files and nothing else. Sent as a header, so that no markup comes before it.
 * https://developer.mozilla.org/docs/Web/HTTP/CSP and Electron's security tutorial, item 7.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/**
 * Serves the built page from `root` under `app://bundle/`, and refuses whatever is not plainly one of its files.
 *
 * @param state of the program, which a document is served with
 */
export function createBundleHandler(
  root: string,
  state: () => AppState,
): (request: Request) => Promise<Response> {
  const served = (bytes: Buffer, extension: string): string | Uint8Array<ArrayBuffer> =>
    extension === '.html' ? startDocument(bytes.toString(), state()) : new Uint8Array(bytes)
  return async request => {
    const path = request.method === 'GET' ? bundlePath(request.url) : null
    const file = path === null ? null : await insideOf(root, path)
    const type = file === null ? undefined : types[extname(file)]
    if (file === null || type === undefined) return new Response('not found', { status: 404, headers })
    const bytes = await readFile(file).catch(() => null)
    if (bytes === null) return new Response('not found', { status: 404, headers })
    return new Response(served(bytes, extname(file)), { headers: { ...headers, 'content-type': type } })
  }
}

const headers = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/**
 * The relative path of a request; null unless every segment is a plain file name. The text of the URL is read, not
 * a parsed one: parsing folds `..` and `%2e%2e` away before anybody could refuse them.
 */
export function bundlePath(url: string): string | null {
  const match = /^app:\/\/bundle\/([^?#]*)$/.exec(url)
  const segments = match?.[1]?.split('/')
  if (!segments?.every(segment => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment))) return null
  return segments.join('/')
}

/** The file's real path if it lies inside `root` once links are followed; null otherwise. */
async function insideOf(root: string, path: string): Promise<string | null> {
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(join(root, path))])
    return real.startsWith(realRoot + sep) ? real : null
  } catch {
    return null
  }
}
