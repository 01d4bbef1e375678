import { isAbsolute, join } from 'node:path'
import type { Account } from '../../domain/account.ts'
import { readAccounts } from '../../domain/read-accounts.ts'

/** Something that the system asked the program to open. */
export type OpenedArgument =
  | { readonly kind: 'setup'; readonly path: string }
  | { readonly kind: 'link'; readonly account: Account }

export const LINK_SCHEME = 'trafficdesk'

const LONGEST = 2_000

/**
 * The last argument that is a link or a setup file; null where there is none. Switches are never taken for one.
 *
 * @param folder where the program was started: a file may be named from there
 */
export function openedArgument(argv: readonly string[], folder = ''): OpenedArgument | null {
  for (const argument of argv.slice(1).toReversed()) {
    const opened = openedLink(argument) ?? openedFile(argument, folder)
    if (opened !== null) return opened
  }
  return null
}

export const openedFile = (path: string, folder = ''): OpenedArgument | null =>
  /\.tdsetup$/i.test(path) && !/^[-/]{1,2}\w[\w-]*=/.test(path) && path.length <= LONGEST
    ? { kind: 'setup', path: folder === '' || isAbsolute(path) ? path : join(folder, path) }
    : null

/**
 * A link that names one account: `trafficdesk://lookup?account=09012345678`. Links come from anywhere: nothing but the account
 * is taken from one, and that is only written into the field.
 */
export function openedLink(text: string): OpenedArgument | null {
  if (text.length > LONGEST) return null
  const url = URL.parse(text)
  if (url === null || url.protocol !== `${LINK_SCHEME}:`) return null
  const isLookup = url.hostname.toLowerCase() === 'lookup' && (url.pathname === '' || url.pathname === '/')
  const [account, ...more] = url.searchParams.getAll('account')
  if (!isLookup || url.username !== '' || url.port !== '' || account === undefined || more.length > 0)
    return null
  const reading = readAccounts(account)
  return reading.found === 'one' ? { kind: 'link', account: reading.account } : null
}
