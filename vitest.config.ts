import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'packages/**/*.test.ts',
      'scripts/**/*.test.ts',
      'checks/**/*.test.ts',
    ],
    // A test that is lost in thought is a failure; nothing here waits for the clock.
    testTimeout: 120_000,
  },
})
