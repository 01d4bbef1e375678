import { type LinkName, links } from '../../contract/links.ts'

/**
 * Opens a page in the browser, by its name on the list: no address is ever taken from a page.
 * https://www.electronjs.org/docs/latest/tutorial/security#15-do-not-use-shellopenexternal-with-untrusted-content
 *
 * @returns whether the name is on the list and the system took the page
 */
export async function openLink(
  name: LinkName,
  openExternal: (url: string) => Promise<void>,
): Promise<boolean> {
  // At run time a name may be anything.
  const url = typeof name === 'string' && Object.hasOwn(links, name) ? links[name] : undefined
  if (url === undefined) return false
  try {
    await openExternal(url)
    return true
  } catch {
    return false
  }
}
