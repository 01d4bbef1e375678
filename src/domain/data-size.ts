/** How many KB make a MB, and MB a GB: carriers in Japan use both. */
export type KbBase = 1024 | 1000

export interface DataSize {
  /** As shown: `100 KB`, `1.5 MB`, `12.34 GB`. */
  readonly text: string
  /** Whether it was converted from KB, so that the base has to be named beside it. */
  readonly converted: boolean
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const hundredths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/**
 * A number of KB for people: KB as it is, MB to a tenth, GB to a hundredth. What rounds up to a whole unit is
 * shown in that unit (`1.00 GB`, never `1,024.0 MB`).
 */
export function dataSize(kb: number, base: KbBase): DataSize {
  if (kb < base) return { text: `${whole.format(kb)} KB`, converted: false }
  const mb = kb / base
  if (Math.round(mb * 10) / 10 < base) return { text: `${tenths.format(mb)} MB`, converted: true }
  return { text: `${hundredths.format(mb / base)} GB`, converted: true }
}

/** The size as one says it on the phone, two digits or so: `1.2 GB`, `104 MB`. */
export function roughSize(kb: number, base: KbBase): string {
  if (kb < base) return `${whole.format(kb)} KB`
  const mb = kb / base
  return Math.round(mb) < base ? `${whole.format(mb)} MB` : `${tenths.format(mb / base)} GB`
}

/** A limit as an operator writes it, without noughts behind the point: `6 GB`, `1.5 GB`. */
export const limitSize = (kb: number, base: KbBase): string =>
  dataSize(kb, base).text.replace(/\.0+(?= )|(?<=\.\d*[1-9])0+(?= )/, '')

/** Raw KB, grouped, so that no figure is lost to rounding: `1,289,748 KB`. */
export const rawKb = (kb: number): string => `${whole.format(kb)} KB`

/** The unit in which a whole chart is drawn, so that an axis has round steps: its name and its size in KB. */
export function unitOf(largestKb: number, base: KbBase): { readonly name: string; readonly kb: number } {
  if (largestKb < base) return { name: 'KB', kb: 1 }
  return largestKb < base * base ? { name: 'MB', kb: base } : { name: 'GB', kb: base * base }
}
