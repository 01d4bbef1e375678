import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../scripts/run.ts'

const read = (name: string) => readFileSync(join(root, name), 'utf8')
const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Readonly<
  Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>
>
const { packages } = JSON.parse(read('package-lock.json')) as {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>
}

describe('the dependencies', () => {
  it('that are installed with the program are its two native modules alone', () => {
    expect(Object.keys(dependencies)).toEqual(['keytar', 'native-reg'])
  })

  it('each have a line in docs/dependencies.md that says why, and no line is of none', () => {
    const lines = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)`\s*\|\s*(\S.*\S)\s*\|$/gm)]
    const named = lines.map(([, name]) => name)
    expect(named.sort()).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)].sort())
  })

  it('are versions of the registry, never an address', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect([name, version.replace(/^npm:@github\/keytar@/, '')]).toEqual([
        name,
        expect.stringMatching(/^[~^]?\d+\.\d+\.\d+$/),
      ])
    }
  })

  it('are locked with their integrity, every one', () => {
    const unlocked = Object.entries(packages).filter(
      ([path, { integrity = '' }]) => path !== '' && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity),
    )
    // Our own workspace, and the link by which npm finds it.
    expect(unlocked.map(([path]) => path)).toEqual([
      'node_modules/electron-stand-in',
      'packages/electron-stand-in',
    ])
    expect(Object.keys(packages).length).toBeGreaterThan(100)
  })
})
