import { expect, test } from 'vitest'
import { claimedPatterns, claimScheme, fromChromium, toChromium } from './scheme-url.ts'

claimScheme('app')

test.each([
  ['app://bundle/index.html?a=1#top', 'https://bundle.app.localhost/index.html?a=1#top'],
  ['app://bundle/', 'https://bundle.app.localhost/'],
  ['app://main.bundle/x', 'https://main.bundle.app.localhost/x'],
])('%s is loaded as %s, and back', (url, loaded) => {
  expect(toChromium(url)).toBe(loaded)
  expect(fromChromium(loaded)).toBe(url)
})

test('a URL without a path gets one', () => {
  expect(toChromium('app://bundle')).toBe('https://bundle.app.localhost/')
})

test.each([
  'https://example.com/app.localhost/',
  'https://bundle.app.localhost.example.com/',
  'https://bundle.other.localhost/',
  'about:blank',
  'data:text/html,app://bundle/',
])('%s is left alone', url => {
  expect(toChromium(url)).toBe(url)
  expect(fromChromium(url)).toBe(url)
})

test('only claimed schemes are intercepted', () => {
  expect(claimedPatterns()).toEqual(['https://*.app.localhost/*'])
})
