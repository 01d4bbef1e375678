import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.{ts,tsx}',
      'packages/**/*.test.ts',
      'scripts/**/*.test.ts',
      'checks/**/*.test.ts',
    ],
    // Vitest leaves a processor free for whoever watches; nobody does, and half of two is one.
    maxWorkers: '100%',
    // A test that is lost in thought is a failure; nothing here waits for the clock.
    testTimeout: 120_000,
  },
})
