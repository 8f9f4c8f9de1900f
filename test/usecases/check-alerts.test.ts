import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { storeDividends } from '../../src/db/dividends.ts';
import { listNotifications } from '../../src/db/notifications.ts';
import { storePreference } from '../../src/db/preferences.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import { storeSplits } from '../../src/db/splits.ts';
import { replaceTargets } from '../../src/db/targets.ts';
import { day, hour, parseLocalDate } from '../../src/domain/date.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import { tradingDays } from '../../src/domain/market/calendar.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { checkAlerts } from '../../src/usecases/check-alerts.ts';
import { addAlert, removeAlerts, viewAlertHistory, viewAlerts } from '../../src/usecases/manage-alerts.ts';
import { viewPortfolios } from '../../src/usecases/manage-portfolios.ts';
import { watchCodes } from '../../src/usecases/manage-watchlist.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp } from '../support/app.ts';
import { say } from '../support/said.ts';
import { at, bar, storeCloses, storeQuote } from './stored-market.ts';

/** Tuesday 3 March 2026, 11:00 in Sydney: the session runs. */
const tuesday = at('2026-03-03T00:00Z');
const monday = '2026-03-02';

/** Without the two rules that everyone has, so that a test hears its own alone. */
async function openQuiet(now = tuesday) {
  const opened = await openTestApp({ now });
  removeAlerts(
    opened.app,
    viewAlerts(opened.app).alerts.map(each => each.alert.id),
  );
  return opened;
}
const add = (app: App, ...rules: string[]): void => {
  for (const rule of rules) addAlert(app, rule, undefined);
};
const quote = (app: App, code: string, text: string, when = app.now()): void =>
  storeQuote(app, code, { at: new Date(when).toISOString(), price: text });
const told = (app: App): string[] => checkAlerts(app).fired.map(each => each.message);
const inbox = (app: App) => listNotifications(app.db, app.now()).map(each => `${each.title}: ${each.message}`);
const reasons = (app: App): string[] => checkAlerts(app).unjudged.map(({ code, why }) => `${code}: ${why}`);

describe('a check', () => {
  it('tells once what is so, with its figures, and the same check again tells nothing and writes nothing', async () => {
    const { app, clock } = await openQuiet();
    storeCloses(app, { BHP: { [monday]: '44' } });
    add(app, 'BHP above 45');
    quote(app, 'BHP', '45.00');
    expect(told(app)).toEqual([]);
    clock.now += hour;
    quote(app, 'BHP', '45.96');
    const { fired, notifications } = checkAlerts(app);
    expect(fired.map(each => each.message)).toEqual(['BHP is at 45.96, above 45.00.']);
    expect([notifications, fired[0]?.value]).toEqual([1, '45.96']);
    expect(listNotifications(app.db, app.now())).toMatchObject([
      {
        type: 'portfolio_alert',
        priority: 'normal',
        title: 'BHP above 45',
        message: 'BHP is at 45.96, above 45.00.',
        data: { code: 'BHP', rule: 'BHP above 45', value: '45.96' },
      },
    ]);
    const revision = app.db.revision();
    expect(told(app)).toEqual([]);
    expect(app.db.revision()).toBe(revision);
    expect(viewAlertHistory(app, { limit: 9 })).toMatchObject({
      totalCount: 1,
      firings: [{ code: 'BHP', notificationId: 1 }],
    });
  });

  it('is armed again by the band and a day, and a machine asleep for a week tells once', async () => {
    const { app, clock } = await openQuiet();
    add(app, 'BHP above 45');
    const prices = async (text: string, later: number): Promise<string[]> => {
      clock.now += later;
      quote(app, 'BHP', text);
      return told(app);
    };
    storeCloses(app, { BHP: { [monday]: '44' } });
    expect(await prices('45.50', 0)).toHaveLength(1);
    expect(await prices('44.50', hour)).toEqual([]);
    expect(await prices('45.50', hour)).toEqual([]);
    expect(await prices('44.55', day)).toEqual([]);
    expect(await prices('45.01', hour)).toHaveLength(1);
    expect(await prices('44.00', 7 * day)).toEqual([]);
    expect(await prices('46.00', 7 * day)).toHaveLength(1);
  });

  it('by two processes at once tells once', async () => {
    const { app, server, clock } = await openTestApp({ now: tuesday, onDisk: true });
    const other = await openTestApp({ now: tuesday, dataDir: app.dataDir, server });
    other.clock.now = clock.now;
    add(app, 'BHP above 45');
    storeCloses(app, { BHP: { [monday]: '44' } });
    quote(app, 'BHP', '45.96');
    expect([told(app), told(other.app)].map(each => each.length)).toEqual([1, 0]);
    expect(inbox(other.app)).toHaveLength(1);
  });

  it('is not fooled by a stale price, one that is held back, or one that is not there', async () => {
    const { app } = await openQuiet();
    add(app, 'BHP above 45', 'CBA below 90', 'WES above 1');
    storeCloses(app, { BHP: { '2026-02-20': '50' }, CBA: { '2026-02-27': '120', [monday]: '121' } });
    quote(app, 'CBA', '12.1');
    expect(told(app)).toEqual([]);
    expect(reasons(app)).toEqual([
      'BHP: no newer price than 2026-02-20',
      'CBA: a quote is held back: trades at 12.1 after 121',
      'WES: it has no price',
    ]);
  });

  it('a clock set back tells nothing twice', async () => {
    const { app, clock } = await openQuiet();
    add(app, 'BHP above 45', 'BHP moves 2%');
    storeCloses(app, { BHP: { [monday]: '44' } });
    quote(app, 'BHP', '46');
    expect(told(app)).toHaveLength(2);
    clock.now -= hour;
    for (const text of ['44', '46', '44', '46']) {
      clock.now += 60_000;
      quote(app, 'BHP', text);
      expect(told(app)).toEqual([]);
    }
  });
});

describe('every form', () => {
  it('moves, 52 weeks and volume, from a year of bars', async () => {
    const { app } = await openQuiet(at('2026-03-03T09:00Z'));
    const days = tradingDays(parseLocalDate('2025-02-01'), parseLocalDate('2026-03-03'));
    // 40.00 rising by a cent a day; on the last day it jumps by 2.00 on five times the volume.
    const bars = days.map((date, index) => ({
      ...bar(date, (40 + index / 100 + (index === days.length - 1 ? 2 : 0)).toFixed(2)),
      volume: decimal(index === days.length - 1 ? '5000' : '1000'),
    }));
    const last = days.length - 1;
    app.db.transaction(() => replaceHistory(app.db, parseCode('BHP'), bars, { at: app.now(), source: 'eodhd' }));
    add(app, 'BHP moves 4%', 'BHP moves 4% in 5d', 'BHP moves 9% in 5d', 'BHP 52w high', 'BHP 52w low');
    add(app, 'BHP volume > 4.9x', 'BHP volume > 5x');
    const close = (index: number): string => bars[index]?.close.toFixed(2) ?? '';
    expect(told(app)).toEqual([
      `BHP has moved +4.7% from its last close, ${close(last - 1)}, to ${close(last)}.`,
      `BHP has moved +4.8% from its close of 24 Feb 2026, ${close(last - 5)}, to ${close(last)}.`,
      `BHP is at ${close(last)}, above its highest close of 52 weeks, ${close(last - 1)}.`,
      'BHP has traded 5,000 units in the session of 3 Mar 2026, 5.0 times its median of 20 sessions, 1,000.',
    ]);
    expect(reasons(app)).toEqual([]);
  });

  it('a year with a split in it is in the units of today', async () => {
    const { app } = await openQuiet(at('2026-03-03T09:00Z'));
    const days = tradingDays(parseLocalDate('2025-02-01'), parseLocalDate('2026-03-03'));
    const bars = days.map(date => bar(date, date < '2025-09-01' ? '80' : date === '2026-03-03' ? '41' : '40'));
    const split = {
      code: parseCode('BHP'),
      date: parseLocalDate('2025-09-01'),
      newUnits: decimal('2'),
      oldUnits: decimal('1'),
    };
    app.db.transaction(() => {
      replaceHistory(app.db, parseCode('BHP'), bars, { at: app.now(), source: 'eodhd' });
      storeSplits(app.db, [split], app.now());
    });
    add(app, 'BHP 52w high');
    expect(told(app)).toEqual(['BHP is at 41.00, above its highest close of 52 weeks, 40.00.']);
  });

  it('gains and losses of what is held, and not of a cost that is unknown', async () => {
    const { app } = await openQuiet();
    recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
    recordEntry(app, 'buy 10 CBA @ 100 on 2026-02-02');
    recordEntry(app, 'opening 10 VAS on 2026-02-02');
    storeCloses(app, { BHP: { [monday]: '46.2' }, CBA: { [monday]: '89' }, VAS: { [monday]: '90' } });
    add(app, 'any gain > 15%', 'any loss > 10%', 'WES gain > 1%');
    expect(told(app)).toEqual(['BHP is 15.5% above its cost base.', 'CBA is 11.0% below its cost base.']);
    expect(reasons(app)).toEqual([
      'VAS: a parcel of it has an unknown cost',
      'VAS: a parcel of it has an unknown cost',
      'WES: it is not held',
    ]);
  });

  it('weights against the targets of each portfolio, or why not', async () => {
    const { app } = await openQuiet();
    recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
    recordEntry(app, 'buy 10 CBA @ 100 on 2026-02-02');
    storeCloses(app, { BHP: { [monday]: '40' }, CBA: { [monday]: '60' } });
    add(app, 'any weight drifts > 5%');
    expect(reasons(app)).toEqual(['BHP: no portfolio has a target for it', 'CBA: no portfolio has a target for it']);
    const [main] = viewPortfolios(app).portfolios;
    app.db.transaction(() =>
      replaceTargets(app.db, main?.id ?? '', [
        { kind: 'code', name: 'BHP', weightPct: decimal('30'), bandPct: undefined },
        { kind: 'code', name: 'WES', weightPct: decimal('10'), bandPct: undefined },
      ]),
    );
    add(app, 'WES weight drifts > 5%');
    expect(told(app)).toEqual([
      'BHP is 40.0% of Main, 10.0 points over its target of 30.0%.',
      'WES is 0.0% of Main, 10.0 points under its target of 10.0%.',
    ]);
  });

  it('dates, told once each and forgotten when they are past', async () => {
    const { app, clock } = await openQuiet();
    recordEntry(app, 'buy 10 BHP @ 40 on 2025-03-10');
    recordEntry(app, 'buy 10 BHP @ 40 on 2025-03-12');
    const dividend = (exDate: string) => ({
      code: parseCode('BHP'),
      exDate: parseLocalDate(exDate),
      perUnit: price('1'),
      currency: 'AUD',
    });
    app.db.transaction(() => storeDividends(app.db, [dividend('2026-03-06'), dividend('2026-09-04')], app.now()));
    add(app, 'any ex-dividend in 3d', 'BHP discount in 9d', 'BHP 45-day in 30d');
    expect(told(app)).toEqual([
      'BHP goes ex-dividend on 6 Mar 2026, in 3 days.',
      'A parcel of BHP has the CGT discount from 11 Mar 2026, in 8 days.',
    ]);
    clock.now += day;
    expect(told(app)).toEqual(['A parcel of BHP has the CGT discount from 13 Mar 2026, in 9 days.']);
    expect(told(app)).toEqual([]);
    expect(inbox(app)).toHaveLength(3);
    clock.now = at('2026-03-06T13:30Z');
    // The day after in Sydney.
    expect(inbox(app).filter(text => text.includes('ex-dividend'))).toEqual([]);
  });

  it('the 45 days of franking credits that may still be lost', async () => {
    const { app } = await openQuiet();
    // 100,000 units at 0.50 franked: over the $5,000 that nobody is asked about.
    recordEntry(app, 'buy 100000 BHP @ 40 on 2026-02-02');
    recordEntry(app, 'dividend BHP 50000 franked 100% ex 2026-02-26 on 2026-03-02');
    add(app, 'any 45-day in 20d');
    expect(told(app)).toEqual(['A sale of BHP keeps its franking credits from 20 Mar 2026, in 17 days.']);
  });

  it('signals: a class, a change, and nothing of an old one', async () => {
    const { app, clock } = await openQuiet();
    say(app.db, '2026-02-27', { BHP: { a: 'HOLD', b: 'HOLD', signal: 'HOLD' } });
    watchCodes(app, [parseCode('BHP')]);
    add(app, 'any signal changes', 'BHP signal is BUY');
    expect(told(app)).toEqual([]);
    say(app.db, monday, { BHP: { a: 'BUY', b: 'BUY', signal: 'STRONG_BUY' } }, 'a-2');
    expect(told(app)).toEqual([
      'BHP is a STRONG BUY as of 2 Mar 2026, and was a HOLD.',
      'BHP is a STRONG BUY as of 2 Mar 2026.',
    ]);
    clock.now += 20 * day;
    expect(reasons(app)).toEqual(['BHP: its last signal is of 2026-03-02', 'BHP: its last signal is of 2026-03-02']);
  });

  it('a stale price', async () => {
    const { app } = await openQuiet();
    storeCloses(app, { BHP: { '2026-02-20': '50' } });
    add(app, 'BHP stale > 5d', 'BHP stale > 9d');
    expect(told(app)).toEqual(['BHP has had no price since 20 Feb 2026, 7 sessions ago.']);
  });
});

describe('a crash', () => {
  it('of five is five notifications, of more is one, and the history has each', async () => {
    const { app, clock } = await openQuiet();
    const codes = Array.from({ length: 40 }, (_, index) => `C${String(index).padStart(2, '0')}`);
    for (const code of codes) recordEntry(app, `buy 10 ${code} @ 100 on 2026-02-02`);
    const all = (close: string, of = codes) =>
      storeCloses(app, Object.fromEntries(of.map(code => [code, { '2026-02-27': '100', [monday]: close }])));
    add(app, 'any loss > 10%');
    all('100');
    all('85', codes.slice(0, 5));
    expect(checkAlerts(app)).toMatchObject({ notifications: 5, fired: { length: 5 } });
    all('80');
    clock.now += 1000;
    const { fired, notifications } = checkAlerts(app);
    expect([fired.length, notifications]).toEqual([35, 1]);
    const [newest] = listNotifications(app.db, app.now());
    expect(newest?.title).toBe('any loss > 10%: 35 securities');
    expect(newest?.message).toMatch(/^C05 is 20.0% below its cost base. .* Also C10, .* and 10 more.$/);
    expect(newest?.data).toMatchObject({ count: 35, rule: 'any loss > 10%' });
    expect(viewAlertHistory(app, { limit: 100 }).firings).toHaveLength(40);
  });
});

describe('the rules that everyone has', () => {
  const rules = (app: App): string[] => viewAlerts(app).alerts.map(each => `${each.alert.text} ${each.alert.priority}`);
  const setThreshold = (app: App, settings: Record<string, unknown>): void =>
    app.db.transaction(() => storePreference(app.db, { type: 'portfolio_alert', enabled: true, settings }));

  it('are made at first use by the thresholds of the preference, and follow it', async () => {
    const { app } = await openTestApp({ now: tuesday });
    setThreshold(app, { loss_pct: 8 });
    checkAlerts(app);
    expect(rules(app)).toEqual(['any loss > 8% high', 'any gain > 15% normal']);
    setThreshold(app, { loss_pct: 12, gain_pct: 30 });
    expect(rules(app)).toEqual(['any loss > 12% high', 'any gain > 30% normal']);
  });

  it('stay removed', async () => {
    const { app } = await openTestApp({ now: tuesday });
    const [loss] = viewAlerts(app).alerts;
    removeAlerts(app, [loss?.alert.id ?? 0]);
    checkAlerts(app);
    setThreshold(app, { loss_pct: 12 });
    expect(rules(app)).toEqual(['any gain > 15% normal']);
    add(app, 'any loss > 10%');
    expect(rules(app)).toEqual(['any gain > 15% normal', 'any loss > 10% normal']);
  });

  it('tell nobody who has switched portfolio alerts off, and are in the history all the same', async () => {
    const { app } = await openTestApp({ now: tuesday });
    app.db.transaction(() => storePreference(app.db, { type: 'portfolio_alert', enabled: false, settings: {} }));
    recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
    storeCloses(app, { BHP: { [monday]: '30' } });
    expect(checkAlerts(app)).toMatchObject({ notifications: 0, fired: [{ notificationId: undefined }] });
    expect(viewAlertHistory(app, { limit: 9 }).totalCount).toBe(1);
  });
});
