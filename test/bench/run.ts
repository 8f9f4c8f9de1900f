/**
 * `npm run bench`: how fast the built program is, each figure beside a floor or a peer of the same run. With names it
 * runs only those areas; `--json` prints one document to keep for a trend, `--quick` takes fewer rounds. Exit 1 when a
 * target is missed or an area could not be measured.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { benches } from './benches.ts';
import { root } from './place.ts';
import { type Area, reportOf } from './report.ts';
import { table } from './table.ts';

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

/** In a process of its own: what one area has warmed up, or left in memory, is no part of another's figures. */
async function measure(name: string, quick: boolean): Promise<Area> {
  const child = fork(join(import.meta.dirname, 'area-process.ts'), [name, ...(quick ? ['--quick'] : [])]);
  let area: Area | undefined;
  child.once('message', found => {
    area = found as Area;
  });
  const [[code, killedBy]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
  // The other areas are still worth their figures.
  return area ?? { name, outcomes: [], trouble: `it ended with ${killedBy ?? code}` };
}

const areas: Area[] = [];
for (const name of Object.keys(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  process.stderr.write(`${name} ...\n`);
  areas.push(await measure(name, flags.has('--quick')));
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
