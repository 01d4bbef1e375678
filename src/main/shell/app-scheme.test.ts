import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppState } from '../../contract/state.ts'
import { bundlePath, CONTENT_SECURITY_POLICY, createBundleHandler, START_PAGE } from './app-scheme.ts'

const SECRET = 'outside of the bundle'
/** What is written into a document has tests of its own. */
const state = { language: 'ja', current: null, settings: {} } as AppState
/** On Windows only an administrator or a developer may link a file; anybody may make a junction of folders. */
const canLinkFiles = (() => {
  const probe = mkdtempSync(join(tmpdir(), 'app-scheme-link-'))
  try {
    symlinkSync('nowhere', join(probe, 'link'))
    return true
  } catch {
    return false
  } finally {
    rmSync(probe, { recursive: true })
  }
})()

let folder: string
let handle: (request: Request) => Promise<Response>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'app-scheme-'))
  const root = join(folder, 'renderer')
  await mkdir(join(root, 'assets'), { recursive: true })
  await mkdir(join(root, 'folder.js'))
  await mkdir(join(folder, 'renderer-beside'))
  await writeFile(join(root, 'index.html'), '<!doctype html>')
  await writeFile(join(root, 'assets/main.js'), 'main')
  await writeFile(join(root, 'assets/main-A_b.9.css'), 'style')
  await writeFile(join(root, 'assets/icon.svg'), '<svg/>')
  await writeFile(join(root, 'assets/main.js.map'), 'map')
  await writeFile(join(root, 'assets/notes'), 'notes')
  await writeFile(join(root, '.env.js'), SECRET)
  await writeFile(join(folder, 'secret.js'), SECRET)
  await writeFile(join(folder, 'renderer-beside/secret.js'), SECRET)
  await symlink(root, join(root, 'assets/up'), 'junction')
  await symlink(folder, join(root, 'away'), 'junction')
  await symlink(join(folder, 'renderer-beside'), join(root, 'beside'), 'junction')
  if (canLinkFiles) {
    await symlink(join(folder, 'secret.js'), join(root, 'assets/out.js'))
    await symlink('main.js', join(root, 'assets/inside.js'))
    await symlink('/etc/hostname', join(root, 'hostname.js'))
    await symlink('nowhere.js', join(root, 'dangling.js'))
    await symlink('loop.js', join(root, 'loop.js'))
  }
  handle = createBundleHandler(root, () => state)
})

afterAll(() => rm(folder, { recursive: true }))

/** As the handler gets it: the URL's text unchanged, which the platform's own Request would tidy up. */
const get = (url: string, method = 'GET') => handle({ method, url } as Request)

describe('3: a file of the page', () => {
  it.each([
    [START_PAGE, 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://bundle/assets/main.js', 'text/javascript; charset=utf-8', 'main'],
    ['app://bundle/assets/main-A_b.9.css', 'text/css; charset=utf-8', 'style'],
    ['app://bundle/assets/icon.svg', 'image/svg+xml', '<svg/>'],
  ])('%s is served as what it is', async (url, type, text) => {
    const response = await get(url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
    expect(await response.text()).toBe(text)
  })

  it.skipIf(!canLinkFiles)('that links to another one is served as that', async () => {
    expect(await (await get('app://bundle/assets/inside.js')).text()).toBe('main')
  })

  it('is served for a real request too', async () => {
    expect((await handle(new Request(START_PAGE))).status).toBe(200)
  })
})

const refusedUrls = [
  'app://bundle/index.html?query',
  'app://bundle/index.html#hash',
  'app://bundle',
  'app://bundle/',
  'app://bundle//index.html',
  'app://bundle/index.html/',
  'app://bundle/./index.html',
  'app://bundle/../secret.js',
  'app://bundle/assets/../index.html',
  'app://bundle/assets/../../secret.js',
  'app://bundle/%2e%2e/secret.js',
  'app://bundle/%2E%2E/secret.js',
  'app://bundle/.%2e/secret.js',
  'app://bundle/..%2fsecret.js',
  'app://bundle/%2e%2e%2fsecret.js',
  'app://bundle/..%5csecret.js',
  'app://bundle/..\\secret.js',
  'app://bundle/assets\\main.js',
  'app://bundle/%252e%252e/secret.js',
  'app://bundle/..;/secret.js',
  'app://bundle/...//secret.js',
  'app://bundle/index.html%00',
  'app://bundle/index.html\0',
  'app://bundle/index.html\0.js',
  'app://bundle/secret.js%00.html',
  'app://bundle/ index.html',
  'app://bundle/index.html ',
  'app://bundle/index.html\n',
  'app://bundle/\nindex.html',
  'app://bundle/index%2ehtml',
  'app://bundle/ｉndex.html',
  'app://bundle/C:/secret.js',
  'app://bundle/C:secret.js',
  'app://bundle/index.html::$DATA',
  'app://bundle//etc/hostname',
  'app://bundle/file:///etc/hostname',
  'app://bundle/~/secret.js',
  'app://bundle/.env.js',
  'app://bundle/nothing.js',
  'app://bundle/assets',
  'app://bundle/assets/',
  'app://bundle/folder.js',
  'app://bundle/assets/notes',
  'app://bundle/assets/main.js.map',
  'app://bundle/assets/main.js/index.html',
  'app://bundle/assets/up/assets/up/../../secret.js',
  'app://bundle/away/secret.js',
  'app://bundle/beside/secret.js',
  'app://bundle.evil/index.html',
  'app://evil/index.html',
  'app://bundle@evil/index.html',
  'app://user@bundle/index.html',
  'app://bundle:80/index.html',
  'app:///index.html',
  'app:/index.html',
  'app:index.html',
  'https://bundle/index.html',
  'file:///index.html',
  'xapp://bundle/index.html',
  `app://bundle/${'a/'.repeat(5_000)}x.js`,
  `app://bundle/${'a'.repeat(100_000)}.js`,
  '',
]

describe('3: anything else', () => {
  it.each(refusedUrls.map(url => [url.length > 100 ? `${url.slice(0, 40)}… of ${url.length}` : url, url]))(
    'is refused: %j',
    async (_, url) => {
      const response = await get(url)
      expect(response.status).toBe(404)
      expect(await response.text()).toBe('not found')
    },
  )

  it.skipIf(!canLinkFiles).each(['assets/out.js', 'hostname.js', 'dangling.js', 'loop.js'])(
    'is refused: the link %s',
    async name => {
      const response = await get(`app://bundle/${name}`)
      expect(response.status).toBe(404)
      expect(await response.text()).toBe('not found')
    },
  )

  it.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'get', ''])(
    'is refused: the method %j',
    async method => {
      expect((await get(START_PAGE, method)).status).toBe(404)
    },
  )

  it('is refused as the platform’s own Request spells it', async () => {
    const urls = refusedUrls.filter(url => /\.\.|%2e/i.test(url) && !url.includes('assets/../index'))
    for (const url of urls) {
      expect(await (await handle(new Request(url))).text()).not.toBe(SECRET)
    }
  })
})

describe('3: of 10,000 paths', () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    '/',
    '\\',
    '%2e',
    '%2E',
    '%2f',
    '%5c',
    '%00',
    '\0',
    '%',
    '?',
    '#',
    ':',
    '@',
    'bundle',
    'assets',
    'up',
    'away',
    'beside',
    'out.js',
    'secret.js',
    'index.html',
    'main.js',
    '.env.js',
    'renderer',
    'folder.js',
    'ａ',
    '\u202e',
  )
  const paths = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join('')),
    fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join('/')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )

  it('none leads out of the bundle, none throws, and every answer carries the policy', async () => {
    await fc.assert(
      fc.asyncProperty(paths, async path => {
        const response = await get(`app://bundle/${path}`)
        const text = await response.text()
        const allowed = response.status === 404 ? text === 'not found' : text !== SECRET
        const covered = response.headers.get('content-security-policy') === CONTENT_SECURITY_POLICY
        if (!allowed || !covered) expect({ path, text, covered }).toBe('refused')
      }),
      { numRuns: 10_000 },
    )
  })

  it('none is read as anything but plain file names below the bundle', () => {
    fc.assert(
      fc.property(paths, path => {
        const read = bundlePath(`app://bundle/${path}`)
        if (read !== null) expect(read).toMatch(/^[A-Za-z0-9_-][\w.-]*(?:\/[A-Za-z0-9_-][\w.-]*)*$/)
      }),
      { numRuns: 10_000 },
    )
  })
})

describe('4: the content security policy', () => {
  const rules = new Map(
    CONTENT_SECURITY_POLICY.split('; ').map(rule => {
      const [name = '', ...sources] = rule.split(' ')
      return [name, sources]
    }),
  )

  it('allows nothing that it does not name', () => {
    expect(rules.get('default-src')).toEqual(["'none'"])
  })

  it('has nothing unsafe, no wildcard, no network and no evaluated text in it', () => {
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-|\*|https?:|wss?:|blob:|filesystem:/)
    for (const sources of rules.values()) expect(sources).not.toContain('data:')
  })

  it('closes what does not fall back on default-src', () => {
    for (const name of ['base-uri', 'form-action', 'frame-ancestors']) {
      expect(rules.get(name)).toEqual(["'none'"])
    }
  })

  it('requires trusted types', () => {
    expect(rules.get('require-trusted-types-for')).toEqual(["'script'"])
    expect(rules.get('trusted-types')).toEqual(["'none'"])
  })

  it('comes with every answer, a refusal too, beside nosniff', async () => {
    for (const url of [START_PAGE, 'app://bundle/assets/main.js', 'app://evil/']) {
      const { headers } = await get(url)
      expect(headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })
})
