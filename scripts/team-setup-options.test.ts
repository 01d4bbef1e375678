import { describe, expect, it } from 'vitest'
import { readTeamSetup } from './team-setup-options.ts'

const URL = '--url=postgres://admin@db.example.jp:5432/traffic_desk'

describe('the team’s set-up', () => {
  it('takes carriers with and without limits of their own, and desks', () => {
    expect(
      readTeamSetup([
        URL,
        '--carrier=https://one.example.jp/emptool',
        '--carrier=https://two.example.jp,1000,1200',
        '--desk=desk_01',
        '--desk=desk_02',
      ]),
    ).toEqual({
      url: 'postgres://admin@db.example.jp:5432/traffic_desk',
      ca: null,
      carriers: [
        { origin: 'https://one.example.jp', cooldownMs: 3000, budget: 300 },
        { origin: 'https://two.example.jp', cooldownMs: 1000, budget: 1200 },
      ],
      desks: ['desk_01', 'desk_02'],
    })
  })

  it.each([
    [[]],
    [['--url=https://db.example.jp/x']],
    [['--url=postgres://db.example.jp']],
    [[URL, '--desk=Robert"; DROP']],
    [[URL, '--carrier=carrier.example.jp']],
    [[URL, '--carrier=https://one.example.jp,20,300']],
    [[URL, '--carrier=https://one.example.jp,3000,1201']],
    [[URL, '--carrier=https://one.example.jp,3000,300,9']],
  ])('refuses %o in words', args => {
    expect(() => readTeamSetup(args)).toThrow(/--/)
  })
})
