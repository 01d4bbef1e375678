import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../scripts/run.ts'

/** Checks that something is absent from the source, which no test of behaviour can show. */

const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter(
    entry =>
      entry.isFile() &&
      /\.tsx?$/.test(entry.name) &&
      !/\.test\.|\/testing/.test(entry.parentPath + entry.name),
  )
  .map(entry => {
    const file = join(entry.parentPath, entry.name)
    return { path: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }
  })

const using = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)

describe('2: the page', () => {
  it('is loaded from app://bundle alone: no file, and one place that loads anything', () => {
    expect(using(/\bloadFile\b/)).toEqual([])
    expect(using(/\.loadURL\(/)).toEqual(['src/main/shell/crashes.ts', 'src/main/shell/window.ts'])
    const { text = '' } = sources.find(({ path }) => path === 'src/main/index.ts') ?? {}
    // Both load the start page, or a development server's page, which a packaged program never does (rule 7).
    expect(text.match(/\burl = .*/g)).toEqual(['url = config.devServer ?? START_PAGE'])
    expect(text.match(/\burl: .*/g)).toBeNull()
  })

  it('names no http address', () => {
    const inPage = sources.filter(({ path }) => /^src\/(renderer|preload)\//.test(path))
    expect(inPage.filter(({ text }) => /['"`]http:\/\//.test(text)).map(({ path }) => path)).toEqual([])
  })

  it('parses no markup and no code', () => {
    expect(
      using(/dangerouslySetInnerHTML|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|DOMParser/),
    ).toEqual([])
    expect(using(/\beval\(|new Function\b/)).toEqual([])
  })
})

describe('9: IPC', () => {
  it('has one user of ipcMain, and one of ipcRenderer', () => {
    expect(
      using(/\bipcMain\b(?!\.$)/).filter(path => using(/import \{[^}]*\bipcMain\b/).includes(path)),
    ).toEqual(['src/main/shell/ipc.ts'])
    expect(using(/import \{[^}]*\bipcRenderer\b/)).toEqual(['src/preload/index.ts'])
  })
})

describe('the platform', () => {
  it('is asked of the process in one place, and passed in everywhere else', () => {
    expect(using(/process\.(?:platform|arch)\b/)).toEqual(['src/main/index.ts'])
  })
})

describe('14: the authKey', () => {
  it('is taken from no argument and no variable: one file reads those, and it knows no key', () => {
    expect(using(/process\.(?:env|argv)\b/)).toEqual(['src/main/index.ts'])
    const { text = '' } = sources.find(({ path }) => path === 'src/main/config.ts') ?? {}
    expect(text).not.toMatch(/key/i)
  })
})

describe('a test', () => {
  const tests = ['src', 'packages', 'scripts', 'e2e'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(
        ({ name, parentPath }) => /\.(?:test|spec)\.tsx?$/.test(name) && !parentPath.includes('node_modules'),
      )
      .map(({ name, parentPath }) => join(parentPath, name)),
  )
  const containing = (pattern: RegExp) => tests.filter(file => pattern.test(readFileSync(file, 'utf8')))

  it('measures no time: a loaded machine is not a defect', () => {
    expect(containing(/performance\.now\(\)/)).toEqual([])
  })

  it('that waits for a condition says for how long, since one second is too short for a loaded machine', () => {
    expect(containing(/vi\.waitFor\((?:(?!timeout:).)*\n/)).toEqual([])
  })
})
