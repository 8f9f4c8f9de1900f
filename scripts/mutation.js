// `npm run mutation [folder or file ...] [-- --concurrency=N]`: changes one thing at a time in the rules of money and
// sees whether a test notices. Stryker's instrumenter makes the changes, and is not among the packages that `npm ci`
// installs: it is fetched into .mutation/ when this is first run. The tests are run by mutation-runner.ts. Says the score
// of each folder and which mutants survived (as JSON: .mutation/report.json). Exit 1 when a folder is under its least
// score.
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const place = join(root, '.mutation');
const stryker = '@stryker-mutator/instrumenter';
const version = '10.1.1';
const leastScore = 80;
const folders = ['src/domain/ledger', 'src/domain/tax', 'src/domain/returns'];
/** A mutant that has kept a test so much longer than any test takes is one that never comes back. */
const patienceMs = 45_000;

const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'));
const concurrency = Number(process.argv.find(arg => arg.startsWith('--concurrency='))?.split('=')[1] ?? 2);

const sources = (wanted.length > 0 ? wanted : folders).flatMap(path =>
  path.endsWith('.ts') ? [path] : globSync(`${path}/**/*.ts`, { cwd: root }).sort(),
);
const absent = sources.filter(path => !existsSync(join(root, path)));
if (sources.length === 0 || absent.length > 0) {
  process.stderr.write(`There is no ${absent.join(', ') || wanted.join(', ')}\n`);
  process.exit(64);
}

const started = performance.now();
mkdirSync(place, { recursive: true });
fetchInstrumenter();
const mutants = await instrument();
const parts = Array.from({ length: concurrency }, (_, part) => part);
const lines = (await Promise.all(parts.map(runPart))).flat();
report();

function fetchInstrumenter() {
  const manifest = join(place, 'node_modules', stryker, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version) return;
  writeFileSync(join(place, 'package.json'), '{ "private": true }\n');
  const { status } = spawnSync('npm', ['install', '--save-exact', '--no-fund', '--no-audit', `${stryker}@${version}`], {
    cwd: place,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

async function instrument() {
  const { Instrumenter } = await import(pathToFileURL(join(place, 'node_modules', stryker, 'dist/src/index.js')).href);
  const silence = () => undefined;
  const silent = { isDebugEnabled: () => false, debug: silence, info: silence, warn: console.warn };
  const files = sources.map(name => ({ name, mutate: true, content: readFileSync(join(root, name), 'utf8') }));
  const options = { plugins: null, excludedMutations: [], ignorers: [], noHeader: false };
  const made = await new Instrumenter(silent).instrument(files, options);
  const contents = Object.fromEntries(made.files.map(({ name, content }) => [name, content]));
  writeFileSync(join(place, 'instrumented.json'), JSON.stringify(contents));
  const places = Object.fromEntries(made.mutants.map(({ id, fileName }) => [id, fileName]));
  writeFileSync(join(place, 'places.json'), JSON.stringify(places));
  process.stdout.write(`${made.mutants.length} mutants of ${sources.length} files\n`);
  return made.mutants;
}

/** The tests with one part of the mutants, begun again after each that did not come back. */
async function runPart(part) {
  const results = join(place, `results-${part}.jsonl`);
  const at = join(place, `at-${part}.json`);
  rmSync(results, { force: true });
  for (;;) {
    rmSync(at, { force: true });
    const { status, isStopped, output } = await runTests({
      at,
      env: { MUTATION_PLACE: place, MUTATION_PART: `${part}`, MUTATION_PARTS: `${concurrency}` },
    });
    if (status === 0) return readFileSync(results, 'utf8').split('\n').filter(Boolean).map(JSON.parse);
    const isCrash = isStopped || status === null || status > 128;
    const { mutant, test } = existsSync(at) ? JSON.parse(readFileSync(at, 'utf8')) : {};
    if (!isCrash || mutant === undefined) {
      process.stderr.write(`${output}\nThe tests do not pass as they are, or could not be run\n`);
      process.exit(1);
    }
    appendFileSync(results, `${JSON.stringify({ mutant, test, isEndless: true })}\n`);
  }
}

function runTests({ at, env }) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--config', 'vitest.mutation.config.ts', '--reporter=dot'];
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });
  let output = '';
  let isStopped = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output = `${output}${chunk}`.slice(-5_000);
    });
  }
  const watch = setInterval(() => {
    if (!existsSync(at) || Date.now() - statSync(at).mtimeMs < patienceMs) return;
    isStopped = true;
    child.kill('SIGKILL');
  }, 1_000);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', status => {
      clearInterval(watch);
      resolve({ status, isStopped, output });
    });
  });
}

function report() {
  const noticedBy = new Map(lines.filter(line => line.mutant !== undefined).map(line => [line.mutant, line]));
  const reached = new Set(lines.flatMap(line => line.reached ?? []));
  const atLoad = new Set(lines.flatMap(line => line.atLoad ?? []));
  const statusOf = ({ id }) => {
    if (noticedBy.has(id)) return noticedBy.get(id).isEndless ? 'endless' : 'noticed';
    if (reached.has(id)) return 'survived';
    return atLoad.has(id) ? 'made at load' : 'not reached';
  };
  const all = mutants.map(mutant => ({
    file: mutant.fileName,
    line: mutant.location.start.line + 1,
    column: mutant.location.start.column + 1,
    change: mutant.mutatorName,
    to: mutant.replacement.replace(/\s+/g, ' '),
    status: statusOf(mutant),
    by: noticedBy.get(mutant.id)?.test,
  }));
  writeFileSync(join(place, 'report.json'), `${JSON.stringify(all, undefined, 1)}\n`);

  for (const { file, line, column, change, to, status } of all) {
    if (status !== 'survived' && status !== 'not reached') continue;
    process.stdout.write(`${file}:${line}:${column} ${status}: ${change} ${to}\n`);
  }
  for (const [kind, names] of [
    ['ran only once', lines.filter(line => line.isOnceOnly).map(line => line.name)],
    ['kept what a mutant left behind', lines.filter(line => line.isTainted).map(line => line.test)],
  ]) {
    for (const name of new Set(names)) process.stdout.write(`A test ${kind}: ${name}\n`);
  }
  const tally = (title, of) => {
    const count = status => of.filter(each => each.status === status).length;
    const noticed = count('noticed') + count('endless');
    const tried = of.length - count('made at load');
    const score = (noticed / Math.max(1, tried)) * 100;
    const left = `${count('survived')} survived, ${count('not reached')} not reached`;
    process.stdout.write(`${title}: ${score.toFixed(1)} % of ${tried} noticed, ${left}\n`);
    return score;
  };
  for (const file of sources)
    tally(
      file,
      all.filter(each => each.file === file),
    );
  for (const folder of new Set(sources.map(dirname))) {
    if (
      tally(
        folder,
        all.filter(each => dirname(each.file) === folder),
      ) < leastScore
    )
      process.exitCode = 1;
  }
  const atLoadOnly = all.filter(each => each.status === 'made at load').length;
  const minutes = Math.round((performance.now() - started) / 60_000);
  process.stdout.write(
    `${atLoadOnly} more stand in constants that are made once, and were not tried; ${minutes} min\n`,
  );
}
