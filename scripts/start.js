// `npm start`: builds when needed, then opens the console on the simulated market, in this very process, so that
// signals, the terminal and the exit code are the console's own.
import { fileURLToPath } from 'node:url';
import { buildAndReport } from './build.js';

const launcher = new URL('../bin/asxos.js', import.meta.url);
if (await buildAndReport({ always: false })) {
  process.argv = [process.execPath, fileURLToPath(launcher), 'demo', ...process.argv.slice(2)];
  await import(launcher.href);
} else {
  process.exitCode = 70;
}
