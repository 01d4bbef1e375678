import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../scripts/run.ts'

const folder = join(root, '.github/workflows')
const files = readdirSync(folder).map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

it.each(files)('$name takes each action by its full hash, with the version beside it', ({ text }) => {
  const actions = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action)
  expect(actions).not.toEqual([])
  for (const action of actions) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})

it.each(files)('$name may read the repository and no more, unless a job says why', ({ text }) => {
  expect(text).toMatch(/^permissions:\n {2}contents: read\n/m)
})

describe('a release', () => {
  const { text } = files.find(({ name }) => name === 'release.yml') ?? { text: '' }
  /** A job's lines, by its name. */
  const job = (name: string) =>
    new RegExp(`^ {2}${name}:\\n([\\s\\S]*?)(?=^ {2}\\w+:$|(?![\\s\\S]))`, 'm').exec(text)?.[1] ?? ''

  it('is made of a tag alone, and of one that is the version', () => {
    expect(text).toMatch(/^on:\n {2}push:\n {4}tags: \['v\*'\]\n/m)
    expect(job('test')).toContain('= "$GITHUB_REF_NAME"')
  })

  it('is tested before anything is made, and made before anything is released', () => {
    expect(job('test')).toContain('npm test')
    expect(job('test')).toContain('npm run test:installer')
    for (const name of ['windows', 'macos']) expect(job(name)).toContain('needs: test')
    expect(job('release')).toContain('needs: [windows, macos]')
  })

  it('for Windows signs programs, libraries and native modules, then makes the installer, signs it, and tries it', () => {
    const steps = ['*.exe,*.dll,*.node', 'installer:msi', '*.msi', 'try-installer.ps1', 'upload-artifact']
    const places = steps.map(step => job('windows').indexOf(step))
    expect(places.every(place => place >= 0)).toBe(true)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  it('for macOS is notarised, stapled and verified where it is signed', () => {
    for (const step of [
      'CSC_INSTALLER_LINK',
      'notarytool submit',
      'stapler staple',
      'stapler validate',
      'codesign --verify',
      'spctl --assess',
    ])
      expect(job('macos')).toContain(step)
  })

  it('says in a file’s name what nobody signed', () => {
    expect(job('windows')).toContain("' unsigned'")
    expect(readFileSync(join(root, 'scripts/packaging.ts'), 'utf8')).toContain('unsigned')
    expect(readFileSync(join(root, 'scripts/installer-msi.ts'), 'utf8')).toContain(' unsigned')
  })

  it('is a draft with a list of what is in it, hashes, and where it comes from', () => {
    for (const step of [
      'npm run sbom',
      'SHA256SUMS',
      'app.asar.sha256',
      'attest-build-provenance',
      '--draft',
    ])
      expect(job('release')).toContain(step)
  })

  it('names scripts that are there', () => {
    const named = [...text.matchAll(/\.\/(scripts\/[\w./-]+)/g)].map(([, path = '']) => path)
    expect(named).not.toEqual([])
    for (const path of named) expect(readdirSync(join(root, path, '..'))).toContain(basename(path))
  })
})
