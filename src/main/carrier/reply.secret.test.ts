import { describe, expect, it } from 'vitest'
import type { Account } from '../../domain/account.ts'
import { carrierOf } from '../../domain/failure.ts'
import { redactorOf } from './redact.ts'
import { parseReply } from './reply.ts'

const KEY = 'CANARY9f3a77d1c0ffee42'
const LINE: Account = { kind: 'line', id: '09012345678' }

const reply = {
  resultCode: '205' as unknown,
  status: { message: 'Auth Error' as unknown, statusCode: '403' as unknown },
}

/** The parts of a reply that are shown to the agent, and stored. */
function shown(body: object, authKey = KEY) {
  const outcome = parseReply(
    { httpStatus: 200, retryAfter: null, date: null, body: JSON.stringify(body) },
    LINE,
    0,
    redactorOf(authKey),
  )
  return outcome.ok ? outcome.value.carrier : carrierOf(outcome.failure)
}

const withMessage = (message: unknown) => shown({ ...reply, status: { ...reply.status, message } })?.message

describe('the authKey in the carrier’s message', () => {
  it('is taken out, and the words around it stay', () => {
    expect(withMessage(`the key ${KEY} is unknown`)).toBe('the key ••• is unknown')
  })

  it.each([1, 5, KEY.length - 1])(
    'is taken out also where only its first %i characters would fit',
    fitting => {
      const words = 'x'.repeat(500 - fitting)
      const message = withMessage(`${words}${KEY}`)
      expect(message).toBe(`${words}•••`.slice(0, 500))
      expect(message).not.toContain('C')
    },
  )

  it('is taken out of a good reply too', () => {
    const traffic = { today: '100', inRecentDays: '', blackList: '20' }
    const status = { ...reply.status, message: `OK ${KEY}` }
    expect(shown({ resultCode: '100', status, account: LINE.id, traffic })?.message).toBe('OK •••')
  })

  it('of any length leaves 500 characters of the message at most', () => {
    expect(withMessage('x'.repeat(501))).toBe('x'.repeat(500))
    expect(withMessage('x'.repeat(500))).toBe('x'.repeat(500))
  })
})

describe('the authKey in one of the carrier’s codes', () => {
  it('is taken out of the result code', () => {
    expect(shown({ ...reply, resultCode: `E-${KEY}` })?.resultCode).toBe('E-•••')
  })

  it('is taken out of the status code', () => {
    expect(shown({ ...reply, status: { statusCode: ` ${KEY} ` } })?.statusCode).toBe('•••')
  })

  it('is taken out also where it would be cut', () => {
    const words = 'x'.repeat(28)
    expect(shown({ ...reply, resultCode: `${words}${KEY}` })?.resultCode).toBe(`${words}•••`)
    expect(shown({ ...reply, status: { statusCode: `${words}${KEY}` } })?.statusCode).toBe(`${words}•••`)
  })

  it('leaves 32 characters of a code at most', () => {
    expect(shown({ ...reply, resultCode: 'E'.repeat(40) })?.resultCode).toBe('E'.repeat(32))
  })
})

describe('a code of digits', () => {
  it.each([
    ['205', '403'],
    [205, 403],
    [' 205 ', ' 403 '],
  ])(
    'is what the carrier said, also where a short key has the same digits: %j, %j',
    (resultCode, statusCode) => {
      for (const authKey of ['2', '205', '40', '403']) {
        expect(shown({ resultCode, status: { ...reply.status, statusCode } }, authKey)).toMatchObject({
          resultCode: '205',
          statusCode: '403',
        })
      }
    },
  )

  it('means what it means: a key of 205 does not make a refused key an unknown result', () => {
    const outcome = parseReply(
      { httpStatus: 200, retryAfter: null, date: null, body: JSON.stringify(reply) },
      LINE,
      0,
      redactorOf('205'),
    )
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'KEY_REJECTED' } })
  })
})
