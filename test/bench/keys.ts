/** From a key to the last byte of the frame it makes, and what the console holds in memory after that. */
import { readFileSync } from 'node:fs';
import { footer, type Running, withNode } from './console.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, launcher } from './place.ts';
import { fillData } from './sample-data.ts';
import { median, p95 } from './statistics.ts';

const size = { columns: 120, rows: 45 };
const securities = 2400;
/** Longer than two frames are apart: what comes later belongs to no key. */
const pause = 80;
const pageDown = '\u001b[6~';

const echo = `process.stdin.setRawMode(true); process.stdout.write('ready');
process.stdin.on('data', key => process.stdout.write(key.toString('latin1') === 'j' ? 'j' : 'page'));`;

/** Milliseconds from each key to the last byte that it made the program write. */
async function timeKeys(running: Running, keys: readonly string[]): Promise<number[]> {
  const timings: number[] = [];
  for (const key of keys) {
    await running.quiet(pause);
    const pressedAt = performance.now();
    running.write(key);
    do await new Promise(resolve => setTimeout(resolve, pause));
    while ((running.lastByteAt() ?? 0) > performance.now() - pause && performance.now() < pressedAt + 5000);
    const at = running.lastByteAt() ?? 0;
    if (at > pressedAt) timings.push(at - pressedAt);
  }
  return timings;
}

/** Three times `j`, then a page: a screen of new rows. */
const keysOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => (index % 4 === 3 ? pageDown : 'j'));

const memoryOf = (pid: number, field: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

export function keys({ quick }: { quick: boolean }): Promise<Outcome[]> {
  return inPlace(async place => {
    await fillData(place, { securities, entries: 6000, years: 1 });
    const pressed = keysOf(quick ? 40 : 200);
    const floor = await withNode(['-e', echo], size, place.env, async running => {
      await running.shown('ready');
      return timeKeys(running, pressed);
    });
    return withNode([launcher], size, place.env, async running => {
      await running.shown(footer);
      running.write('2');
      await running.shown('2,400 holdings');
      // The first keys find code that was never run.
      await timeKeys(running, keysOf(24));
      const timings = await timeKeys(running, pressed);
      if (timings.length < pressed.length * 0.9) throw new Error(`of ${pressed.length} keys ${timings.length} drew`);
      const lines = timings.filter((_, index) => index % 4 !== 3);
      const pages = timings.filter((_, index) => index % 4 === 3);
      return [
        {
          name: 'key to frame, p95',
          unit: 'ms',
          measured: p95(timings),
          against: { name: 'pty echo, p95', value: p95(floor) },
          target: { of: 'measured', is: '<=', value: 16 },
          note: `2,400 rows, 120x45; median ${median(timings).toFixed(1)} ms; p95 of j ${p95(lines).toFixed(1)}, of a page ${p95(pages).toFixed(1)}`,
        },
        {
          name: 'memory of the console',
          unit: 'MB',
          measured: memoryOf(running.pid, 'VmRSS'),
          target: { of: 'measured', is: '<', value: 200 },
          note: `2,400 securities held; peak ${memoryOf(running.pid, 'VmHWM').toFixed(0)} MB`,
        },
      ];
    });
  });
}
