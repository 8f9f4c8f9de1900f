/** A check of 10,000 alert rules over 2,400 securities, all of it from SQLite: where nothing fires, and where some do. */
import { insertAlert } from '../../src/db/alerts.ts';
import { storeDividends } from '../../src/db/dividends.ts';
import { parseRule } from '../../src/domain/alerts/rule-grammar.ts';
import { addDays } from '../../src/domain/date.ts';
import { price } from '../../src/domain/decimal.ts';
import { checkAlerts } from '../../src/usecases/check-alerts.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, withApp } from './place.ts';
import { fillData, lastDay } from './sample-data.ts';
import { sampleCodes } from './sample-market.ts';
import { median } from './statistics.ts';
import { timed } from './stopwatch.ts';

const securities = 2400;
const rules = 10_000;

/** Every form of a rule, each asked of about as many securities; nothing meets them. */
const quietForms = [
  'above 9999',
  'below 0.001',
  'moves 99%',
  'moves 99% in 5d',
  'volume > 99x',
  'gain > 9999%',
  'loss > 100%',
  'stale > 9d',
  'ex-dividend in 1d',
  'discount in 0d',
  'signal is BUY',
  '52w high',
] as const;
/** What one rule in fifty is where some fire: each is so. */
const loudForms = ['above 0.001', 'moves 0.0001% in 3d', 'ex-dividend in 90d', 'volume > 0.0001x'] as const;
const loudEach = 50;

export const alerts = ({ quick }: { quick: boolean }): Promise<Outcome[]> =>
  inPlace(async place => {
    await fillData(place, { securities, entries: 6000, years: 2 });
    return withApp(place, app => {
      const { db } = app;
      const codes = sampleCodes(securities);
      const dividends = codes.map((code, index) => ({
        code,
        exDate: addDays(lastDay, 10 + (index % 60)),
        perUnit: price('0.25'),
        currency: 'AUD',
      }));
      db.transaction(() => storeDividends(db, dividends, app.now()));
      const fill = (withLoud: boolean): void =>
        db.transaction(() => {
          for (let index = 0; index < rules; index += 1) {
            const at = index % securities;
            const isLoud = withLoud && index % loudEach === 0;
            const form = isLoud
              ? loudForms[(index / loudEach + Math.floor(index / securities)) % loudForms.length]
              : quietForms[(Math.floor(index / securities) + at) % quietForms.length];
            const rule = parseRule(`ASX:${codes[at]} ${form}`);
            insertAlert(db, { rule, priority: 'normal', origin: 'user', createdAt: app.now() });
          }
        });
      const clear = (): void =>
        db.transaction(() => {
          db.raw.exec("DELETE FROM alerts WHERE origin = 'user'");
        });
      const rounds = quick ? 3 : 7;
      let found = checkAlerts(app);
      fill(false);
      checkAlerts(app);
      const quiet = Array.from({ length: rounds }, () =>
        timed(() => {
          found = checkAlerts(app);
        }),
      );
      const silent = `${found.pairs} checks, ${found.unjudged.length} not judged, ${found.fired.length} fired`;
      let fired = 0;
      const firing = Array.from({ length: rounds }, () => {
        clear();
        fill(true);
        return timed(() => {
          found = checkAlerts(app);
          fired = found.fired.length;
        });
      });
      const target = { of: 'measured', is: '<=', value: 300 } as const;
      return [
        { name: '10,000 alerts, nothing fires', unit: 'ms', measured: median(quiet), target, note: silent },
        { name: '10,000 alerts, some fire', unit: 'ms', measured: median(firing), target, note: `${fired} fired` },
      ];
    });
  });
