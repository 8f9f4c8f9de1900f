import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/support/environment.ts'],
    testTimeout: 20_000,
    env: { TZ: 'UTC', NODE_ENV: 'test' },
    maxWorkers: 2,
  },
});
