/** What the line that cron runs costs when nothing is due, in times of a Node that does nothing. */
import { spawnSync } from 'node:child_process';
import { idleNode, timeIdleNode } from './commands.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, launcher } from './place.ts';
import { median } from './statistics.ts';
import { interleaved, timeProcess } from './stopwatch.ts';

const line = ['--demo', 'refresh', 'all', '--if-due', '--quiet'];

export function ifDue({ quick }: { quick: boolean }): Promise<Outcome> {
  return inPlace(async place => {
    const { env } = place;
    const run = () => spawnSync(process.execPath, [launcher, ...line, '--json'], { env, encoding: 'utf8' });
    // The first does all there is to do, signals among it.
    run();
    const { data } = JSON.parse(run().stdout) as { data: { jobs: string[]; calls: number } };
    if (data.jobs.length > 0 || data.calls > 0) throw new Error(`still due: ${data.jobs.join(', ')}`);
    const taken = await interleaved(quick ? 7 : 25, {
      node: () => timeIdleNode(place),
      due: () => timeProcess([launcher, ...line], env),
    });
    return {
      name: 'refresh --if-due, nothing due',
      unit: 'ms',
      measured: median(taken.due),
      against: { name: idleNode, value: median(taken.node) },
      target: { of: 'ratio', is: '<=', value: 3 },
      note: 'two portfolios and a watchlist of 12, no request',
    };
  });
}
