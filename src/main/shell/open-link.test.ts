import { describe, expect, it } from 'vitest'
import { argumentSchemas } from '../../contract/argument-schemas.ts'
import { linkNames, links } from '../../contract/links.ts'
import { openLink } from './open-link.ts'

const hostile: readonly unknown[] = [
  'https://evil.example',
  'http://127.0.0.1',
  'file:///etc/passwd',
  'file://server/share/evil.exe',
  'C:\\Windows\\System32\\calc.exe',
  'javascript:alert(1)',
  'data:text/html,<script>',
  'ms-msdt:/id PCWDiagnostic',
  'search-ms:query=x',
  'vbscript:x',
  'smb://server/share',
  'mailto:a@b.example',
  'tel:09012345678',
  'app://bundle/index.html',
  '../keychain-macos',
  'keychain-macos ',
  'KEYCHAIN-MACOS',
  'constructor',
  '__proto__',
  'toString',
  '',
  null,
  ['keychain-macos'],
  { toString: () => 'https://evil.example' },
]

describe('6: a page outside the program', () => {
  it.each(linkNames)('%s is opened by its name, and is https', async name => {
    const opened: string[] = []
    expect(await openLink(name, async url => void opened.push(url))).toBe(true)
    expect(opened).toEqual([links[name]])
    expect(new URL(links[name]).protocol).toBe('https:')
  })

  it.each(hostile.map(name => [name]))(
    'is not opened for %j, nor does the contract take that',
    async name => {
      const opened: string[] = []
      expect(await openLink(name as never, async url => void opened.push(url))).toBe(false)
      expect(opened).toEqual([])
      expect(argumentSchemas().openLink.safeParse([name]).success).toBe(false)
    },
  )

  it('that the system does not take is no crash', async () => {
    expect(await openLink('keychain-macos', () => Promise.reject(new Error('no browser')))).toBe(false)
  })
})
