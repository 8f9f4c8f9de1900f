/** From the start of the console to its first whole screen. */
import { idleNode, timeIdleNode } from './commands.ts';
import { footer, withNode } from './console.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, launcher, type Place } from './place.ts';
import { fillData } from './sample-data.ts';
import { median } from './statistics.ts';
import { interleaved } from './stopwatch.ts';

const size = { columns: 120, rows: 40 };

const timeFirstFrame = ({ env }: Place): Promise<number> =>
  withNode([launcher], size, env, async running => (await running.shown(footer)) - running.startedAt);

export function firstFrame({ quick }: { quick: boolean }): Promise<Outcome> {
  return inPlace(async place => {
    await fillData(place, { securities: 40, entries: 2000, years: 5 });
    await timeFirstFrame(place);
    await timeFirstFrame(place);
    const taken = await interleaved(quick ? 5 : 15, {
      node: () => timeIdleNode(place),
      console: () => timeFirstFrame(place),
    });
    return {
      name: 'first frame of the console',
      unit: 'ms',
      measured: median(taken.console),
      against: { name: idleNode, value: median(taken.node) },
      target: { of: 'ratio', is: '<=', value: 8 },
      note: '2,000 entries, 120x40',
    };
  });
}
