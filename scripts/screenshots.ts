import { startKeyring } from './keyring.ts'
import { provision } from './provision.ts'
import { build, runBin } from './run.ts'

/** Writes docs/images/: every screen, in both languages and themes. */

await provision({ display: false })
await build()
const keyring = await startKeyring()
try {
  process.exitCode = await runBin(
    '@playwright/test',
    'playwright',
    ['test', '--config=e2e/screenshots.config.ts'],
    {
      env: keyring.env,
    },
  )
} finally {
  await keyring.stop()
}
