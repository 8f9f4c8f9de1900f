// `npm run mutation [folder or file ...]`: changes one thing at a time in the rules of money and sees whether a test
// notices. Stryker is not among the packages that `npm ci` installs: it is as large as all of them, and is fetched into
// .mutation/ when this is first run. Says the score of each folder; the mutants that survived are in
// .mutation/report.json. Exit 1 when a folder is under its least score.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const place = join(root, '.mutation');
const version = '10.1.1';
const packages = ['core', 'vitest-runner'].map(name => `@stryker-mutator/${name}@${version}`);
const core = join(place, 'node_modules/@stryker-mutator/core');
const leastScore = 80;
/** The most important first: a run that is broken off has looked at them. */
const folders = ['src/domain/ledger', 'src/domain/tax', 'src/domain/returns'];

const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'));
const option = (name, fallback) =>
  process.argv
    .find(arg => arg.startsWith(`--${name}=`))
    ?.split('=')
    .at(-1) ?? fallback;

const files = (wanted.length > 0 ? wanted : folders).flatMap(path =>
  path.endsWith('.ts') ? [path] : globSync(`${path}/**/*.ts`, { cwd: root }).sort(),
);
const absent = files.filter(path => !existsSync(join(root, path)));
if (files.length === 0 || absent.length > 0) {
  process.stderr.write(`There is no ${absent.join(', ') || wanted.join(', ')}\n`);
  process.exit(64);
}

mkdirSync(place, { recursive: true });
if (installed() !== version) {
  writeFileSync(join(place, 'package.json'), '{ "private": true }\n');
  // Vitest and TypeScript are those of the project, which are found from here.
  run('npm', ['install', '--save-exact', '--legacy-peer-deps', '--no-fund', '--no-audit', ...packages], place);
}

const config = join(place, 'stryker.json');
writeFileSync(
  config,
  JSON.stringify(
    {
      plugins: [join(place, 'node_modules/@stryker-mutator/vitest-runner/dist/src/index.js')],
      testRunner: 'vitest',
      vitest: { configFile: 'vitest.mutation.config.ts', related: true },
      mutate: files,
      coverageAnalysis: 'perTest',
      // A constant at the top of a module is made once for all mutants: no test of a running worker can notice it.
      ignoreStatic: true,
      concurrency: Number(option('concurrency', '2')),
      timeoutMS: 20_000,
      reporters: ['json', 'progress-append-only'],
      jsonReporter: { fileName: relative(root, join(place, 'report.json')) },
      tempDirName: relative(root, join(place, 'sandbox')),
      // What the tests of these rules do not read.
      ignorePatterns: ['.mutation', 'dist*', 'coverage', 'docs', 'packaging', 'migrations', 'scripts', 'bin'],
    },
    undefined,
    2,
  ),
);
const started = performance.now();
run(process.execPath, [join(core, 'bin/stryker.js'), 'run', relative(root, config)], root);

const score = ({ killed, survived }) => (killed / Math.max(1, killed + survived)) * 100;
const report = JSON.parse(readFileSync(join(place, 'report.json'), 'utf8'));
const byFolder = new Map();
for (const [path, { mutants }] of Object.entries(report.files)) {
  const folder = dirname(path);
  const counted = byFolder.get(folder) ?? { killed: 0, survived: 0 };
  for (const { status } of mutants) {
    if (status === 'Killed' || status === 'Timeout') counted.killed += 1;
    if (status === 'Survived' || status === 'NoCoverage') counted.survived += 1;
  }
  byFolder.set(folder, counted);
}
for (const [path, { mutants }] of Object.entries(report.files)) {
  for (const { status, location, mutatorName, replacement } of mutants) {
    if (status !== 'Survived' && status !== 'NoCoverage') continue;
    const { line, column } = location.start;
    process.stdout.write(`${path}:${line}:${column} ${status} ${mutatorName} ${replacement?.replace(/\s+/g, ' ')}\n`);
  }
}
for (const [folder, counted] of byFolder) {
  const { killed, survived } = counted;
  process.stdout.write(`${folder}: ${score(counted).toFixed(1)} % of ${killed + survived} mutants were noticed\n`);
  if (score(counted) < leastScore) process.exitCode = 1;
}
process.stdout.write(`${files.length} files in ${Math.round((performance.now() - started) / 60_000)} minutes\n`);

function installed() {
  const manifest = join(core, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}

function run(command, args, cwd) {
  const bin = join(root, 'node_modules/.bin');
  const { status } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  });
  if (status !== 0) process.exit(status ?? 1);
}
