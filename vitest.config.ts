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
    // In another order every time, so that no test can come to need the one before it. The order is that of the seed that
    // is printed: --sequence.seed=NUMBER does it again. Files stay as vitest orders them, the longest first.
    sequence: { shuffle: { files: false, tests: true } },
    // `npm run coverage`, which CI runs in the place of `npm test`.
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      // The edge of the process and the threads: what runs of them is the built program in processes of its own
      // (test/main.test.ts, test/e2e), and there the source is not what is counted.
      exclude: ['src/main.ts', 'src/host/*-worker.ts'],
      reporter: ['text-summary', 'json-summary'],
      // A run that failed says what it covered, too.
      reportOnFailure: true,
      thresholds: {
        lines: 85,
        statements: 85,
        functions: 85,
        branches: 85,
        'src/domain/**': { lines: 95, statements: 95, functions: 95, branches: 90 },
      },
    },
  },
});
