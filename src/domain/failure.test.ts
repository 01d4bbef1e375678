import { describe, expect, it } from 'vitest'
import { carrierOf, failureCodes, refusals } from './failure.ts'

describe('the carrier’s result codes', () => {
  it('are those of the carrier’s page, each with a code of ours', () => {
    expect(Object.keys(refusals).sort()).toEqual(['201', '204', '205', '210', '211', '240', '323'])
    for (const code of Object.values(refusals)) expect(failureCodes).toContain(code)
    expect(new Set(Object.values(refusals)).size).toBe(7)
  })

  it('come with the carrier’s own words where it gave any', () => {
    const carrier = { resultCode: '205', statusCode: '403', message: 'Auth Error' }
    expect(carrierOf({ code: 'KEY_REJECTED', carrier })).toBe(carrier)
    expect(carrierOf({ code: 'TIMEOUT' })).toBeNull()
  })
})
