/** In milliseconds: long enough to make progress, short enough that nobody notices. */
const SLICE_MS = 16

/**
 * Takes everything out of an iterator in short slices, so that the page stays responsive in between.
 *
 * @param monotonic milliseconds that only go forward
 * @param pause resolves once the page has had its turn
 * @param report gets the count so far before each pause; returns false to give up
 * @returns null if `report` gave up
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
