import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/** A Windows of its own in a folder, by Wine. */

const FOLDER_OF_PROGRAMS = '/usr/lib/x86_64-linux-gnu/wine/x86_64-windows'

/** A program that runs until it is ended: one of Wine's own, without its debugging symbols. */
export function runningExe(): Buffer {
  const exe = readFileSync(join(FOLDER_OF_PROGRAMS, 'notepad.exe'))
  // Where the header of the format begins, after its four letters.
  const header = exe.readUInt32LE(0x3c) + 4
  exe.writeBigUInt64LE(0n, header + 8)
  return exe
}

export class Windows {
  readonly #folder: string
  readonly #env: Readonly<Record<string, string | undefined>>

  constructor(folder: string, display: string) {
    this.#folder = folder
    this.#env = {
      ...process.env,
      HOME: join(folder, 'home'),
      WINEPREFIX: join(folder, 'prefix'),
      WINEDEBUG: '-all',
      // Neither asks to install something nor makes menus of this desktop.
      WINEDLLOVERRIDES: 'mscoree,mshtml=;winemenubuilder.exe=d',
      LC_ALL: 'C.UTF-8',
      DISPLAY: display,
    }
    mkdirSync(join(folder, 'home'), { recursive: true })
    this.#wine('wineboot', '-i')
    this.settle()
    this.#keepLinksInside()
    cpSync(join(folder, 'prefix'), join(folder, 'clean'), { recursive: true, verbatimSymlinks: true })
  }

  get drive(): string {
    return join(this.#folder, 'prefix/drive_c')
  }

  /** Wine links the desktop and the documents to those of the user. */
  #keepLinksInside(): void {
    for (const user of readdirSync(join(this.drive, 'users'))) {
      const home = join(this.drive, 'users', user)
      for (const name of readdirSync(home)) {
        if (!lstatSync(join(home, name)).isSymbolicLink()) continue
        rmSync(join(home, name))
        mkdirSync(join(home, name))
      }
    }
  }

  #wine(...args: readonly string[]): string {
    const { stdout } = spawnSync('wine', args, { env: this.#env, encoding: 'utf8', timeout: 120_000 })
    return stdout.replaceAll('\r', '')
  }

  /** Waits until nothing runs any more and everything is written. */
  settle(): void {
    spawnSync('wineserver', ['-w'], { env: this.#env, timeout: 60_000 })
  }

  /** As new, with nothing installed. */
  reset(): void {
    this.end()
    rmSync(join(this.#folder, 'prefix'), { recursive: true, force: true })
    cpSync(join(this.#folder, 'clean'), join(this.#folder, 'prefix'), {
      recursive: true,
      verbatimSymlinks: true,
    })
  }

  /** Runs msiexec and gives the code that Windows would give; a shell here sees its last eight bits. */
  msiexec(...args: readonly string[]): number {
    const script = join(this.drive, 'run.cmd')
    writeFileSync(script, '@echo off\r\nstart /wait msiexec %*\r\necho ended with %ERRORLEVEL%\r\n')
    const printed = this.#wine('cmd', '/c', 'C:\\run.cmd', ...args)
    rmSync(script)
    return Number(/ended with (-?\d+)/.exec(printed)?.[1] ?? Number.NaN)
  }

  /** A path of this computer as Windows names it. */
  path = (path: string): string => `Z:${path.replaceAll('/', '\\')}`

  /** Starts an installed program, and waits until it is there. */
  async start(program: string): Promise<void> {
    spawn('wine', [program], { env: this.#env, stdio: 'ignore', detached: true })
    while (!this.isRunning()) await new Promise(resolve => setTimeout(resolve, 50))
  }

  /** Wine names a process by the program's path on its Windows. */
  isRunning(): boolean {
    return readdirSync('/proc').some(process => {
      if (!/^\d+$/.test(process)) return false
      try {
        return /^[A-Z]:\\.*Traffic Desk\.exe/.test(readFileSync(join('/proc', process, 'cmdline'), 'latin1'))
      } catch {
        // It ended meanwhile.
        return false
      }
    })
  }

  /** Ends everything, as shutting down does. */
  end(): void {
    spawnSync('wineserver', ['-k'], { env: this.#env })
    this.settle()
  }

  /** Ends everything and starts again: what waited for a restart is done. */
  restart(): void {
    this.end()
    this.#wine('wineboot')
    this.settle()
  }

  files(folder: string): readonly string[] {
    const path = join(this.drive, folder)
    return existsSync(path)
      ? readdirSync(path, { recursive: true, withFileTypes: true })
          .filter(entry => entry.isFile())
          .map(({ name, parentPath }) => join(parentPath, name).slice(path.length + 1))
          .sort()
      : []
  }

  /** Links on the desktop and in the start menu. */
  shortcuts = (): readonly string[] => this.files('users').filter(name => name.endsWith('.lnk'))

  /** A part of the registry as text, in which Japanese is whole. */
  registry(key: string): string {
    this.#wine('regedit', '/E', 'C:\\export.reg', key)
    const file = join(this.drive, 'export.reg')
    if (!existsSync(file)) return ''
    const text = readFileSync(file, 'utf16le').replaceAll('\r', '')
    rmSync(file)
    return text
  }
}
