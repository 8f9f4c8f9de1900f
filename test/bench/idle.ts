/** What the console writes and burns while nobody touches it and the exchange is closed. */
import { readFileSync } from 'node:fs';
import { footer, withNode } from './console.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, launcher } from './place.ts';
import { fillData } from './sample-data.ts';

const size = { columns: 120, rows: 40 };
/** Clock ticks a second in /proc: the same on every Linux. */
const ticksPerSecond = 100;

/** Seconds of processor that a process and its threads have used. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name stands in brackets and may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

export function idle({ quick }: { quick: boolean }): Promise<Outcome[]> {
  const seconds = quick ? 10 : 60;
  return inPlace(async place => {
    await fillData(place, { securities: 40, entries: 2000, years: 2 });
    return withNode([launcher], size, place.env, async running => {
      await running.shown(footer);
      await running.quiet(3000);
      const [bytes, cpu, startedAt] = [running.bytes(), cpuSeconds(running.pid), performance.now()];
      await new Promise(resolve => setTimeout(resolve, seconds * 1000));
      const elapsed = (performance.now() - startedAt) / 1000;
      const note = `${seconds} s on the Dashboard, the exchange closed`;
      return [
        {
          name: 'idle console writes',
          unit: 'bytes',
          measured: running.bytes() - bytes,
          target: { of: 'measured', is: '<=', value: 0 },
          note,
        },
        {
          name: 'idle console burns',
          unit: '%',
          measured: ((cpuSeconds(running.pid) - cpu) / elapsed) * 100,
          target: { of: 'measured', is: '<', value: 0.5 },
          note: 'of one core',
        },
      ];
    });
  });
}
