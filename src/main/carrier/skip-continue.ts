import type { Socket } from 'node:net'

const START = 'HTTP/1.1 100'
/** Longer heads than this are no interim answer; undici's own limits end them. */
const LONGEST_HEAD = 16 * 1024

/**
 * Removes `100 Continue` from what is read from a socket, whether we asked for it or not: a client has to
 * skip it (RFC 9110, 15.2), but undici would end the connection.
 *
 * @returns a function to call before each request: the next bytes are then the start of a reply
 */
export function skipContinue(socket: Pick<Socket, 'read'>): () => void {
  const read = socket.read.bind(socket)
  let atStart = true
  let held = Buffer.alloc(0)
  socket.read = size => {
    while (atStart) {
      const chunk: Buffer | null = read(size)
      if (chunk === null) return null
      held = Buffer.concat([held, chunk])
      held = withoutContinue(held)
      if (held.length === 0 || mayBeContinue(held)) continue
      atStart = false
      const rest = held
      held = Buffer.alloc(0)
      return rest
    }
    return read(size)
  }
  return () => {
    atStart = true
  }
}

const startOf = (bytes: Buffer): string =>
  bytes.toString('latin1', 0, START.length).replace('HTTP/1.0', 'HTTP/1.1')

/** Whether the bytes are an incomplete `100 Continue`. */
const mayBeContinue = (bytes: Buffer): boolean =>
  bytes.length <= LONGEST_HEAD && START.startsWith(startOf(bytes))

function withoutContinue(bytes: Buffer): Buffer<ArrayBuffer> {
  let rest = Buffer.from(bytes)
  while (rest.length >= START.length && startOf(rest) === START) {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) break
    rest = rest.subarray(end + 4)
  }
  return rest
}
