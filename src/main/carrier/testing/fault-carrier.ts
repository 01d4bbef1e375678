import type { Socket } from 'node:net'
import { createSecureContext, type SecureContextOptions, TLSSocket } from 'node:tls'
import { type Listening, listen } from './listening.ts'
import { jsonOf } from './request-json.ts'

/** One complete request as it came. */
export interface ReceivedRequest {
  /** The connection it came on, from 1. */
  readonly connection: number
  /** Request line and header lines. */
  readonly head: string
  readonly body: string
}

/** One connection, as its script sees it. */
export interface Visit {
  /** Which connection this is, from 1. */
  readonly number: number
  /** The next complete request. Never settles if none comes. */
  request(): Promise<ReceivedRequest>
  /** Sends bytes; settles once they are handed to the system, or the peer is gone. */
  send(bytes: string | Buffer): Promise<void>
  /** Sends bytes again and again until the peer is gone. */
  sendForEver(bytes: string | Buffer, everyMs?: number): Promise<void>
  /** Closes in order (FIN). */
  end(): void
  /** Cuts the line (RST). */
  reset(): void
}

/** What the carrier does with each connection. When a script ends, its connection stays open and silent. */
export type Script = (visit: Visit) => Promise<void> | void

export interface FaultCarrier extends Omit<Listening, 'changed'> {
  readonly http: string
  readonly https: string
  readonly requests: readonly ReceivedRequest[]
  /** Bytes the scripts have sent. */
  sent(): number
  /** The largest number of requests ever waiting for an answer at the same time. */
  maxInFlight(): number
  /** Another script for the connections to come. */
  follow(script: Script): void
}

/** A carrier on a loopback port whose every connection follows a script. With `secure` it speaks TLS. */
export async function startFaultCarrier(
  first: Script,
  { secure, port = 0 }: { readonly secure?: SecureContextOptions; readonly port?: number } = {},
): Promise<FaultCarrier> {
  const requests: ReceivedRequest[] = []
  let script = first
  let sent = 0
  let inFlight = 0
  let most = 0
  const secureContext = secure && createSecureContext(secure)

  const listening = await listen(port, (raw, number) => {
    const stream = secureContext ? new TLSSocket(raw, { isServer: true, secureContext }) : raw
    stream.on('error', () => raw.destroy())
    // The TLS socket takes over the raw connection, so its `end` and `close` are passed on.
    stream.on('end', () => stream.end())
    stream.once('close', () => raw.destroy())
    stream.on('data', listening.changed)
    const asked = receive(stream, number, request => {
      requests.push(request)
      most = Math.max(most, ++inFlight)
      listening.changed()
    })
    let answering = false
    const answered = () => {
      if (answering) inFlight--
      answering = false
    }
    raw.once('close', answered)
    const send = (bytes: string | Buffer) =>
      new Promise<void>(resolve => {
        if (raw.destroyed || stream.destroyed || stream.writableEnded) return resolve()
        raw.once('close', resolve)
        stream.write(bytes, () => {
          sent += bytes.length
          raw.off('close', resolve)
          listening.changed()
          resolve()
        })
      })
    void script({
      number,
      async request() {
        answered()
        const request = await asked()
        answering = true
        return request
      },
      send,
      async sendForEver(bytes, everyMs = 0) {
        while (!raw.destroyed) {
          await send(bytes)
          await new Promise(resolve => setTimeout(resolve, everyMs))
        }
      },
      end: () => void stream.end(),
      reset: () => void raw.resetAndDestroy(),
    })
  })

  return {
    ...listening,
    http: `http://127.0.0.1:${listening.port}`,
    https: `https://localhost:${listening.port}`,
    requests,
    sent: () => sent,
    maxInFlight: () => most,
    follow(next) {
      script = next
    },
  }
}

/** Gives the requests of one connection one after the other. */
function receive(
  stream: Socket,
  connection: number,
  seen: (request: ReceivedRequest) => void,
): () => Promise<ReceivedRequest> {
  const ready: ReceivedRequest[] = []
  const wanted: ((request: ReceivedRequest) => void)[] = []
  let bytes = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    for (;;) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = bytes.subarray(0, end).toString('latin1')
      const size = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
      if (bytes.length < end + 4 + size) return
      const body = bytes.subarray(end + 4, end + 4 + size).toString('utf8')
      bytes = bytes.subarray(end + 4 + size)
      const request = { connection, head, body }
      seen(request)
      const next = wanted.shift()
      if (next) next(request)
      else ready.push(request)
    }
  })
  return () => {
    const request = ready.shift()
    return request ? Promise.resolve(request) : new Promise(resolve => wanted.push(resolve))
  }
}

/** A whole HTTP answer; its length is right unless the headers say otherwise. */
export function answer(
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const bytes = Buffer.from(body)
  const lines = Object.entries({ 'content-length': String(bytes.length), ...headers })
  return Buffer.concat([
    Buffer.from(
      `HTTP/1.1 ${status} Any\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    ),
    bytes,
  ])
}

/** The reply of PA05-01 to a good question. */
export const goodBody = (account: string, today = '100'): string =>
  JSON.stringify({
    resultCode: '100',
    status: { message: 'OK', statusCode: '200' },
    account,
    traffic: { today, inRecentDays: '100,200,300', blackList: '20' },
  })

/** The account a request asks about, in whichever form of the body. */
export const accountIn = async (request: ReceivedRequest): Promise<string> =>
  String(((await jsonOf(request)) as { readonly account: unknown }).account)

/** Answers every request as the carrier's page says. */
export const answersWell: Script = async visit => {
  for (;;) {
    const request = await visit.request()
    await visit.send(answer(200, goodBody(await accountIn(request))))
  }
}

/** Gives the same bytes to every request. */
export const answersWith =
  (bytes: string | Buffer): Script =>
  async visit => {
    for (;;) {
      await visit.request()
      await visit.send(bytes)
    }
  }
