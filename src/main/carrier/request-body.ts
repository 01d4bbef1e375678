import type { Profile } from '../../contract/settings.ts'
import type { Account } from '../../domain/account.ts'

/** JSON as the carrier's page shows it, or the one form field that other calls of the family use. */
export function bodyOf({
  profile,
  authKey,
  account,
}: {
  readonly profile: Pick<Profile, 'body'>
  readonly authKey: string
  readonly account: Account
}): {
  headers: Record<string, string>
  body: string
} {
  const json = JSON.stringify({ authKey, account: account.id })
  const accept = { accept: 'application/json', 'accept-encoding': 'identity' }
  return profile.body === 'json'
    ? { headers: { ...accept, 'content-type': 'application/json' }, body: json }
    : {
        headers: { ...accept, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ json }).toString(),
      }
}
