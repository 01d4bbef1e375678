import { startDisplay } from './display.ts'
import { provision } from './provision.ts'
import { runBin } from './run.ts'

/** `npm run test:installer`: installs, updates and removes the program on a Windows by Wine. Only Linux has that. */

await provision({ installer: true, windows: true, display: true })
const display = await startDisplay()
process.exitCode = await runBin('vitest', 'vitest', ['run', 'scripts/installer'], {
  env: { ...process.env, TEST_INSTALLER: display },
})
process.exit()
