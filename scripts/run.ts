import { type SpawnOptions, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The checkout's folder. */
export const root = join(import.meta.dirname, '..')

/**
 * Runs a program with this terminal's output and gives its exit code; 1 where a signal ended it.
 *
 * @throws where the program is not there
 */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    child.once('error', reject)
    child.once('exit', code => resolve(code ?? 1))
  })
}

/** Runs an installed package's command with this same Node: no shell, no PATH, no .cmd on Windows. */
export function runBin(
  packageName: string,
  binary: string,
  args: readonly string[],
  options?: SpawnOptions,
): Promise<number> {
  const require = createRequire(import.meta.url)
  const manifestPath = join(root, 'node_modules', packageName, 'package.json')
  const { bin } = require(manifestPath) as { readonly bin: string | Readonly<Record<string, string>> }
  const script = typeof bin === 'string' ? bin : bin[binary]
  if (script === undefined) throw new Error(`${packageName} has no command ${binary}`)
  return run(process.execPath, [join(dirname(manifestPath), script), ...args], options)
}

/** Builds the program into out/. */
export async function build(): Promise<void> {
  const code = await runBin('electron-vite', 'electron-vite', ['build', '--logLevel', 'warn'])
  if (code !== 0) throw new Error('the build failed')
}
