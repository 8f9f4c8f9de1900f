/**
 * `npm run bench`: how fast the built program is, each figure beside a floor or a peer of the same run. With names it
 * runs only those; `--json` prints the same as JSON, `--quick` takes fewer rounds. Exit 1 when a target is missed.
 */
import { loadavg } from 'node:os';
import { accountServer } from './account-server.ts';
import { alerts } from './alerts.ts';
import { commands } from './commands.ts';
import { correlation } from './correlation.ts';
import { demoStart } from './demo-start.ts';
import { features } from './features.ts';
import { firstFrame } from './first-frame.ts';
import { folding } from './folding.ts';
import { idle } from './idle.ts';
import { ifDue } from './if-due.ts';
import { inbox } from './inbox.ts';
import { keys } from './keys.ts';
import { keysWhileTraining } from './keys-while-training.ts';
import { modelB } from './model-b.ts';
import { isMet, isSkipped, type Outcome, outcomeJson } from './outcome.ts';
import { rebalance } from './rebalance.ts';
import { returns } from './returns.ts';
import { storing } from './storing.ts';
import { table } from './table.ts';
import { training } from './training.ts';
import { views } from './views.ts';

export type Options = { readonly quick: boolean };
type Bench = (options: Options) => Promise<Outcome | readonly Outcome[]>;

const benches: Readonly<Record<string, Bench>> = {
  commands,
  'if-due': ifDue,
  'first-frame': firstFrame,
  keys,
  idle,
  storing,
  folding,
  views,
  inbox,
  returns,
  correlation,
  rebalance,
  features,
  training,
  'keys-while-training': keysWhileTraining,
  'model-b': modelB,
  alerts,
  demo: demoStart,
  serve: accountServer,
};

const args = process.argv.slice(2);
const flags = new Set(args.filter(arg => arg.startsWith('--')));
const names = args.filter(arg => !arg.startsWith('--'));
const unknown = [...flags].filter(flag => flag !== '--json' && flag !== '--quick');
const missing = names.filter(name => !(name in benches));
if (unknown.length > 0 || missing.length > 0) {
  const wrong = [...unknown, ...missing].join(' ');
  process.stderr.write(`There is no bench "${wrong}"; there are: ${Object.keys(benches).join(', ')}\n`);
  process.exit(64);
}

const outcomes: Outcome[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  process.stderr.write(`${name} ...\n`);
  try {
    outcomes.push(...[await bench({ quick: flags.has('--quick') })].flat());
  } catch (error) {
    // The other benches are still worth their figures.
    process.stderr.write(`${name} could not be measured: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
}
const load = loadavg()[0]?.toFixed(1);
if (flags.has('--json')) {
  process.stdout.write(`${JSON.stringify({ load, outcomes: outcomes.map(outcomeJson) }, undefined, 2)}\n`);
} else {
  process.stdout.write(`${table(outcomes)}load average ${load}\n`);
}
if (outcomes.some(outcome => !isSkipped(outcome) && isMet(outcome) === false)) process.exitCode = 1;
