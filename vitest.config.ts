import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/support/environment.ts'],
    // Several times what the slowest needs, for a machine that has other work.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { TZ: 'UTC', NODE_ENV: 'test' },
    maxWorkers: 2,
    // Node ends a process that frees code of several PGlites at the wrong moment (nodejs/node#64500): nothing is freed.
    // To optimize the large functions of PostgreSQL takes longer than all that tests ask of it.
    execArgv: ['--no-wasm-code-gc', '--liftoff-only'],
    // A file that leaves no state behind needs no process of its own: the modules are loaded once for each worker.
    isolate: false,
    // In an order that nobody wrote, so that no test can come to need the one before it: the same order every time, so that
    // a suite that passed passes again. Another one: --sequence.seed=NUMBER. Files stay as vitest orders them, the longest
    // first.
    sequence: { shuffle: { files: false, tests: true }, seed: 20_261_126 },
    // `npm test -- --coverage`, as CI runs it.
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
        'src/domain/**': { lines: 95, statements: 95, functions: 95, branches: 95 },
      },
    },
  },
});
