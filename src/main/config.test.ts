import { describe, expect, it } from 'vitest'
import { dataFolders, forgetPostgres, ownAddresses, readConfig } from './config.ts'
import { REFUSED_SWITCHES } from './shell/refused-switches.ts'

const PROGRAM = 'C:\\Program Files\\Traffic Desk\\Traffic Desk.exe'
const server = { ELECTRON_RENDERER_URL: 'http://localhost:5173' }

const started = (
  argv: readonly string[],
  { isPackaged = true, env = {} }: { isPackaged?: boolean; env?: Record<string, string> } = {},
) =>
  readConfig({
    argv: [PROGRAM, ...argv],
    env,
    isPackaged,
    refusedSwitches: REFUSED_SWITCHES,
    userName: () => 'sato',
  })

describe('7: a packaged program', () => {
  it.each([
    ['--remote-debugging-port=9222', 'remote-debugging-port'],
    ['--remote-debugging-port', 'remote-debugging-port'],
    ['--remote-debugging-pipe', 'remote-debugging-pipe'],
    ['--remote-debugging-address=0.0.0.0', 'remote-debugging-address'],
    ['--remote-debugging-anything-new', 'remote-debugging-anything-new'],
    ['-remote-debugging-port=0', 'remote-debugging-port'],
    ['/remote-debugging-port=0', 'remote-debugging-port'],
    ['--Remote-Debugging-Port=0', 'remote-debugging-port'],
    [' --remote-debugging-port=0', 'remote-debugging-port'],
    ['--ignore-certificate-errors', 'ignore-certificate-errors'],
    ['--ignore-certificate-errors-spki-list=x', 'ignore-certificate-errors-spki-list'],
    ['--host-resolver-rules=MAP * 127.0.0.1', 'host-resolver-rules'],
    ['--host-rules=MAP * 127.0.0.1', 'host-rules'],
    ['--js-flags=--expose-gc', 'js-flags'],
    ['--inspect', 'inspect'],
    ['--inspect-brk=0', 'inspect-brk'],
    ['--no-sandbox', 'no-sandbox'],
    ['--disable-web-security', 'disable-web-security'],
    ['--load-extension=/tmp/x', 'load-extension'],
    ['--proxy-server=http://127.0.0.1:8080', 'proxy-server'],
    ['--proxy-pac-url=http://127.0.0.1/x.pac', 'proxy-pac-url'],
    ['--log-net-log=/tmp/x', 'log-net-log'],
    ['--ssl-key-log-file=/tmp/x', 'ssl-key-log-file'],
    ['--tls-keylog=/tmp/x', 'tls-keylog'],
    ['--renderer-cmd-prefix=gdb', 'renderer-cmd-prefix'],
    ['--browser-subprocess-path=/tmp/x', 'browser-subprocess-path'],
    ['--single-process', 'single-process'],
    ['--no-zygote-sandbox', 'no-zygote-sandbox'],
    ['--disable-gpu-sandbox', 'disable-gpu-sandbox'],
    ['--disable-setuid-sandbox', 'disable-setuid-sandbox'],
    ['--disable-features=NetworkServiceSandbox', 'disable-features'],
    ['--blink-settings=scriptEnabled=true', 'blink-settings'],
    ['--enable-blink-test-features', 'enable-blink-test-features'],
    ['--enable-experimental-web-platform-features', 'enable-experimental-web-platform-features'],
    ['--proxy-auto-detect', 'proxy-auto-detect'],
    ['--inspect_brk', 'inspect-brk'],
    ['--remote_debugging_port=9222', 'remote-debugging-port'],
    ['--unsafely-treat-insecure-origin-as-secure=http://x', 'unsafely-treat-insecure-origin-as-secure'],
  ])('does not start with %s', (argument, name) => {
    expect(started([argument]).refusedSwitch).toBe(name)
    expect(started(['--lang=ja', argument, '--user-data-dir=/tmp/desk']).refusedSwitch).toBe(name)
    expect(started(['--', argument]).refusedSwitch).toBe(name)
    expect(started([argument], { isPackaged: false }).refusedSwitch).toBe(null)
  })

  it.each([
    [[]],
    [['--lang=ja']],
    [['--user-data-dir=/tmp/desk', '--force-device-scale-factor=1.5']],
    [['-AppleLanguages', '(ja)']],
    [['--disable-gpu', 'remote-debugging-port=9222', '/Applications', '---no-sandbox']],
    [['--inert', '--logging']],
  ])('starts with %j', argv => {
    expect(started(argv).refusedSwitch).toBe(null)
  })

  it('has no developer tools and shows no page but its own, whatever the environment says', () => {
    expect(started([], { env: { ...server, NODE_ENV: 'development', DEBUG: '*' } })).toEqual({
      devServer: null,
      devTools: false,
      refusedSwitch: null,
      agent: 'sato',
    })
  })

  it('has no address but its own, and no tools’', () => {
    expect(ownAddresses(started([], { env: server }))).toEqual(['app://bundle/index.html'])
    expect(ownAddresses(started([], { isPackaged: false, env: server }))).toEqual([
      'app://bundle/index.html',
      'http://localhost:5173',
      'ws://localhost:5173',
      'devtools://devtools',
    ])
  })

  it('that is not packaged is a developer’s: it has the tools and takes the server', () => {
    expect(started([], { isPackaged: false, env: server })).toEqual({
      devServer: 'http://localhost:5173',
      devTools: true,
      refusedSwitch: null,
      agent: 'sato',
    })
    expect(started([], { isPackaged: false })).toMatchObject({ devServer: null })
  })
})

describe('the agent’s name', () => {
  const named = (env: Record<string, string>) =>
    readConfig({
      argv: [PROGRAM],
      env,
      isPackaged: true,
      refusedSwitches: [],
      userName() {
        throw Object.assign(new Error('uv_os_get_passwd returned ENOENT'), { code: 'ERR_SYSTEM_ERROR' })
      },
    }).agent

  it('is the environment’s for a user without an entry, and none where that has none either', () => {
    expect(named({ USER: 'suzuki' })).toBe('suzuki')
    expect(named({ USERNAME: 'tanaka' })).toBe('tanaka')
    expect(named({})).toBe('')
  })
})

describe('the program’s data', () => {
  const ROAMING = 'C:\\Users\\山田 太郎\\AppData\\Roaming\\Traffic Desk'
  const given = {
    platform: 'win32',
    env: { LOCALAPPDATA: 'C:\\Users\\山田 太郎\\AppData\\Local' },
    userData: ROAMING,
    isChosen: false,
    name: 'Traffic Desk',
  }

  it('stays on the computer on Windows, where it moves out of the roaming profile', () => {
    expect(dataFolders(given)).toEqual({
      current: 'C:\\Users\\山田 太郎\\AppData\\Local\\Traffic Desk',
      former: ROAMING,
    })
  })

  it.each([
    [
      'on macOS',
      { platform: 'darwin', env: {}, userData: '/Users/yamada/Library/Application Support/Traffic Desk' },
    ],
    ['on Linux', { platform: 'linux', userData: '/home/yamada/.config/Traffic Desk' }],
    ['in a folder chosen on the command line', { isChosen: true, userData: 'D:\\scratch' }],
    ['on a Windows without a local folder', { env: {} }],
    ['on a Windows whose local folder is none', { env: { LOCALAPPDATA: 'Local' } }],
  ])('is where Electron has it %s', (_, change) => {
    const found = { ...given, ...change }
    expect(dataFolders(found)).toEqual({ current: found.userData, former: null })
  })
})

it('what PostgreSQL’s driver would read of the environment is not there, and the rest is', () => {
  const env = { PGOPTIONS: '-c search_path=evil', PGHOST: 'evil.example', PATH: '/bin' }
  forgetPostgres(env)
  expect(env).toEqual({ PATH: '/bin' })
})
