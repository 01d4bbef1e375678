/** Chromium's numbers for the errors that a load ends with here. */
const numbers: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INTERNET_DISCONNECTED: -106,
  ERR_CERT_AUTHORITY_INVALID: -202,
}

/** What loadURL rejects with, as Electron shapes it. */
export interface LoadError extends Error {
  readonly code: string
  readonly errno: number
  readonly url: string
}

/** `text` is the protocol's, e.g. 'net::ERR_FAILED'; `url` as the app knows it. */
export function loadError(text: string, url: string): LoadError {
  const code = text.replace(/^net::/, '')
  const errno = numbers[code] ?? -2
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url })
}
