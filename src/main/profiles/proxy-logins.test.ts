import { beforeEach, describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import type { KeyOwner } from '../keychain/key-vault.ts'
import { createMemoryVault } from '../keychain/memory-vault.ts'
import { createProxyLogins, type ProxyLogins } from './proxy-logins.ts'

const PROXY = 'http://proxy.example:8080'
const OTHER = 'http://other.example:8080'
const login = { user: '山田', password: 'p:a ss', forThisRun: false }
/** `printf '山田:p:a ss' | base64` */
const ENCODED = '5bGx55SwOnA6YSBzcw=='

let logins: ProxyLogins
let keychain: ReturnType<typeof createMemoryVault>
let memory: ReturnType<typeof createMemoryVault>
let kept: Set<string>
let confirms: boolean
let confirmed: string[]

beforeEach(() => {
  keychain = createMemoryVault()
  memory = createMemoryVault()
  kept = new Set()
  confirms = true
  confirmed = []
  const nameOf = ({ origin, which }: KeyOwner) => `${origin} ${which}`
  logins = createProxyLogins({
    vault: {
      ...keychain,
      read: owner => (memory.holds(owner) ? memory : keychain).read(owner),
      async save(owner, key) {
        kept.add(nameOf(owner))
        return keychain.save(owner, key)
      },
    },
    memory,
    keyDates: { savedAt: owner => (kept.has(nameOf(owner)) ? 1 : null) },
    async confirm(proxy) {
      confirmed.push(proxy)
      return confirms
    },
  })
})

describe('a proxy’s login', () => {
  it('is kept for the proxy that asked last, and found for no other', async () => {
    logins.asked(OTHER)
    logins.asked(PROXY)
    expect(await logins.save(login)).toEqual(ok(null))
    expect(confirmed).toEqual([PROXY])
    expect(await logins.find(PROXY)).toEqual(ok(ENCODED))
    expect(await logins.find(OTHER)).toEqual(ok(null))
  })

  it('29: is not kept where nobody confirms it, or no proxy asked', async () => {
    expect(await logins.save(login)).toEqual(fail({ code: 'CANCELLED' }))
    expect(confirmed).toEqual([])
    logins.asked(PROXY)
    confirms = false
    expect(await logins.save(login)).toEqual(fail({ code: 'CANCELLED' }))
    expect(await logins.find(PROXY)).toEqual(ok(null))
  })

  it('can be kept for this run alone', async () => {
    logins.asked(PROXY)
    expect(await logins.save({ ...login, forThisRun: true })).toEqual(ok(null))
    expect(kept.size).toBe(0)
    expect(await logins.find(PROXY)).toEqual(ok(ENCODED))
  })
})
