/** How many KB make a MB, and MB a GB: carriers in Japan use both. */
export type KbBase = 1024 | 1000

export interface DataSize {
  /** As shown: `100 KB`, `1.5 MB`, `12.34 GB`. */
  readonly text: string
  /** Whether it was converted from KB, so that the base has to be named beside it. */
  readonly converted: boolean
}

/**
 * A number that is not negative, its decimal digits rounded half up and grouped: what `Intl.NumberFormat` makes of it in English,
 * without the language data which that reads when it is first used, a tenth of the page's start.
 */
function grouped(value: number, digits = 0): string {
  // Below a millionth JavaScript writes an exponent.
  const [units = '', fraction = ''] = String(value < 1e-6 ? 0 : value).split('.')
  const cut = BigInt(units + fraction.slice(0, digits).padEnd(digits, '0'))
  const rounded = String(cut + ((fraction[digits] ?? '0') >= '5' ? 1n : 0n)).padStart(digits + 1, '0')
  const point = rounded.length - digits
  const groups = rounded.slice(0, point).replace(/\B(?=(?:\d{3})+$)/g, ',')
  return digits === 0 ? groups : `${groups}.${rounded.slice(point)}`
}

/**
 * A number of KB for people: KB as it is, MB to a tenth, GB to a hundredth. What rounds up to a whole unit is
 * shown in that unit (`1.00 GB`, never `1,024.0 MB`).
 */
export function dataSize(kb: number, base: KbBase): DataSize {
  if (kb < base) return { text: `${grouped(kb)} KB`, converted: false }
  const mb = kb / base
  if (Math.round(mb * 10) / 10 < base) return { text: `${grouped(mb, 1)} MB`, converted: true }
  return { text: `${grouped(mb / base, 2)} GB`, converted: true }
}

/** The size as one says it on the phone, two digits or so: `1.2 GB`, `104 MB`. */
export function roughSize(kb: number, base: KbBase): string {
  if (kb < base) return `${grouped(kb)} KB`
  const mb = kb / base
  return Math.round(mb) < base ? `${grouped(mb)} MB` : `${grouped(mb / base, 1)} GB`
}

/** A limit as an operator writes it, without noughts behind the point: `6 GB`, `1.5 GB`. */
export const limitSize = (kb: number, base: KbBase): string =>
  dataSize(kb, base).text.replace(/\.0+(?= )|(?<=\.\d*[1-9])0+(?= )/, '')

/** Raw KB, grouped, so that no figure is lost to rounding: `1,289,748 KB`. */
export const rawKb = (kb: number): string => `${grouped(kb)} KB`

/** The unit in which a whole chart is drawn, so that an axis has round steps: its name and its size in KB. */
export function unitOf(largestKb: number, base: KbBase): { readonly name: string; readonly kb: number } {
  if (largestKb < base) return { name: 'KB', kb: 1 }
  return largestKb < base * base ? { name: 'MB', kb: base } : { name: 'GB', kb: base * base }
}
