// `npm run check`: types, style, architecture and dead code. One line for each; the output of those that fail.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules/.bin');
const windows = process.platform === 'win32';

const checks = [
  { name: 'types', command: ['tsc', '--noEmit', '-p', '.'] },
  { name: 'style', command: ['biome', 'ci', '--error-on-warnings', '--colors=off'] },
  { name: 'architecture', command: ['depcruise', 'src', '--config', '.dependency-cruiser.cjs'] },
  { name: 'dead code', command: ['knip'] },
  { name: 'dead code but for tests', command: ['knip', '--production'] },
];

const wanted = process.argv.slice(2);
const selected = wanted.length === 0 ? checks : checks.filter(({ name }) => wanted.includes(name));
if (selected.length === 0) {
  process.stderr.write(
    `There is no check "${wanted.join(' ')}"; there are: ${checks.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(64);
}

const results = await inPairs(selected, run);
const failed = results.filter(({ code }) => code !== 0);
for (const { name, output } of failed) process.stdout.write(`\n--- ${name} ---\n${output}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Two at a time: more would fight over the cores of a small machine. */
async function inPairs(items, work) {
  const done = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) done[index] = await work(item);
  };
  await Promise.all([worker(), worker()]);
  return done;
}

function run({ name, command: [tool, ...args] }) {
  const started = performance.now();
  return new Promise(resolve => {
    let output = '';
    const child = spawn(join(bin, windows ? `${tool}.cmd` : tool), args, {
      cwd: root,
      shell: windows,
      // The tools are scripts with `#!/usr/bin/env node`: the project's own Node comes first.
      env: { ...process.env, PATH: `${bin}${windows ? ';' : ':'}${process.env.PATH}` },
    });
    const collect = chunk => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const finish = code => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
      resolve({ name, code, output });
    };
    child.on('error', error => {
      output += `${error.message}\n`;
      finish(1);
    });
    child.on('close', code => finish(code ?? 1));
  });
}
