import type { KeyboardEvent } from 'react'

/** In a list that is one stop of the Tab key the arrows walk from item to item, and Home and End to its ends. */
export function focusNeighbour(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('li > button')]
  const at = items.indexOf(event.target as HTMLElement)
  if (at < 0) return
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  items[to]?.focus()
}
