import { describe, expect, it } from 'vitest';
import { decimal, price } from '../../../src/domain/decimal.ts';
import type { Bar, DeclaredDividend, SplitEvent } from '../../../src/domain/market/price.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { dayKey } from '../../../src/domain/returns/closes.ts';
import { type Judging, judgedBars } from '../../../src/domain/signals/adjusted-bars.ts';
import type { SignalBars } from '../../../src/domain/signals/bars.ts';
import { flatBars } from '../../support/flat-bars.ts';
import { dayAt } from './bars-of.ts';

const code = 'AAA' as Code;

const flat = (closes: readonly string[], adjusted = closes, volume = '1000'): Bar[] =>
  flatBars(closes, { day: dayAt, adjusted, volume });

const split = (day: number, newUnits: string, oldUnits: string): SplitEvent => ({
  code,
  date: dayAt(day),
  newUnits: decimal(newUnits),
  oldUnits: decimal(oldUnits),
});

const judge = (bars: readonly Bar[], judging: Partial<Judging> = {}): SignalBars =>
  judgedBars(code, bars, {
    splits: [],
    lastDay: dayAt(Math.max(0, bars.length - 1)),
    dividends: [],
    released: undefined,
    overrides: undefined,
    most: 400,
    ...judging,
  });

const days = (bars: SignalBars) => [...bars.days];
const keys = (...places: number[]) => places.map(place => dayKey(dayAt(place)));

describe('judged bars', () => {
  it('leave out a close that cannot be believed, and say so', () => {
    const bars = judge(flat(['75.8', '75.82', '41.71', '76']));
    expect([...bars.close]).toEqual([75.8, 75.82, 76]);
    expect(bars.troubles).toEqual([`${dayAt(2)} closed at 41.71 after 75.82`]);
    expect(bars.confirmedLater.size).toBe(0);
  });

  it('keep one that the user has released, and one that the next bar confirms, which was no bar on its own day', () => {
    expect(judge(flat(['75.8', '41.71', '76']), { released: new Set([dayAt(1)]) }).troubles).toEqual([
      `${dayAt(2)} closed at 76 after 41.71`,
    ]);
    const confirmed = judge(flat(['10', '5', '5.1']));
    expect(days(confirmed)).toEqual(keys(0, 1, 2));
    expect([...confirmed.confirmedLater]).toEqual(keys(1));
    expect(confirmed.troubles).toEqual([]);
  });

  it('leave out impossible bars, each with its reason', () => {
    const bars = flat(['10', '10', '10', '10', '10']);
    bars[1] = { ...(bars[1] as Bar), low: price('11'), high: price('12') };
    bars[2] = { ...(bars[2] as Bar), adjustedClose: price('0') };
    bars[3] = { ...(bars[3] as Bar), volume: decimal('-5') };
    bars[4] = { ...(bars[4] as Bar), open: price('0') };
    const judged = judge(bars, { released: new Set([dayAt(4)]) });
    expect(days(judged)).toEqual(keys(0));
    expect(judged.troubles).toEqual([
      `${dayAt(1)} opened at 10 outside 11 to 12`,
      `${dayAt(2)} has an adjusted close that is not above zero`,
      `${dayAt(3)} has a volume below zero`,
      `${dayAt(4)} has a price that is not above zero`,
    ]);
  });

  it('of a series with nothing good in it are none, with the reasons', () => {
    const none = judge(flat(['0', '0']));
    expect(none.days).toHaveLength(0);
    expect(none.troubles).toHaveLength(2);
    expect(judge([]).days).toHaveLength(0);
  });

  it('have adjusted prices that follow the adjusted close of their bar', () => {
    const [bar] = flat(['40']);
    const wide = {
      ...(bar as Bar),
      open: price('38'),
      high: price('42'),
      low: price('36'),
      adjustedClose: price('20'),
    };
    const { open, high, low, close, traded } = judge([wide]);
    expect([open, high, low, close, traded].map(column => column[0])).toEqual([19, 21, 18, 20, 40]);
  });

  it('have turnover as traded across a split: EODHD has it in the volume and not in the price', () => {
    // 2 for 1 on day 2. The market traded 1,000 units at 100, then 2,000 at 50.
    const bars = flat(['100', '100', '50', '50'], ['50', '50', '50', '50'], '2000');
    const judged = judge(bars, { splits: [split(2, '2', '1')] });
    expect([...judged.turnover]).toEqual([100_000, 100_000, 100_000, 100_000]);
    expect([...judged.traded]).toEqual([100, 100, 50, 50]);
    expect([...judged.close]).toEqual([50, 50, 50, 50]);
    expect([...judged.high]).toEqual([50, 50, 50, 50]);
  });

  it('have a volume that knows nothing of a split after the last bar', () => {
    const bars = flat(['100', '100']);
    expect([...judge(bars, { splits: [split(2, '2', '1')] }).turnover]).toEqual([100_000, 100_000]);
    expect([...judge(bars, { splits: [split(2, '2', '1')], lastDay: dayAt(2) }).turnover]).toEqual([50_000, 50_000]);
  });

  it('are cut where the adjusted closes break: a consolidation that was not adjusted for', () => {
    const closes = ['5.1', '5.11', '146', '147'];
    const judged = judge(flat(closes), { splits: [split(2, '1', '30')] });
    expect([...judged.close]).toEqual([146, 147]);
    expect(judged.troubles).toEqual([
      `adjusted closes break on ${dayAt(2)}: 146 after 5.11; bars before it are left out`,
    ]);
    const adjusted = ['153', '153.3', '146', '147'];
    expect(judge(flat(closes, adjusted), { splits: [split(2, '1', '30')] }).days).toHaveLength(4);
  });

  it('are cut where the adjusted close moved and the close did not', () => {
    const judged = judge(flat(['10', '10', '10.1'], ['5', '5', '10.1']));
    expect([...judged.close]).toEqual([10.1]);
    expect(judged.troubles[0]).toBe(`adjusted closes break on ${dayAt(2)}: 10.1 after 5; bars before it are left out`);
    // A crash that the next bar confirms is one in both, and no break; a large special dividend is one in neither.
    expect(judge(flat(['10', '5', '5.1'], ['8', '4', '4.1'])).days).toHaveLength(3);
    expect(judge(flat(['10', '5', '5.1'], ['5', '5', '5.1'])).days).toHaveLength(3);
  });

  it('are the newest of those asked for, and troubles before them are no matter', () => {
    const judged = judge(flat(['75.8', '41.71', '76', '76.1', '76.2']), { most: 2 });
    expect([...judged.close]).toEqual([76.1, 76.2]);
    expect(judged.troubles).toEqual([]);
  });

  it('take the re-base of a demerger out of what was traded', () => {
    // 25 days sent at .9 of what was traded, off the ladder, then as traded; the dividends before tell the factor.
    const sent = Array.from({ length: 25 }, (_, day) => ((50.01 + day * 0.01) * 0.9).toFixed(4));
    const bars = flat([...sent, '45.2', '45.25']);
    const dividend: DeclaredDividend = {
      code,
      exDate: dayAt(3),
      perUnit: price('1'),
      adjustedPerUnit: price('0.9'),
      currency: 'AUD',
    };
    const judged = judge(bars, { dividends: [dividend] });
    expect(judged.traded[0]).toBe(50.01);
    expect(judged.turnover[0]).toBe(50_010);
    expect(judged.traded[26]).toBe(45.25);
    // Without a dividend that tells the factor, prices stay as they were sent.
    expect(judge(bars).traded[0]).toBe(45.009);
  });
});
