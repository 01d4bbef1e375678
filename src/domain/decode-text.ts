/** Replaces bytes that are not a valid character of the encoding. */
export const BROKEN = '\ufffd'

/**
 * Decodes a text file as Excel and other programs write it. A byte order mark decides first (UTF-8, or UTF-16
 * of either order); without one, many NULs mean UTF-16; then strict UTF-8 is tried, then CP932. If no
 * encoding fits, each broken place becomes `BROKEN`, so that a reader can refuse that part instead of
 * guessing.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = markedEncoding(bytes) ?? encodingByNuls(bytes) ?? encodingByBytes(bytes)
  return new TextDecoder(encoding).decode(bytes)
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis'

function markedEncoding([first, second, third]: Uint8Array): Encoding | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return null
}

/**
 * In UTF-16, ASCII has a NUL in every second byte. Whether the even or the odd bytes are NUL tells the order.
 */
function encodingByNuls(bytes: Uint8Array): Encoding | null {
  const nuls = [0, 0]
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = nuls
  // A few NULs are only broken bytes in another encoding.
  if ((even + odd) * 4 < bytes.length) return null
  return odd >= even ? 'utf-16le' : 'utf-16be'
}

function encodingByBytes(bytes: Uint8Array): Encoding {
  if (isValid(bytes, 'utf-8')) return 'utf-8'
  // UTF-8 Japanese with one broken byte is often valid CP932 too, but decodes to the wrong characters.
  return looksLikeUtf8(bytes) ? 'utf-8' : 'shift_jis'
}

function isValid(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Whether there are more whole characters of three bytes in UTF-8, as Japanese has, than broken places. */
function looksLikeUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes)
  let whole = 0
  let broken = 0
  for (const char of text) {
    if (char === BROKEN) broken++
    else if (char >= '\u0800') whole++
  }
  return whole > broken
}
