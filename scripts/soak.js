// The tests that are worth hours: 200 kills, a million mangled inputs, five minutes of random keys, and every law on inputs
// that it has never been tried on. It says what it saw.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuildNeeded } from './build.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tests = ['test/fuzz.test.ts', 'test/e2e/kill.test.ts', 'test/e2e/wild-session.test.ts', 'laws'];

if (isBuildNeeded()) await build();
const started = performance.now();
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--maxWorkers=2', ...tests, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { LAWS_SEED: 'random', ...process.env, SOAK: '1' } },
);
console.log(
  `The soak ${status === 0 ? 'passed' : 'failed'} after ${Math.round((performance.now() - started) / 1000)} s.`,
);
process.exitCode = status ?? 1;
