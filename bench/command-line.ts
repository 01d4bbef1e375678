import { newProfile } from '../src/contract/profile-defaults.ts'
import { parseAccount } from '../src/domain/account.ts'
import { createCarrierClient } from '../src/main/carrier/client.ts'
import { noAuthorities } from '../src/main/carrier/testing/no-authorities.ts'
import { systemClock as clock } from '../src/main/clock.ts'
import { CARRIER_KEY } from './programs.ts'

/** `node bench/command-line.ts ORIGIN ACCOUNT` does one lookup and prints the client's result. */
const [, , origin = '', id = ''] = process.argv
const account = parseAccount(id)
if (account === null) throw new Error('no account')
const client = createCarrierClient({
  clock,
  hostRules: () => ({ isPackaged: false, simulatorOrigin: null }),
  resolveProxy: async () => 'DIRECT',
  authorities: noAuthorities,
  proxyLogin: async () => ({ ok: true, value: null }),
  readCaFile: async () => '',
})
const profile = { ...newProfile({ name: 'Bench', carrier: { kind: 'host', origin } }), id: 'bench' }
const { result } = await client.getTrafficInfo({
  account,
  authKey: CARRIER_KEY,
  origin,
  profile,
  signal: new AbortController().signal,
})
await client.close()
console.log(JSON.stringify(result))
