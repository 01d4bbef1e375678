const HIDDEN = '•••'

/**
 * Takes the authKey out of a text: a carrier, or a proxy in front of it, may echo the request in its reply,
 * with other escapes. Where the key is still there once every escape is undone, the whole text is replaced.
 */
export function redactorOf(authKey: string): (text: string) => string {
  const json = JSON.stringify(authKey).slice(1, -1)
  const spellings = [
    authKey,
    json,
    json.replaceAll('/', '\\/'),
    encodeURIComponent(authKey),
    new URLSearchParams({ '': authKey }).toString().slice(1),
  ]
  // Base64 encodes three bytes at a time, so a key has three encodings, one for each offset. Characters that
  // also encode a neighbouring byte are cut off at the ends.
  const encoded = [0, 1, 2].map(offset =>
    Buffer.from(' '.repeat(offset) + authKey)
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : offset + 1, -1),
  )
  return text => {
    const left = spellings.reduce((rest, spelling) => rest.replaceAll(spelling, HIDDEN), text)
    const plain = unescaped(left)
    const bare = plain.replaceAll('-', '+').replaceAll('_', '/')
    const isHeld =
      plain.includes(authKey) ||
      left.toLowerCase().includes(Buffer.from(authKey).toString('hex')) ||
      // The encoded middle of a shorter key could occur in any text by chance.
      (authKey.length >= 6 && encoded.some(part => bare.includes(part)))
    return isHeld ? HIDDEN : left
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Undoes the escapes of JSON, URLs and HTML, also where one is nested in another. */
function unescaped(text: string): string {
  let plain = text
  for (let layer = 0; layer < 4; layer++) {
    const before = plain
    plain = plain
      .replace(/\\(?:u\{?0*([0-9a-f]{1,4})\}?|x([0-9a-f]{2}))/gi, (_, long?: string, short?: string) =>
        String.fromCharCode(Number.parseInt(long ?? short ?? '0', 16)),
      )
      .replace(/\\([0-3][0-7]{2})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
      .replace(/\\(["'\\/])/g, '$1')
      .replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      // Any number of leading zeros.
      .replace(/&#(?:x0*([0-9a-f]{1,4})|0*(\d{1,5}));?/gi, (_, hex?: string, decimal?: string) =>
        String.fromCharCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
      )
      .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '')
    if (plain === before) break
  }
  return plain
}
