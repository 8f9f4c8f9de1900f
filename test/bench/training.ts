/** What it takes to grow 100 trees of depth 6 from 200,000 rows of 25 inputs, every row and input seen by every tree. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Outcome } from './outcome.ts';
import { root } from './place.ts';
import { median } from './statistics.ts';

type Run = { readonly seconds: number; readonly megabytes: number; readonly nodes: number };

function run(): Run {
  const child = spawnSync(process.execPath, [join(root, 'test/bench/training-process.ts')], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as Run;
}

export async function training({ quick }: { quick: boolean }): Promise<Outcome[]> {
  const runs = Array.from({ length: quick ? 1 : 3 }, run);
  return [
    {
      name: 'training on 200,000 x 25',
      unit: 's',
      measured: median(runs.map(each => each.seconds)),
      target: { of: 'measured', is: '<=', value: 30 },
      note: `100 trees of depth 6, ${runs[0]?.nodes} nodes`,
    },
    {
      name: 'memory of the training',
      unit: 'MB',
      measured: Math.max(...runs.map(each => each.megabytes)),
      target: { of: 'measured', is: '<=', value: 400 },
      note: 'the most that its process held, with the rows',
    },
  ];
}
