/** The demo from its start to its first whole screen, once it has been filled. */
import { footer, withNode } from './console.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, launcher, type Place } from './place.ts';
import { median } from './statistics.ts';

const size = { columns: 120, rows: 40 };

const timeDemo = ({ env }: Place): Promise<number> =>
  withNode([launcher, 'demo'], size, env, async running => (await running.shown(footer)) - running.startedAt);

export function demoStart({ quick }: { quick: boolean }): Promise<Outcome> {
  return inPlace(async place => {
    const first = await timeDemo(place);
    const timings: number[] = [];
    for (let round = 0; round < (quick ? 2 : 5); round++) timings.push(await timeDemo(place));
    return {
      name: 'second start of the demo',
      unit: 's',
      measured: median(timings) / 1000,
      target: { of: 'measured', is: '<', value: 3 },
      note: `the first, which fills it, ${(first / 1000).toFixed(2)} s`,
    };
  });
}
