import { expect, test } from 'vitest';
import { historyNeed } from '../../src/db/history-need.ts';
import { storeMarket } from '../../src/db/store-market.ts';
import { parseLocalDate } from '../../src/domain/date.ts';
import { tradingDays } from '../../src/domain/market/calendar.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { checkData, fetchAgain } from '../../src/usecases/check-data.ts';
import { acceptPrice } from '../../src/usecases/manage-suspects.ts';
import { recordEntry, removeEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp } from '../support/app.ts';
import { at, bar, storeCloses } from './stored-market.ts';

const whole = { '2026-02-26': '50', '2026-02-27': '50', '2026-03-02': '51' };
const { '2026-02-27': _, ...holed } = whole;

test('a finding keeps its time while it stays, and goes when it is mended', async () => {
  const { app, clock } = await openTestApp({ now: at('2026-03-02T10:00Z') });
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
  storeCloses(app, { BHP: holed, CBA: holed });
  const first = checkData(app);
  expect(first).toEqual({
    checked: 1,
    without: [],
    findings: [{ code: 'BHP', kind: 'gap', date: '2026-02-27', detail: 'no bar on 2026-02-27', foundAt: clock.now }],
  });
  const foundAt = clock.now;
  clock.now += 3_600_000;
  const revision = app.db.revision();
  expect(checkData(app).findings[0]?.foundAt).toBe(foundAt);
  expect(app.db.revision()).toBe(revision);
  expect(checkData(app, { all: true }).findings.map(each => each.code)).toEqual(['BHP', 'CBA']);
  storeCloses(app, { BHP: whole });
  expect(checkData(app, { codes: [parseCode('BHP')] }).findings).toEqual([]);
  // What was not checked keeps its finding.
  expect(checkData(app, { all: true }).findings.map(each => each.code)).toEqual(['CBA']);
});

const bhp = parseCode('BHP');
const sessions = (from: string, to: string) => tradingDays(parseLocalDate(from), parseLocalDate(to));
const closes = (from: string, to: string, close: (date: string) => string | undefined) =>
  Object.fromEntries(
    sessions(from, to).flatMap(date => {
      const at = close(date);
      return at === undefined ? [] : [[date, at]];
    }),
  );

test('of what has no stored prices nothing is said', async () => {
  const { app } = await openTestApp({ now: at('2026-03-02T10:00Z') });
  expect(checkData(app)).toEqual({ checked: 0, without: [], findings: [] });
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
  expect(checkData(app)).toEqual({ checked: 0, without: ['BHP'], findings: [] });
});

test.each([
  ['a gap', { '2026-01-14': undefined }],
  ['a bar that is yet to come', { '2026-03-20': '50' }],
])('a history with %s is fetched whole by the next refresh, once', async (_, odd) => {
  const { app, clock } = await openTestApp({ now: at('2026-03-02T10:00Z') });
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
  const broken = { ...closes('2021-03-01', '2026-03-02', date => (date in odd ? undefined : '50')) };
  for (const [date, close] of Object.entries(odd)) if (close !== undefined) broken[date] = close;
  storeCloses(app, { BHP: broken });
  const need = () => historyNeed(app.db, { own: [bhp], others: [], now: app.now(), byDay: false }).bars;
  const check = checkData(app);
  expect(check.findings).toHaveLength(1);
  expect(need()).toEqual([]);
  expect(fetchAgain(app, check)).toEqual(['BHP']);
  expect(need()).toEqual([{ code: 'BHP', from: '2021-03-01', whole: true }]);
  expect(fetchAgain(app, check)).toEqual([]);
  // The provider has no other bars: they are not asked for a second time.
  clock.now += 60_000;
  storeCloses(app, { BHP: broken });
  expect(fetchAgain(app, checkData(app))).toEqual([]);
  expect(need()).toEqual([]);
});

test('a halving that stays is a finding after the next close has confirmed it, until a split is entered or it is accepted', async () => {
  const { app, clock } = await openTestApp({ now: at('2026-03-02T10:00Z') });
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
  const refreshOn = (day: string) => {
    clock.now = at(`${day}T10:00Z`);
    const bars = sessions('2026-01-05', day).map(date => bar(date, date < '2026-03-03' ? '50' : '24'));
    const market = { quotes: [], dividends: [], splits: [], symbols: undefined, calendar: undefined };
    const histories = [{ code: bhp, bars, whole: true }];
    app.db.transaction(() => storeMarket(app.db, { ...market, histories }, app.now()));
    return checkData(app).findings.map(each => `${each.kind} ${each.date}: ${each.detail}`);
  };
  const stayed = ['jump 2026-03-03: moved from 50 to 24 and stayed, with no split or other action near it'];
  expect(refreshOn('2026-03-02')).toEqual([]);
  expect(refreshOn('2026-03-03')).toEqual(['jump 2026-03-03: closed at 24 after 50']);
  expect(refreshOn('2026-03-04')).toEqual(stayed);
  expect(refreshOn('2026-03-05')).toEqual(stayed);
  const split = recordEntry(app, 'split BHP 2:1 on 2026-03-03');
  expect(checkData(app).findings).toEqual([]);
  removeEntry(app, split.entry.id);
  expect(checkData(app).findings).toMatchObject([{ kind: 'jump' }]);
  expect(() => acceptPrice(app, bhp, parseLocalDate('2026-03-04'))).toThrow(
    'No price of BHP on 2026-03-04 is held back',
  );
  expect(String(acceptPrice(app, bhp, parseLocalDate('2026-03-03')).close)).toBe('24');
  expect(refreshOn('2026-03-06')).toEqual([]);
});
