import { defineConfig } from 'vitest/config';

/** The tests that have to notice a mutant: those of the rules themselves, which are quick. See docs/mutation.md. */
export default defineConfig({
  test: {
    include: ['test/domain/{ledger,tax,returns}/**/*.test.ts'],
    setupFiles: ['test/support/environment.ts'],
    testTimeout: 20_000,
    env: { TZ: 'UTC', NODE_ENV: 'test' },
    isolate: false,
  },
});
