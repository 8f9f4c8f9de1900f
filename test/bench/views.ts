/** What the use cases take in this process: an import of many rows, and the holdings of a whole market. */
import { importEntries } from '../../src/usecases/import-entries.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, withApp } from './place.ts';
import { fillData, lastDay } from './sample-data.ts';
import { sampleCodes, sampleDays } from './sample-market.ts';
import { median } from './statistics.ts';
import { timed } from './stopwatch.ts';

const rows = 100_000;
const securities = 2400;

export async function views({ quick }: { quick: boolean }): Promise<Outcome[]> {
  const importing = await inPlace(place =>
    withApp(place, app => {
      const text = holdingsFile();
      let added = 0;
      const elapsed = timed(() => {
        added = importEntries(app, { text, fileName: 'holdings.csv' }).added;
      });
      if (added !== rows) throw new Error(`of ${rows} rows ${added} were added`);
      return elapsed;
    }),
  );
  const viewing = await inPlace(async place => {
    await fillData(place, { securities, entries: 6000, years: 1 });
    return withApp(place, app =>
      Array.from({ length: quick ? 3 : 7 }, () =>
        timed(() => {
          if (viewPortfolio(app).holdings.length !== securities) throw new Error('holdings are missing');
        }),
      ),
    );
  });
  return [
    { name: 'import of 100,000 rows', unit: 's', measured: importing / 1000 },
    {
      name: 'holdings of 2,400 securities',
      unit: 'ms',
      measured: median(viewing),
      note: `the first time ${viewing[0]?.toFixed(0)} ms`,
    },
  ];
}

/** Rows of the plain format, no two of them the same. */
function holdingsFile(): string {
  const codes = sampleCodes(500);
  const days = sampleDays(lastDay, 8);
  const lines = Array.from({ length: rows }, (_, index) => {
    const day = days[Math.floor(index / codes.length) * 9] ?? days[0];
    return `${codes[index % codes.length]},${100 + (index % 900)},${(1 + (index % 5000) / 100).toFixed(2)},${day}`;
  });
  return `ticker,shares,avg_cost,date_acquired\n${lines.join('\n')}\n`;
}
