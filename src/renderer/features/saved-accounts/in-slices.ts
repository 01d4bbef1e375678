/** Long enough to get on with it, and short enough that nobody feels it: milliseconds. */
const SLICE_MS = 16

/**
 * Takes everything out of an iterator in short slices, between which the page goes on answering.
 *
 * @param monotonic milliseconds that only go forward
 * @param pause resolves once the page has had its turn
 * @param report told how many there are so far, before each pause; false gives it up
 * @returns null where it was given up
 */
export async function inSlices<T>(
  items: Iterable<T>,
  {
    monotonic,
    pause,
    report,
  }: {
    readonly monotonic: () => number
    readonly pause: () => Promise<void>
    readonly report: (done: number) => boolean
  },
): Promise<readonly T[] | null> {
  const taken: T[] = []
  let until = monotonic() + SLICE_MS
  for (const item of items) {
    taken.push(item)
    if (monotonic() < until) continue
    if (!report(taken.length)) return null
    await pause()
    until = monotonic() + SLICE_MS
  }
  return taken
}
