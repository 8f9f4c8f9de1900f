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
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      exclude: [
        // Threads and the edge of the process: they run in processes of their own, as the built program and its workers
        // (test/e2e, test/main.test.ts), where the source is not what is counted.
        'src/main.ts',
        'src/host/*-worker.ts',
        // Declarations without code.
        'src/**/*.d.ts',
      ],
      reporter: ['text-summary', 'json-summary', 'html'],
      // A run that failed says what it covered, too.
      reportOnFailure: true,
    },
  },
});
