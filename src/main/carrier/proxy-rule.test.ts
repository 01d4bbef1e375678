import { expect, test } from 'vitest'
import { waysFromRule } from './proxy-rule.ts'

const ways = (rule: string) => waysFromRule(rule).map(way => way?.href ?? 'direct')

test.each([
  ['DIRECT', ['direct']],
  ['direct', ['direct']],
  [' DIRECT ; PROXY a:1', ['direct', 'http://a:1/']],
  ['', ['direct']],
  ['PROXY proxy.example:8080', ['http://proxy.example:8080/']],
  ['proxy proxy.example:8080', ['http://proxy.example:8080/']],
  ['PROXY proxy.example:8080; DIRECT', ['http://proxy.example:8080/', 'direct']],
  ['PROXY a.example:1;PROXY b.example:2;DIRECT', ['http://a.example:1/', 'http://b.example:2/', 'direct']],
  ['  PROXY   proxy.example:3128  ', ['http://proxy.example:3128/']],
  ['PROXY\tproxy.example:3128', ['http://proxy.example:3128/']],
  ['PROXY proxy.example', ['http://proxy.example/']],
  ['PROXY 10.0.0.1:3128', ['http://10.0.0.1:3128/']],
  ['PROXY [2001:db8::1]:3128', ['http://[2001:db8::1]:3128/']],
  ['HTTP proxy.example:8080', ['http://proxy.example:8080/']],
  ['HTTPS proxy.example:8443', ['https://proxy.example:8443/']],
  ['SOCKS5 a.example:1; PROXY b.example:2', ['http://b.example:2/']],
])('the PAC rule %j means %j, in this order', (rule, expected) => {
  expect(ways(rule)).toEqual(expected)
})

test.each([
  'SOCKS proxy.example:1080',
  'SOCKS4 proxy.example:1080',
  'QUIC proxy.example:443',
  'PROXY',
  'PROXY ',
  'HTTPS',
  'PROXY proxy.example:port',
  'PROXY proxy.example:99999',
  'nonsense',
  'constructor proxy.example:1',
  '__proto__ proxy.example:1',
])('the PAC rule %j names no proxy that can be used, and is never taken for a direct way', rule => {
  expect(ways(rule)).toEqual([])
})
