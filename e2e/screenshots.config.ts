import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: 'screenshots.ts',
  outputDir: '../out/screenshots',
  fullyParallel: true,
  workers: 2,
  reporter: 'list',
})
