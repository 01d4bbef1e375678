import { describe, expect, it } from 'vitest'
import { readDemoOptions } from './demo-options.ts'

describe('the demo command line', () => {
  it('asks the simulator about the example line in Japanese when nothing is given', () => {
    expect(readDemoOptions([])).toEqual({
      account: '09012345678',
      api: null,
      authKey: null,
      oem: null,
      json: false,
      team: false,
      language: 'ja',
      out: 'out/demo',
      headful: false,
    })
  })

  it('takes a carrier on https, or on http on this computer, with its key', () => {
    for (const api of [
      'https://carrier.example',
      'http://127.0.0.1:8080',
      'http://localhost:1',
      'http://[::1]:9',
    ]) {
      expect(readDemoOptions(['--api', api, '--auth-key', 'K']).api).toBe(api)
    }
  })

  it('takes an OEM ID and an OEM key in the place of an authKey', () => {
    expect(readDemoOptions(['--oem-id', 'I', '--oem-key', 'K'])).toMatchObject({
      authKey: null,
      oem: { id: 'I', key: 'K' },
    })
    const args = ['--api', 'https://carrier.example', '--oem-id', 'I', '--oem-key', 'K']
    expect(readDemoOptions(args).oem).toEqual({ id: 'I', key: 'K' })
  })

  it.each([
    [['--oem-id', 'I']],
    [['--oem-key', 'K']],
    [['--oem-id', '', '--oem-key', 'K']],
    [['--oem-id', 'I', '--oem-key', '']],
    [['--oem-id', 'I', '--oem-key', 'K', '--auth-key', 'K']],
    [['--lang', 'fr']],
    [['--account', ' ']],
    [['--out', '']],
    [['--api', 'http://carrier.example', '--auth-key', 'K']],
    [['--api', 'nonsense', '--auth-key', 'K']],
    [['--api', 'https://carrier.example']],
    [['--auth-key', '']],
    [['--nonsense']],
    [['09012345678']],
    [['--account']],
  ])('refuses %j', args => {
    expect(() => readDemoOptions(args)).toThrow()
  })
})
