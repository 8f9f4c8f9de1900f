import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { money } from '../../../src/domain/decimal.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { allocation, type Classified } from '../../../src/domain/returns/allocation.ts';
import { australianExposure } from '../../../src/domain/returns/banks-and-miners.ts';
import { benchmarkRisk } from '../../../src/domain/returns/benchmark-risk.ts';
import { dayKey } from '../../../src/domain/returns/closes.ts';
import { concentration } from '../../../src/domain/returns/concentration.ts';
import { concentrationWarnings } from '../../../src/domain/returns/concentration-warnings.ts';
import { correlationMatrix } from '../../../src/domain/returns/correlation.ts';
import type { DailyReturn } from '../../../src/domain/returns/figure.ts';
import { overlap } from '../../../src/domain/returns/overlap.ts';
import { expectedShortfall95Pct, sharpe, sortino, var95Pct, volatilityPct } from '../../../src/domain/returns/risk.ts';
import { daily, dayAt, isWhole } from './rates-by-day.ts';

/** Daily returns of a market: mostly small, now and then none at all or a crash. */
const rate = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -500, max: 500 }).map(value => value / 10_000) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.double({ min: -1, max: 3, noNaN: true }) },
);
const rates = (min: number, max = min + 120) => fc.array(rate, { minLength: min, maxLength: max });
const close = (a: number | undefined, b: number): void => {
  expect(a).toBeDefined();
  expect(Math.abs((a ?? Number.NaN) - b)).toBeLessThanOrEqual(1e-7 * Math.max(1, Math.abs(b)));
};
const mapped = (days: readonly DailyReturn[], how: (rate: number) => number): DailyReturn[] =>
  days.map(day => ({ ...day, rate: how(day.rate) }));

describe('laws of risk', () => {
  test('twice the returns are twice the volatility, VaR and shortfall; Sharpe and Sortino without a cash rate stay', () => {
    fc.assert(
      fc.property(rates(100), fc.integer({ min: 1, max: 50 }), (values, tenths) => {
        const [days, factor] = [daily(values), tenths / 10];
        const scaled = mapped(days, each => each * factor);
        for (const measure of [volatilityPct, var95Pct, expectedShortfall95Pct]) {
          close(measure(scaled).value, (measure(days).value ?? Number.NaN) * factor);
        }
        for (const measure of [sharpe, sortino]) {
          const before = measure(days, 0).value;
          if (before !== undefined) close(measure(scaled, 0).value, before);
        }
      }),
    );
  });

  test('the same added to every day moves VaR and shortfall by it, and leaves volatility, beta and correlation', () => {
    fc.assert(
      fc.property(rates(100), rates(100), fc.integer({ min: -100, max: 100 }), (own, market, tenThousandths) => {
        const shift = tenThousandths / 10_000;
        const [days, benchmark] = [daily(own), daily(market)];
        const shifted = mapped(days, each => each + shift);
        close(volatilityPct(shifted).value, volatilityPct(days).value ?? Number.NaN);
        close(var95Pct(shifted).value, (var95Pct(days).value ?? Number.NaN) - shift * 100);
        close(expectedShortfall95Pct(shifted).value, (expectedShortfall95Pct(days).value ?? Number.NaN) - shift * 100);
        const [before, after] = [benchmarkRisk(days, benchmark), benchmarkRisk(shifted, benchmark)];
        if (before.beta.value !== undefined) close(after.beta.value, before.beta.value);
        if (before.correlation.value !== undefined) close(after.correlation.value, before.correlation.value);
      }),
    );
  });

  test('VaR is at most the shortfall, and neither is more than the worst day', () => {
    fc.assert(
      fc.property(rates(100), values => {
        const [loss, shortfall] = [
          var95Pct(daily(values)).value ?? 0,
          expectedShortfall95Pct(daily(values)).value ?? 0,
        ];
        expect(loss).toBeLessThanOrEqual(shortfall + 1e-9);
        expect(shortfall).toBeLessThanOrEqual(-Math.min(...values) * 100 + 1e-9);
      }),
    );
  });

  test('correlation lies in [-1, 1] and is the same from both sides; beta of a benchmark with itself is 1', () => {
    fc.assert(
      fc.property(rates(60), rates(60), (a, b) => {
        const [one, other] = [daily(a), daily(b)];
        const { correlation } = benchmarkRisk(one, other);
        if (correlation.value !== undefined) {
          expect(Math.abs(correlation.value)).toBeLessThanOrEqual(1);
          close(benchmarkRisk(other, one).correlation.value, correlation.value);
        }
        const own = benchmarkRisk(one, one).beta;
        if (own.value !== undefined) close(own.value, 1);
      }),
    );
  });

  test('beta is the correlation times the ratio of the volatilities', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(rate, rate), { minLength: 60, maxLength: 150 }), pairs => {
        const [own, market] = [daily(pairs.map(([a]) => a)), daily(pairs.map(([, b]) => b))];
        const { beta, correlation } = benchmarkRisk(own, market);
        if (beta.value === undefined || correlation.value === undefined) return;
        const [a, b] = [volatilityPct(own).value ?? Number.NaN, volatilityPct(market).value ?? Number.NaN];
        close(beta.value, (correlation.value * a) / b);
      }),
    );
  });

  test('the matrix says the same of two securities as a benchmark does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(rate, rate), { minLength: 60, maxLength: 120 }), pairs => {
        const tame = pairs.map(([a, b]) => [Math.max(-0.5, a), Math.max(-0.5, b)] as const);
        const dates = [...tame.map((_, index) => dayAt(index)), dayAt(tame.length)];
        const closes = [0, 1].map(side => {
          let last = 100;
          const values = [last, ...tame.map(pair => (last *= 1 + (pair[side] ?? 0)))];
          return { days: Int32Array.from(dates, dayKey), closes: Float64Array.from(values), places: 0 };
        });
        const { rows } = correlationMatrix(
          closes.map((each, index) => ({ code: `AA${index}` as Code, closes: each })),
          dates,
        );
        const { correlation } = benchmarkRisk(daily(tame.map(pair => pair[0])), daily(tame.map(pair => pair[1])));
        const figure = rows[1]?.[0];
        if (correlation.value !== undefined && figure?.value !== undefined) close(figure.value, correlation.value);
        expect(rows.flat().every(isWhole)).toBe(true);
      }),
    );
  });
});

const value = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 10_000_000 }).map(cents => money((cents / 100).toFixed(2))) },
  { weight: 1, arbitrary: fc.constant(money('0')) },
  { weight: 2, arbitrary: fc.constant(undefined) },
);
const codes = ['BHP', 'CBA', 'VAS', 'RIO', 'NAB', 'CSL', 'WES', 'AMC'] as Code[];
const holdings: fc.Arbitrary<Classified[]> = fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 8 }).chain(chosen =>
  fc.tuple(
    ...chosen.map(code =>
      fc.record({
        code: fc.constant(code),
        value,
        sector: fc.constantFrom('Materials', 'Financials', undefined),
        kind: fc.constantFrom('share' as const, 'etf' as const, undefined),
      }),
    ),
  ),
);
const cash = fc.option(
  fc.integer({ min: -2_000_000, max: 5_000_000 }).map(cents => money((cents / 100).toFixed(2))),
  {
    nil: undefined,
  },
);

describe('laws of allocation', () => {
  test('weights sum to 100 however the portfolio is cut, or there are none', () => {
    fc.assert(
      fc.property(holdings, cash, (rows, balance) => {
        const { securities, sectors, kinds } = allocation(rows, balance);
        for (const parts of [securities, sectors, kinds]) {
          const weights = parts.map(part => part.weightPct);
          if (weights.some(weight => weight === undefined)) {
            expect(weights.every(weight => weight === undefined)).toBe(true);
          } else if (parts.length > 0) {
            close(
              weights.reduce<number>((total, weight) => total + (weight ?? 0), 0),
              100,
            );
          }
        }
      }),
    );
  });

  test('Herfindahl lies between 1/n and 1, and top 1 within top 5 within 100', () => {
    fc.assert(
      fc.property(holdings, rows => {
        const { herfindahl, top1Pct, top5Pct } = concentration(rows, dayAt(0));
        if (herfindahl.value === undefined || top1Pct.value === undefined || top5Pct.value === undefined) return;
        expect(herfindahl.value).toBeLessThanOrEqual(1);
        expect(herfindahl.value).toBeGreaterThanOrEqual(1 / herfindahl.observations - 1e-12);
        expect(top1Pct.value).toBeLessThanOrEqual(top5Pct.value + 1e-9);
        expect(top5Pct.value).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('an overlap is the same from both sides, and no more than either weight', () => {
    fc.assert(
      fc.property(holdings, holdings, cash, cash, (one, other, own, others) => {
        const [a, b] = [allocation(one, own), allocation(other, others)];
        const [there, back] = [overlap(a, b), overlap(b, a)];
        expect(there === undefined).toBe(back === undefined);
        if (there === undefined || back === undefined) return;
        close(there.sharedPct, back.sharedPct);
        for (const each of there.codes) expect(each.sharedPct).toBe(Math.min(...each.weightPcts));
        const difference = there.sectors.reduce((total, each) => total + each.differencePct, 0);
        expect(Math.abs(difference)).toBeLessThan(1e-6);
      }),
    );
  });
});

describe('whatever comes in, a figure is a finite number or a reason', () => {
  test('of few, many, equal, huge and tiny returns', () => {
    const wild = fc.array(fc.oneof(rate, fc.constantFrom(0, -1, 1e-300, 1e300, -1e300, 1e-17), fc.constant(0.001)), {
      maxLength: 130,
    });
    const same = fc
      .tuple(rate, fc.integer({ min: 0, max: 130 }))
      .map(([each, times]) => Array(times).fill(each) as number[]);
    const any = fc.oneof(wild, same);
    fc.assert(
      fc.property(any, any, fc.integer({ min: 0, max: 5000 }), (a, b, hundredths) => {
        const [own, market] = [daily(a), daily(b, 3)];
        const figures = [
          volatilityPct(own),
          sharpe(own, hundredths / 100),
          sortino(own, hundredths / 100),
          var95Pct(own),
          expectedShortfall95Pct(own),
          ...Object.values(benchmarkRisk(own, market)),
        ];
        expect(figures.filter(figure => !isWhole(figure))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('of holdings without a price, worth nothing, with cash that is owed', () => {
    fc.assert(
      fc.property(holdings, cash, (rows, balance) => {
        const parts = allocation(rows, balance);
        const australian = australianExposure(rows, parts, { from: dayAt(0), to: dayAt(0) });
        const figures = [
          ...Object.values(concentration(rows, dayAt(0))),
          australian.banks.weightPct,
          australian.miners.weightPct,
        ];
        expect(figures.filter(figure => !isWhole(figure))).toEqual([]);
        const facts = { holdings: rows, allocation: parts, australian, correlations: correlationMatrix([], []) };
        for (const warning of concentrationWarnings(facts)) {
          expect(warning.message).not.toMatch(/NaN|Infinity|undefined/);
          expect(Number.isFinite(warning.value)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
