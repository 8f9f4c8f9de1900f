import { describe, expect, test } from 'vitest';
import { addDays, type LocalDate, localDate } from '../../../src/domain/date.ts';
import { tradingDays } from '../../../src/domain/market/calendar.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { randomFrom } from '../../../src/domain/random.ts';
import type { SignalClass } from '../../../src/domain/signals/classes.ts';
import {
  type DatedCloses,
  forwardReturn,
  type StoredSignal,
  scorecard,
} from '../../../src/domain/signals/scorecard.ts';

const dates = tradingDays(localDate(2025, 1, 2), localDate(2026, 6, 30));
const knownUntil = dates.at(-1)!;
const asA = { isProbability: true, seed: 1, knownUntil };

const closes = (of: (session: number) => number): DatedCloses => ({
  dates,
  closes: dates.map((_, session) => of(session)),
});

const said = (
  session: number,
  code: string,
  signal: SignalClass | undefined,
  score: number | undefined,
): StoredSignal => ({
  asOf: dates[session]!,
  code: code as Code,
  signal,
  score,
});

describe('what happened', () => {
  const rising = closes(session => 100 + session);

  test('is the return of the 21 sessions after the date', () => {
    expect(forwardReturn(rising, dates[0]!, knownUntil)).toBeCloseTo(0.21, 12);
    expect(forwardReturn(rising, dates.at(-22)!, knownUntil)).toBeTypeOf('number');
    expect(forwardReturn(rising, dates.at(-21)!, knownUntil)).toBe('open');
  });

  test('on a day without a bar counts from the nearest one, the earlier of two as near', () => {
    const gaps: DatedCloses = {
      dates: ['2025-03-03', '2025-03-07']
        .map(date => date as LocalDate)
        .concat(dates.filter(date => date > '2025-03-10')),
      closes: [1, 2, ...dates.filter(date => date > '2025-03-10').map(() => 4)],
    };
    const forward = (date: string): unknown => forwardReturn(gaps, date as LocalDate, knownUntil);
    expect([forward('2025-03-04'), forward('2025-03-05'), forward('2025-03-06')]).toEqual([3, 3, 1]);
    expect([forward('2025-02-25'), forward('2025-02-24'), forward('2025-02-23')]).toEqual([3, 3, 'unpriced']);
    expect(forwardReturn(gaps, addDays(dates.at(-1)!, 3), knownUntil)).toBe('open');
    expect(forwardReturn(gaps, addDays(dates.at(-1)!, 8), knownUntil)).toBe('unpriced');
  });

  test('of a security that no longer trades is up to its last close', () => {
    const delisted: DatedCloses = { dates: dates.slice(0, 5), closes: [100, 90, 80, 70, 60] };
    expect(forwardReturn(delisted, dates[0]!, knownUntil)).toBeCloseTo(-0.4, 12);
    expect(forwardReturn(delisted, dates[0]!, dates[20]!)).toBe('open');
    expect(forwardReturn(delisted, dates[0]!, dates[21]!)).toBeCloseTo(-0.4, 12);
  });

  test('is unknown without prices', () => {
    expect([
      forwardReturn(undefined, dates[0]!, knownUntil),
      forwardReturn({ dates: [], closes: [] }, dates[0]!, knownUntil),
    ]).toEqual(['unpriced', 'unpriced']);
    expect(
      forwardReturn(
        closes(() => 0),
        dates[0]!,
        knownUntil,
      ),
    ).toBe('unpriced');
  });
});

describe('the scorecard', () => {
  const market: Record<string, DatedCloses> = {
    UPP: closes(session => 100 * 1.002 ** session),
    DWN: closes(session => 100 * 0.998 ** session),
    FLT: closes(() => 100),
  };
  const closesOf = (code: Code): DatedCloses | undefined => market[code];

  test('counts what was said, what cannot be judged yet, and the hits of each class', () => {
    const signals = [
      said(0, 'UPP', 'BUY', 0.6),
      said(0, 'DWN', 'BUY', 0.56),
      said(0, 'FLT', 'HOLD', 0.5),
      said(0, 'NOP', 'SELL', 0.4),
      said(21, 'UPP', 'SELL', 0.44),
      said(21, 'DWN', 'SELL', 0.42),
      said(21, 'FLT', undefined, undefined),
      said(dates.length - 3, 'UPP', 'BUY', 0.6),
    ];
    const card = scorecard(signals, closesOf, asA);
    expect(card).toMatchObject({ said: 8, abstained: 1, open: 1, unpriced: 1, judged: 5 });
    const byClass = Object.fromEntries(card.evaluation.classes.map(each => [each.signal, each]));
    // Of the two buys UPP rose; of the three rows of that date one did.
    expect(byClass['BUY']).toMatchObject({ count: 2, hitRate: 0.5, baseRate: expect.closeTo(1 / 3, 12) });
    expect(byClass['BUY']?.meanReturn).toBeCloseTo((1.002 ** 21 + 0.998 ** 21) / 2 - 1, 12);
    expect(byClass['SELL']).toMatchObject({ count: 2, hitRate: 0.5, baseRate: 0.5 });
    expect(card.evaluation).toMatchObject({ from: dates[0], to: dates[21], dates: 2 });
    // (.4² + .56² + .5² + .56² + .42²) / 5
    expect(card.evaluation.brier?.score).toBeCloseTo((0.16 + 0.3136 + 0.25 + 0.3136 + 0.1764) / 5, 12);
    expect(card.evaluation.ranking.isEdgeShown).toBe(false);
  });

  test('a score that is no probability has no calibration', () => {
    const card = scorecard([said(0, 'UPP', 'BUY', 0.7)], closesOf, { ...asA, isProbability: false });
    expect(card.evaluation.brier).toBeUndefined();
    expect(card.evaluation.classes[1]?.hitRate).toBe(1);
  });

  test('of several versions the last one counts', () => {
    const card = scorecard([said(0, 'UPP', 'SELL', 0.4), said(0, 'UPP', 'BUY', 0.6)], closesOf, asA);
    expect([card.said, card.evaluation.classes[1]?.count]).toEqual([1, 1]);
  });

  test('nothing said is nothing judged', () => {
    const card = scorecard([], closesOf, asA);
    expect(card).toMatchObject({ said: 0, judged: 0, evaluation: { from: undefined, brier: undefined } });
    expect(card.evaluation.ranking).toMatchObject({ isEdgeShown: false, byChance: undefined });
  });

  test('shows an edge where what was said knew, and none where it was dealt', () => {
    const random = randomFrom(8);
    const codes = Array.from({ length: 20 }, (_, index) => `C${String(index).padStart(2, '0')}`);
    const prices = new Map(
      codes.map(code => {
        let close = 100;
        return [code, { dates, closes: dates.map(() => (close *= 1 + (random() - 0.5) / 25)) }] as const;
      }),
    );
    const at = (code: Code): DatedCloses | undefined => prices.get(code);
    const sessions = Array.from({ length: 15 }, (_, index) => index * 21);
    const signals = (scoreOf: (code: string, session: number) => number): StoredSignal[] =>
      sessions.flatMap(session =>
        codes.map(code => {
          const score = scoreOf(code, session);
          return said(session, code, score > 0.55 ? 'BUY' : score < 0.45 ? 'SELL' : 'HOLD', score);
        }),
      );
    const knowing = signals(
      (code, session) =>
        (Number(forwardReturn(at(code as Code), dates[session]!, knownUntil)) > 0 ? 0.6 : 0.4) + (random() - 0.5) / 3,
    );
    const { ranking, classes } = scorecard(knowing, at, asA).evaluation;
    expect(ranking.isEdgeShown).toBe(true);
    expect(classes.find(each => each.signal === 'BUY')?.excess?.low).toBeGreaterThan(0);
    expect(
      scorecard(
        signals(() => random()),
        at,
        asA,
      ).evaluation.ranking.isEdgeShown,
    ).toBe(false);
  });
});
