import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../clock.ts'
import {
  NOT_THERE,
  type Question,
  type Reply,
  readQuestion,
  reply,
  SIGN_IN_PATH,
  signIn,
  TRAFFIC_PATH,
} from './simulated-answers.ts'

export interface SimulatorOptions {
  /** 0 for any free port. */
  readonly port: number
  /** A key that is good for ever. */
  readonly authKey: string
  /** Who may obtain keys, with what; nobody where it is left out. */
  readonly oem?: { readonly id: string; readonly key: string }
  /** How long an obtained key is good, in milliseconds; for ever unless told. */
  readonly keyLivesMs?: number
  /** Whether each new key ends the ones before it. */
  readonly newKeyEndsOld?: boolean
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
  /** The result code of the answer. */
  readonly resultCode: string | null
}

export interface Simulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly requests: readonly SimulatedRequest[]
  /** Every authKey that was ever given out, oldest first. */
  readonly issuedKeys: readonly string[]
  /** Ends every key that was given out so far. */
  endKeys(): void
  /** The largest number of requests ever answered at the same time. */
  readonly maxInFlight: () => number
  /** Sockets open right now. */
  readonly openConnections: () => number
  stop(): Promise<void>
}

const LARGEST_REQUEST = 16 * 1024

/** A carrier on a loopback port that answers as PA05-01 says: for the demo profile, and for every test. */
export async function startSimulator({
  port,
  authKey,
  oem,
  keyLivesMs = Number.POSITIVE_INFINITY,
  newKeyEndsOld = false,
  clock,
  latency,
  remember = Number.POSITIVE_INFINITY,
}: SimulatorOptions): Promise<Simulator> {
  const requests: SimulatedRequest[] = []
  const timers = new Set<() => void>()
  /** The keys that were given out and have not ended, with when. */
  const good = new Map<string, number>()
  const issuedKeys: string[] = []
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

  function answerTo(path: string, asked: Question | null): Reply {
    if (path === TRAFFIC_PATH) return reply(asked, key => key === authKey || isGood(key))
    if (path !== SIGN_IN_PATH) return NOT_THERE
    const given = oem === undefined ? null : signIn(asked, oem)
    if (given !== null && given[0] === 200) {
      if (newKeyEndsOld) good.clear()
      good.set(String(given[1]?.authKey), clock.now())
      issuedKeys.push(String(given[1]?.authKey))
    }
    return given ?? NOT_THERE
  }

  const isGood = (key: unknown): boolean => {
    const since = typeof key === 'string' ? good.get(key) : undefined
    return since !== undefined && clock.now() - since < keyLivesMs
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    if (body === null) return
    const asked = readQuestion(body)
    const [status, json] = request.method === 'POST' ? answerTo(request.url ?? '', asked) : NOT_THERE
    requests.push({
      at: clock.now(),
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body,
      account: asked?.account ?? null,
      resultCode: json?.resultCode ?? null,
    })
    if (requests.length > remember) requests.shift()
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
    issuedKeys,
    endKeys: () => good.clear(),
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
