/** Acts that have not reached the gate yet: they wait for a keychain's prompt, or for the simulator to start. */
export interface Unsent {
  /** Waits for `work`, unless the act is given up. */
  orGivenUp<T>(work: Promise<T>): Promise<T | 'given up'>
  /** Gives all of them up; false where there was none. */
  giveUp(): boolean
}

export function createUnsent(): Unsent {
  const waiting = new Set<() => void>()
  return {
    async orGivenUp(work) {
      const { promise, resolve } = Promise.withResolvers<'given up'>()
      const giveUp = () => resolve('given up')
      waiting.add(giveUp)
      try {
        return await Promise.race([work, promise])
      } finally {
        waiting.delete(giveUp)
      }
    },
    giveUp() {
      const any = waiting.size > 0
      for (const giveUp of waiting) giveUp()
      return any
    },
  }
}
