/**
 * Vitest's runner for `npm run mutation`: every test is run once as it is, which tells the mutants that it reaches, and
 * then once with each of those that no test has noticed yet. The modules stay loaded in between, which is what makes
 * twelve thousand mutants a matter of minutes: Stryker's own runner begins Vitest anew for each.
 *
 * What it finds is appended to results-N.jsonl, a line of JSON for each; what it is at stands in at-N.json, so that
 * mutation.js can end a mutant that never comes back and begin this again without it.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { type RunnerTestCase, TestRunner } from 'vitest';

/** What the instrumented sources count and ask for. */
type Instrumentation = {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number;
  mutantCoverage?: { static: Hits; perTest: Record<string, Hits> };
};
type Hits = Record<string, number>;

const { MUTATION_PLACE: place = '.mutation', MUTATION_PART = '0', MUTATION_PARTS = '1' } = process.env;
const [part, parts] = [Number(MUTATION_PART), Number(MUTATION_PARTS)];
const results = join(place, `results-${part}.jsonl`);
const at = join(place, `at-${part}.json`);
/** The source of each mutant. */
const places: Record<string, string> = JSON.parse(readFileSync(join(place, 'places.json'), 'utf8'));

const instrumentation: Instrumentation = {};
Object.assign(globalThis, { __stryker__: instrumentation });

/** A mutant that turns a loop round and round is ended where it has been passed so many times more often. */
const roundsAllowed = 100;

// One input that shows the fault is enough: the smallest one is for people.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });

const decided = new Set<string>();
const done = new Set<string>();
if (existsSync(results)) {
  for (const line of readFileSync(results, 'utf8').split('\n').filter(Boolean)) {
    const { mutant, test } = JSON.parse(line);
    if (mutant === undefined) done.add(test);
    else decided.add(mutant);
  }
}
const record = (line: object): void => appendFileSync(results, `${JSON.stringify(line)}\n`);

export default class MutationRunner extends TestRunner {
  async runTask(test: RunnerTestCase): Promise<void> {
    try {
      await tryMutants(test);
    } finally {
      // What runs between tests is the loading of the next file.
      instrumentation.currentTestId = undefined;
    }
  }
}

async function tryMutants(test: RunnerTestCase): Promise<void> {
  const name = `${test.file.name} > ${test.name}`;
  const body = TestRunner.getTestFn(test);
  writeFileSync(at, JSON.stringify({ test: name }));
  const { hits, ms } = await runAsItIs(body, test.id);
  if (done.has(test.id)) return;
  if (!(await passes(body))) {
    record({ test: test.id, name, ms, isOnceOnly: true, reached: [], atLoad: [] });
    return;
  }
  const reached = Object.keys(hits).filter(id => Number(id) % parts === part && isAsked(test.file.name, id));
  const started = performance.now();
  let tried = 0;
  for (const mutant of reached.filter(id => !decided.has(id))) {
    writeFileSync(at, JSON.stringify({ mutant, test: name }));
    tried += 1;
    if (await isNoticed(body, mutant, hits[mutant] ?? 0)) {
      decided.add(mutant);
      record({ mutant, test: name });
      // A result that the mutant left behind would speak for all that come after it.
      if (!(await passes(body))) {
        record({ mutant, test: name, isTainted: true });
        break;
      }
    }
    await setImmediate();
  }
  const { mutantCoverage } = instrumentation;
  record({
    test: test.id,
    name,
    ms,
    tried,
    spent: performance.now() - started,
    reached,
    atLoad: Object.keys(mutantCoverage?.static ?? {}),
  });
}

/** A law takes as long as hundreds of examples: it has to notice only what is changed in its own folder. */
function isAsked(testFile: string, mutant: string): boolean {
  const own = dirname(testFile).replace(/^test/, 'src');
  return !/laws\.test/.test(testFile) || dirname(places[mutant] ?? '') === own;
}

type Body = () => unknown;

async function runAsItIs(body: Body, id: string): Promise<{ hits: Hits; ms: number }> {
  instrumentation.currentTestId = id;
  const started = performance.now();
  await body();
  const ms = performance.now() - started;
  instrumentation.currentTestId = 'changed';
  const perTest = instrumentation.mutantCoverage?.perTest;
  const hits = perTest?.[id] ?? {};
  if (perTest !== undefined) delete perTest[id];
  return { hits, ms };
}

async function isNoticed(body: Body, mutant: string, hits: number): Promise<boolean> {
  instrumentation.activeMutant = mutant;
  instrumentation.hitCount = 0;
  instrumentation.hitLimit = Math.max(1_000, hits * roundsAllowed);
  const noticed = !(await passes(body));
  instrumentation.activeMutant = undefined;
  return noticed;
}

async function passes(body: Body): Promise<boolean> {
  try {
    await body();
    return true;
  } catch {
    return false;
  }
}
