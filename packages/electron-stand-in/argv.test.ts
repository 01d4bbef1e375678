import { expect, test } from 'vitest'
import { parseArguments } from './argv.ts'

test('without arguments the app is the present directory', () => {
  expect(parseArguments([])).toMatchObject({ target: '.', preloads: [], inspect: undefined })
})

test('the first word that is no option is the app; what follows is for the app', () => {
  expect(parseArguments(['--no-sandbox', 'desk', 'other', '-r', 'x']).target).toBe('desk')
  expect(parseArguments(['desk', '-r', 'x']).preloads).toEqual([])
})

test('-r and --require take the word after them', () => {
  expect(parseArguments(['-r', 'a.js', '--require', 'b.js', '.'])).toMatchObject({
    preloads: ['a.js', 'b.js'],
    target: '.',
  })
})

test('what Playwright passes is understood', () => {
  const args = [
    '-r',
    '/loader.js',
    '--no-sandbox',
    '--inspect=0',
    '--remote-debugging-port=0',
    '.',
    '--lang=ja',
  ]
  const parsed = parseArguments(args)
  expect(parsed).toMatchObject({
    preloads: ['/loader.js'],
    target: '.',
    inspect: { host: '127.0.0.1', port: 0 },
  })
  expect(Object.fromEntries(parsed.switches)).toEqual({
    'no-sandbox': '',
    'remote-debugging-port': '0',
    lang: 'ja',
  })
})

test.each([
  ['--inspect', { host: '127.0.0.1', port: 9229 }],
  ['--inspect=5858', { host: '127.0.0.1', port: 5858 }],
  ['--inspect=::1:5858', { host: '::1', port: 5858 }],
])('%s opens the inspector there', (word, address) => {
  expect(parseArguments([word, '.']).inspect).toEqual(address)
})

test('a switch may hold an equals sign, a space or a line break', () => {
  expect(parseArguments(['.', '--user-data-dir=/tmp/a=b c\nd']).switches.get('user-data-dir')).toBe(
    '/tmp/a=b c\nd',
  )
})

test('--inspect-brk is refused, since nothing would break', () => {
  expect(() => parseArguments(['--inspect-brk', '.'])).toThrow('--inspect-brk is not implemented')
})
