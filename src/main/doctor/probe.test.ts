import { createServer, type Server } from 'node:https'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type CertificateOrder, createAuthority } from '../carrier/testing/certificates.ts'
import { type FaultProxy, type ProxyBehaviour, startFaultProxy } from '../carrier/testing/fault-proxy.ts'
import { systemClock as clock } from '../clock.ts'
import { probeWay } from './probe.ts'

const authority = createAuthority('Operator CA')
const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A carrier that counts what it is told: bytes of HTTP must never be among it. */
async function carrier(order: CertificateOrder = {}, by = authority) {
  const { cert, key } = by.issue(order)
  const requests: string[] = []
  const server: Server = createServer({ cert, key }, request => void requests.push(request.url ?? ''))
  await new Promise<void>(resolve => server.listen(0, resolve))
  closing.push(() => server.close())
  return { url: new URL(`https://localhost:${(server.address() as AddressInfo).port}`), requests }
}

async function proxyThat(behaviour: ProxyBehaviour): Promise<{ url: URL; fault: FaultProxy }> {
  const fault = await startFaultProxy(behaviour)
  closing.push(() => fault.stop())
  return { url: new URL(`http://127.0.0.1:${fault.port}`), fault }
}

const probe = (
  to: URL,
  {
    proxy = null as URL | null,
    login = null as string | null,
    own = [authority.cert] as readonly string[],
    system = [] as readonly string[],
    signal = new AbortController().signal,
  } = {},
) => probeWay({ carrier: to, proxy, login }, { trust: { own, system }, clock, signal })

describe('a way that leads to the carrier', () => {
  it('is told step by step, up to the handshake and no further', async () => {
    const { url, requests } = await carrier()
    const found = await probe(url)
    expect(found).toMatchObject([
      { kind: 'name', health: 'good', host: 'localhost' },
      { kind: 'connection', health: 'good', port: Number(url.port), code: null },
      {
        kind: 'certificate',
        health: 'good',
        protocol: 'TLSv1.3',
        issuer: 'Operator CA',
        authority: 'profile',
        reason: null,
        expiresAt: expect.any(Number),
      },
    ])
    expect(requests).toEqual([])
  })

  it('says in whose list the authority stands: a company’s inspection is in the system’s', async () => {
    const { url } = await carrier()
    const found = await probe(url, { own: [], system: [authority.cert] })
    expect(found.at(-1)).toMatchObject({ health: 'good', authority: 'system' })
  })

  it('goes through a proxy’s tunnel, with the login that is kept for it', async () => {
    const { url } = await carrier()
    const { url: proxy, fault } = await proxyThat('works')
    const found = await probe(url, { proxy, login: 'dXNlcjpwYXNz' })
    expect(found.map(({ kind, health }) => [kind, health])).toEqual([
      ['connection', 'good'],
      ['tunnel', 'good'],
      ['certificate', 'good'],
    ])
    expect(fault.asked[0]).toContain('Proxy-Authorization: Basic dXNlcjpwYXNz')
  })
})

describe('a proxy that does not let anybody through', () => {
  const answering = (...challenges: readonly string[]): ProxyBehaviour => ({
    reply: [
      'HTTP/1.1 407 Proxy Authentication Required',
      ...challenges.map(challenge => `Proxy-Authenticate: ${challenge}`),
      '\r\n',
    ].join('\r\n'),
  })

  it.each([
    ['Basic', answering('Basic realm="社内"'), 407, ['Basic']],
    ['Negotiate and NTLM', answering('Negotiate', 'NTLM'), 407, ['Negotiate', 'NTLM']],
    ['NTLM alone', answering('NTLM'), 407, ['NTLM']],
    ['nothing that is known', answering(), 407, []],
    ['a block', { reply: 'HTTP/1.1 403 Forbidden\r\n\r\n' }, 403, []],
    ['no HTTP', { reply: 'SSH-2.0-OpenSSH\r\n\r\n' }, null, []],
    ['silence and an end', 'cut', null, []],
  ] as const)('is named by what it asks for: %s', async (_, behaviour, status, schemes) => {
    const { url, requests } = await carrier()
    const { url: proxy } = await proxyThat(behaviour)
    const found = await probe(url, { proxy })
    expect(found.at(-1)).toEqual({
      kind: 'tunnel',
      health: 'bad',
      proxy: proxy.host,
      status,
      schemes: [...schemes],
      hasLogin: false,
    })
    expect(requests).toEqual([])
  })

  it('and says nothing at all is given up with the deadline', async () => {
    const { url } = await carrier()
    const { url: proxy, fault } = await proxyThat('hang')
    const deadline = new AbortController()
    const probing = probe(url, { proxy, signal: deadline.signal })
    await expect.poll(() => fault.asked.length, { timeout: 30_000 }).toBe(1)
    deadline.abort(new Error('too late'))
    expect((await probing).at(-1)).toMatchObject({ kind: 'tunnel', health: 'bad', status: null })
  })
})

describe('a certificate that a lookup would refuse', () => {
  const past = new Date('2020-01-01T00:00:00Z')
  const future = new Date('2040-01-01T00:00:00Z')

  it.each([
    ['has ended', { notAfter: past, notBefore: new Date('2019-01-01T00:00:00Z') }, 'expired'],
    ['has not begun', { notBefore: future, notAfter: new Date('2041-01-01T00:00:00Z') }, 'not-yet-valid'],
    ['is for another host', { names: ['other.example.jp'] }, 'wrong-host'],
    ['was changed', { tampered: true }, 'untrusted'],
  ] as const)('because it %s is told with its issuer', async (_, order, reason) => {
    const { url, requests } = await carrier(order)
    const found = await probe(url)
    expect(found.at(-1)).toMatchObject({ kind: 'certificate', health: 'bad', reason, authority: 'unknown' })
    expect(requests).toEqual([])
  })

  it('because nobody here knows its authority is told with its issuer, and with when it ends', async () => {
    const { url } = await carrier(
      { notAfter: new Date('2027-01-01T00:00:00Z') },
      createAuthority('Inspection KK'),
    )
    expect((await probe(url)).at(-1)).toMatchObject({
      health: 'bad',
      reason: 'untrusted',
      issuer: 'Inspection KK',
      expiresAt: Date.UTC(2027, 0, 1),
    })
  })

  it('because there is none is told as no handshake', async () => {
    const server = createTcp(socket => socket.end('no TLS here\r\n'))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => server.close())
    const found = await probe(new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`))
    expect(found.at(-1)).toMatchObject({ health: 'bad', reason: 'handshake', issuer: null, protocol: null })
  })
})

describe('a host that can’t be reached', () => {
  it('has no name', async () => {
    expect(await probe(new URL('https://nowhere.invalid'))).toMatchObject([
      { kind: 'name', health: 'bad', host: 'nowhere.invalid', addresses: 0 },
    ])
  })

  it('or nobody listens there', async () => {
    const { url } = await carrier()
    closing.splice(0).forEach(close => void close())
    await expect
      .poll(async () => (await probe(url)).at(-1), { timeout: 30_000 })
      .toMatchObject({ kind: 'connection', health: 'bad', code: 'ECONNREFUSED' })
  })
})
