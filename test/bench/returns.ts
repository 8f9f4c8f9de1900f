/** The whole history of a portfolio with its returns, benchmark and risk, as two commands ask for them, in this process. */
import { writeSetting } from '../../src/db/settings.ts';
import { viewAnalysis } from '../../src/usecases/view-analysis.ts';
import { viewPerformance } from '../../src/usecases/view-performance.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, withApp } from './place.ts';
import { fillData } from './sample-data.ts';
import { median } from './statistics.ts';
import { timed } from './stopwatch.ts';

const sizes = [
  { securities: 60, entries: 2000, years: 8, target: 0.5 },
  { securities: 250, entries: 10_000, years: 20, target: undefined },
  { securities: 500, entries: 20_000, years: 20, target: 5 },
] as const;

/** With the processor's time, which other work of the machine does not stretch as much. */
function timedWithCpu(work: () => void): { elapsed: number; cpu: number } {
  const before = process.cpuUsage();
  const elapsed = timed(work);
  const { user, system } = process.cpuUsage(before);
  return { elapsed, cpu: (user + system) / 1000 };
}

export async function returns({ quick }: { quick: boolean }): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { target, ...sample } of sizes) {
    const taken = await inPlace(async place => {
      await fillData(place, sample);
      return withApp(place, app =>
        Array.from({ length: quick ? 3 : 5 }, (_, take) => {
          // A change of the data, so that no take finds what one before it has read.
          app.db.transaction(() => writeSetting(app.db, 'bench.take', take));
          return timedWithCpu(() => {
            const { total, stored, from } = viewPerformance(app);
            const { risk } = viewAnalysis(app, { from });
            if (
              total?.timeWeighted === undefined ||
              risk.volatilityPct.value === undefined ||
              stored.days.length < sample.years * 250
            ) {
              throw new Error('the sample has no history');
            }
          });
        }),
      );
    });
    outcomes.push({
      name: `returns and risk of ${sample.securities} holdings, ${sample.years} years`,
      unit: 's',
      measured: median(taken.map(each => each.elapsed)) / 1000,
      ...(target === undefined ? {} : { target: { of: 'measured', is: '<=', value: target } }),
      note: `${sample.entries.toLocaleString('en-AU')} entries; ${(median(taken.map(each => each.cpu)) / 1000).toFixed(2)} s of processor`,
    });
  }
  return outcomes;
}
