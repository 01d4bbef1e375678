import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import { anyStrength } from './testing/boringssl.ts'
import { createAuthority } from './testing/certificates.ts'
import {
  atDeadline,
  authority,
  CA_FILE,
  carrier,
  expectRecorded,
  expectRecovery,
  failureOf,
  newSetup,
  proxy,
  secureCarrier,
} from './testing/checks.ts'
import { answersWell } from './testing/fault-carrier.ts'
import type { ProxyBehaviour } from './testing/fault-proxy.ts'
import { AUTH_KEY } from './testing/lookup-setup.ts'
import { allowWeakKeys } from './testing/weak-keys.ts'

const viaSystem = { proxy: { kind: 'system' }, caFile: CA_FILE } as const

describe.each(['http', 'https'] as const)('through an %s proxy', kind => {
  const started = (behaviour: ProxyBehaviour) =>
    proxy(behaviour, kind === 'https' ? authority().issue() : undefined)

  test('one that works is asked for the tunnel alone; account and authKey pass encrypted', async () => {
    const host = await secureCarrier(answersWell)
    const way = await started('works')
    const setup = newSetup({ resolveProxy: async () => way.rule })
    const question = { origin: host.https, profile: viaSystem }
    expect(await setup.lookUp(question)).toMatchObject({ ok: true })
    expect(await setup.lookUp(question)).toMatchObject({ ok: true })
    expect(host.requests).toHaveLength(2)
    expect(host.connections()).toBe(1)
    expect(way.asked).toHaveLength(1)
    expect(way.asked[0]?.split('\r\n')[0]).toBe(`CONNECT localhost:${host.port} HTTP/1.1`)
    expect(way.asked.join()).not.toContain(AUTH_KEY)
    const passed = way.passed().toString('latin1')
    expect(passed.length).toBeGreaterThan(100)
    expect(passed).not.toContain(AUTH_KEY)
    expect(passed).not.toContain('getTrafficInfo')
  })

  test('a carrier whose certificate is weak is not asked, nor is a proxy with such a certificate', async () => {
    allowWeakKeys()
    const weak = () => ({ ...authority().issue({ rsaBits: 1024 }), ...anyStrength })
    const host = await carrier(answersWell, { secure: weak() })
    const way = await started('works')
    const setup = newSetup({ resolveProxy: async () => way.rule })
    expect(failureOf(await setup.lookUp({ origin: host.https, profile: viaSystem }))).toEqual({
      code: 'TLS',
      reason: 'weak',
    })
    expect(host.requests).toHaveLength(0)
    if (kind === 'http') return
    const weakWay = await proxy('works', weak())
    const behind = newSetup({ resolveProxy: async () => weakWay.rule })
    const failure = failureOf(await behind.lookUp({ origin: host.https, profile: viaSystem }))
    expect(failure.code).toBe('PROXY')
    expect(weakWay.asked).toHaveLength(0)
  })

  const refusals: Readonly<Record<string, readonly [ProxyBehaviour, number | null]>> = {
    'asks for a login and does not say how': [
      { reply: 'HTTP/1.1 407 Login\r\ncontent-length: 0\r\n\r\n' },
      407,
    ],
    'forbids it': [{ reply: 'HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n' }, 403],
    'cannot reach the carrier': [{ reply: 'HTTP/1.1 502 No\r\ncontent-length: 2\r\n\r\nno' }, 502],
    redirects: [
      { reply: 'HTTP/1.1 302 No\r\nlocation: http://login.example/\r\ncontent-length: 0\r\n\r\n' },
      302,
    ],
    'hangs up': ['cut', null],
    'answers garbage': [{ reply: 'SSH-2.0-OpenSSH\r\n' }, null],
  }
  test.each(Object.entries(refusals))(
    'one that %s is PROXY, the carrier is never asked, and later it works',
    async (_, [behaviour, httpStatus]) => {
      const host = await secureCarrier(answersWell)
      const way = await started(behaviour)
      const setup = newSetup({ resolveProxy: async () => way.rule })
      const question = { origin: host.https, profile: viaSystem }
      expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'PROXY', httpStatus })
      expectRecorded(setup, { code: 'PROXY', httpStatus })
      expect(way.asked).toHaveLength(1)
      expect(host.connections()).toBe(0)
      way.turn('works')
      await expectRecovery(setup, host, question)
    },
  )

  const asking = (...schemes: string[]) => ({
    reply: `HTTP/1.1 407 Login\r\n${schemes.map(scheme => `proxy-authenticate: ${scheme}\r\n`).join('')}content-length: 0\r\n\r\n`,
  })

  test('one that asks for a user and a password is PROXY_LOGIN, and gets those that are kept, in its CONNECT alone', async () => {
    const host = await secureCarrier(answersWell)
    const way = await started(asking('Negotiate', 'Basic realm="Office"'))
    let login: string | null = null
    const askedFor: string[] = []
    const setup = newSetup({
      resolveProxy: async () => way.rule,
      async proxyLogin(proxy) {
        askedFor.push(proxy)
        return ok(login)
      },
    })
    const question = { origin: host.https, profile: viaSystem }
    const proxyAt = way.rule.replace('PROXY ', 'http://').replace('HTTPS ', 'https://')
    const failure = { code: 'PROXY_LOGIN', proxy: proxyAt, wrong: false } as const
    expect(failureOf(await setup.lookUp(question))).toEqual(failure)
    expectRecorded(setup, failure)
    expect(way.asked.at(-1)).not.toMatch(/authorization/i)

    login = 'dXNlcjp3cm9uZw=='
    expect(failureOf(await setup.lookUp(question))).toEqual({ ...failure, wrong: true })
    expect(host.connections()).toBe(0)

    login = 'dXNlcjpyaWdodA=='
    way.turn('works')
    expect(await setup.lookUp(question)).toMatchObject({ ok: true })
    expect(way.asked.at(-1)).toMatch(/^proxy-authorization: Basic dXNlcjpyaWdodA==\r$/im)
    expect(new Set(askedFor)).toEqual(new Set([proxyAt]))
    const carriers = host.requests.map(({ head, body }) => head + body).join()
    for (const text of [carriers, way.passed().toString('latin1')]) {
      expect(text).not.toContain('dXNlcjp')
      expect(text).not.toMatch(/proxy-authorization/i)
    }
  })

  test('one that asks in other ways alone is PROXY_SCHEME with their names, and gets nothing', async () => {
    const host = await secureCarrier(answersWell)
    const way = await started(asking('Negotiate', 'NTLM'))
    const setup = newSetup({
      resolveProxy: async () => way.rule,
      proxyLogin: async () => ok('dXNlcjpyaWdodA=='),
    })
    expect(failureOf(await setup.lookUp({ origin: host.https, profile: viaSystem }))).toEqual({
      code: 'PROXY_SCHEME',
      schemes: ['Negotiate', 'NTLM'],
    })
    expect(host.connections()).toBe(0)
  })

  test('one that asks for a login is said so, whatever the rule has after it', async () => {
    const host = await secureCarrier(answersWell)
    const [asks, speaks] = [await started(asking('Basic')), await started(asking('NTLM'))]
    const dead = 'PROXY 127.0.0.1:1'
    const failing = async (rule: string) =>
      failureOf(
        await newSetup({ resolveProxy: async () => rule }).lookUp({ origin: host.https, profile: viaSystem }),
      )
    expect((await failing(`${asks.rule}; ${dead}`)).code).toBe('PROXY_LOGIN')
    expect((await failing(`${asks.rule}; DIRECT`)).code).toBe('PROXY_LOGIN')
    expect((await failing(`${speaks.rule}; ${dead}`)).code).toBe('PROXY_SCHEME')
    expect((await failing(`${speaks.rule}; ${asks.rule}`)).code).toBe('PROXY_LOGIN')
    expect(host.connections()).toBe(0)
  })

  test('one whose login the keychain does not give is asked nothing', async () => {
    const host = await secureCarrier(answersWell)
    const way = await started('works')
    const setup = newSetup({
      resolveProxy: async () => way.rule,
      proxyLogin: async () => fail({ code: 'KEYCHAIN_LOCKED' }),
    })
    const failure = failureOf(await setup.lookUp({ origin: host.https, profile: viaSystem }))
    expect(failure).toEqual({ code: 'KEYCHAIN_LOCKED' })
    expect(way.asked).toEqual([])
  })

  test.each(['PROXY', 'CANCELLED'])(
    'one that hangs is %s when time is up or the agent gives up',
    async code => {
      const host = await secureCarrier(answersWell)
      const way = await started('hang')
      const setup = newSetup({ resolveProxy: async () => way.rule })
      const question = { origin: host.https, profile: viaSystem }
      const outcome = setup.lookUp(question)
      await way.until('the proxy is asked', () => way.asked.length === 1)
      if (code === 'CANCELLED') setup.cancel()
      const failure = failureOf(await (code === 'PROXY' ? atDeadline(setup, outcome) : outcome))
      expect(failure).toEqual(code === 'PROXY' ? { code, httpStatus: null } : { code })
      await way.until('its connection is closed', () => way.open() === 0)
      way.turn('works')
      await expectRecovery(setup, host, question)
      expect(host.requests).toHaveLength(1)
    },
  )

  test('one that is not there is PROXY', async () => {
    const host = await secureCarrier(answersWell)
    const way = await started('works')
    await way.stop()
    const setup = newSetup({ resolveProxy: async () => way.rule })
    const outcome = await setup.lookUp({ origin: host.https, profile: viaSystem })
    expect(failureOf(outcome)).toEqual({ code: 'PROXY', httpStatus: null })
    await expectRecovery(setup, host, { origin: host.https, profile: { caFile: CA_FILE } })
  })

  test('behind one that works, the carrier’s own certificate is checked and told', async () => {
    const host = await carrier(answersWell, { secure: createAuthority('strange').issue() })
    const way = await started('works')
    const setup = newSetup({ resolveProxy: async () => way.rule })
    expect(failureOf(await setup.lookUp({ origin: host.https, profile: viaSystem }))).toEqual({
      code: 'TLS',
      reason: 'untrusted',
    })
    expect(host.requests).toHaveLength(0)
  })

  test('behind one that works, a certificate for another host is told as the carrier’s', async () => {
    const host = await carrier(answersWell, { secure: authority().issue({ names: ['carrier.example'] }) })
    const way = await started('works')
    const setup = newSetup({ resolveProxy: async () => way.rule })
    expect(failureOf(await setup.lookUp({ origin: host.https, profile: viaSystem }))).toEqual({
      code: 'TLS',
      reason: 'wrong-host',
    })
    expect(host.requests).toHaveLength(0)
  })

  test('a carrier that is silent behind one that works is TIMEOUT, not PROXY', async () => {
    const host = await secureCarrier(async visit => {
      await visit.request()
    })
    const way = await started('works')
    const setup = newSetup({ resolveProxy: async () => way.rule })
    const question = { origin: host.https, profile: viaSystem }
    const outcome = setup.lookUp(question)
    await host.until('the carrier is asked', () => host.requests.length === 1)
    expect(failureOf(await atDeadline(setup, outcome))).toEqual({ code: 'TIMEOUT' })
    await host.until('the carrier’s connection is closed', () => host.open() === 0)
    await expectRecovery(setup, host, question)
  })

  test('a carrier that is silent in its handshake behind one that works is TIMEOUT, and let go', async () => {
    const host = await carrier(() => {})
    const way = await started('works')
    const setup = newSetup({ resolveProxy: async () => way.rule })
    const outcome = setup.lookUp({ origin: host.https, profile: viaSystem })
    await host.until('the carrier is greeted', () => host.bytes() > 0)
    expect(failureOf(await atDeadline(setup, outcome))).toEqual({ code: 'TIMEOUT' })
    await host.until('the carrier’s connection is closed', () => host.open() === 0)
  })

  test('a reset behind one that works is told, and never a second POST', async () => {
    const host = await secureCarrier(async visit => {
      await visit.request()
      visit.reset()
    })
    const way = await started('works')
    const setup = newSetup({ resolveProxy: async () => way.rule })
    const question = { origin: host.https, profile: viaSystem }
    expect(failureOf(await setup.lookUp(question))).toEqual({ code: 'UNREACHABLE' })
    expect(host.requests).toHaveLength(1)
    await expectRecovery(setup, host, question)
  })
})

test('an https proxy that hangs in its own handshake is PROXY, and let go', async () => {
  const mute = await carrier(() => {})
  const host = await secureCarrier(answersWell)
  const setup = newSetup({ resolveProxy: async () => `HTTPS localhost:${mute.port}` })
  const outcome = setup.lookUp({ origin: host.https, profile: viaSystem })
  await mute.until('the proxy is greeted', () => mute.bytes() > 0)
  expect(failureOf(await atDeadline(setup, outcome))).toEqual({ code: 'PROXY', httpStatus: null })
  await mute.until('its connection is closed', () => mute.open() === 0)
})

test.each([
  ['strange', () => createAuthority('strange').issue()],
  ['for another host', () => authority().issue({ names: ['proxy.example'] })],
])('an https proxy with a certificate %s is PROXY and learns nothing', async (_, issue) => {
  const host = await secureCarrier(answersWell)
  const way = await proxy('works', issue())
  const setup = newSetup({ resolveProxy: async () => way.rule })
  expect(failureOf(await setup.lookUp({ origin: host.https, profile: viaSystem }))).toEqual({
    code: 'PROXY',
    httpStatus: null,
  })
  expect(way.asked).toEqual([])
  expect(host.connections()).toBe(0)
})

test('the system is asked for the way to the API’s address, anew for every lookup', async () => {
  // By itself an idle connection ends after a few seconds; no such timer runs here.
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const host = await secureCarrier(answersWell)
  const way = await proxy('works')
  let rule = 'DIRECT'
  const resolveProxy = vi.fn(async () => rule)
  const setup = newSetup({ resolveProxy })
  const question = { origin: host.https, profile: viaSystem }
  expect(await setup.lookUp(question)).toMatchObject({ ok: true })
  expect(way.asked).toHaveLength(0)
  rule = way.rule
  expect(await setup.lookUp(question)).toMatchObject({ ok: true })
  expect(way.asked).toHaveLength(1)
  expect(resolveProxy.mock.calls).toEqual(Array(2).fill([`${host.https}/emptool/api/mvno/getTrafficInfo/`]))
  await host.until('the direct connection was dropped', () => host.open() === 1)
})

test('a proxy set by hand is used, and the system is not asked', async () => {
  const host = await secureCarrier(answersWell)
  const way = await proxy('works')
  const resolveProxy = vi.fn(async () => 'DIRECT')
  const profile = { proxy: { kind: 'manual', url: `http://127.0.0.1:${way.port}` }, caFile: CA_FILE } as const
  const setup = newSetup({ resolveProxy })
  expect(await setup.lookUp({ origin: host.https, profile })).toMatchObject({ ok: true })
  expect(way.asked).toHaveLength(1)
  expect(resolveProxy).not.toHaveBeenCalled()
})

test('a system that fails or hangs when asked for the proxy costs no more than this lookup', async () => {
  const host = await secureCarrier(answersWell)
  const hanging = newSetup({ resolveProxy: () => new Promise(() => {}) })
  const outcome = hanging.lookUp({ origin: host.https, profile: viaSystem })
  await new Promise(setImmediate)
  expect(['TIMEOUT', 'PROXY']).toContain(failureOf(await atDeadline(hanging, outcome)).code)
  await expectRecovery(hanging, host, { origin: host.https, profile: { caFile: CA_FILE } })

  const failing = newSetup({ resolveProxy: () => Promise.reject(new Error('no PAC')) })
  expect(failureOf(await failing.lookUp({ origin: host.https, profile: viaSystem }))).toEqual({
    code: 'PROXY',
    httpStatus: null,
  })
  await expectRecovery(failing, host, { origin: host.https, profile: { caFile: CA_FILE } })
})

test('a kind of proxy that cannot be used is PROXY, and the carrier is not asked directly', async () => {
  for (const rule of ['SOCKS 127.0.0.1:1', 'SOCKS4 127.0.0.1:1', 'QUIC p:1', 'PROXY', 'PROXY :x']) {
    const host = await secureCarrier(answersWell)
    const setup = newSetup({ resolveProxy: async () => rule })
    expect(failureOf(await setup.lookUp({ origin: host.https, profile: viaSystem }))).toEqual({
      code: 'PROXY',
      httpStatus: null,
    })
    expect(host.connections()).toBe(0)
  }
})

describe('20: http never leaves this computer', () => {
  const kinds = {
    system: (port: number) => ({ proxy: { kind: 'system' }, rule: `PROXY 127.0.0.1:${port}` }) as const,
    manual: (port: number) =>
      ({ proxy: { kind: 'manual', url: `http://127.0.0.1:${port}` }, rule: 'DIRECT' }) as const,
  }
  test.each(Object.entries(kinds))('the simulator is never asked through a %s proxy', async (_, kind) => {
    for (const isPackaged of [true, false]) {
      const host = await carrier(answersWell)
      const way = await proxy('works')
      const { proxy: setting, rule } = kind(way.port)
      const setup = newSetup({
        rules: { isPackaged, simulatorOrigin: host.http },
        resolveProxy: async () => rule,
      })
      const simulated = { carrier: { kind: 'simulator' }, proxy: setting } as const
      expect(await setup.lookUp({ origin: host.http, profile: simulated })).toMatchObject({ ok: true })
      expect(way.connections()).toBe(0)
    }
  })

  test.each(Object.entries(kinds))(
    'nor where a profile names its origin by hand, with a %s proxy',
    async (_, kind) => {
      const host = await carrier(answersWell)
      const way = await proxy('works')
      const { proxy: setting, rule } = kind(way.port)
      const setup = newSetup({
        rules: { isPackaged: true, simulatorOrigin: host.http },
        resolveProxy: async () => rule,
      })
      await setup.lookUp({ origin: host.http, profile: { proxy: setting } })
      expect(way.connections()).toBe(0)
      expect(way.passed().toString('latin1')).not.toContain(AUTH_KEY)
    },
  )

  test.each(Object.entries(kinds))(
    'nor any other loopback host over http, with a %s proxy',
    async (_, kind) => {
      const host = await carrier(answersWell)
      const way = await proxy('works')
      const { proxy: setting, rule } = kind(way.port)
      const setup = newSetup({ resolveProxy: async () => rule })
      await setup.lookUp({ origin: host.http, profile: { proxy: setting } })
      expect(way.passed().toString('latin1')).not.toContain(AUTH_KEY)
    },
  )
})

/** A SOCKS5 proxy (RFC 1928) without a login. */
async function startSocks(): Promise<{ readonly rule: string; readonly opened: () => number }> {
  let opened = 0
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]))
      socket.once('data', (request: Buffer) => {
        const port = request.readUInt16BE(request.length - 2)
        const to = connect(port, '127.0.0.1', () => {
          opened++
          socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
          socket.pipe(to).pipe(socket)
        })
        to.on('error', () => socket.destroy())
        socket.on('close', () => to.destroy())
        to.on('close', () => socket.destroy())
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { rule: `SOCKS5 127.0.0.1:${(server.address() as AddressInfo).port}`, opened: () => opened }
}

test('a SOCKS5 proxy opens the way, or is PROXY at once', async () => {
  const host = await secureCarrier(answersWell)
  const way = await startSocks()
  const setup = newSetup({ resolveProxy: async () => way.rule })
  const outcome = await setup.lookUp({ origin: host.https, profile: viaSystem })
  if (!outcome.ok) expect(outcome.failure).toEqual({ code: 'PROXY', httpStatus: null })
  expect(way.opened()).toBe(outcome.ok ? 1 : 0)
})
