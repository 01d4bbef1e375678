/**
 * What the carrier can be asked about: a line (phone number) or a share group.
 *
 * `id` is what the carrier is sent: a line's digits in national form (`09012345678`), a group's code as
 * the carrier spells it (`AAA0_00000000001`).
 */
export interface Account {
  readonly kind: 'line' | 'group'
  readonly id: string
}

/**
 * Mobile lines (060 from July 2026) and machine-to-machine lines (020, and 0200 with 14 digits) in Japan's numbering
 * plan. 0800 is toll-free, although it begins like an 080 line.
 */
const LINE = /^(?:0[679]0\d{8}|080[1-9]\d{7}|020[1-9]\d{7}|0200\d{10})$/
const GROUP = /^[A-Za-z0-9]{1,16}_\d{1,20}$/

/** Whether these digits are a whole line's number in national form. */
export const isLine = (digits: string): boolean => LINE.test(digits)

/** Reads a line's digits or a group's code exactly as the carrier spells it; null for anything else. */
export function parseAccount(id: string): Account | null {
  if (LINE.test(id)) return { kind: 'line', id }
  if (GROUP.test(id)) return { kind: 'group', id }
  return null
}

/** As people write it: 3-4-4 for a line, 4-5-5 for a 14-digit one, a group's code as it is. */
export function formatAccount({ kind, id }: Account): string {
  if (kind === 'group') return id
  return id.length === 14
    ? `${id.slice(0, 4)}-${id.slice(4, 9)}-${id.slice(9)}`
    : `${id.slice(0, 3)}-${id.slice(3, 7)}-${id.slice(7)}`
}

/** With the middle hidden, for a shared screen, a log or a masked ticket: `090-****-5678`. */
export function maskAccount({ kind, id }: Account): string {
  if (kind === 'group') {
    const [prefix = '', number = ''] = id.split('_')
    // A recording's file name that begins with a phone number looks like a group's code.
    const hidden = prefix.replace(/\d{9,}/g, figures => '*'.repeat(figures.length - 4) + figures.slice(-4))
    return `${hidden}_${'*'.repeat(Math.max(number.length - 4, 1))}${number.length > 4 ? number.slice(-4) : ''}`
  }
  return id.length === 14
    ? `${id.slice(0, 4)}-*****-*${id.slice(-4)}`
    : `${id.slice(0, 3)}-****-${id.slice(7)}`
}
