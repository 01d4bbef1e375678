import type { FormData as Form } from 'undici'
import type { Profile } from '../../contract/profile.ts'
import { FormData } from './undici.ts'

/**
 * A request's body: JSON as the carrier's page shows it, or the one form field `json` that other calls of the family
 * use, in either of the forms that HTML has for it.
 */
export function bodyOf(
  form: Profile['body'],
  fields: Readonly<Record<string, string>>,
): {
  readonly headers: Record<string, string>
  readonly body: string | Form
} {
  const json = JSON.stringify(fields)
  const headers = { accept: 'application/json', 'accept-encoding': 'identity' }
  switch (form) {
    case 'json':
      return { headers: { ...headers, 'content-type': 'application/json' }, body: json }
    case 'form':
      return {
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ json }).toString(),
      }
    case 'multipart': {
      const body = new FormData()
      body.set('json', json)
      // The type names a boundary, which undici chooses.
      return { headers, body }
    }
  }
}
