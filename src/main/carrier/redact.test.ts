import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactorOf } from './redact.ts'

const KEY = `CANARY/9f3a+%=&"\\Q`
const redact = redactorOf(KEY)

const html = (text: string) => text.replace(/[&<>"'/+=%\\]/g, char => `&#${char.codePointAt(0)};`)
const percent = (text: string) =>
  [...text].map(char => `%${(char.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`).join('')
const unicode = (text: string) =>
  [...text].map(char => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join('')
const json = (text: string) => JSON.stringify(text).slice(1, -1)

const spellings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': text => text,
  'in JSON': json,
  'in JSON, as PHP writes it': text => json(text).replaceAll('/', '\\/'),
  'in JSON in JSON': text => json(json(text)),
  'in JSON, every character': unicode,
  'in JSON, upper case': text =>
    unicode(text).replace(/u([0-9a-f]{4})/g, (_, code) => `u${code.toUpperCase()}`),
  'in a URL': encodeURIComponent,
  'in a URL, lower case': text => encodeURIComponent(text).replace(/%../g, code => code.toLowerCase()),
  'in a URL, every character': percent,
  'in a URL, twice': text => encodeURIComponent(encodeURIComponent(text)),
  'in a form': text => new URLSearchParams({ '': text }).toString().slice(1),
  'in our own form': text => new URLSearchParams({ json: JSON.stringify({ authKey: text }) }).toString(),
  'in HTML': html,
  'in HTML, with zeros in front': text =>
    [...text].map(char => `&#${String(char.codePointAt(0)).padStart(7, '0')};`).join(''),
  'in HTML, in hex with zeros in front': text =>
    [...text].map(char => `&#x${(char.codePointAt(0) ?? 0).toString(16).padStart(6, '0')};`).join(''),
  'in HTML, without semicolons': text => [...text].map(char => `&#${char.codePointAt(0)}`).join(''),
  'in a string of C or Python': text =>
    [...text].map(char => `\\x${(char.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`).join(''),
  'in a string of ES6': text =>
    [...text].map(char => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`).join(''),
  'in octal': text =>
    [...text].map(char => `\\${(char.codePointAt(0) ?? 0).toString(8).padStart(3, '0')}`).join(''),
  'in HTML, named': text => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
  'in base64': text => Buffer.from(text).toString('base64'),
  'in base64, one later': text => Buffer.from(`x${text}tail`).toString('base64'),
  'in base64, two later': text => Buffer.from(`xy${text}tail`).toString('base64'),
  'in base64 for URLs': text => Buffer.from(`xy${text}tail`).toString('base64url'),
  'in hex': text => Buffer.from(text).toString('hex'),
}

describe('14: a reply that repeats the authKey', () => {
  it.each(Object.entries(spellings))('is kept without it: %s', (name, spell) => {
    const reply = `{"status":{"message":"bad request: ${spell(KEY)} was refused"}}`
    const kept = redact(reply)
    expect(kept).toContain('•••')
    expect(kept).not.toContain(spell(KEY))
    if (!name.includes('base64') && !name.includes('hex')) expect(kept).not.toContain('CANARY')
  })

  it('that does not is kept as it came', () => {
    for (const reply of [
      '',
      '{"resultCode":"100","traffic":{"today":"100","inRecentDays":"100,200,300"}}',
      '<html>&amp;%20\\u0041</html>',
      'CANARY',
    ]) {
      expect(redact(reply)).toBe(reply)
    }
    fc.assert(fc.property(fc.string({ maxLength: 200 }), text => redact(text) === text))
  })

  it('does no harm to figures where the key is as short as they are', () => {
    expect(redactorOf('K')('{"today":"100"}')).toBe('{"today":"100"}')
  })
})
