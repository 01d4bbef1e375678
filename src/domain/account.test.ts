import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Account, formatAccount, maskAccount, parseAccount } from './account.ts'
import { groupIds, lineIds } from './testing/spellings.ts'

const LINE = '09012345678'
const line = (id: string): Account => ({ kind: 'line', id })
const group = (id: string): Account => ({ kind: 'group', id })

describe('of every account', () => {
  it('the mask hides the middle of a line and keeps its ends', () => {
    fc.assert(
      fc.property(lineIds, id => {
        const mask = maskAccount(line(id))
        expect(mask).toHaveLength(formatAccount(line(id)).length)
        expect(mask.replace(/\D/g, '')).toBe(id.slice(0, id.length === 14 ? 4 : 3) + id.slice(-4))
      }),
    )
  })

  it('the mask hides a part of a share group’s number', () => {
    fc.assert(
      fc.property(groupIds, id => {
        expect(maskAccount(group(id))).not.toBe(id)
        expect(parseAccount(maskAccount(group(id)))).toBeNull()
      }),
    )
  })
})

describe('parsing takes an account only as the carrier spells it', () => {
  it.each([
    '',
    ' 09012345678',
    '090-1234-5678',
    '０９０１２３４５６７８',
    '+819012345678',
    '09012345678\n',
    'AAA0_00000000001\n',
    'AAA0-00000000001',
    'AAA0_',
    '_00000000001',
    'AAAAAAAAAAAAAAAAA_1',
    `A_${'1'.repeat(21)}`,
    '0312345678',
    '02001234567',
    '٠٩٠١٢٣٤٥٦٧٨',
  ])('and not %j', text => {
    expect(parseAccount(text)).toBeNull()
  })
})

describe('writing an account', () => {
  it.each([
    [line(LINE), '090-1234-5678', '090-****-5678'],
    [line('02012345678'), '020-1234-5678', '020-****-5678'],
    [line('02001234567890'), '0200-12345-67890', '0200-*****-*7890'],
    [group('AAA0_00000000001'), 'AAA0_00000000001', 'AAA0_*******0001'],
    [group('A_12345'), 'A_12345', 'A_*2345'],
    [group('A_1234'), 'A_1234', 'A_*'],
    [group('A_1'), 'A_1', 'A_*'],
  ])('%j', (account, written, masked) => {
    expect(formatAccount(account)).toBe(written)
    expect(maskAccount(account)).toBe(masked)
  })
})
