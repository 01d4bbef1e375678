import { expect, it } from 'vitest'
import { readProxyAddress } from './proxy-address.ts'

it.each([
  ['http://proxy.example.jp:8080', 'http://proxy.example.jp:8080'],
  [' https://proxy.example.jp ', 'https://proxy.example.jp'],
  ['HTTP://PROXY.example.jp:80/', 'http://proxy.example.jp'],
  ['http://10.0.0.1:3128', 'http://10.0.0.1:3128'],
  ['http://[2001:db8::1]:3128', 'http://[2001:db8::1]:3128'],
])('%j is kept as %j', (typed, origin) => {
  expect(readProxyAddress(typed)).toEqual({ origin })
})

it.each([
  ['', 'REQUIRED'],
  ['http://user:pass@proxy.example.jp:8080', 'LOGIN'],
  ['http://user@proxy.example.jp', 'LOGIN'],
  ['http://@proxy.example.jp', 'LOGIN'],
  ['http://proxy.example.jp:8080/path', 'PATH'],
  ['http://proxy.example.jp:8080/?a=1', 'PATH'],
  ['http://proxy.example.jp:8080/#a', 'PATH'],
  ['http://wpad.example.jp/proxy.pac', 'PAC'],
  ['http://wpad.example.jp/wpad.dat', 'PAC'],
  ['pac+http://wpad.example.jp/', 'PAC'],
  ['proxy.example.jp:8080', 'NO_SCHEME'],
  ['10.0.0.1:3128', 'NO_SCHEME'],
  ['//proxy.example.jp', 'NO_SCHEME'],
  ['socks5://proxy.example.jp:1080', 'SCHEME'],
  ['ftp://proxy.example.jp', 'SCHEME'],
  ['http://proxy.example.jp:80800', 'HOST'],
  ['http://256.256.256.256:8080', 'HOST'],
  ['http://', 'HOST'],
])('%j is refused: %s', (typed, problem) => {
  expect(readProxyAddress(typed)).toEqual({ problem })
})
