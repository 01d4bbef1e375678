import { parseArgs } from 'node:util'

export interface DemoOptions {
  readonly account: string
  /** null for the simulator. */
  readonly api: string | null
  /** null for the simulator's. */
  readonly authKey: string | null
  /** What to sign in with, in the place of an authKey; null where one is given or the simulator's is used. */
  readonly oem: { readonly id: string; readonly key: string } | null
  readonly json: boolean
  /** Two desks before a team's server, in the place of one lookup. */
  readonly team: boolean
  readonly language: 'ja' | 'en'
  readonly out: string
  readonly headful: boolean
}

/**
 * Reads the demo's command line.
 *
 * @throws with a sentence for the person who typed it
 */
export function readDemoOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      account: { type: 'string', default: '09012345678' },
      api: { type: 'string' },
      'auth-key': { type: 'string' },
      'oem-id': { type: 'string' },
      'oem-key': { type: 'string' },
      json: { type: 'boolean', default: false },
      team: { type: 'boolean', default: false },
      lang: { type: 'string', default: 'ja' },
      out: { type: 'string', default: 'out/demo' },
      headful: { type: 'boolean', default: false },
    },
  })
  const { lang, api = null } = values
  if (lang !== 'ja' && lang !== 'en') throw new Error('--lang is ja or en')
  if (values.account.trim() === '') throw new Error('--account is empty')
  if (values.out === '') throw new Error('--out is empty')
  if (api !== null && !isCarrier(api)) throw new Error('--api is an https URL, or http on loopback')
  const authKey = values['auth-key'] ?? null
  const { 'oem-id': id = null, 'oem-key': key = null } = values
  if ((id === null) !== (key === null)) throw new Error('--oem-id and --oem-key belong together')
  if (authKey !== null && id !== null) throw new Error('either --auth-key, or --oem-id and --oem-key')
  if (api !== null && authKey === null && id === null)
    throw new Error(
      "--api needs --auth-key, or --oem-id and --oem-key: the simulator's are for the simulator",
    )
  for (const [name, value] of Object.entries({ 'auth-key': authKey, 'oem-id': id, 'oem-key': key }))
    if (value === '') throw new Error(`--${name} is empty`)
  return {
    account: values.account,
    api,
    authKey,
    oem: id === null || key === null ? null : { id, key },
    json: values.json,
    team: values.team,
    language: lang,
    out: values.out,
    headful: values.headful,
  }
}

function isCarrier(text: string): boolean {
  const url = URL.parse(text)
  if (url === null) return false
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname))
  )
}
