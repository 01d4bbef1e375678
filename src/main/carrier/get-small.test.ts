import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../domain/result.ts'
import { systemClock } from '../clock.ts'
import { getSmall } from './get-small.ts'
import { createAuthority } from './testing/certificates.ts'
import { startFaultProxy } from './testing/fault-proxy.ts'

const authority = createAuthority('updates')
const stranger = createAuthority('stranger')

let server: Server
let asked: string[]
let answer: { status: number; headers: Readonly<Record<string, string>>; body: string }

const url = (path = '/latest.json') => `https://localhost:${(server.address() as AddressInfo).port}${path}`

const get = (address: string, { ca = authority.cert, rule = 'DIRECT' } = {}) =>
  getSmall(address, {
    clock: systemClock,
    resolveProxy: async () => rule,
    proxyLogin: async () => ok(null),
    authorities: { read: async () => [ca], known: () => [ca] },
    readCaFile: () => Promise.reject(new Error('no file')),
  })

beforeAll(async () => {
  const { cert, key } = authority.issue()
  server = createServer({ cert, key }, (request, response) => {
    asked.push(`${request.method} ${request.url} ${Object.keys(request.headers).sort()}`)
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>(resolve => server.listen(0, resolve))
})

afterAll(() => server.close())

beforeEach(() => {
  asked = []
  answer = { status: 200, headers: {}, body: '{"version":"0.2.0"}' }
})

describe('one small text over https', () => {
  it('is asked for once, and says nothing of this computer', async () => {
    expect(await get(url())).toBe('{"version":"0.2.0"}')
    expect(asked).toEqual(['GET /latest.json connection,host'])
  })

  it.each([
    ['a redirect', { status: 302, headers: { location: '/other' }, body: '' }],
    ['an error', { status: 404, headers: {}, body: '{"version":"0.2.0"}' }],
    ['too much', { status: 200, headers: {}, body: ' '.repeat(65 * 1024) }],
  ])('is nothing where %s comes, and it is not asked again', async (_, given) => {
    answer = given
    expect(await get(url())).toBeNull()
    expect(asked).toHaveLength(1)
  })

  it('is nothing from a host that is not trusted, from http, and from no address', async () => {
    expect(await get(url(), { ca: stranger.cert })).toBeNull()
    expect(await get(url().replace('https', 'http'))).toBeNull()
    expect(await get('latest.json')).toBeNull()
    expect(asked).toEqual([])
  })

  it('goes the way of the system’s proxy', async () => {
    const proxy = await startFaultProxy('works')
    expect(await get(url(), { rule: proxy.rule })).toBe('{"version":"0.2.0"}')
    expect(proxy.asked).toHaveLength(1)
    proxy.turn({ reply: 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n' })
    expect(await get(url(), { rule: proxy.rule })).toBeNull()
    await proxy.stop()
  })
})
