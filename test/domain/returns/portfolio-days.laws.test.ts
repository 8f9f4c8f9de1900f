import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LocalDate } from '../../../src/domain/date.ts';
import { toFloat } from '../../../src/domain/decimal.ts';
import { contributionFigures, explainContribution } from '../../../src/domain/explain/contributions.ts';
import type { Explanation } from '../../../src/domain/explain/explanation.ts';
import { evaluate } from '../../../src/domain/explain/formula.ts';
import {
  explainPerformance,
  explainPeriod,
  performanceFigures,
  periodFigures,
} from '../../../src/domain/explain/performance.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { financialYearsOf, monthsOf, wholePeriod } from '../../../src/domain/returns/periods.ts';
import type { PortfolioDays } from '../../../src/domain/returns/portfolio-days.ts';
import { moneyFlows, moneyWeighted } from '../../../src/domain/returns/xirr.ts';
import { entriesOf, on } from '../../support/ledger.ts';
import { daysOfEntries } from './days-of.ts';

const dates = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-09'];
const date = fc.constantFrom(...dates);
const code = fc.constantFrom('ABC', 'XYZ', 'LATE', 'LOST');
const units = fc.integer({ min: 1, max: 500 });
const price = fc.integer({ min: 1, max: 99_999 }).map(value => (value / 1000).toFixed(3));
const dollars = fc.integer({ min: 1, max: 500_000 }).map(value => (value / 100).toFixed(2));

const line = fc.oneof(
  fc.tuple(units, code, price, date).map(([u, c, p, d]) => `buy ${u} ${c} @ ${p} fee 9.95 on ${d}`),
  fc.tuple(units, code, price, date).map(([u, c, p, d]) => `sell ${u} ${c} @ ${p} fee 19.95 on ${d}`),
  fc.tuple(code, dollars, date).map(([c, a, d]) => `dividend ${c} ${a} withheld 0.01 on ${d}`),
  fc.tuple(units, code, price, dollars, date).map(([u, c, p, a, d]) => `drp ${c} ${u} @ ${p} dividend ${a} on ${d}`),
  fc.tuple(code, date).map(([c, d]) => `split ${c} 3:1 on ${d}`),
  fc.tuple(code, date).map(([c, d]) => `consolidation ${c} 1:7 on ${d}`),
  fc
    .tuple(code, fc.constantFrom('ABC', 'XYZ', 'LATE', 'LOST', 'NEW'), units, date)
    .filter(([c, into]) => c !== into)
    .map(([c, into, u, d]) => `demerger ${c} into ${into} ${u} cost 30% on ${d}`),
  fc
    .tuple(code, code, fc.constantFrom('', ' cash 3.21 worth 0.50', ' cash 40.50 worth 99.10', ' worth 12.34'), date)
    .filter(([c, into]) => c !== into)
    .map(([c, into, paid, d]) => `rollover ${c} into ${into} 2:3${paid} on ${d}`),
  fc.tuple(code, dollars).map(([c, a]) => `statement ${c} fy 2025 franked ${a}, amit-decrease ${a}`),
  fc.tuple(code, dollars).map(([c, a]) => `amit ${c} -${a} fy 2026`),
  fc.tuple(code, price, date).map(([c, p, d]) => `return-of-capital ${c} ${p} on ${d}`),
  fc.tuple(units, code, dollars, date).map(([u, c, a, d]) => `transfer-in ${u} ${c} cost ${a} on ${d}`),
  fc.tuple(units, code, date).map(([u, c, d]) => `transfer-out ${u} ${c} on ${d}`),
  fc
    .tuple(fc.constantFrom('deposit', 'withdraw', 'interest', 'fee'), dollars, date)
    .map(([k, a, d]) => `${k} ${a} on ${d}`),
);
const lines = fc.array(line, { minLength: 1, maxLength: 25 });

const closes = (seed: readonly number[]) =>
  Object.fromEntries(dates.slice(0, 5).map((day, index) => [day, ((seed[index] ?? 1) / 1000).toFixed(3)]));
const market = fc
  .array(fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 5, maxLength: 5 }), { minLength: 3, maxLength: 3 })
  .map(([abc = [], xyz = [], late = []]) => ({
    ABC: closes(abc),
    XYZ: closes(xyz),
    LATE: { '2026-03-05': ((late[0] ?? 1) / 1000).toFixed(3) },
  }));

/**
 * How far a figure made again may lie from the figure: a return of millions of percent has no six decimals in a float,
 * and a day that lost nearly all is 1 + a figure close to -1, which keeps the fewer digits the less was left.
 */
const tolerance = (figure: number, inputs: Explanation['inputs']): number => {
  const percentages = inputs.flatMap(({ value }) => value).filter(each => typeof each === 'number');
  const lost = percentages.reduce((sum, each) => sum + 1 / Math.max(1e-9, Math.abs(1 + each / 100)), 1);
  return Math.max(5e-7, 1e-15 * lost * Math.abs(figure));
};

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, each) => sum + each, 0);

/** The trail has every cent of the figures: each day's flows, each security's sums, and what all was worth at both ends. */
function expectWholeTrail({ startValue, days, contributions, trail }: PortfolioDays): void {
  const flows = Map.groupBy(trail.flows, ({ on, way }) => `${on} ${way}`);
  for (const { date, inflow, outflow, income } of days) {
    const found = ['in', 'out', 'income'].map(way =>
      sumOf((flows.get(`${date} ${way}`) ?? []).map(flow => flow.amount)),
    );
    expect(found).toEqual([inflow, outflow, income]);
  }
  // What was before the first day is in its start value.
  for (const part of [trail.flows, trail.moves]) expect(part.every(({ on }) => on > trail.baseline)).toBe(true);
  const moves = Map.groupBy(trail.moves, move => move.identity);
  for (const { code, putIn, takenOut, income, costs } of contributions) {
    const own = moves.get(code) ?? [];
    const found = (['putIn', 'takenOut', 'income', 'costs'] as const).map(part => sumOf(own.map(move => move[part])));
    expect(found).toEqual([putIn, takenOut, income, costs]);
  }
  const worth = (on: LocalDate | undefined): number =>
    sumOf(trail.positions.filter(each => each.on === on).map(each => each.value));
  expect([worth(trail.baseline), worth(days.at(-1)?.date)]).toEqual([startValue, days.at(-1)?.value]);
}

const history = fc.tuple(lines, lines, market, fc.constantFrom(...dates.slice(0, 3)));

describe('laws of random histories, one portfolio with a cash account and one without', () => {
  it('profit is V1 - V0 + W - D each day, and the contributions sum to it to the cent', () => {
    fc.assert(
      fc.property(history, ([own, other, closes, from]) => {
        const entries = [
          ...entriesOf(own),
          ...entriesOf(other, 'other').map(entry => ({ ...entry, id: `other ${entry.id}` })),
        ];
        const days = daysOfEntries(entries, { from, to: '2026-03-10', market: closes, cash: ['main'] });
        let before = days.startValue;
        for (const day of days.days) {
          expect(day.profit).toBe(day.value - before + day.outflow - day.inflow);
          expect(Number.isSafeInteger(day.profit) && day.inflow >= 0 && day.outflow >= 0).toBe(true);
          before = day.value;
        }
        const sum = (of: (each: (typeof days.contributions)[number]) => number): number =>
          days.contributions.reduce((total, each) => total + of(each), 0);
        const whole = wholePeriod(days);
        expect(sum(each => each.profit)).toBe(whole?.profit);
        expect(sum(each => each.price + each.income - each.costs)).toBe(whole?.profit);
        expect(sum(each => each.income)).toBe(whole?.income);
        expectWholeTrail(days);
      }),
      { numRuns: 200 },
    );
  });

  it('the value at the end is what the ledger’s parcels and cash make', () => {
    fc.assert(
      fc.property(lines, market, (own, closes) => {
        const entries = entriesOf(own);
        const days = daysOfEntries(entries, { from: '2026-03-02', to: '2026-03-10', market: closes, cash: ['main'] });
        const ledger = foldLedger(entries);
        const held = new Map<string, number>();
        for (const parcel of ledger.parcels) {
          held.set(parcel.code, (held.get(parcel.code) ?? 0) + toFloat(parcel.units));
        }
        // No split after the last close, so that no price is restated.
        fc.pre(
          !own.some(each => /^(split|consolidation).*03-0[79]/.test(each) || /^(split|consolidation) LATE/.test(each)),
        );
        const worth = [...held].reduce((total, [code, units]) => {
          const last = Object.values(closes[code as 'ABC'] ?? {}).at(-1);
          return total + units * Number(last ?? 0);
        }, toFloat(ledger.cash));
        expect((days.days.at(-1)?.value ?? 0) / 100).toBeCloseTo(worth, 1);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same from any first day: a later window is the end of an earlier one', () => {
    fc.assert(
      fc.property(history, ([own, , closes, from]) => {
        const entries = entriesOf(own);
        const setting = { to: '2026-03-10', market: closes, cash: ['main'] };
        const whole = daysOfEntries(entries, { ...setting, from: '2026-03-02' }).days;
        const late = daysOfEntries(entries, { ...setting, from }).days;
        expect(late.map(({ timeWeighted: _, ...day }) => day)).toEqual(
          whole.slice(-late.length).map(({ timeWeighted: _, ...day }) => day),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('what is explained is made again from its entries, closes and days', () => {
    fc.assert(
      fc.property(history, ([own, , closes, from]) => {
        const days = daysOfEntries(entriesOf(own), { from, to: '2026-03-10', market: closes, cash: ['main'] });
        const [months, years] = [monthsOf(days), financialYearsOf(days)];
        const [first, last] = [days.days[0]?.date ?? on(from), days.days.at(-1)?.date ?? on(from)];
        const flows = moneyFlows(days, first, last);
        const all = {
          ...{
            name: 'main',
            days,
            from: first,
            to: last,
            total: wholePeriod(days),
            isValued: true,
            flows,
            months,
            years,
          },
          ...{ moneyWeighted: moneyWeighted(flows), benchmark: undefined, drawdown: undefined, reasons: {} },
        };
        const explanations = [
          ...performanceFigures.map(figure => explainPerformance(all, figure)),
          ...[...months, ...years].flatMap(each => periodFigures.map(figure => explainPeriod(all, each, figure))),
          ...days.contributions.flatMap(row =>
            contributionFigures.map(figure => explainContribution(days, row, figure)),
          ),
        ];
        for (const why of explanations) {
          const found = evaluate(why.formula, new Map(why.inputs.map(input => [input.name, input.value])));
          const expected = why.value;
          if (typeof expected === 'number')
            expect(Math.abs(Number(found) - expected)).toBeLessThanOrEqual(tolerance(expected, why.inputs));
          else
            expect([why.figure, why.of, found && String(found)]).toEqual([
              why.figure,
              why.of,
              expected && String(expected),
            ]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
