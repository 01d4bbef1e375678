import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { isStandIn } from 'electron-stand-in/which.ts'
import { expect, root, test } from './fixtures.ts'
import { binaryIn, pack } from './pack.ts'

/** What only real Electron can show of docs/security.md. */

test.skip(isStandIn(), 'The stand-in has neither an OS sandbox nor permissions nor packages')

test('1: every page runs in the sandbox of the system', { tag: '@electron' }, async ({
  program: { app },
}) => {
  if (process.platform === 'linux') {
    const pids = await app.evaluate(({ app }) =>
      app
        .getAppMetrics()
        .filter(({ type }) => type === 'Tab')
        .map(({ pid }) => pid),
    )
    expect(pids.length).toBeGreaterThan(0)
    // The kernel's own word: system calls are filtered, and no rights can be gained.
    for (const pid of pids) {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m)
      expect(status).toMatch(/^Seccomp:\s+2$/m)
    }
    return
  }
  const pages = await app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ type }) => type === 'Tab')
      .map(({ sandboxed }) => sandboxed),
  )
  expect(pages.length).toBeGreaterThan(0)
  expect(pages.every(sandboxed => sandboxed === true)).toBe(true)
})

test('5: what a page asks for of the computer is denied', { tag: '@electron' }, async ({
  program: { page },
}) => {
  const states = await page.evaluate(async () => {
    const asked = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[]
    return Promise.all(asked.map(async name => (await navigator.permissions.query({ name })).state))
  })
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied'])
})

test('7: a packaged program ends where it is started with a debugging port', {
  tag: '@electron',
}, async () => {
  test.skip(process.platform !== 'linux', 'Elsewhere it says so in a dialog that waits for a person')
  test.setTimeout(180_000)
  const folder = mkdtempSync(join(tmpdir(), 'traffic-desk-packaged-'))
  try {
    const dist = join(root, 'node_modules/electron/dist')
    const unpacked = pack(folder, dist)
    const program = spawn(
      binaryIn(unpacked),
      ['--remote-debugging-port=0', `--user-data-dir=${join(folder, 'data')}`],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const [said, [code]] = await Promise.all([text(program.stderr), once(program, 'exit')])
    expect(code).toBe(1)
    expect(said).toContain('--remote-debugging-port')
    expect(said).not.toContain('DevTools listening')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
