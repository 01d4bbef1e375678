/** The theme's colours, resolved: a canvas knows no custom properties. */
export interface Colors {
  readonly bar: string
  readonly stored: string
  readonly limit: string
  readonly weekend: string
  readonly text: string
  readonly grid: string
  readonly font: string
}

/** The colours of one scheme, read where the chart stands. */
export function themeColors(element: Element, scheme: 'light' | 'dark'): Colors {
  const style = getComputedStyle(element)
  // A custom property keeps light-dark() unresolved; a colour property of a probe resolves it.
  const probe = document.createElement('span')
  probe.style.colorScheme = scheme
  element.parentElement?.append(probe)
  const resolve = (name: string) => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const colors = {
    bar: resolve('--accent'),
    stored: resolve('--line-strong'),
    limit: resolve('--bad'),
    weekend: resolve('--accent'),
    text: resolve('--text-soft'),
    grid: resolve('--line'),
    font: style.fontFamily,
  }
  probe.remove()
  return colors
}
