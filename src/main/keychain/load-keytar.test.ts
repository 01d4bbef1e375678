import { sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLoadKeytar, keytarPlace } from './load-keytar.ts'

const path = (text: string): string => text.replaceAll('/', sep)

describe('keytar’s native module', () => {
  const system = { platform: 'win32', arch: 'arm64', exists: () => true }
  const packed = path('/Program/resources/app.asar/node_modules/keytar/lib/keytar.js')

  it('is beside the archive where it was left out of it, for this very system', () => {
    const asked: string[] = []
    const exists = (file: string) => asked.push(file) > 0
    expect(keytarPlace(packed, { ...system, exists })).toBe('unpacked')
    expect(asked).toEqual([
      path('/Program/resources/app.asar.unpacked/node_modules/keytar/prebuilds/win32-arm64/keytar.node'),
    ])
  })

  it('is inside the archive otherwise', () => {
    expect(keytarPlace(packed, { ...system, exists: () => false })).toBe('packed')
  })

  it('is in a folder where nothing is packed', () => {
    expect(keytarPlace(path('/work/node_modules/keytar/lib/keytar.js'), system)).toBe('folder')
  })

  it('is loaded once, and says once from where', async () => {
    const told: unknown[] = []
    const load = createLoadKeytar({
      platform: process.platform,
      arch: process.arch,
      onLoaded: loaded => told.push(loaded),
    })
    const [first, second] = await Promise.all([load(), load()])
    expect(second).toBe(first)
    expect(typeof first.getPassword).toBe('function')
    expect(told).toEqual([{ place: 'folder' }])
  })
})
