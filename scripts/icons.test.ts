import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { icons } from './icons.ts'
import { root } from './run.ts'

const read = (path: string) => readFileSync(join(root, path))

it('the icons are those of the drawing, as `npm run icons` makes them', async () => {
  for (const [path, bytes] of Object.entries(await icons())) expect(read(path).equals(bytes), path).toBe(true)
})

it('Windows’ icon has every size that Windows shows', () => {
  const ico = read('resources/icon.ico')
  const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, at) => ico[6 + 16 * at] || 256)
  expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64, 256])
})

it('macOS’ icon has every size at one and at two pixels a point', () => {
  const icns = read('resources/icon.icns')
  expect(icns.toString('latin1', 0, 4)).toBe('icns')
  const types: string[] = []
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
    types.push(icns.toString('latin1', at, at + 4))
  expect(types).toEqual([
    'TOC ',
    'ic04',
    'ic05',
    'ic11',
    'ic12',
    'ic07',
    'ic08',
    'ic13',
    'ic09',
    'ic14',
    'ic10',
  ])
})
