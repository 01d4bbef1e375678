import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildMsi } from './build-msi.ts'
import { hasWine, hasWixl } from './tools.ts'
import { runningExe, Windows } from './wine.ts'

/** Only where somebody asks for it: `npm run test:installer` says so, and installs Wine. */
const display = process.env['TEST_INSTALLER']
const isWanted = display !== undefined && hasWine && hasWixl

const HOME = 'Program Files/Traffic Desk'
const [OLD, NEW] = ['1.0.0', '1.1.0']
/** What Windows Installer ends with: done; done, and a restart is wanted; refused. */
const [DONE, RESTART, REFUSED] = [0, 3010, 1603]

describe.skipIf(!isWanted)('the installer, run on a Windows by Wine', () => {
  let folder: string
  let windows: Windows
  const path = (name: string) => join(folder, name)
  const msi = (version: string) => windows.path(path(`${version}.msi`))
  const install = (version: string, ...more: readonly string[]) =>
    windows.msiexec('/i', msi(version), '/qn', ...more)
  const read = (name: string, home = HOME) => readFileSync(join(windows.drive, home, name), 'utf8')

  /** A packed folder; each version has a file that the other has not. */
  function pack(version: string): readonly string[] {
    const files = {
      'Traffic Desk.exe': runningExe(),
      'icudtl.dat': 'the same in both',
      version,
      'locales/ja.pak': 'ja',
      'resources/app.asar': `archive of ${version}`,
      [`only-${version}.bin`]: '',
    }
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(path(`${version}/${name}`)), { recursive: true })
      writeFileSync(path(`${version}/${name}`), bytes)
    }
    buildMsi({
      from: path(version),
      to: path(`${version}.msi`),
      version,
      manufacturer: 'The Traffic Desk authors',
      at: new Date('2026-11-30T00:00:00Z'),
    })
    return Object.keys(files).sort()
  }

  let files: Readonly<Record<string, readonly string[]>>

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'traffic-desk-install-'))
    files = { [OLD]: pack(OLD), [NEW]: pack(NEW) }
    windows = new Windows(path('wine'), display ?? '')
  }, 180_000)

  afterAll(() => {
    windows?.end()
    rmSync(folder, { recursive: true, force: true })
  })

  beforeEach(() => windows.reset(), 60_000)

  it('installs without a question: files, links, the program in the list of programs', () => {
    expect(install(OLD)).toBe(DONE)
    expect(windows.files(HOME)).toEqual(files[OLD])
    expect(windows.shortcuts()).toHaveLength(2)
    const uninstall = windows.registry(
      'HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall',
    )
    expect(uninstall).toContain('"DisplayName"="Traffic Desk"')
    expect(uninstall).toContain('"Publisher"="The Traffic Desk authors"')
    expect(uninstall).toContain('"InstallLocation"="C:\\\\Program Files\\\\Traffic Desk\\\\"')
  }, 120_000)

  it('registers links and setup files, opened without any switch', () => {
    expect(install(OLD)).toBe(DONE)
    const classes = 'HKEY_LOCAL_MACHINE\\Software\\Classes'
    const command = '@="\\"C:\\\\Program Files\\\\Traffic Desk\\\\Traffic Desk.exe\\" -- \\"%1\\""'
    const links = windows.registry(`${classes}\\trafficdesk`)
    expect(links).toContain('"URL Protocol"=""')
    expect(links).toContain(command)
    expect(windows.registry(`${classes}\\.tdsetup`)).toContain('@="TrafficDesk.Setup"')
    expect(windows.registry(`${classes}\\TrafficDesk.Setup`)).toContain(command)
  }, 120_000)

  it('updates, and leaves nothing of the version before', () => {
    expect(install(OLD)).toBe(DONE)
    expect(install(NEW)).toBe(DONE)
    expect(windows.files(HOME)).toEqual(files[NEW])
    expect(read('version')).toBe(NEW)
    expect(windows.shortcuts()).toHaveLength(2)
  }, 120_000)

  it('updates while the program runs: no file is ever lost, and it is complete after a restart', async () => {
    expect(install(OLD)).toBe(DONE)
    await windows.start('C:\\Program Files\\Traffic Desk\\Traffic Desk.exe')
    expect([DONE, RESTART]).toContain(install(NEW))
    expect(windows.isRunning()).toBe(true)
    expect(windows.files(HOME)).toEqual(expect.arrayContaining(['Traffic Desk.exe', 'icudtl.dat']))
    windows.restart()
    expect(windows.files(HOME)).toEqual(files[NEW])
    expect(read('version')).toBe(NEW)
  }, 180_000)

  it('refuses to go back to an older version, and touches nothing', () => {
    expect(install(NEW)).toBe(DONE)
    expect(install(OLD)).toBe(REFUSED)
    expect(windows.files(HOME)).toEqual(files[NEW])
    expect(read('version')).toBe(NEW)
  }, 120_000)

  it('is removed without a trace', () => {
    expect(install(OLD)).toBe(DONE)
    expect(windows.msiexec('/x', msi(OLD), '/qn')).toBe(DONE)
    expect(windows.files(HOME)).toEqual([])
    expect(windows.shortcuts()).toEqual([])
    for (const key of [
      'Traffic Desk',
      'Classes\\trafficdesk',
      'Classes\\.tdsetup',
      'Classes\\TrafficDesk.Setup',
    ])
      expect(windows.registry(`HKEY_LOCAL_MACHINE\\Software\\${key}`)).toBe('')
  }, 120_000)

  it('goes where it is told, in Japanese too, and an update stays there', () => {
    expect(install(OLD, 'INSTALLDIR=C:\\業務\\TD')).toBe(DONE)
    expect(windows.files('業務/TD')).toEqual(files[OLD])
    expect(windows.registry('HKEY_LOCAL_MACHINE\\Software\\Classes\\trafficdesk')).toContain(
      '@="\\"C:\\\\業務\\\\TD\\\\Traffic Desk.exe\\" -- \\"%1\\""',
    )
    expect(install(NEW)).toBe(DONE)
    expect(windows.files('業務/TD')).toEqual(files[NEW])
    expect(windows.files(HOME)).toEqual([])
  }, 120_000)

  it('puts no link on the desktop where that is not wanted', () => {
    expect(install(OLD, 'ADDLOCAL=Main')).toBe(DONE)
    expect(windows.files(HOME)).toEqual(files[OLD])
    expect(windows.shortcuts()).toHaveLength(1)
    expect(windows.shortcuts()[0]).not.toContain('Desktop/')
  }, 120_000)
})
