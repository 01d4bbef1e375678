import { createHash } from 'node:crypto'
import { build, type PlistValue } from 'plist'
import { type PolicyKey, policyKeyNames, policyKeys } from '../../src/main/policy/keys.ts'
import { policyWords } from './words.ts'

/** A policy with a value for every key, as each system keeps it. */

const BUNDLE = 'io.trafficdesk.app'

const exampleOf = (key: PolicyKey): unknown => policyWords[key].example

export const policyJson = (): string =>
  `${JSON.stringify(Object.fromEntries(policyKeyNames.map(key => [key, exampleOf(key)])), null, 2)}\n`

/** An id that stays the same, so that a newer file takes the older one's place. */
function idOf(name: string): string {
  const hash = createHash('sha1').update(`${BUNDLE} ${name}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`.toUpperCase()
}

/**
 * A configuration profile for device management on macOS.
 * https://developer.apple.com/documentation/devicemanagement/managedpreferences
 */
export const mobileconfig = (): string =>
  `${build({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: `${BUNDLE}.policy`,
    PayloadUUID: idOf('configuration'),
    PayloadScope: 'System',
    PayloadDisplayName: 'Traffic Desk',
    PayloadContent: [
      {
        PayloadType: BUNDLE,
        PayloadVersion: 1,
        PayloadIdentifier: `${BUNDLE}.policy.values`,
        PayloadUUID: idOf('values'),
        PayloadDisplayName: 'Traffic Desk',
        ...Object.fromEntries(policyKeyNames.map(key => [key, plistValue(key)])),
      },
    ],
  })}\n`

/** A property list has no null, so what may hold one is written as JSON. */
const plistValue = (key: PolicyKey): PlistValue =>
  policyKeys[key].kind === 'json' ? JSON.stringify(exampleOf(key), null, 2) : (exampleOf(key) as PlistValue)

const KEY = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Traffic Desk'

/** As regedit writes it: in UTF-16, because it reads anything else in the computer's own code page. */
export const registryFile = (): Uint8Array =>
  Buffer.from(`\uFEFF${registryText().replaceAll('\n', '\r\n')}`, 'utf16le')

export const registryText = (): string =>
  [
    'Windows Registry Editor Version 5.00',
    '',
    `[${KEY}]`,
    ...policyKeyNames.map(key => `"${key}"=${registryValue(key)}`),
    '',
  ].join('\n')

function registryValue(key: PolicyKey): string {
  const value = exampleOf(key)
  switch (policyKeys[key].kind) {
    case 'flag':
      return value === true ? 'dword:00000001' : 'dword:00000000'
    case 'number':
      return `dword:${Number(value).toString(16).padStart(8, '0')}`
    case 'list':
      return multi(value as readonly string[])
    case 'json':
      return multi(JSON.stringify(value, null, 2).split('\n'))
    default:
      return `"${String(value).replace(/[\\"]/g, '\\$&')}"`
  }
}

/** REG_MULTI_SZ: each text and the list end with a zero, in UTF-16. */
const multi = (texts: readonly string[]): string => {
  const bytes = Buffer.from(`${texts.join('\0')}\0\0`, 'utf16le')
  return `hex(7):${[...bytes].map(byte => byte.toString(16).padStart(2, '0')).join(',')}`
}
