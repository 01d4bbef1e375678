import dns, { type LookupAddress } from 'node:dns'
import net, { type Socket } from 'node:net'

/** How long one address may take before the next is tried beside it (RFC 8305, section 5). */
const STAGGER_MS = 250

/** A URL's host as sockets take it: an IPv6 address without its brackets. */
export const bareHost = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')

/**
 * Opens a connection to whichever address of a host answers first. Attempts overlap, so that neither a dead
 * IPv6 address nor a slow IPv4 address decides. It has no time limit of its own; the signal ends it.
 *
 * Node's own connect gives up on an address after 250 ms and never tries that address again.
 */
export async function connectFirst(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  const addresses = net.isIP(host) === 0 ? alternating(await addressesOf(host)) : [host]
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const attempts: Socket[] = []
  const errors: unknown[] = []
  let timer: NodeJS.Timeout | undefined

  const attempt = () => {
    clearTimeout(timer)
    const address = addresses[attempts.length]
    if (address === undefined) return
    const socket = net.connect({ host: address, port, noDelay: true, keepAlive: true })
    attempts.push(socket)
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
    socket.on('error', error => {
      errors.push(error)
      if (errors.length === addresses.length) reject(errors.length === 1 ? error : new AggregateError(errors))
      else attempt()
    })
    timer = setTimeout(attempt, STAGGER_MS)
  }
  const giveUp = () => reject(signal.reason)
  signal.addEventListener('abort', giveUp, { once: true })
  attempt()
  let won: Socket | null = null
  try {
    won = await promise
    return won
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
    for (const socket of attempts) {
      if (socket === won) continue
      socket.removeAllListeners()
      socket.on('error', () => {})
      socket.destroy()
    }
  }
}

function addressesOf(host: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    dns.lookup(host, { all: true }, (error, addresses) => {
      if (error) reject(error)
      else resolve(addresses)
    })
  })
}

/**
 * Keeps the system's order, but alternates between the address families while there are addresses of both.
 */
function alternating(addresses: readonly LookupAddress[]): readonly string[] {
  const [first] = addresses
  const same = addresses.filter(({ family }) => family === first?.family)
  const other = addresses.filter(({ family }) => family !== first?.family)
  return same
    .flatMap((address, at) => [address, other[at]])
    .concat(other.slice(same.length))
    .flatMap(one => one?.address ?? [])
}
