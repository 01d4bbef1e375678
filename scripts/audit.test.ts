import { describe, expect, it } from 'vitest'
import { isSupported, seriousAdvisories } from './audit.ts'

describe('an audit', () => {
  it('counts what is at least moderate', () => {
    const vulnerabilities = Object.fromEntries(
      ['info', 'low', 'moderate', 'high', 'critical'].map(severity => [
        severity,
        { name: severity, severity },
      ]),
    )
    expect(seriousAdvisories({ vulnerabilities }).map(({ name }) => name)).toEqual([
      'moderate',
      'high',
      'critical',
    ])
    expect(seriousAdvisories({ vulnerabilities: {} })).toEqual([])
  })

  it('that the registry did not give is no clean one', () => {
    for (const none of [null, {}, { error: { code: 'E405' } }])
      expect(() => seriousAdvisories(none)).toThrow()
  })

  it.each([
    ['45.4.1', '45.9.0', true],
    ['45.4.1', '47.0.0', true],
    ['45.4.1', '48.0.0', false],
    ['9.0.0', '10.0.0', true],
    ['46.0.0', '45.0.0', true],
  ])('Electron %s where the latest is %s: %s', (installed, latest, supported) => {
    expect(isSupported(installed, latest)).toBe(supported)
  })
})
