import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseAccount } from '../../domain/account.ts'
import type { Clock } from '../clock.ts'

export interface SimulatorOptions {
  /** 0 for any free port. */
  readonly port: number
  readonly authKey: string
  readonly clock: Clock
  /** How long each answer takes, in milliseconds; a function decides anew for each request. */
  readonly latency: number | (() => number)
  /** How many of the last requests are kept to be looked at; all unless told. */
  readonly remember?: number
}

/** One request as it arrived. */
export interface SimulatedRequest {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
  /** The account asked about; null where the body has none. */
  readonly account: string | null
}

export interface Simulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly requests: readonly SimulatedRequest[]
  /** The largest number of requests ever answered at the same time. */
  readonly maxInFlight: () => number
  /** Sockets open right now. */
  readonly openConnections: () => number
  stop(): Promise<void>
}

const PATH = '/emptool/api/mvno/getTrafficInfo/'
const LARGEST_REQUEST = 16 * 1024

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

/** A carrier on a loopback port that answers as PA05-01 says: for the demo profile, and for every test. */
export async function startSimulator({
  port,
  authKey,
  clock,
  latency,
  remember = Number.POSITIVE_INFINITY,
}: SimulatorOptions): Promise<Simulator> {
  const requests: SimulatedRequest[] = []
  const timers = new Set<() => void>()
  let inFlight = 0
  let most = 0
  let sockets = 0

  const server = createServer((request, response) => {
    inFlight++
    most = Math.max(most, inFlight)
    response.once('close', () => {
      inFlight--
    })
    void answer(request, response)
  })

  server.on('connection', socket => {
    sockets++
    socket.once('close', () => {
      sockets--
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    if (body === null) return
    const asked = readQuestion(body)
    requests.push({
      at: clock.now(),
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body,
      account: asked?.account ?? null,
    })
    if (requests.length > remember) requests.shift()
    const [status, json] =
      request.method !== 'POST' || request.url !== PATH ? [404, null] : reply(asked, authKey)
    const send = () => {
      timers.delete(callOff)
      response.writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        date: new Date(clock.now()).toUTCString(),
      })
      response.end(json === null ? '' : JSON.stringify(json))
    }
    const callOff = clock.after(typeof latency === 'number' ? latency : latency(), send)
    timers.add(callOff)
  }

  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: actual } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${actual}`,
    requests,
    maxInFlight: () => most,
    openConnections: () => sockets,
    async stop() {
      for (const callOff of timers) callOff()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      size += chunk.length
      if (size > LARGEST_REQUEST) {
        request.destroy()
        return null
      }
      chunks.push(chunk)
    }
  } catch {
    return null
  }
  return Buffer.concat(chunks).toString('utf8')
}

interface Question {
  readonly authKey: unknown
  readonly account: string | null
}

/** JSON, or the form field `json` that other calls of the carrier's family use. */
function readQuestion(body: string): Question | null {
  try {
    const text = body.startsWith('json=') ? (new URLSearchParams(body).get('json') ?? '') : body
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const account = 'account' in value && typeof value.account === 'string' ? value.account : null
    return { authKey: 'authKey' in value ? value.authKey : null, account }
  } catch {
    return null
  }
}

function reply(question: Question | null, authKey: string): readonly [number, unknown] {
  if (question === null) return refuse('204')
  if (question.authKey !== authKey) return refuse('205')
  const account = question.account === null ? null : parseAccount(question.account)
  if (account === null) return refuse('201')
  const code = failing[account.id]
  if (code !== undefined) return refuse(code)
  return [
    200,
    {
      resultCode: '100',
      status: { message: 'OK', statusCode: '200' },
      account: account.id,
      traffic: exact[account.id] ?? plausible(account.id, account.kind === 'group'),
    },
  ]
}

function refuse(code: ErrorCode): readonly [number, unknown] {
  const [status, message] = answers[code]
  return [status, { resultCode: code, status: { message, statusCode: String(status) } }]
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
