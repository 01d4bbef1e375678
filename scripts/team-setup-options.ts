import { parseArgs } from 'node:util'

/** What an administrator wants of a team's server. */
export interface TeamSetup {
  /** `postgres://user@host:port/database` */
  readonly url: string
  readonly ca: string | null
  readonly carriers: readonly {
    readonly origin: string
    readonly cooldownMs: number
    /** Lookups an hour. */
    readonly budget: number
  }[]
  /** Logins to make. */
  readonly desks: readonly string[]
}

const NAME = /^[a-z_][a-z0-9_]{0,62}$/

/**
 * Reads the set-up's command line.
 *
 * @throws with a sentence for the person who typed it
 */
export function readTeamSetup(args: readonly string[]): TeamSetup {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: false,
    options: {
      url: { type: 'string' },
      ca: { type: 'string' },
      carrier: { type: 'string', multiple: true, default: [] },
      desk: { type: 'string', multiple: true, default: [] },
    },
  })
  const url = values.url === undefined ? null : URL.parse(values.url)
  if (
    url === null ||
    !/^postgres(?:ql)?:$/.test(url.protocol) ||
    url.hostname === '' ||
    url.pathname.length < 2
  )
    throw new Error('--url is postgres://administrator@host:port/database')
  const wrong = values.desk.find(name => !NAME.test(name))
  if (wrong !== undefined) throw new Error(`--desk is a login: small letters, digits and _, not ${wrong}`)
  return {
    url: url.href,
    ca: values.ca ?? null,
    carriers: values.carrier.map(readCarrier),
    desks: values.desk,
  }
}

/** `https://carrier.example.jp`, or with its own limits: `https://carrier.example.jp,3000,300`. */
function readCarrier(text: string): TeamSetup['carriers'][number] {
  const [address = '', cooldown = '3000', budget = '300', ...rest] = text.split(',')
  const url = URL.parse(address)
  const limits = [Number(cooldown), Number(budget)] as const
  const isRight =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    rest.length === 0 &&
    Number.isInteger(limits[0]) &&
    limits[0] >= 1_000 &&
    limits[0] <= 60_000 &&
    Number.isInteger(limits[1]) &&
    limits[1] >= 1 &&
    limits[1] <= 1_200
  if (!isRight)
    throw new Error(
      '--carrier is an address, with its own limits perhaps: https://carrier.example.jp,3000,300 ' +
        '(1,000 to 60,000 ms between queries, 1 to 1,200 lookups an hour)',
    )
  return { origin: url.origin, cooldownMs: limits[0], budget: limits[1] }
}
