import { join } from 'node:path'
import { isStandIn, resolveElectron } from 'electron-stand-in/which.ts'
import { root, run } from './run.ts'

/**
 * `npm run unit:electron`: the main process's unit tests on the Node that it runs on, which is Electron's own, with
 * BoringSSL in the place of OpenSSL. https://www.electronjs.org/docs/latest/api/environment-variables
 */
if (isStandIn()) console.log("Electron's binary is not here: this is its stand-in, and so Node's own Node.")
process.exitCode = await run(
  resolveElectron().executable,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'src/main', ...process.argv.slice(2)],
  { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
)
