/** Signals of the whole market: features and rank of 2,400 securities read from the database, and the ensemble's votes. */
import { replaceHistory } from '../../src/db/prices.ts';
import { storeSecurities } from '../../src/db/securities.ts';
import { readSignalBars } from '../../src/db/signal-bars.ts';
import { conviction, modelAClass } from '../../src/domain/signals/classes.ts';
import { ensembleStatistics, ensembleVote, filterVotes, type Votes } from '../../src/domain/signals/ensemble.ts';
import { securityFeatures, windowBars } from '../../src/domain/signals/features.ts';
import { rankSecurities } from '../../src/domain/signals/rank.ts';
import { targetWeights } from '../../src/domain/signals/target-weights.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, withApp } from './place.ts';
import { lastDay } from './sample-data.ts';
import { randomFrom, sampleBars, sampleCodes, sampleDays, sampleSecurities } from './sample-market.ts';
import { median } from './statistics.ts';
import { timed } from './stopwatch.ts';

const securities = 2400;
const bars = 520;

export const features = ({ quick }: { quick: boolean }): Promise<Outcome[]> =>
  inPlace(place =>
    withApp(place, app => {
      const { db } = app;
      const codes = sampleCodes(securities);
      const days = sampleDays(lastDay, 3).slice(-bars);
      db.transaction(() => {
        storeSecurities(db, sampleSecurities(codes), app.now());
        for (const [index, code] of codes.entries()) {
          replaceHistory(db, code, sampleBars(days, index), { at: app.now(), source: 'eodhd' });
        }
      });
      const rounds = Array.from({ length: quick ? 3 : 7 }, () => {
        let reading = 0;
        let ranked = 0;
        const whole = timed(() => {
          let all = readSignalBars(db, [], { asOf: lastDay, most: windowBars });
          reading = timed(() => {
            all = readSignalBars(db, codes, { asOf: lastDay, most: windowBars });
          });
          const ranking = rankSecurities(
            all.map(each => securityFeatures(each, lastDay)),
            lastDay,
          );
          targetWeights(ranking.ranked, new Map(all.map(each => [each.code, each])));
          ranked = ranking.ranked.length;
          if (ranked === 0) throw new Error('nothing was ranked');
        });
        return { whole, reading, ranked };
      });
      const votes = sampleVotes();
      const ensemble = Array.from({ length: quick ? 3 : 9 }, () =>
        timed(() => {
          const rows = votes.map(each => ensembleVote(each));
          if (ensembleStatistics(rows).total !== securities) throw new Error('a vote is missing');
          filterVotes(rows, { keep: 'no-conflict' });
        }),
      );
      return [
        {
          name: `features and rank of 2,400 x ${bars}`,
          unit: 's',
          measured: median(rounds.map(each => each.whole)) / 1000,
          target: { of: 'measured', is: '<=', value: 3 },
          note: `reading ${median(rounds.map(each => each.reading)).toFixed(0)} ms; the first time ${rounds[0]?.whole.toFixed(0)} ms; ${rounds[0]?.ranked} ranked`,
        },
        {
          name: 'ensemble of 2,400',
          unit: 'ms',
          measured: median(ensemble),
          target: { of: 'measured', is: '<=', value: 1000 },
          note: `the first time ${ensemble[0]?.toFixed(1)} ms`,
        },
      ];
    }),
  );

function sampleVotes(): Votes[] {
  const random = randomFrom(securities);
  return sampleCodes(securities).map((code, index) => {
    const [probability, expectedReturn, score] = [random(), random() * 0.2 - 0.1, random()];
    return {
      code,
      a: {
        signal: modelAClass(probability, expectedReturn),
        probability,
        expectedReturn,
        conviction: conviction(probability),
        rank: index + 1,
      },
      b: { signal: modelAClass(score, score - 0.5), score, grade: 'C', rank: securities - index },
    };
  });
}
