/** The part of Electron's ContextMenuParams that a page can tell of itself. */
export type ContextMenuParams = Pick<
  Electron.ContextMenuParams,
  'x' | 'y' | 'linkURL' | 'linkText' | 'pageURL' | 'selectionText' | 'isEditable' | 'mediaType'
>
export type WatchContextMenu = (report: (params: ContextMenuParams) => void) => void

/** Reports each wish for a context menu that the page leaves to its host. Self-contained: run in the isolated world. */
export function watchContextMenu(report: (params: ContextMenuParams) => void): void {
  const editable = 'textarea, input:not([type=checkbox], [type=radio], [type=button], [type=submit])'
  window.addEventListener('contextmenu', event => {
    const { target, clientX: x, clientY: y } = event
    // The page's own listeners may still prevent it after this one; a microtask would run before them.
    setTimeout(() => {
      if (event.defaultPrevented || !(target instanceof HTMLElement)) return
      const link = target.closest('a')
      const mediaType = target.matches('img') ? 'image' : 'none'
      report({
        ...{ x, y, mediaType, pageURL: location.href },
        linkURL: link?.href ?? '',
        linkText: link?.textContent ?? '',
        selectionText: String(getSelection() ?? ''),
        isEditable: target.isContentEditable || target.matches(editable),
      })
    })
  })
}
