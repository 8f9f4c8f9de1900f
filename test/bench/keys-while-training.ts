/** From a key to the row that it selects, while model A is trained on the whole market in the same console. */
import { footer, type Running, withNode } from './console.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, launcher } from './place.ts';
import { fillData } from './sample-data.ts';
import { median, p95 } from './statistics.ts';

const size = { columns: 120, rows: 45 };
const sample = { securities: 2400, entries: 6000, years: 4 } as const;
/** A hurried hand's. */
const betweenKeys = 60;
const marked = /^ › (\w+)/m;

/** Milliseconds from each `j` to the bytes that moved the selection, until the run is over. */
async function timeSelections(running: Running, isOver: () => boolean): Promise<number[]> {
  const timings: number[] = [];
  while (!isOver()) {
    const before = marked.exec(running.screen())?.[1];
    const pressedAt = performance.now();
    running.write('j');
    const at = await running.until(screen => marked.exec(screen)?.[1] !== before, 'another selected row');
    timings.push(at - pressedAt);
    await new Promise(resolve => setTimeout(resolve, betweenKeys));
  }
  return timings;
}

export function keysWhileTraining(): Promise<Outcome> {
  return inPlace(async place => {
    await fillData(place, sample);
    return withNode([launcher], size, place.env, async running => {
      await running.shown(footer);
      running.write('3');
      await running.shown('run signals');
      running.write('n');
      running.write('2');
      await running.shown('2,400 holdings');
      await running.shown('Training');
      const startedAt = performance.now();
      const timings = await timeSelections(running, () => !running.screen().includes('Training'));
      const seconds = (performance.now() - startedAt) / 1000;
      return {
        name: 'key to frame while training, p95',
        unit: 'ms',
        measured: p95(timings),
        target: { of: 'measured', is: '<=', value: 30 },
        note: `${timings.length} keys in ${seconds.toFixed(0)} s of training; median ${median(timings).toFixed(1)} ms, slowest ${Math.max(...timings).toFixed(0)} ms`,
      };
    });
  });
}
