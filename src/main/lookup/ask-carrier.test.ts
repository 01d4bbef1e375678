import { beforeEach, describe, expect, it } from 'vitest'
import { newProfile } from '../../contract/profile-defaults.ts'
import type { QueryStep } from '../../contract/state.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { TrafficReport } from '../../domain/traffic.ts'
import type { Answer } from '../carrier/client.ts'
import type { QueryKind } from '../gate/gate.ts'
import { askCarrier, signInNow } from './ask-carrier.ts'
import type { Signer } from './credentials.ts'

const LINE = { kind: 'line', id: '09012345678' } as const
const carrier = { resultCode: '205', statusCode: '403', message: 'Auth Error' }
const rejected: Failure = { code: 'KEY_REJECTED', carrier }
const refused: Failure = { code: 'SIGN_IN_REFUSED', carrier }
const report: TrafficReport = {
  todayKb: 100,
  recentDays: '1,2,3',
  blacklist: 'listed',
  carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
  clockOffMs: 0,
}

/** What happened, in order: queries as `lookup KEY` and `sign-in`, and what the gate was asked. */
let acts: string[]
let steps: QueryStep[]
/** What the carrier answers to each key. */
let good: Set<string>
let signInSays: Outcome<string>
let gateSays: Record<QueryKind, Outcome<null>>
let key: string | null
/** What the carrier says of a key that is not good. */
let badSays: Failure

const signer: Signer = {
  print: 1,
  authKey: () => key,
  async signIn({ at }) {
    acts.push('sign-in')
    at?.('carrier')
    return { result: signInSays, rawReply: signInSays.ok ? null : '{"sign-in":"refused"}' }
  },
  refused(authKey) {
    acts.push(`${authKey} dropped`)
  },
}

const act = () => ({
  signer,
  signal: new AbortController().signal,
  turn: {
    at: (step: QueryStep) => void steps.push(step),
    holds: () => true,
    async next(kind: QueryKind) {
      acts.push(`next ${kind}`)
      return gateSays[kind]
    },
  },
})

const ask = (given: Partial<Signer> = {}): Promise<Answer> =>
  askCarrier(
    { ...act(), signer: { ...signer, ...given } },
    {
      client: {
        async getTrafficInfo({ authKey, at }) {
          acts.push(`lookup ${authKey}`)
          at?.('carrier')
          return good.has(authKey)
            ? { result: ok(report), rawReply: `{"good":"${authKey}"}` }
            : { result: fail(badSays), rawReply: `{"bad":"${authKey}"}` }
        },
      },
      account: LINE,
      origin: 'https://carrier.example',
      profile: {
        ...newProfile({ name: 'x', carrier: { kind: 'host', origin: 'https://carrier.example' } }),
        id: 'x',
      },
    },
  )

beforeEach(() => {
  acts = []
  steps = []
  good = new Set(['NEW'])
  signInSays = ok('NEW')
  gateSays = { lookup: ok(null), 'sign-in': ok(null) }
  key = 'OLD'
  badSays = rejected
})

describe('an act with a good authKey', () => {
  it('is one lookup', async () => {
    good.add('OLD')
    expect(await ask()).toEqual({ result: ok(report), rawReply: '{"good":"OLD"}' })
    expect(acts).toEqual(['lookup OLD'])
  })
})

describe('an act without an authKey', () => {
  beforeEach(() => {
    key = null
  })

  it('signs in first, and looks up with what it got', async () => {
    expect(await ask()).toEqual({ result: ok(report), rawReply: '{"good":"NEW"}' })
    expect(acts).toEqual(['sign-in', 'next lookup', 'lookup NEW'])
    expect(steps).toEqual(['signing-in', 'signing-in', 'carrier', 'carrier'])
  })

  it('does not sign in twice: a key that is refused at once is KEY_REJECTED', async () => {
    good.clear()
    expect(await ask()).toEqual({ result: fail(rejected), rawReply: '{"bad":"NEW"}' })
    expect(acts).toEqual(['sign-in', 'next lookup', 'lookup NEW'])
  })

  it('asks nothing more where the sign-in is refused, and keeps what the carrier said', async () => {
    signInSays = fail(refused)
    expect(await ask()).toEqual({ result: fail(refused), rawReply: '{"sign-in":"refused"}' })
    expect(acts).toEqual(['sign-in'])
  })

  it('asks nothing more where the gate lets nothing more through', async () => {
    gateSays.lookup = fail({ code: 'CANCELLED' })
    expect(await ask()).toEqual({ result: fail({ code: 'CANCELLED' }), rawReply: null })
    expect(acts).toEqual(['sign-in', 'next lookup'])
  })
})

describe('an act whose authKey has ended', () => {
  it('signs in once and looks up once more; both replies are kept', async () => {
    expect(await ask()).toEqual({ result: ok(report), rawReply: '{"bad":"OLD"}\n\n{"good":"NEW"}' })
    expect(acts).toEqual([
      'lookup OLD',
      'OLD dropped',
      'next sign-in',
      'sign-in',
      'next lookup',
      'lookup NEW',
    ])
    expect([...new Set(steps.slice(0, 3))]).toEqual(['carrier', 'signing-in-again'])
    expect(steps.at(-1)).toBe('carrier')
  })

  it('ends as KEY_REJECTED where the new one is refused too: exactly one sign-in', async () => {
    good.clear()
    expect(await ask()).toEqual({ result: fail(rejected), rawReply: '{"bad":"OLD"}\n\n{"bad":"NEW"}' })
    expect(acts.filter(what => what === 'sign-in')).toHaveLength(1)
    expect(acts.filter(what => what.startsWith('lookup'))).toHaveLength(2)
  })

  it('ends as the gate says where the hour has no sign-in left', async () => {
    const repeated = { code: 'SIGN_IN_REPEATED', opensInMs: 5 } as const
    gateSays['sign-in'] = fail(repeated)
    expect(await ask()).toEqual({ result: fail(repeated), rawReply: '{"bad":"OLD"}' })
    expect(acts).toEqual(['lookup OLD', 'OLD dropped', 'next sign-in'])
  })

  it('ends as the sign-in does where that is refused', async () => {
    signInSays = fail(refused)
    expect(await ask()).toEqual({
      result: fail(refused),
      rawReply: '{"bad":"OLD"}\n\n{"sign-in":"refused"}',
    })
  })

  it('keeps the first reply where the second lookup may not be sent', async () => {
    gateSays.lookup = fail({ code: 'BUDGET_SPENT', opensInMs: 5 })
    expect(await ask()).toEqual({ result: gateSays.lookup, rawReply: '{"bad":"OLD"}' })
  })

  it('that somebody typed is KEY_REJECTED, and nobody signs in', async () => {
    expect(await ask({ signIn: null })).toEqual({ result: fail(rejected), rawReply: '{"bad":"OLD"}' })
    expect(acts).toEqual(['lookup OLD'])
  })
})

describe('a lookup that fails for another reason', () => {
  it.each(['TIMEOUT', 'UNREACHABLE', 'CANCELLED'] as const)('is %s, and nobody signs in', async code => {
    badSays = { code }
    expect((await ask()).result).toEqual(fail({ code }))
    expect(acts).toEqual(['lookup OLD'])
  })
})

describe('signing in now', () => {
  it('is one sign-in and nothing else', async () => {
    expect(await signInNow(act())).toEqual(ok(null))
    expect(acts).toEqual(['sign-in'])
  })

  it('is KEY_MISSING where the key is typed', async () => {
    expect(await signInNow({ ...act(), signer: { ...signer, signIn: null } })).toEqual(
      fail({ code: 'KEY_MISSING' }),
    )
  })
})
