import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../domain/result.ts'
import type { KeyOwner } from './key-vault.ts'
import { createMemoryVault } from './memory-vault.ts'

const OWNER: KeyOwner = {
  profileId: '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10',
  origin: 'https://carrier.example',
}
const others: Readonly<Record<string, KeyOwner>> = {
  'at another host': { ...OWNER, origin: 'https://other.example' },
  'in another profile': { ...OWNER, profileId: '9c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10' },
}

describe('a key in memory', () => {
  it('is there until it is deleted', async () => {
    const vault = createMemoryVault()
    expect([vault.holds(OWNER), await vault.read(OWNER)]).toEqual([false, fail({ code: 'KEY_MISSING' })])
    await vault.save(OWNER, 'KEY-1')
    expect([vault.holds(OWNER), await vault.read(OWNER)]).toEqual([true, ok('KEY-1')])
    await vault.delete(OWNER)
    expect([vault.holds(OWNER), await vault.read(OWNER)]).toEqual([false, fail({ code: 'KEY_MISSING' })])
  })

  it.each(Object.entries(others))('belongs to its host and profile: none %s', async (_, other) => {
    const vault = createMemoryVault()
    await vault.save(OWNER, 'KEY-1')
    expect([vault.holds(other), await vault.read(other)]).toEqual([false, fail({ code: 'KEY_MISSING' })])
    await vault.save(other, 'KEY-2')
    expect(await vault.read(OWNER)).toEqual(ok('KEY-1'))
    await vault.delete(other)
    expect(await vault.read(OWNER)).toEqual(ok('KEY-1'))
  })

  it('is none where the text can be no key, and the one before it stays', async () => {
    const vault = createMemoryVault()
    await vault.save(OWNER, 'KEY-1')
    expect(await vault.save(OWNER, 'with space')).toEqual(fail({ code: 'KEY_MALFORMED' }))
    expect(await vault.read(OWNER)).toEqual(ok('KEY-1'))
  })
})
