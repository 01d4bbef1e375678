import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { type Simulator, startSimulator } from './carrier-simulator.ts'

const KEY = 'XXXXXXXXXX'
const PATH = '/emptool/api/mvno/getTrafficInfo/'

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ port: 0, authKey: KEY, clock: systemClock, latency: 0 })
})

afterEach(() => simulator.stop())

const post = (body: string, path = PATH, to = simulator) => fetch(to.url + path, { method: 'POST', body })
const ask = (account: unknown, authKey: unknown = KEY) => post(JSON.stringify({ authKey, account }))

async function answerTo(account: unknown, authKey?: unknown): Promise<unknown> {
  const response = await ask(account, authKey)
  return [response.status, await response.json()]
}

/** Waits, without a clock, until something outside has happened. */
async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise(resolve => setImmediate(resolve))
}

it('remembers as many of the last requests as it is told to', async () => {
  const options = { port: 0, authKey: KEY, clock: systemClock, latency: 0 }
  const forgetful = await startSimulator({ ...options, remember: 2 })
  for (const account of ['08011110001', '08011110002', '08011110003'])
    await post(JSON.stringify({ authKey: KEY, account }), PATH, forgetful)
  expect(forgetful.requests.map(({ account }) => account)).toEqual(['08011110002', '08011110003'])
  await forgetful.stop()
})

describe('the carrier’s page', () => {
  it('has this example of a line', async () => {
    expect(await answerTo('09012345678')).toStrictEqual([
      200,
      {
        resultCode: '100',
        status: { message: 'OK', statusCode: '200' },
        account: '09012345678',
        traffic: { today: '100', inRecentDays: '100,200,300', blackList: '10' },
      },
    ])
  })

  it('has this example of a share group', async () => {
    expect(await answerTo('AAA0_00000000001')).toStrictEqual([
      200,
      {
        resultCode: '100',
        status: { message: 'OK', statusCode: '200' },
        account: 'AAA0_00000000001',
        traffic: { today: '100', inRecentDays: '', blackList: '10' },
      },
    ])
  })

  it.each([
    ['09000000201', '201', 400, 'Bad Request'],
    ['09000000204', '204', 400, 'Bad Request'],
    ['AAA0_00000000323', '323', 404, 'Not Found'],
    ['09000000210', '210', 500, 'NG'],
    ['09000000211', '211', 500, 'NG'],
    ['09000000240', '240', 500, 'NG'],
  ])('has this refusal, which %s gets: %s with HTTP %i', async (account, resultCode, status, message) => {
    expect(await answerTo(account)).toStrictEqual([
      status,
      { resultCode, status: { message, statusCode: String(status) } },
    ])
  })

  it.each(['wrong', '', null, 0, undefined, `${KEY} `])('refuses the key %j with 205', async authKey => {
    expect(await answerTo('09012345678', authKey === undefined ? null : authKey)).toStrictEqual([
      403,
      { resultCode: '205', status: { message: 'Auth Error', statusCode: '403' } },
    ])
  })

  it('tells nobody about an account without the key', async () => {
    expect(await answerTo('09000000210', 'wrong')).toMatchObject([403, { resultCode: '205' }])
  })

  it.each([
    '',
    '0312345678',
    '090-1234-5678',
    '+819012345678',
    'abc',
    null,
    9_012_345_678,
    {},
    ['09012345678'],
  ])('refuses the account %j with 201', async account => {
    expect(await answerTo(account)).toMatchObject([400, { resultCode: '201' }])
  })

  it.each(['', 'nonsense', '[]', 'null', '"text"', '1', '{', 'json=', 'json=%7B', 'json=nonsense'])(
    'refuses the body %j and stays up',
    async body => {
      const response = await post(body)
      expect([400, 403]).toContain(response.status)
      expect(await answerTo('09012345678')).toMatchObject([200, { resultCode: '100' }])
    },
  )
})

describe('a request', () => {
  it('may come as the form field json, as other calls of the family do', async () => {
    const json = JSON.stringify({ authKey: KEY, account: '09012345678' })
    const response = await fetch(simulator.url + PATH, {
      method: 'POST',
      body: new URLSearchParams({ json }),
    })
    expect(await response.json()).toMatchObject({ resultCode: '100', account: '09012345678' })
  })

  it('is answered as JSON', async () => {
    const response = await ask('09012345678')
    expect(response.headers.get('content-type')).toMatch(/^application\/json\b/)
  })

  it.each(['/', '/emptool/api/mvno/getTrafficInfo', `${PATH}?account=09012345678`, `${PATH}more`])(
    'to the path %s is not found',
    async path => {
      const response = await post(JSON.stringify({ authKey: KEY, account: '09012345678' }), path)
      expect(response.status).toBe(404)
      expect(await response.text()).toBe('')
    },
  )

  it('by GET is not found', async () => {
    expect((await fetch(simulator.url + PATH)).status).toBe(404)
  })

  it('too large for any question is cut off', async () => {
    await expect(post('x'.repeat(1_000_000))).rejects.toThrow()
    expect(await answerTo('09012345678')).toMatchObject([200, { resultCode: '100' }])
  })

  it('that breaks off in the middle does no harm', async () => {
    const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`)
    await until(() => simulator.maxInFlight() === 1)
    socket.destroy()
    expect(await answerTo('09012345678')).toMatchObject([200, { resultCode: '100' }])
  })

  it('is recorded as it came', async () => {
    await ask('09012345678')
    await post('nonsense')
    expect(simulator.requests).toMatchObject([
      {
        method: 'POST',
        path: PATH,
        account: '09012345678',
        body: JSON.stringify({ authKey: KEY, account: '09012345678' }),
        headers: { host: new URL(simulator.url).host },
      },
      { account: null, body: 'nonsense' },
    ])
  })
})

describe('made-up figures', () => {
  const accounts = Array.from({ length: 60 }, (_, at) => `080${String(12_345_678 + at * 7_919)}`)
  type Reply = { readonly traffic: Readonly<Record<'today' | 'inRecentDays' | 'blackList', string>> }
  const trafficOf = async (account: string) => ((await (await ask(account)).json()) as Reply).traffic

  it('are the same each time, also after a restart', async () => {
    const first = await trafficOf('08098765432')
    expect(await trafficOf('08098765432')).toEqual(first)
    await simulator.stop()
    simulator = await startSimulator({ port: 0, authKey: KEY, clock: systemClock, latency: 0 })
    expect(await trafficOf('08098765432')).toEqual(first)
  })

  it('are whole numbers of KB, seven days of them for a line', async () => {
    for (const account of accounts) {
      const { today, inRecentDays, blackList } = await trafficOf(account)
      expect(today).toMatch(/^\d+$/)
      expect(inRecentDays).toMatch(/^\d+(?:,\d+){6}$/)
      expect(['10', '20']).toContain(blackList)
    }
  })

  it('differ from line to line, and show both a listed line and one that is not', async () => {
    const all = await Promise.all(accounts.map(trafficOf))
    expect(new Set(all.map(({ inRecentDays }) => inRecentDays)).size).toBe(accounts.length)
    expect(new Set(all.map(({ blackList }) => blackList)).size).toBe(2)
  })

  it('of a share group have no days', async () => {
    expect((await trafficOf('BBB0_00000000042')).inRecentDays).toBe('')
  })
})

describe('time', () => {
  let clock: FakeClock
  let slow: Simulator

  beforeEach(async () => {
    clock = createFakeClock()
    slow = await startSimulator({ port: 0, authKey: KEY, clock, latency: 350 })
  })

  afterEach(() => slow.stop())

  const body = JSON.stringify({ authKey: KEY, account: '09012345678' })

  it('passes before an answer, as much as was asked for', async () => {
    let answered = false
    const answer = post(body, PATH, slow).then(response => {
      answered = true
      return response
    })
    await until(() => clock.pending === 1)
    clock.advance(349)
    expect([answered, clock.pending]).toEqual([false, 1])
    clock.advance(1)
    expect((await answer).status).toBe(200)
  })

  it('is told anew for each request where a function tells it', async () => {
    const latencies = [100, 5_000]
    const other = await startSimulator({
      port: 0,
      authKey: KEY,
      clock,
      latency: () => latencies.shift() ?? 0,
    })
    const quick = post(body, PATH, other)
    await until(() => clock.pending === 1)
    clock.advance(100)
    expect((await quick).status).toBe(200)
    const late = post(body, PATH, other)
    await until(() => clock.pending === 1)
    clock.advance(4_999)
    expect(clock.pending).toBe(1)
    clock.advance(1)
    expect((await late).status).toBe(200)
    await other.stop()
  })

  it('of a request’s arrival is recorded', async () => {
    const answer = post(body, PATH, slow)
    await until(() => clock.pending === 1)
    expect(slow.requests[0]?.at).toBe(clock.now())
    clock.advance(350)
    await answer
  })

  it('shows how many were in flight at most', async () => {
    expect(slow.maxInFlight()).toBe(0)
    const answers = [post(body, PATH, slow), post(body, PATH, slow), post(body, PATH, slow)]
    await until(() => clock.pending === 3)
    expect(slow.maxInFlight()).toBe(3)
    clock.advance(350)
    await Promise.all(answers)
    const next = post(body, PATH, slow)
    await until(() => clock.pending === 1)
    clock.advance(350)
    await next
    expect(slow.maxInFlight()).toBe(3)
  })

  it('one after the other is one in flight', async () => {
    for (let at = 0; at < 5; at++) {
      const response = await ask('09012345678')
      await response.arrayBuffer()
    }
    expect(simulator.maxInFlight()).toBe(1)
    expect(simulator.requests).toHaveLength(5)
  })

  it('does not matter to a stop in the middle of an answer: the connection breaks, no timer stays', async () => {
    const answer = expect(post(body, PATH, slow)).rejects.toThrow()
    await until(() => clock.pending === 1)
    await slow.stop()
    await answer
    expect(clock.pending).toBe(0)
    clock.advance(10_000)
    await expect(post(body, PATH, slow)).rejects.toThrow()
  })
})

describe('the simulator', () => {
  it('listens on the loopback address alone', () => {
    expect(simulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('can be stopped twice', async () => {
    await simulator.stop()
    await simulator.stop()
  })

  it('says so where its port is taken', async () => {
    const port = Number(new URL(simulator.url).port)
    const second = startSimulator({ port, authKey: KEY, clock: systemClock, latency: 0 })
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

describe('signing in', () => {
  const OEM = { id: 'OEM-1', key: 'OEM-KEY' }
  const SIGN_IN = '/emptool/api/authOem/'
  let clock: FakeClock
  let carrier: Simulator
  afterEach(() => carrier.stop())

  async function open(options: { keyLivesMs?: number; newKeyEndsOld?: boolean } = {}) {
    clock = createFakeClock()
    const real = { ...systemClock, now: () => clock.now() }
    carrier = await startSimulator({ port: 0, authKey: KEY, oem: OEM, clock: real, latency: 0, ...options })
  }
  const signedIn = async (question: unknown = { oemId: OEM.id, oemKey: OEM.key }) => {
    const response = await post(JSON.stringify(question), SIGN_IN, carrier)
    return (await response.json()) as { readonly resultCode: string; readonly authKey?: string }
  }
  const resultFor = async (authKey: string | undefined) =>
    (await post(JSON.stringify({ authKey, account: '09012345678' }), PATH, carrier)).status

  it('gives out another key each time, and each is good', async () => {
    await open()
    const [one, two] = [await signedIn(), await signedIn()]
    expect(one).toMatchObject({ resultCode: '100', status: { message: 'OK', statusCode: '200' } })
    expect(one.authKey).not.toBe(two.authKey)
    expect(carrier.issuedKeys).toEqual([one.authKey, two.authKey])
    expect([await resultFor(one.authKey), await resultFor(two.authKey)]).toEqual([200, 200])
  })

  it.each([
    ['another key', { oemId: OEM.id, oemKey: 'no' }],
    ['another ID', { oemId: 'no', oemKey: OEM.key }],
    ['none', {}],
  ])('with %s is refused, and no key is given out', async (_, question) => {
    await open()
    expect(await signedIn(question)).toMatchObject({ resultCode: '205' })
    expect(carrier.issuedKeys).toEqual([])
  })

  it('gives keys that live as long as it is told', async () => {
    await open({ keyLivesMs: 60_000 })
    const { authKey } = await signedIn()
    clock.advance(59_999)
    expect(await resultFor(authKey)).toBe(200)
    clock.advance(1)
    expect(await resultFor(authKey)).toBe(403)
    expect(await resultFor(KEY)).toBe(200)
  })

  it('ends older keys with each new one, if it is told so', async () => {
    await open({ newKeyEndsOld: true })
    const [one, two] = [await signedIn(), await signedIn()]
    expect([await resultFor(one.authKey), await resultFor(two.authKey)]).toEqual([403, 200])
  })

  it('can end every key at once', async () => {
    await open()
    const { authKey } = await signedIn()
    carrier.endKeys()
    expect(await resultFor(authKey)).toBe(403)
  })

  it('is not there where nobody may', async () => {
    await open()
    const response = await post(JSON.stringify({ oemId: OEM.id, oemKey: OEM.key }), SIGN_IN, simulator)
    expect(response.status).toBe(404)
  })

  it('reads each of the three forms of a body', async () => {
    await open()
    const question = { oemId: OEM.id, oemKey: OEM.key }
    const form = new FormData()
    form.set('json', JSON.stringify(question))
    for (const body of [form, new URLSearchParams({ json: JSON.stringify(question) })]) {
      const response = await fetch(carrier.url + SIGN_IN, { method: 'POST', body })
      expect(await response.json()).toMatchObject({ resultCode: '100' })
    }
  })
})
