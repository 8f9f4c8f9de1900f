import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
    env: { TZ: 'UTC', NODE_ENV: 'test', NO_COLOR: '', CI: '' },
    maxWorkers: 2,
  },
});
