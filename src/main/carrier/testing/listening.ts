import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A server on a free loopback port, and everything that comes to it. */
export interface Listening {
  readonly port: number
  /** How many connections ever came. */
  connections(): number
  /** How many of them are open. */
  open(): number
  /** Bytes received in all, before any decryption. */
  bytes(): number
  /** Something happened: whoever waits looks again. */
  changed(): void
  /** Settles once `holds` is true; a test that waits in vain fails with the words of `what`. */
  until(what: string, holds: () => boolean): Promise<void>
  stop(): Promise<void>
}

/** Milliseconds: a limit for what never comes, not for what is slow. */
const LONGEST_WAIT = 60_000

export async function listen(
  port: number,
  visit: (socket: Socket, number: number) => void,
): Promise<Listening> {
  const sockets = new Set<Socket>()
  const waiting = new Set<() => void>()
  let connections = 0
  let closedBytes = 0
  const changed = () => {
    for (const look of [...waiting]) look()
  }
  const server = createServer({ allowHalfOpen: true }, socket => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('end', () => socket.end())
    socket.once('close', () => {
      sockets.delete(socket)
      closedBytes += socket.bytesRead
      changed()
    })
    visit(socket, connections)
    changed()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    open: () => sockets.size,
    bytes: () => [...sockets].reduce((sum, socket) => sum + socket.bytesRead, closedBytes),
    changed,
    until: (what, holds) =>
      new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`waited in vain until ${what}`))
        }, LONGEST_WAIT)
        const look = () => {
          if (!holds()) return
          clearTimeout(giveUp)
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    async stop() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
