import { randomUUID } from 'node:crypto'
import { parseAccount } from '../../domain/account.ts'

/** Result code, HTTP status and message, as the table of PA05-01 has them. */
const answers = {
  '201': [400, 'Bad Request'],
  '204': [400, 'Bad Request'],
  '205': [403, 'Auth Error'],
  '323': [404, 'Not Found'],
  '210': [500, 'NG'],
  '211': [500, 'NG'],
  '240': [500, 'NG'],
} as const

type ErrorCode = keyof typeof answers

const failing: Readonly<Record<string, ErrorCode>> = {
  '09000000201': '201',
  '09000000204': '204',
  '09000000210': '210',
  '09000000211': '211',
  '09000000240': '240',
  AAA0_00000000323: '323',
}

/** Asked about this line, the carrier is down. */
const DOWN = '09000000503'

/** What a request asks. */
export interface Question {
  readonly authKey: unknown
  readonly account: string | null
  readonly oemId: unknown
  readonly oemKey: unknown
}

/** Status and body of an answer. */
export type Reply = readonly [number, { readonly resultCode: string; readonly authKey?: string } | null]

export const TRAFFIC_PATH = '/emptool/api/mvno/getTrafficInfo/'
export const SIGN_IN_PATH = '/emptool/api/authOem/'
export const NOT_THERE: Reply = [404, null]

/** JSON, or the form field `json` that other calls of the carrier's family use, in either of a form's encodings. */
export function readQuestion(body: string): Question | null {
  try {
    const value: unknown = JSON.parse(jsonIn(body))
    if (typeof value !== 'object' || value === null) return null
    const field = (name: string): unknown => (Object.hasOwn(value, name) ? Reflect.get(value, name) : null)
    const account = field('account')
    return {
      authKey: field('authKey'),
      account: typeof account === 'string' ? account : null,
      oemId: field('oemId'),
      oemKey: field('oemKey'),
    }
  } catch {
    return null
  }
}

function jsonIn(body: string): string {
  if (body.startsWith('json=')) return new URLSearchParams(body).get('json') ?? ''
  const part = /^--[^\r\n]+\r\ncontent-disposition: form-data; name="json"\r\n\r\n(.*?)\r\n--/is.exec(body)
  return part?.[1] ?? body
}

/** The answer to a sign-in: a new key each time, or a refusal. */
export function signIn(question: Question | null, oem: { readonly id: string; readonly key: string }): Reply {
  if (question === null) return refuse('204')
  if (question.oemId !== oem.id || question.oemKey !== oem.key) return refuse('205')
  const status = { message: 'OK', statusCode: '200' }
  return [200, { resultCode: '100', status, authKey: `SIM-${randomUUID()}` } as Reply[1]]
}

/** The answer to a lookup, as PA05-01 says. */
export function reply(question: Question | null, isGood: (authKey: unknown) => boolean): Reply {
  if (question === null) return refuse('204')
  if (!isGood(question.authKey)) return refuse('205')
  const account = question.account === null ? null : parseAccount(question.account)
  if (account === null) return refuse('201')
  if (account.id === DOWN) return [503, null]
  const code = failing[account.id]
  if (code !== undefined) return refuse(code)
  return [
    200,
    {
      resultCode: '100',
      status: { message: 'OK', statusCode: '200' },
      account: account.id,
      traffic: exact[account.id] ?? plausible(account.id, account.kind === 'group'),
    } as Reply[1],
  ]
}

function refuse(code: ErrorCode): Reply {
  const [status, message] = answers[code]
  return [status, { resultCode: code, status: { message, statusCode: String(status) } } as Reply[1]]
}

/** The carrier page's two examples. */
const exact: Readonly<Record<string, { today: string; inRecentDays: string; blackList: string }>> = {
  '09012345678': { today: '100', inRecentDays: '100,200,300', blackList: '10' },
  AAA0_00000000001: { today: '100', inRecentDays: '', blackList: '10' },
}

/** Figures derived from the account's digits alone, so that asking twice gives the same. */
function plausible(id: string, isGroup: boolean) {
  const next = randomOf(id)
  const heavy = next() < 0.15
  const day = () => (next() < 0.08 ? 0 : Math.round((heavy ? 2_500_000 : 650_000) * (0.15 + next() ** 2)))
  const today = Math.round(day() * next())
  return {
    today: String(today),
    inRecentDays: isGroup ? '' : Array.from({ length: 7 }, day).join(','),
    blackList: heavy ? '10' : '20',
  }
}

/** A small repeatable generator (mulberry32) seeded with the account. */
function randomOf(id: string): () => number {
  let state = 2_166_136_261
  for (const char of id) state = Math.imul(state ^ char.charCodeAt(0), 16_777_619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
