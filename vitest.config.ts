import { defineConfig } from 'vitest/config';

// Tests are shuffled so that none leans on another, never retried so that a flaky one shows itself.
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    retry: 0,
    sequence: { shuffle: true },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
