import type { Account } from '../../domain/account.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import type { TrafficReport } from '../../domain/traffic.ts'
import { type Ask, createPoster, type PostDeps, type Reply } from './post.ts'
import { redactorOf } from './redact.ts'
import { httpDate, parseReply } from './reply.ts'
import { parseSignIn } from './sign-in-reply.ts'

const TRAFFIC = '/emptool/api/mvno/getTrafficInfo/'
const SIGN_IN = '/emptool/api/authOem/'

export interface Query extends Ask {
  readonly account: Account
  readonly authKey: string
}

export interface SignInQuery extends Ask {
  readonly oemId: string
  readonly oemKey: string
}

/** The outcome of one query: its result, and the reply's text as it came, which is stored with the lookup. */
export interface Answer<T = TrafficReport> {
  readonly result: Outcome<T>
  readonly rawReply: string | null
}

export interface CarrierClient {
  /** One POST to `getTrafficInfo` (PA05-01), never repeated. Settles within the profile's deadline, whatever hangs. */
  getTrafficInfo(query: Query): Promise<Answer>
  /**
   * One POST to `authOem`, likewise; gives an authKey. A reply that holds one is not given on, and in one that
   * refuses there is no key any more.
   */
  signIn(query: SignInQuery): Promise<Answer<string>>
  /** Ends every connection. */
  close(): Promise<void>
}

export interface CarrierClientDeps extends PostDeps {
  /** Called with the time in the carrier's reply (its `Date` header), milliseconds since the epoch. */
  readonly onCarrierTime?: (at: number) => void
}

/** The one client of the carrier's API. */
export function createCarrierClient(deps: CarrierClientDeps): CarrierClient {
  const { post, close } = createPoster(deps)

  /** Only the carrier's own words count: a hotel's login page has a clock too. */
  function hearTime({ date }: Reply, result: Outcome<unknown>): void {
    const at = httpDate(date)
    if (at !== null && (result.ok || 'carrier' in result.failure)) deps.onCarrierTime?.(at)
  }

  return {
    async getTrafficInfo({ account, authKey, ...ask }) {
      const reply = await post({ ...ask, path: TRAFFIC, fields: { authKey, account: account.id } })
      if (!reply.ok) return { result: reply, rawReply: null }
      const redact = redactorOf(authKey)
      const result = parseReply(reply.value, account, deps.clock.now(), redact)
      hearTime(reply.value, result)
      return { result, rawReply: reply.value.isWhole ? redact(reply.value.body) : null }
    },
    async signIn({ oemId, oemKey, ...ask }) {
      const reply = await post({ ...ask, path: SIGN_IN, fields: { oemId, oemKey } })
      if (!reply.ok) return { result: reply, rawReply: null }
      const redact = redactorOf(oemKey)
      const result = parseSignIn(reply.value, deps.clock.now(), redact)
      hearTime(reply.value, result)
      return { result, rawReply: result.ok ? null : refusalText(result.failure) }
    },
    close,
  }
}

/** What is kept of a refused sign-in: the carrier's words alone, since the rest of such a reply may hold a key. */
function refusalText(failure: Failure): string | null {
  if (!('carrier' in failure)) return null
  const { resultCode, statusCode, message } = failure.carrier
  return JSON.stringify({ resultCode, status: { statusCode, message } })
}
