import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hollowExe } from '../hollow-exe.ts'
import { buildMsi } from './build-msi.ts'
import { uuidOf } from './ids.ts'
import { tablesOf } from './tables.ts'
import { hasWixl } from './tools.ts'
import { wixSource } from './wix-source.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-msi-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A folder as packaging leaves it, with little in it. */
function packed(version: string): string {
  const files = {
    'Traffic Desk.exe': hollowExe({ arch: 'x64', version: `${version}.0` }),
    'icudtl.dat': 'icu',
    'locales/ja.pak': 'ja',
    'resources/app.asar': `archive of ${version}`,
    'resources/app.asar.unpacked/node_modules/keytar/prebuilds/win32-x64/keytar.node': 'keytar',
  }
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, version, path)), { recursive: true })
    writeFileSync(join(folder, version, path), bytes)
  }
  return join(folder, version)
}

function msi(version: string, name = version): string {
  const to = join(folder, `${name}.msi`)
  const at = new Date('2026-11-30T00:00:00Z')
  buildMsi({ from: packed(version), to, version, manufacturer: 'The Traffic Desk authors', at })
  return to
}

const source = (paths: readonly string[]) =>
  wixSource({ paths, payload: 'payload', version: '1.2.3', manufacturer: 'Somebody & Sons' })

describe('the source of the installer', () => {
  it('has a component for each file, whose id stays the same whatever else is there', () => {
    const guidOf = (text: string) =>
      /Guid="([^"]+)" Win64="yes">\n<File Id="\w+" Name="ja\.pak"/.exec(text)?.[1]
    const alone = guidOf(source(['locales/ja.pak']))
    expect(alone).toBe(uuidOf('file locales/ja.pak'))
    expect(guidOf(source(['a.dll', 'locales/en-US.pak', 'locales/ja.pak']))).toBe(alone)
  })

  it('refers to each component once, in one of two features', () => {
    const text = source(['Traffic Desk.exe', 'resources/app.asar'])
    const made = [...text.matchAll(/<Component Id="([^"]+)"/g)].map(([, id]) => id)
    const named = [...text.matchAll(/<ComponentRef Id="([^"]+)"/g)].map(([, id]) => id)
    expect(named.sort()).toEqual(made.sort())
  })

  it('is ASCII, and its words are escaped', () => {
    expect(source(['x'])).toMatch(/^[\t\n -~]*$/)
    expect(source(['x'])).toContain('Manufacturer="Somebody &amp; Sons"')
  })

  it('starts the program with no switch, whatever a link or a file is called', () => {
    const commands = [...source(['x']).matchAll(/Value="([^"]*%1[^"]*)"/g)].map(([, value]) => value)
    expect(commands).toEqual(Array(2).fill('&quot;[INSTALLDIR]Traffic Desk.exe&quot; -- &quot;%1&quot;'))
  })
})

describe.skipIf(!hasWixl)('the installer for Windows', () => {
  it('has the tables that it had before', () => {
    const golden = join(import.meta.dirname, 'golden/tables.txt')
    const tables = tablesOf(msi('1.2.3'))
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, tables)
    expect(tables).toBe(readFileSync(golden, 'utf8'))
  })

  it('is the same, byte for byte, for the same folder and time', () => {
    expect(readFileSync(msi('1.2.3', 'first')).equals(readFileSync(msi('1.2.3', 'second')))).toBe(true)
  })

  it('of another version is another product of the same family', () => {
    const [first, second] = [tablesOf(msi('1.2.3')), tablesOf(msi('1.2.4'))]
    const property = (tables: string, name: string) => new RegExp(`^${name}\t(.*)$`, 'm').exec(tables)?.[1]
    expect(property(first, 'UpgradeCode')).toBe(property(second, 'UpgradeCode'))
    expect(property(first, 'ProductCode')).not.toBe(property(second, 'ProductCode'))
  })
})
