/** How long one-shot commands take, in times of a Node that does nothing. */
import type { Outcome } from './outcome.ts';
import { inPlace, launcher, type Place } from './place.ts';
import { fillData } from './sample-data.ts';
import { median } from './statistics.ts';
import { interleaved, timeProcess } from './stopwatch.ts';

/** What `node -e 0` is called in the table. */
export const idleNode = 'node -e 0';
export const timeIdleNode = ({ env }: Place): number => timeProcess(['-e', '0'], env);

export function commands({ quick }: { quick: boolean }): Promise<Outcome[]> {
  return inPlace(async place => {
    await fillData(place, { securities: 40, entries: 2000, years: 2 });
    const { env } = place;
    const version = (): number => timeProcess([launcher, '--version'], env);
    const holdings = (): number => timeProcess([launcher, 'holdings', '--json'], env);
    const help = (): number => timeProcess([launcher, '--help'], env);
    // The first start compiles and keeps what it compiled; users wait for that once.
    const first = holdings();
    help();
    holdings();
    const taken = await interleaved(quick ? 7 : 25, { node: () => timeIdleNode(place), version, help, holdings });
    const against = { name: idleNode, value: median(taken.node) };
    return [
      {
        name: 'asxos --version',
        unit: 'ms',
        measured: median(taken.version),
        against,
        target: { of: 'ratio', is: '<=', value: 1.7 },
      },
      { name: 'asxos --help', unit: 'ms', measured: median(taken.help), against },
      {
        name: 'holdings --json of 2,000 entries',
        unit: 'ms',
        measured: median(taken.holdings),
        against,
        target: { of: 'ratio', is: '<=', value: 3 },
        note: `the very first time ${first.toFixed(0)} ms`,
      },
    ];
  });
}
