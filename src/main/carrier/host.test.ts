import { describe, expect, test } from 'vitest'
import { mayQuery, normalised } from './host.ts'

const SIMULATOR = 'http://127.0.0.1:41234'

type Verdict = 'always' | 'unpackaged' | 'never'

const origins: readonly (readonly [origin: string, verdict: Verdict])[] = [
  // https, any host
  ['https://carrier.example', 'always'],
  ['https://carrier.example:8443', 'always'],
  ['https://CARRIER.example', 'always'],
  ['https://127.0.0.1:8443', 'always'],
  ['https://[::1]:8443', 'always'],
  // the simulator's exact origin
  [SIMULATOR, 'always'],
  // loopback
  ['http://127.0.0.1', 'unpackaged'],
  ['http://127.0.0.1:41235', 'unpackaged'],
  ['http://127.255.0.1:80', 'unpackaged'],
  ['http://localhost:41234', 'unpackaged'],
  ['http://LOCALHOST:41234', 'unpackaged'],
  ['http://[::1]:41234', 'unpackaged'],
  // http elsewhere
  ['http://carrier.example', 'never'],
  ['http://carrier.example:443', 'never'],
  ['http://127.0.0.1.evil.example:41234', 'never'],
  ['http://localhost.evil.example', 'never'],
  ['http://evil-localhost', 'never'],
  ['http://0.0.0.0:41234', 'never'],
  ['http://128.0.0.1:41234', 'never'],
  ['http://192.168.0.1', 'never'],
  ['http://169.254.169.254', 'never'],
  ['http://[::ffff:127.0.0.1]:41234', 'never'],
  ['http://[fe80::1]', 'never'],
  // a login, which hides the host
  ['https://user@carrier.example', 'never'],
  ['https://user:password@carrier.example', 'never'],
  ['http://127.0.0.1:41234@evil.example', 'never'],
  ['http://127.0.0.1@evil.example', 'never'],
  ['https://@carrier.example', 'never'],
  // more than an origin
  ['https://carrier.example/other/path', 'never'],
  ['https://carrier.example?x=1', 'never'],
  ['https://carrier.example/?x=1', 'never'],
  ['https://carrier.example#x', 'never'],
  [`${SIMULATOR}/path`, 'never'],
  [`${SIMULATOR}?x`, 'never'],
  ['https://carrier.example\\@evil.example', 'never'],
  // other schemes
  ['ftp://127.0.0.1', 'never'],
  ['file:///etc/passwd', 'never'],
  ['ws://127.0.0.1:41234', 'never'],
  ['wss://carrier.example', 'never'],
  ['app://bundle', 'never'],
  ['data:text/plain,x', 'never'],
  ['javascript:0', 'never'],
  ['blob:https://carrier.example/3f0c6a55', 'never'],
  // no URL at all
  ['', 'never'],
  ['carrier.example', 'never'],
  ['//carrier.example', 'never'],
  ['https://', 'never'],
  ['https://carrier.example:99999', 'never'],
  ['https://carrier example', 'never'],
  ['http://127.0.0.1:41234.evil.example', 'never'],
]

describe('20: the origins an authKey may be sent to', () => {
  test.each(origins)('%j: %s', (origin, verdict) => {
    expect(mayQuery(origin, { isPackaged: true, simulatorOrigin: SIMULATOR })).toBe(verdict === 'always')
    expect(mayQuery(origin, { isPackaged: false, simulatorOrigin: SIMULATOR })).toBe(verdict !== 'never')
  })

  test.each(origins.filter(([origin]) => origin.startsWith('http:')))(
    '%j is not the simulator’s while none runs',
    origin => {
      expect(mayQuery(origin, { isPackaged: true, simulatorOrigin: null })).toBe(false)
    },
  )
})

test.each([
  ['https://CARRIER.example:443', 'https://carrier.example'],
  ['http://LocalHost:80', 'http://localhost'],
  ['https://carrier.example:8443', 'https://carrier.example:8443'],
  ['https://例え.jp', 'https://xn--r8jz45g.jp'],
  ['nonsense', 'nonsense'],
])('%j is filed under %j', (origin, filed) => {
  expect(normalised(origin)).toBe(filed)
})
