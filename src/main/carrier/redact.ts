const HIDDEN = '•••'

/**
 * Takes the authKey out of a text: a carrier, or a box before it, may send the request back in its answer, spelled its own
 * way. Where the key is still in it once every escape is undone, nothing of the text is kept.
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
  // What stands before it decides how base64 writes it; the first and last characters are shared with that.
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
      // A short key's middle could stand anywhere.
      (authKey.length >= 6 && encoded.some(part => bare.includes(part)))
    return isHeld ? HIDDEN : left
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** A text without the escapes of JSON, URLs and HTML, also one in the other. */
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
