import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openedArgument, openedLink } from './opened-argument.ts'

const LINE = { kind: 'link', account: { kind: 'line', id: '09012345678' } } as const

describe('a link', () => {
  it.each([
    'trafficdesk://lookup?account=09012345678',
    'trafficdesk://lookup/?account=090-1234-5678',
    'TRAFFICDESK://LOOKUP?account=%2B81%2090%201234%205678',
    'trafficdesk://lookup?account=09012345678&ticket=4711',
  ])('names one account: %s', text => {
    expect(openedLink(text)).toEqual(LINE)
  })

  it.each([
    'trafficdesk:lookup?account=09012345678',
    'trafficdesk://lookup',
    'trafficdesk://lookup?account=',
    'trafficdesk://lookup?account=1234',
    'trafficdesk://lookup?account=09012345678&account=08011112222',
    'trafficdesk://lookup?account=09012345678%2008011112222',
    'trafficdesk://lookup/now?account=09012345678',
    'trafficdesk://settings?account=09012345678',
    'trafficdesk://user@lookup?account=09012345678',
    'trafficdesk://lookup:80?account=09012345678',
    'https://lookup?account=09012345678',
    '--account=09012345678',
    `trafficdesk://lookup?account=${'0'.repeat(3_000)}`,
  ])('that is none, or names another thing, opens nothing: %s', text => {
    expect(openedLink(text)).toBeNull()
  })
})

describe('the arguments', () => {
  const argv = (...more: readonly string[]) => ['C:\\Program Files\\Traffic Desk\\Traffic Desk.exe', ...more]

  it('may end with a link or a setup file, behind whatever Chromium adds', () => {
    expect(openedArgument(argv('--', 'trafficdesk://lookup?account=09012345678'))).toEqual(LINE)
    expect(openedArgument(argv('--allow-file-access-from-files', '--', 'C:\\業務\\本番 01.tdsetup'))).toEqual(
      { kind: 'setup', path: 'C:\\業務\\本番 01.tdsetup' },
    )
    expect(openedArgument(['/usr/bin/traffic-desk', '--lang=ja', '/home/sato/SEAT.TDSETUP'])).toEqual({
      kind: 'setup',
      path: '/home/sato/SEAT.TDSETUP',
    })
  })

  it('open nothing without one, and the program itself is never taken for one', () => {
    expect(openedArgument(argv())).toBeNull()
    expect(openedArgument(argv('.', '--user-data-dir=/tmp/x.tdsetup', '09012345678'))).toBeNull()
    expect(openedArgument(['/opt/trafficdesk.tdsetup'])).toBeNull()
  })

  it('32: are read whatever they are: an account, a path, or nothing', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'trafficdesk:',
        '//',
        'lookup',
        '?account=',
        '09012345678',
        '%',
        '&',
        '\0',
        '@',
        '.tdsetup',
      ),
    )
    fc.assert(
      fc.property(fc.array(fc.array(part).map(parts => parts.join(''))), args => {
        const opened = openedArgument(['program', ...args])
        if (opened === null) return
        expect(Object.keys(opened).sort()).toEqual(
          opened.kind === 'link' ? ['account', 'kind'] : ['kind', 'path'],
        )
      }),
      { numRuns: 2_000 },
    )
  })
})
