import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../scripts/run.ts'
import { only, type Room, rooms } from './rooms.ts'

const IMPORT =
  /^\s*(?:import|export)\b[^'"`;()]*?\bfrom\s*'(?<from>[^']+)'|^\s*import\s*'(?<bare>[^']+)'|\bimport\(\s*'(?<dynamic>[^']+)'/gm

const slashed = (path: string): string => path.split(sep).join('/')

interface Source {
  readonly path: string
  /** Files of the repository that it imports, and packages by their names. */
  readonly files: readonly string[]
  readonly packages: readonly string[]
}

function read(path: string): Source {
  const names = [...readFileSync(join(root, path), 'utf8').matchAll(IMPORT)].map(
    ({ groups = {} }) => groups['from'] ?? groups['bare'] ?? groups['dynamic'] ?? '',
  )
  return {
    path,
    files: names
      .filter(name => name.startsWith('.'))
      .map(name => slashed(normalize(join(dirname(path), name.replace(/\?.*/, ''))))),
    packages: names.filter(name => !name.startsWith('.')).map(packageOf),
  }
}

const packageOf = (name: string): string =>
  name.startsWith('node:')
    ? name
    : name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/')

const sourcesIn = (folder: string): readonly Source[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => read(slashed(relative(root, join(entry.parentPath, entry.name)))))

const sources = sourcesIn('src')

const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path)
const product = sources.filter(({ path }) => !isTest(path))

const within = (path: string, room: string): boolean => path === room || path.startsWith(`${room}/`)

function roomOf(path: string): Room | undefined {
  return rooms
    .filter(room => within(path, room.path))
    .toSorted((a, b) => b.path.length - a.path.length)
    .at(0)
}

it('the imports are read: every one of them leads to a file', () => {
  expect(product.length).toBeGreaterThan(150)
  for (const { files } of sources) for (const file of files) expect(existsSync(join(root, file))).toBe(true)
})

describe('the program', () => {
  it.each(rooms.map(room => [room.path, room] as const))('%s imports what its room may', (_, room) => {
    const inside = product.filter(({ path }) => roomOf(path) === room)
    expect(inside).not.toEqual([])
    const wrong = inside.flatMap(({ path, files, packages }) => [
      ...files
        .filter(file => {
          const other = roomOf(file)
          return other !== room && !room.rooms.includes(other?.path ?? '')
        })
        .map(file => `${path} -> ${file}`),
      ...packages.filter(name => !room.packages.includes(name)).map(name => `${path} -> ${name}`),
    ])
    expect(wrong).toEqual([])
  })

  it.each(rooms.map(room => [room.path, room] as const))('%s may import no more than it does', (_, room) => {
    const inside = product.filter(({ path }) => roomOf(path) === room)
    const imported = new Set(inside.flatMap(({ files }) => files.map(file => roomOf(file)?.path ?? '')))
    const packages = new Set(inside.flatMap(source => source.packages))
    expect(room.rooms.filter(path => !imported.has(path))).toEqual([])
    expect(room.packages.filter(name => !packages.has(name))).toEqual([])
  })

  it('has no file that its own tests alone would import from: nothing in it knows a test', () => {
    expect(
      product.flatMap(({ path, files }) => files.filter(isTest).map(file => `${path} -> ${file}`)),
    ).toEqual([])
  })

  it.each(Object.entries(only))('%s is imported where it is said to be', (name, users) => {
    expect(
      product
        .filter(({ packages }) => packages.includes(name))
        .map(({ path }) => path)
        .sort(),
    ).toEqual(users)
  })

  it('has no feature that imports another', () => {
    const featureOf = (path: string) => /^src\/renderer\/features\/([^/]+)/.exec(path)?.[1]
    const wrong = product.flatMap(({ path, files }) => {
      const feature = featureOf(path)
      if (feature === undefined) return []
      return files.filter(file => (featureOf(file) ?? feature) !== feature).map(file => `${path} -> ${file}`)
    })
    expect(wrong).toEqual([])
  })

  it('leaves the bridge to the store: no feature speaks to it', () => {
    const users = product.filter(({ files }) => files.includes('src/renderer/bridge.ts'))
    expect(users.map(({ path }) => path)).toEqual(['src/renderer/main.tsx'])
  })

  it('has no circle of imports, types included', () => {
    const importsOf = new Map(sources.map(({ path, files }) => [path, files]))
    const done = new Set<string>()
    const circles: string[] = []
    const visit = (path: string, from: readonly string[]): void => {
      if (from.includes(path)) circles.push([...from.slice(from.indexOf(path)), path].join(' -> '))
      if (done.has(path) || from.includes(path)) return
      for (const file of importsOf.get(path) ?? []) visit(file, [...from, path])
      done.add(path)
    }
    for (const { path } of sources) visit(path, [])
    expect(circles).toEqual([])
  })
})

it('the stand-in for Electron and the program know nothing of each other', () => {
  const standIn = sourcesIn('packages/electron-stand-in')
  expect(standIn.length).toBeGreaterThan(40)
  const outside = standIn.flatMap(({ path, files }) =>
    files.filter(file => !within(file, 'packages/electron-stand-in')).map(file => `${path} -> ${file}`),
  )
  expect(outside).toEqual([])
  for (const { packages } of sources) expect(packages).not.toContain('electron-stand-in')
})

it('the table of CONTRIBUTING.md is the same', () => {
  const guide = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  const rows = [...guide.matchAll(/^\| `(src[^`]*)` +\| (.*?) +\| (.*?) +\|$/gm)].map(row => row.slice(1))
  expect(rows).toEqual(rooms.map(room => [room.path, room.holds, mayImport(room)]))
})

/** What a room may import, in words: rooms by their last name. */
function mayImport({ path, rooms: others, packages }: Room): string {
  const parent = path.split('/').slice(0, -1).join('/')
  const names = others.map(other => (other.startsWith(`${parent}/`) ? other.slice(parent.length + 1) : other))
  return [...names, ...packages].map(name => name.replace(/^src\//, '')).join(', ') || 'nothing'
}
