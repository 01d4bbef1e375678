import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'
import { isStandIn } from 'electron-stand-in/which.ts'

export default defineConfig({
  testDir: '.',
  testMatch: ['e2e/**/*.spec.ts', 'packages/*/contract/**/*.spec.ts'],
  outputDir: 'out/e2e',
  fullyParallel: true,
  // Real Electron has the system's one clipboard, and the stand-in one of its own. One more than there are processors:
  // a spec that waits for a cool-down needs none.
  workers: isStandIn() ? availableParallelism() + 1 : 1,
  retries: 0, // flaky is broken
  forbidOnly: true,
  // Limits for what never comes, not for what is slow.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: { trace: 'retain-on-failure' },
})
