import { type ComponentType, type FunctionComponent, useEffect, useSyncExternalStore } from 'react'

/** A component whose code is its own file, read when it is first drawn, or ahead of that. */
export interface Later<Props> extends FunctionComponent<Props> {
  /** Reads its code. */
  load(): Promise<void>
}

/**
 * Draws a component once its code has been read, and `Meanwhile` before that. React's `lazy` would show nothing for a moment even where the code is there, and then for 300 ms if something else was
 * late shortly before. This draws at once what was read ahead.
 */
export function later<Props extends object>(
  read: () => Promise<{ readonly default: ComponentType<Props> }>,
  Meanwhile: ComponentType = Nothing,
): Later<Props> {
  let component: ComponentType<Props> | null = null
  let reading: Promise<void> | null = null
  const listeners = new Set<() => void>()
  const load = (): Promise<void> => {
    reading ??= read().then(file => {
      component = file.default
      for (const listen of listeners) listen()
    })
    return reading
  }
  const subscribe = (listen: () => void) => {
    listeners.add(listen)
    return () => listeners.delete(listen)
  }
  function Part(props: Props) {
    const Read = useSyncExternalStore(subscribe, () => component)
    useEffect(() => void load(), [])
    return Read === null ? <Meanwhile /> : <Read {...props} />
  }
  return Object.assign(Part, { load })
}

const Nothing = () => null

/** Reads parts ahead, one after the other, whenever the page has nothing else to do. */
export function readAhead(parts: readonly Pick<Later<never>, 'load'>[]): void {
  const [next, ...others] = parts
  if (next === undefined) return
  requestIdleCallback(() => void next.load().then(() => readAhead(others)))
}
