/** How something was found. */
export type Health = 'good' | 'odd' | 'bad' | 'unknown'

/** What was found wrong, odd or good, in the screen's language. */
export interface Diagnosis {
  readonly findings: readonly {
    readonly health: Health
    readonly title: string
    readonly text: string
  }[]
  /** The same as one text. */
  readonly text: string
}
