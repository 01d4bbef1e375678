import { expect, it } from 'vitest'
import { proxyChallenge } from './proxy-challenge.ts'

it.each([
  ['Basic realm="Office, floor 2"', ['Basic'], true],
  ['basic', ['basic'], true],
  ['Negotiate', ['Negotiate'], false],
  ['NTLM', ['NTLM'], false],
  ['NTLM TlRMTVNTUAACAAAA==', ['NTLM'], false],
  ['Negotiate, NTLM, Basic realm="x"', ['Negotiate', 'NTLM', 'Basic'], true],
  ['Digest realm="x", nonce="abc", algorithm=MD5, Basic realm="y"', ['Digest', 'Basic'], true],
  [['Negotiate', 'NTLM'], ['Negotiate', 'NTLM'], false],
] as const)('%j offers %j', (header, schemes, takesBasic) => {
  expect(proxyChallenge(header)).toEqual({ schemes, takesBasic })
})

it.each([undefined, '', [], '"Basic"', '1,2,3'])('%j offers nothing', header => {
  expect(proxyChallenge(header)).toBeNull()
})
