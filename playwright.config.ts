import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: ['e2e/**/*.spec.ts', 'packages/*/contract/**/*.spec.ts'],
  outputDir: 'out/e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0, // flaky is broken
  forbidOnly: true,
  // Limits for what never comes, not for what is slow.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: { trace: 'retain-on-failure' },
})
