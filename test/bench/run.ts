/**
 * `npm run bench`: how fast the built program is, each figure beside a floor or a peer of the same run. With names it
 * runs only those areas; `--json` prints one document to keep for a trend, `--quick` takes fewer rounds. Exit 1 when a
 * target is missed or an area could not be measured.
 */
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
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
import type { Outcome } from './outcome.ts';
import { root } from './place.ts';
import { rebalance } from './rebalance.ts';
import { refreshCycles } from './refresh-cycles.ts';
import { type Area, reportOf } from './report.ts';
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
  'refresh-cycles': refreshCycles,
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

const areas: Area[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  process.stderr.write(`${name} ...\n`);
  try {
    areas.push({ name, outcomes: [await bench({ quick: flags.has('--quick') })].flat() });
  } catch (error) {
    // The other benches are still worth their figures.
    const trouble = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${name} could not be measured: ${trouble}\n`);
    areas.push({ name, outcomes: [], trouble: trouble.split('\n')[0] ?? '' });
  }
}
const report = reportOf(areas, {
  version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
  date: new Date().toISOString(),
  quick: flags.has('--quick'),
  node: process.version,
  machine: {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  },
});
process.stdout.write(
  flags.has('--json')
    ? `${JSON.stringify(report, undefined, 2)}\n`
    : `${table(areas)}load average ${report.machine.load}\n`,
);
if (!report.held) process.exitCode = 1;
