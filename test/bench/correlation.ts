/** The correlation matrix of 60 holdings over 8 years: read from the database and worked out, and the working out alone. */
import { readAdjustedCloses } from '../../src/db/adjusted-closes.ts';
import { correlationMatrix } from '../../src/domain/returns/correlation.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, withApp } from './place.ts';
import { fillData, lastDay } from './sample-data.ts';
import { sampleCodes, sampleDays } from './sample-market.ts';
import { median } from './statistics.ts';
import { timed } from './stopwatch.ts';

const securities = 60;
const years = 8;

export const correlation = ({ quick }: { quick: boolean }): Promise<Outcome> =>
  inPlace(async place => {
    await fillData(place, { securities, entries: securities, years });
    return withApp(place, app => {
      const codes = sampleCodes(securities);
      const sessions = sampleDays(lastDay, years);
      const window = { from: sessions[0] ?? lastDay, to: lastDay };
      const rounds = Array.from({ length: quick ? 3 : 9 }, () => {
        let alone = 0;
        const whole = timed(() => {
          const closes = readAdjustedCloses(app.db, codes, window);
          alone = timed(() => {
            const { rows } = correlationMatrix(closes, sessions);
            if (rows[securities - 1]?.[0]?.value === undefined) throw new Error('a correlation is missing');
          });
        });
        return { whole, alone };
      });
      return {
        name: 'correlation of 60 x 8 years',
        unit: 'ms',
        measured: median(rounds.map(each => each.whole)),
        target: { of: 'measured', is: '<=', value: 300 },
        note: `without reading ${median(rounds.map(each => each.alone)).toFixed(0)} ms; the first time ${rounds[0]?.whole.toFixed(0)} ms`,
      };
    });
  });
