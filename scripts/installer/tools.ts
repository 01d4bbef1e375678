import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.ts'

/** The tools that read and write installers: Debian's wixl and msitools, or WiX 3 on Windows. */

const onPath = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0

export const hasWixl = process.platform === 'linux' && ['wixl', 'msiinfo', 'msibuild'].every(onPath)
export const hasWine = process.platform === 'linux' && onPath('wine')

/** Where electron-winstaller keeps candle and light; WIX names another place. */
export function wixFolder(): string {
  const told = process.env['WIX']
  const vendor = join(root, 'node_modules/electron-winstaller/vendor')
  const folder = told ? join(told, 'bin') : vendor
  if (!existsSync(join(folder, 'candle.exe'))) throw new Error(`no candle.exe in ${folder}`)
  return folder
}

/**
 * Runs a tool and gives what it printed.
 *
 * @throws with what it said, where it fails
 */
export function tool(
  command: string,
  args: readonly string[],
  { cwd, binary = false }: { readonly cwd?: string; readonly binary?: boolean } = {},
): Buffer {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    ...(cwd !== undefined && { cwd }),
    // Times in the archive are those of the files, in this zone.
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
    maxBuffer: 512 * 1024 * 1024,
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}${binary ? '' : stdout}`)
  return stdout
}
