/** Whether the store's long work keeps every other writer out for now. */
export interface Exclusive {
  isOn(): boolean
  /** Resolves once it does not, at once where it does not now. */
  ended(): Promise<void>
}

export function createExclusive(): Exclusive & { set(isOn: boolean): void } {
  let isOn = false
  let end = () => {}
  let over = Promise.resolve()
  return {
    isOn: () => isOn,
    ended: () => over,
    set(changed) {
      if (changed === isOn) return
      isOn = changed
      if (isOn) {
        const { promise, resolve } = Promise.withResolvers<void>()
        over = promise
        end = resolve
      } else end()
    },
  }
}

/** For a store that nobody else writes to. */
export const NEVER_EXCLUSIVE: Exclusive = createExclusive()
