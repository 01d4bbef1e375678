import { connect, createServer, type Socket } from 'node:net'

/** A way to the engine that can fall silent: connections stay open, and nothing comes through. */
export interface Hole {
  readonly port: number
  /** From now on nothing is heard; what was under way to the engine is lost. */
  open(): void
  /** Everything that fell into it is gone, and new connections go through. */
  close(): void
  stop(): void
}

export async function holeBefore(engine: number): Promise<Hole> {
  const clients = new Set<Socket>()
  const upstreams = new Set<Socket>()
  let isOpen = false
  const server = createServer(client => {
    clients.add(client)
    client.on('error', () => {}).once('close', () => clients.delete(client))
    if (isOpen) return
    const upstream = connect(engine, '127.0.0.1')
    upstreams.add(upstream)
    upstream.on('error', () => {}).once('close', () => upstreams.delete(upstream))
    client.on('data', data => isOpen || upstream.write(data))
    upstream.on('data', data => isOpen || client.write(data))
    client.once('close', () => upstream.destroy())
    upstream.once('close', () => isOpen || client.destroy())
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    open() {
      isOpen = true
      for (const upstream of upstreams) upstream.destroy()
    },
    close() {
      isOpen = false
      for (const client of clients) client.destroy()
    },
    stop() {
      server.close()
      for (const socket of [...clients, ...upstreams]) socket.destroy()
    },
  }
}
