import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { systemClock } from '../../../clock.ts'
import { broken, type SeenQuery } from './team-desk.ts'

/** The carrier's own record of what came to it. */
export interface RecordingCarrier {
  readonly port: number
  readonly seen: readonly SeenQuery[]
  stop(): void
}

export async function recordingCarrier(
  serviceMs: number,
  /** Another address that it listens at. */
  beside: string | null = null,
): Promise<RecordingCarrier> {
  const seen: SeenQuery[] = []
  const sockets = new Set<Socket>()
  const visit = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', data => {
      const query: SeenQuery = { desk: String(data).trim(), from: systemClock.monotonic(), to: null }
      seen.push(query)
      const end = () => {
        query.to ??= systemClock.monotonic()
      }
      // Whatever becomes of who asked, the carrier works on it for so long.
      systemClock.after(serviceMs, () => {
        end()
        socket.end('answer\n')
      })
    })
    socket.once('close', () => sockets.delete(socket))
  }
  const server = await listening(createServer(visit), 0, '127.0.0.1')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const other = beside === null ? null : await listening(createServer(visit), port, beside)
  return {
    port,
    seen,
    stop() {
      server.close()
      other?.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

async function listening(server: Server, port: number, host: string): Promise<Server> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(port, host, resolve)
  await promise
  return server
}

/** A desk in a process of its own, and what it says. */
export interface DeskProcess {
  readonly child: ChildProcess
  /** Resolves with the first message that `is` takes. */
  hears<T>(is: (message: unknown) => T | undefined): Promise<T>
}

export function startDesk(
  at: { readonly engine: number; readonly carrier: number },
  name: string,
  how: 'go' | 'hold' | 'cable' | 'cable-closed' = 'go',
  /** How to come to the engine and the carrier, and what the process is run by. */
  { host = '127.0.0.1', by = [] }: { readonly host?: string; readonly by?: readonly string[] } = {},
): DeskProcess {
  const [command = '', ...args] = [
    ...by,
    process.execPath,
    '--no-warnings',
    join(import.meta.dirname, 'desk-process.ts'),
    ...[String(at.engine), String(at.carrier), name, how, host],
  ]
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const heard: unknown[] = []
  const waiting = new Set<() => void>()
  child.on('message', message => {
    heard.push(message)
    for (const look of [...waiting]) look()
  })
  return {
    child,
    hears: is =>
      new Promise(resolve => {
        const look = () => {
          for (const message of heard) {
            const found = is(message)
            if (found === undefined) continue
            waiting.delete(look)
            return resolve(found)
          }
        }
        waiting.add(look)
        look()
      }),
  }
}

export const said = (word: string) => (message: unknown) => (message === word ? true : undefined)
export const outcome = (message: unknown) =>
  typeof message === 'object' && message !== null && 'outcome' in message
    ? String(message.outcome)
    : undefined

/** What happens to a desk that has its turn. */
export type Fate = 'killed in flight' | 'frozen in flight' | 'frozen before sending'

export interface FateFigures {
  readonly fate: Fate
  /** Milliseconds from the fate to the next desk's turn, without the cool-down. */
  readonly freeMs: number
  readonly overlaps: number
  /** How what was frozen ended once it was awake; null for a desk that was killed. */
  readonly woken: string | null
  /** Queries of the unlucky desk that reached the carrier. */
  readonly sent: number
}

/** One desk meets its fate while it has its turn, another one waits behind it. */
export async function meetFate(
  fate: Fate,
  {
    engine,
    cooldownMs,
    serviceMs,
  }: { readonly engine: number; readonly cooldownMs: number; readonly serviceMs: number },
): Promise<FateFigures> {
  const carrier = await recordingCarrier(serviceMs)
  const at = { engine, carrier: carrier.port }
  const unlucky = startDesk(at, 'unlucky', fate === 'frozen before sending' ? 'hold' : 'go')
  await unlucky.hears(said(fate === 'frozen before sending' ? 'granted' : 'sent'))
  const next = startDesk(at, 'next')
  const from = systemClock.monotonic()
  unlucky.child.kill(fate === 'killed in flight' ? 'SIGKILL' : 'SIGSTOP')
  await next.hears(said('sent'))
  const freeMs = systemClock.monotonic() - from - cooldownMs
  await next.hears(outcome)
  let woken: string | null = null
  if (fate !== 'killed in flight') {
    unlucky.child.kill('SIGCONT')
    if (fate === 'frozen before sending') unlucky.child.send('send')
    woken = await unlucky.hears(outcome)
  }
  for (const { child } of [unlucky, next]) child.kill('SIGKILL')
  carrier.stop()
  return {
    fate,
    freeMs,
    woken,
    sent: carrier.seen.filter(({ desk }) => desk === 'unlucky').length,
    overlaps: broken(carrier.seen, 0).overlaps,
  }
}
