import dns from 'node:dns'
import net from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectFirst } from './connect.ts'

/** A connection that only the test decides about. */
class FakeSocket extends net.Socket {
  readonly host: string
  constructor(host: string) {
    super()
    this.host = host
  }
  answer() {
    this.emit('connect')
  }
  refuse(code: string) {
    this.emit('error', Object.assign(new Error(code), { code }))
  }
}

let tried: FakeSocket[]

function resolveTo(...addresses: readonly string[]): void {
  const found = addresses.map(address => ({ address, family: net.isIP(address) }))
  vi.spyOn(dns, 'lookup').mockImplementation(((
    _host: string,
    _options: unknown,
    done: (...args: unknown[]) => void,
  ) => done(null, found)) as unknown as typeof dns.lookup)
}

beforeEach(() => {
  vi.useFakeTimers()
  tried = []
  vi.spyOn(net, 'connect').mockImplementation(((options: { readonly host: string }) => {
    const socket = new FakeSocket(options.host)
    tried.push(socket)
    return socket
  }) as unknown as typeof net.connect)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const V6 = '2001:db8::1'
const V4 = '192.0.2.1'
const connecting = (signal = new AbortController().signal) => connectFirst('carrier.example', 443, signal)

describe('a host with several addresses', () => {
  it('is reached by a slow IPv4 address beside a dead IPv6 one, however long that takes', async () => {
    resolveTo(V6, V4)
    const socket = connecting()
    await vi.advanceTimersByTimeAsync(250)
    expect(tried.map(({ host }) => host)).toEqual([V6, V4])
    await vi.advanceTimersByTimeAsync(9_000)
    tried[1]?.answer()
    expect(await socket).toBe(tried[1])
    expect(tried[0]?.destroyed).toBe(true)
  })

  it('is reached by a slow first address although the second is dead', async () => {
    resolveTo(V4, V6)
    const socket = connecting()
    await vi.advanceTimersByTimeAsync(3_000)
    tried[1]?.refuse('ENETUNREACH')
    tried[0]?.answer()
    expect(await socket).toBe(tried[0])
  })

  it('is asked at its next address at once where one refuses', async () => {
    resolveTo(V6, V4)
    const socket = connecting()
    await vi.advanceTimersByTimeAsync(0)
    tried[0]?.refuse('ECONNREFUSED')
    expect(tried.map(({ host }) => host)).toEqual([V6, V4])
    tried[1]?.answer()
    expect(await socket).toBe(tried[1])
  })

  it('is tried at addresses of both families in turn', async () => {
    resolveTo(V6, '2001:db8::2', V4)
    void connecting().catch(() => {})
    await vi.advanceTimersByTimeAsync(1_000)
    expect(tried.map(({ host }) => host)).toEqual([V6, V4, '2001:db8::2'])
  })

  it('fails when the last of them has, with the errors of all', async () => {
    resolveTo(V6, V4)
    const socket = connecting()
    const refused = expect(socket).rejects.toMatchObject({
      errors: [{ code: 'ENETUNREACH' }, { code: 'ECONNREFUSED' }],
    })
    await vi.advanceTimersByTimeAsync(250)
    tried[0]?.refuse('ENETUNREACH')
    tried[1]?.refuse('ECONNREFUSED')
    await refused
  })

  it('is left alone at once when the signal says so, at every address', async () => {
    resolveTo(V6, V4)
    const ended = new AbortController()
    const socket = connecting(ended.signal)
    const given = expect(socket).rejects.toThrow()
    await vi.advanceTimersByTimeAsync(250)
    ended.abort()
    await given
    expect(tried.map(({ destroyed }) => destroyed)).toEqual([true, true])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(tried).toHaveLength(2)
  })
})

it('an address needs no name', async () => {
  const lookup = vi.spyOn(dns, 'lookup')
  const socket = connectFirst(V4, 443, new AbortController().signal)
  await vi.advanceTimersByTimeAsync(0)
  tried[0]?.answer()
  await socket
  expect(lookup).not.toHaveBeenCalled()
})
