import { beforeAll, describe, expect, it } from 'vitest';
import { type Market, type SimulatedBar, simulateMarket } from '../../src/demo/market.ts';
import type { SimulatedSecurity } from '../../src/demo/securities.ts';
import { addDays, type LocalDate, localDate, parseLocalDate, readInstant } from '../../src/domain/date.ts';
import { isTradingDay, session } from '../../src/domain/market/calendar.ts';

const at = (text: string): number => readInstant(text) ?? Number.NaN;
const now = at('2026-11-20T09:00Z');
const find = (market: Market, code: string): SimulatedSecurity => {
  const security = market.find(code);
  if (security === undefined) throw new Error(`${code} is not simulated`);
  return security;
};

/** A price step that the ASX allows at that price: 0.1 cent under 10 cents, half a cent under $2, else one cent. */
const isOnTick = (dollars: number): boolean => {
  const mills = Math.round(dollars * 1000);
  if (Math.abs(mills - dollars * 1000) > 1e-6) return false;
  return mills % (mills < 100 ? 1 : mills < 2000 ? 5 : 10) === 0;
};

describe('the simulated market', () => {
  let market: Market;
  beforeAll(() => {
    market = simulateMarket();
  });

  it('has five years of sane daily bars for every security', () => {
    const failures: string[] = [];
    for (const security of market.securities) {
      const bars = market.bars(security, now);
      let previous = '';
      for (const bar of bars) {
        const low = Math.min(bar.open, bar.close);
        const high = Math.max(bar.open, bar.close);
        const sane =
          bar.low <= low &&
          bar.high >= high &&
          bar.low > 0 &&
          bar.volume > 0 &&
          [bar.open, bar.high, bar.low, bar.close].every(isOnTick) &&
          isTradingDay(bar.date) &&
          bar.date > previous;
        if (!sane) failures.push(`${security.code} ${JSON.stringify(bar)}`);
        previous = bar.date;
      }
      if (security.code !== 'SGR' && (bars.length < 1250 || previous !== '2026-11-20')) {
        failures.push(`${security.code} ${bars.length} bars to ${previous}`);
      }
    }
    expect(failures).toEqual([]);
  });

  it('starts five years before now and ends with the last session whose close a delayed feed has', () => {
    const bhp = find(market, 'BHP');
    const dates = (instant: string): (string | undefined)[] => {
      const bars = market.bars(bhp, at(instant));
      return [bars.at(0)?.date, bars.at(-1)?.date];
    };
    expect(dates('2026-11-20T05:31Z')).toEqual(['2021-11-22', '2026-11-20']);
    expect(dates('2026-11-20T05:30:59Z')).toEqual(['2021-11-22', '2026-11-19']);
    expect(dates('2026-11-22T05:00Z')).toEqual(['2021-11-22', '2026-11-20']);
  });

  it('keeps a day as it was, whatever the day it is looked at and in whatever order', () => {
    const later = simulateMarket();
    for (const code of ['CBA', 'VAS', 'LKE', 'PME', 'BRN', 'AXJO']) {
      const afterwards = new Map(
        later.bars(find(later, code), at('2027-03-01T09:00Z')).map(bar => [bar.date, bar] as const),
      );
      const asTraded = (bar: SimulatedBar | undefined) =>
        bar && { date: bar.date, open: bar.open, high: bar.high, low: bar.low, close: bar.close };
      for (const bar of market.bars(find(market, code), now, localDate(2022, 6, 1))) {
        expect(asTraded(afterwards.get(bar.date))).toEqual(asTraded(bar));
      }
    }
  });

  it('is the same market every time', () => {
    const again = simulateMarket();
    const noon = at('2026-11-20T01:17:30Z');
    for (const code of ['WES', 'IVV', 'DRO', 'AXJO']) {
      const one = { bars: market.bars(find(market, code), now), quote: market.quote(find(market, code), noon) };
      const two = { bars: again.bars(find(again, code), now), quote: again.quote(find(again, code), noon) };
      expect(JSON.stringify(two)).toBe(JSON.stringify(one));
    }
  });

  it('gives the same total return from cash dividends and splits as from adjusted closes', () => {
    for (const code of ['CBA', 'VAS', 'GMG', 'TCL', 'PME', 'BRN', 'SGR', 'AAA']) {
      const security = find(market, code);
      const bars = market.bars(security, now);
      const dividends = new Map(market.dividends(security, now).map(item => [item.exDate, item.perUnit]));
      const split = market.split(security, now);
      let growth = 1;
      for (const [index, bar] of bars.entries()) {
        const before = bars[index - 1];
        if (before === undefined) continue;
        const units = split?.date === bar.date ? split.newUnits / split.oldUnits : 1;
        growth *= (bar.close * units) / (before.close - (dividends.get(bar.date) ?? 0));
      }
      const first = bars[0];
      const last = bars.at(-1);
      const adjusted = (last?.adjustedClose ?? 0) / (first?.adjustedClose ?? 1);
      expect(Math.abs(growth / adjusted - 1), code).toBeLessThan(1e-6);
      expect(last?.adjustedClose).toBe(last?.close);
    }
  });

  it('splits PME 3:1 and consolidates BRN 1:10, with volume in the units of today', () => {
    const around = (code: string, date: LocalDate): [SimulatedBar, SimulatedBar] => {
      const bars = market.bars(find(market, code), now, addDays(date, -7), date).slice(-2);
      const [before, after] = bars;
      if (before === undefined || after === undefined) throw new Error('no bars around the split');
      return [before, after];
    };
    const [oldPme, newPme] = around('PME', parseLocalDate('2025-05-12'));
    expect(oldPme.close / newPme.close).toBeGreaterThan(2.7);
    expect(oldPme.close / newPme.close).toBeLessThan(3.3);
    expect(oldPme.volume * oldPme.close).toBeGreaterThan(newPme.volume * newPme.close);
    const [oldBrn, newBrn] = around('BRN', parseLocalDate('2025-11-10'));
    expect(newBrn.close / oldBrn.close).toBeGreaterThan(8);
    expect(newBrn.close / oldBrn.close).toBeLessThan(12);
    expect(market.split(find(market, 'PME'), at('2025-05-09T09:00Z'))).toBeUndefined();
  });

  it('falls by about the dividend on the ex-date', () => {
    let drops = 0;
    let paid = 0;
    for (const code of ['AAA', 'BILL', 'VAF', 'IAF', 'QPON']) {
      const security = find(market, code);
      for (const { exDate, perUnit } of market.dividends(security, now)) {
        const [before, ex] = market.bars(security, now, addDays(exDate, -6), exDate).slice(-2);
        if (before === undefined || ex === undefined || ex.date !== exDate) continue;
        drops += before.close - ex.close;
        paid += perUnit;
      }
    }
    expect(drops / paid).toBeGreaterThan(0.8);
    expect(drops / paid).toBeLessThan(1.2);
  });

  it('pays shares twice a year, funds and property trusts four times, with the franking of its kind', () => {
    const inYear = (code: string): string[] =>
      market
        .dividends(find(market, code), now)
        .filter(item => item.exDate.startsWith('2025'))
        .map(item => `${item.period} ${item.frankedPct}%`);
    expect(inYear('CBA')).toEqual(['Interim 100%', 'Final 100%']);
    expect(inYear('NAB')).toEqual(['Interim 100%', 'Final 100%']);
    expect(inYear('GMG')).toEqual(Array(4).fill('Quarterly 0%'));
    expect(inYear('VAS')).toHaveLength(4);
    expect(inYear('XRO')).toEqual([]);
    for (const dividend of market.dividends(find(market, 'VAS'), now)) {
      expect(dividend.frankedPct).toBeGreaterThan(60);
      expect(dividend.frankedPct).toBeLessThanOrEqual(80);
      expect(dividend.declaredOn < dividend.exDate).toBe(true);
      expect(dividend.exDate < dividend.recordDate && dividend.recordDate < dividend.paidOn).toBe(true);
    }
  });

  it('shows a dividend once it is declared, before it is ex', () => {
    const cba = find(market, 'CBA');
    const next = market.dividends(cba, now).at(-1);
    const declared = next?.declaredOn ?? localDate(2026, 1, 1);
    const known = (date: LocalDate): boolean =>
      market.dividends(cba, at(`${date}T03:00Z`)).some(item => item.exDate === next?.exDate);
    expect(known(declared)).toBe(true);
    expect(known(addDays(declared, -1))).toBe(false);
  });

  it('has a suspended security, whose bars end and which has no quote', () => {
    const sgr = find(market, 'SGR');
    expect(market.bars(sgr, now).at(-1)?.date).toBe('2025-02-28');
    const quote = market.quote(sgr, at('2026-11-20T02:00Z'));
    expect(quote.traded).toBeUndefined();
    expect(quote.previousClose).toBe(market.bars(sgr, now).at(-1)?.close);
    expect(market.quote(sgr, at('2025-02-28T02:00Z')).traded).toBeDefined();
  });

  it('has an index that moves with the market', () => {
    const index = market.bars(market.index, now);
    const fund = market.bars(find(market, 'A200'), now);
    const returns = (bars: SimulatedBar[]): number[] =>
      bars.slice(1).map((bar, position) => Math.log(bar.adjustedClose / (bars[position]?.adjustedClose ?? 1)));
    const [a, b] = [returns(index), returns(fund)];
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [ma, mb] = [mean(a), mean(b)];
    const covariance = mean(a.map((value, position) => (value - ma) * ((b[position] ?? 0) - mb)));
    const spread = (values: number[], middle: number): number => Math.sqrt(mean(values.map(v => (v - middle) ** 2)));
    expect(covariance / (spread(a, ma) * spread(b, mb))).toBeGreaterThan(0.95);
    expect(spread(a, ma) * Math.sqrt(252)).toBeGreaterThan(0.08);
    expect(spread(a, ma) * Math.sqrt(252)).toBeLessThan(0.2);
  });
});

describe('quotes of the simulated market', () => {
  const market = simulateMarket();
  const day = localDate(2026, 11, 20);
  const hours = session(day);
  if (hours === undefined) throw new Error('2026-11-20 is a trading day');
  const delay = 20 * 60_000;

  it('move in the session within the range of the day and end at its close', () => {
    for (const code of ['BHP', 'VGS', 'LKE', 'SXL', 'REA', 'AXJO']) {
      const security = find(market, code);
      const bar = market.bars(security, now, day, day)[0];
      if (bar === undefined) throw new Error(`${code} has no bar`);
      const prices = new Set<number>();
      let before = { high: 0, low: Number.POSITIVE_INFINITY, volume: -1 };
      for (let seen = hours.opensAt; seen <= hours.auctionAt; seen += 60_000) {
        const { traded } = market.quote(security, seen + delay);
        if (traded === undefined) throw new Error(`${code} has no quote`);
        expect(traded.open).toBe(bar.open);
        expect(traded.price).toBeGreaterThanOrEqual(traded.low);
        expect(traded.price).toBeLessThanOrEqual(traded.high);
        expect(traded.low).toBeGreaterThanOrEqual(bar.low);
        expect(traded.high).toBeLessThanOrEqual(bar.high);
        expect(traded.high).toBeGreaterThanOrEqual(before.high);
        expect(traded.low).toBeLessThanOrEqual(before.low);
        expect(traded.volume).toBeGreaterThanOrEqual(before.volume);
        before = traded;
        prices.add(traded.price);
      }
      expect(prices.size, code).toBeGreaterThan(1);
      const { traded } = market.quote(security, hours.closingPriceAt);
      expect(traded).toEqual({
        at: hours.auctionAt,
        open: bar.open,
        high: bar.high,
        low: bar.low,
        price: bar.close,
        volume: bar.volume,
      });
    }
  });

  it('are 20 minutes old, and outside the session those of the last close', () => {
    const bhp = find(market, 'BHP');
    const seen = market.quote(bhp, hours.opensAt + 95 * 60_000 + 12_345).traded;
    expect(seen?.at).toBe(hours.opensAt + 75 * 60_000);
    const yesterday = market.bars(bhp, now, addDays(day, -1), addDays(day, -1))[0];
    expect(market.quote(bhp, hours.opensAt + 19 * 60_000).traded?.price).toBe(yesterday?.close);
    const today = market.bars(bhp, now, day, day)[0];
    const saturday = market.quote(bhp, at('2026-11-21T03:00Z'));
    expect(saturday.traded?.price).toBe(today?.close);
    expect(saturday.previousClose).toBe(yesterday?.close);
  });

  it('compare with the previous close in the units of the day when a security splits', () => {
    const pme = find(market, 'PME');
    const splitDay = session(localDate(2025, 5, 12));
    const quote = market.quote(pme, splitDay?.closingPriceAt ?? 0);
    const before = market.bars(pme, splitDay?.closingPriceAt ?? 0).at(-2);
    expect(quote.previousClose).toBeCloseTo((before?.close ?? 0) / 3, 9);
    expect(Math.abs((quote.traded?.price ?? 0) / quote.previousClose - 1)).toBeLessThan(0.1);
  });

  it('know the early close', () => {
    const christmasEve = session(localDate(2026, 12, 24));
    const quote = market.quote(find(market, 'BHP'), christmasEve?.closingPriceAt ?? 0);
    expect(quote.traded?.at).toBe(at('2026-12-24T03:10Z'));
  });
});

describe('the speed of the simulated market', () => {
  it('answers a history in milliseconds and a bulk day in tens of them', () => {
    const market = simulateMarket();
    const date = localDate(2026, 11, 20);
    const fastest = (work: () => void): number => {
      const times = Array.from({ length: 5 }, () => {
        const start = performance.now();
        work();
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    const everyDay = (): void => {
      for (const security of market.securities) market.bars(security, now, date, date);
    };
    const start = performance.now();
    everyDay();
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(fastest(everyDay)).toBeLessThan(100);
    expect(fastest(() => market.bars(find(market, 'BHP'), now))).toBeLessThan(50);
  });
});
