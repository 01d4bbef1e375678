/** What was found wrong, odd or good, in the screen's language. */
export interface Diagnosis {
  readonly findings: readonly {
    readonly health: 'good' | 'odd' | 'bad' | 'unknown'
    readonly title: string
    readonly text: string
  }[]
  /** The same as one text. */
  readonly text: string
}
