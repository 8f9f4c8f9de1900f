import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/support/environment.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    env: { TZ: 'UTC', NODE_ENV: 'test' },
    maxWorkers: 2,
    // A file that leaves no state behind needs no process of its own: the modules are loaded once for each worker.
    isolate: false,
  },
});
