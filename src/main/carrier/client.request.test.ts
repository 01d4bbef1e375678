import { describe, expect, test, vi } from 'vitest'
import { CA_FILE, carrierOver, failureOf, newSetup } from './testing/checks.ts'
import { answer, answersWell, answersWith } from './testing/fault-carrier.ts'
import { AUTH_KEY, LINE, profileFor } from './testing/lookup-setup.ts'
import { jsonOf } from './testing/request-json.ts'

const GROUP = 'AAA0_00000000001'

describe('14: a carrier that repeats the question in its answer', () => {
  test.each(['json', 'form', 'multipart'] as const)(
    '14: is recorded without the authKey (%s)',
    async body => {
      const authKey = 'CANARY/key+9f"\\Q%'
      const repeated = [authKey, encodeURIComponent(authKey)].join(' ')
      const message = { resultCode: 211, status: { statusCode: 200, message: `bad: ${repeated}` } }
      const { question } = await carrierOver('http', answersWith(answer(200, JSON.stringify(message))))
      const setup = newSetup()
      const { result, rawReply } = await setup.client.getTrafficInfo({
        account: { kind: 'line', id: LINE },
        authKey,
        origin: question.origin,
        profile: profileFor({ body }),
        signal: new AbortController().signal,
      })
      expect(failureOf(result)).toMatchObject({ code: 'ACCOUNT_STATUS' })
      const kept = JSON.stringify([result, rawReply])
      expect(kept).toContain('•••')
      for (const part of ['CANARY', 'key+9f', 'key%2B9f']) expect(kept).not.toContain(part)
    },
  )
})

describe('16: what goes out', () => {
  test('the JSON body, the path and the headers are exactly these, and the authKey is in the body alone', async () => {
    const { host, question } = await carrierOver('https', answersWell)
    await newSetup().lookUp(question)
    const [request] = host.requests
    expect(request?.body).toBe(`{"authKey":"${AUTH_KEY}","account":"${LINE}"}`)
    const [line, ...headers] = request?.head.split('\r\n') ?? []
    expect(line).toBe('POST /emptool/api/mvno/getTrafficInfo/ HTTP/1.1')
    expect(headers.map(header => header.toLowerCase()).sort()).toEqual([
      'accept-encoding: identity',
      'accept: application/json',
      'connection: keep-alive',
      `content-length: ${request?.body.length}`,
      'content-type: application/json',
      `host: localhost:${host.port}`,
    ])
    expect(request?.head).not.toContain(AUTH_KEY)
  })

  test('the form body is one field named json', async () => {
    const { host, question } = await carrierOver('https', answersWell)
    await newSetup().lookUp({ ...question, account: GROUP, profile: { ...question.profile, body: 'form' } })
    const [request] = host.requests
    expect(request?.body).toBe(
      `json=%7B%22authKey%22%3A%22${AUTH_KEY}%22%2C%22account%22%3A%22${GROUP}%22%7D`,
    )
    expect(request?.head).toContain('content-type: application/x-www-form-urlencoded')
    expect(request?.head).not.toContain(AUTH_KEY)
  })

  test('the multipart body is one field named json', async () => {
    const { host, question } = await carrierOver('https', answersWell)
    await newSetup().lookUp({
      ...question,
      account: GROUP,
      profile: { ...question.profile, body: 'multipart' },
    })
    const [request] = host.requests
    expect(request?.head).toMatch(/^content-type: multipart\/form-data; boundary=/m)
    expect(request?.head).not.toContain(AUTH_KEY)
    expect(await jsonOf(request)).toEqual({ authKey: AUTH_KEY, account: GROUP })
  })

  test('a key with every printable sign arrives as it is, in each form', async () => {
    const authKey = String.fromCharCode(
      ...Array.from({ length: 0x7e - 0x21 + 1 }, (_, index) => 0x21 + index),
    )
    for (const body of ['json', 'form', 'multipart'] as const) {
      const { host, question } = await carrierOver('http', answersWell)
      const setup = newSetup()
      await setup.client.getTrafficInfo({
        account: { kind: 'line', id: LINE },
        authKey,
        origin: question.origin,
        profile: profileFor({ body }),
        signal: new AbortController().signal,
      })
      expect(await jsonOf(host.requests[0])).toEqual({ authKey, account: LINE })
    }
  })

  describe('20: to a host that may not have the key', () => {
    test.each([
      ['http beyond this computer', 'http://carrier.example', false],
      ['http on this computer in a packaged program', 'http://127.0.0.1:1', true],
      ['another scheme', 'ftp://127.0.0.1:1', false],
    ])(
      '%s is HOST_REFUSED and nothing is asked, not even the proxy or a file',
      async (_, origin, isPackaged) => {
        const never = vi.fn(async () => '')
        const setup = newSetup({
          rules: { isPackaged, simulatorOrigin: null },
          resolveProxy: never,
          readCaFile: never,
        })
        const outcome = await setup.lookUp({
          origin,
          profile: { proxy: { kind: 'system' }, caFile: CA_FILE },
        })
        expect(failureOf(outcome)).toEqual({ code: 'HOST_REFUSED' })
        expect(never).not.toHaveBeenCalled()
      },
    )
  })
})
