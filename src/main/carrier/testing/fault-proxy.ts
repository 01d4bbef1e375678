import { connect, type Socket } from 'node:net'
import { createSecureContext, type SecureContextOptions, TLSSocket } from 'node:tls'
import { type Listening, listen } from './listening.ts'

/** What a proxy does when asked to open a tunnel; bytes are sent as they are, `hang` says nothing. */
export type ProxyBehaviour = 'works' | 'hang' | 'cut' | { readonly reply: string }

export interface FaultProxy extends Omit<Listening, 'changed'> {
  /** As a PAC rule names it. */
  readonly rule: string
  /** The heads of what it was asked, in order. */
  readonly asked: readonly string[]
  /** All that passed through its tunnels towards the carrier, as it saw it. */
  passed(): Buffer
  /** What it does from now on. */
  turn(behaviour: ProxyBehaviour): void
}

/** An HTTP proxy on a loopback port that opens tunnels (CONNECT), or fails to in a chosen way. */
export async function startFaultProxy(
  first: ProxyBehaviour,
  secure?: SecureContextOptions,
): Promise<FaultProxy> {
  const asked: string[] = []
  const passed: Buffer[] = []
  let behaviour = first
  const secureContext = secure && createSecureContext(secure)
  const listening = await listen(0, raw => {
    const stream = secureContext ? new TLSSocket(raw, { isServer: true, secureContext }) : raw
    stream.on('error', () => raw.destroy())
    stream.on('end', () => stream.end())
    stream.once('close', () => raw.destroy())
    let head = ''
    const read = (chunk: Buffer) => {
      head += chunk.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      stream.off('data', read)
      asked.push(head)
      listening.changed()
      if (behaviour === 'hang') return
      if (behaviour === 'cut') stream.destroy()
      else if (behaviour === 'works') tunnel(stream, head, passed)
      else stream.write(behaviour.reply)
    }
    stream.on('data', read)
  })
  return {
    ...listening,
    rule: `${secure ? 'HTTPS localhost' : 'PROXY 127.0.0.1'}:${listening.port}`,
    asked,
    passed: () => Buffer.concat(passed),
    turn(next) {
      behaviour = next
    },
  }
}

function tunnel(from: Socket, head: string, passed: Buffer[]): void {
  const port = Number(/^CONNECT [^ ]*:(\d+) /.exec(head)?.[1])
  const to = connect(port, '127.0.0.1', () => {
    from.write('HTTP/1.1 200 Connection established\r\n\r\n')
    from.on('data', (chunk: Buffer) => passed.push(chunk))
    from.pipe(to)
    to.pipe(from)
  })
  to.on('error', () => from.destroy())
  to.on('close', () => from.destroy())
  from.on('close', () => to.destroy())
}
