import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, financialYear, financialYearEnd, type LocalDate } from '../../../src/domain/date.ts';
import {
  add,
  compare,
  decimal,
  isNegative,
  type Money,
  money,
  noMoney,
  noUnits,
  plain,
  price,
  sum,
  units,
} from '../../../src/domain/decimal.ts';
import type { Draft, Entry } from '../../../src/domain/ledger/entry.ts';
import { foldLedger, type Ledger } from '../../../src/domain/ledger/ledger.ts';
import { parcelUnits } from '../../../src/domain/ledger/parcel.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { on, parcelsText } from '../../support/ledger.ts';

const codes = [parseCode('ABC'), parseCode('XYZ')];
const start = on('2020-01-01');

type Step = { days: number; code: number; kind: number; size: number; cents: number };

const step: fc.Arbitrary<Step> = fc.record({
  days: fc.integer({ min: 0, max: 40 }),
  code: fc.integer({ min: 0, max: 1 }),
  kind: fc.integer({ min: 0, max: 13 }),
  size: fc.integer({ min: 1, max: 5000 }),
  cents: fc.integer({ min: 1, max: 99_999 }),
});

const methods = ['fifo', 'lifo', 'highest-cost', 'least-tax'] as const;

/** A random history. Sales may well exceed what is held: the fold has to refuse those and no others. */
function history(steps: readonly Step[]): Entry[] {
  let date: LocalDate = start;
  return steps.map((each, index) => {
    date = addDays(date, each.days);
    const code = codes[each.code] ?? parseCode('ABC');
    return { ...draft(each, code, date), id: `e${String(index).padStart(4, '0')}`, portfolio: 'main', sequence: index };
  });
}

function draft(each: Step, code: Entry['code'] & string, date: LocalDate): Draft {
  const held = units(String(each.size));
  const dollars = price(decimal(String(each.cents)).div('100').toFixed());
  const method = methods[each.cents % 4] ?? 'fifo';
  if (each.kind <= 3) return { kind: 'buy', code, units: held, price: dollars, brokerage: money('9.95'), on: date };
  if (each.kind <= 6)
    return { kind: 'sell', code, units: units(String(Math.ceil(each.size / 3))), price: dollars, method, on: date };
  if (each.kind === 7)
    return {
      kind: 'consolidation',
      code,
      newUnits: decimal('1'),
      oldUnits: decimal(String(2 + (each.size % 20))),
      on: date,
    };
  if (each.kind === 8)
    return { kind: 'split', code, newUnits: decimal(String(2 + (each.size % 5))), oldUnits: decimal('1'), on: date };
  const year = financialYear(date);
  const cents = (count: number): Money => money(decimal(String(count)).div('100').toFixed());
  if (each.kind === 10) {
    const costPct = decimal(String(1 + (each.cents % 99)));
    return { kind: 'demerger', code, newCode: parseCode('NEW'), units: held, costPct, on: date };
  }
  if (each.kind === 11) {
    const ratio = { newUnits: decimal(String(1 + (each.size % 3))), oldUnits: decimal(String(1 + (each.size % 5))) };
    const paid = each.cents % 2 === 0 ? {} : { cash: cents(each.cents), worth: cents(each.size * 100) };
    return { kind: 'rollover', code, newCode: parseCode('SCR'), ...ratio, ...paid, on: date };
  }
  if (each.kind === 12) {
    const adjustment = cents(each.cents * (each.size % 2 === 0 ? 1 : -1));
    return { kind: 'amit', code, adjustment, financialYear: year, on: financialYearEnd(year) };
  }
  if (each.kind === 13) {
    const components = { 'tax-deferred': cents(each.cents), 'amit-increase': cents(each.size) };
    return { kind: 'statement', code, financialYear: year, components, on: financialYearEnd(year) };
  }
  return {
    kind: 'return-of-capital',
    code,
    perUnit: price(
      decimal(String(each.cents % 500))
        .div('1000')
        .toFixed(),
    ),
    on: date,
  };
}

const fold = (entries: readonly Entry[]): Ledger => foldLedger(entries);
const openCost = (ledger: Ledger): Money =>
  sum(
    ledger.parcels.map(parcel => parcel.cost ?? noMoney),
    noMoney,
  );
const soldCost = (ledger: Ledger): Money =>
  sum(
    ledger.disposals.flatMap(sale => sale.parcels.map(part => part.cost ?? noMoney)),
    noMoney,
  );
const paid = (ledger: Ledger, entries: readonly Entry[]): Money => {
  const refused = new Set(ledger.problems.map(problem => problem.entry));
  const buys = entries.flatMap(entry => (entry.kind === 'buy' && !refused.has(entry.id) ? [entry] : []));
  return sum(
    buys.map(buy => money(buy.price.times(buy.units).plus('9.95').round(2).toFixed())),
    noMoney,
  );
};

/** Scrip that a rollover paid for what it sold: it comes in as proceeds and goes out as cost, and is never cash. */
const scrip = (ledger: Ledger, entries: readonly Entry[]): Money => {
  const cash = new Map(
    entries.map(entry => [entry.id, entry.kind === 'rollover' ? (entry.cash ?? noMoney) : undefined]),
  );
  return ledger.disposals.reduce((total, sale) => {
    const paidInCash = cash.get(sale.entry);
    return paidInCash === undefined ? total : (total.plus(sale.proceeds).minus(paidInCash) as Money);
  }, noMoney);
};

/** What the years' entries add to cost bases, excess gains not taken off. */
const adjusted = (ledger: Ledger, entries: readonly Entry[]): Money => {
  const idle = new Set(ledger.problems.map(problem => problem.entry));
  for (const { entry, message } of ledger.warnings) if (message.includes('none held in FY')) idle.add(entry);
  return entries.reduce((total, entry) => {
    if (idle.has(entry.id)) return total;
    if (entry.kind === 'amit') return add(total, entry.adjustment);
    if (entry.kind !== 'statement') return total;
    const { 'amit-increase': up = noMoney, 'tax-deferred': down = noMoney } = entry.components;
    return total.plus(up).minus(down) as Money;
  }, noMoney);
};

describe('conservation laws on random histories', () => {
  it('cost base in equals cost base open plus sold plus capital returned, adjustments counted in, to the cent', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const entries = history(steps);
        const ledger = fold(entries);
        const proceeds = sum(
          ledger.disposals.map(sale => sale.proceeds),
          noMoney,
        );
        const cashIn = proceeds.minus(scrip(ledger, entries)) as Money;
        const acquired = add(paid(ledger, entries), scrip(ledger, entries));
        // cash = -paid + proceeds + returned, so what was returned follows without looking inside the fold
        const returned = add(add(ledger.cash, paid(ledger, entries)), cashIn.neg() as Money);
        const excess = sum(
          ledger.excessGains.map(gain => gain.amount),
          noMoney,
        );
        const accounted = add(add(openCost(ledger), soldCost(ledger)), add(returned, excess.neg() as Money));
        expect(plain(accounted)).toBe(plain(add(acquired, adjusted(ledger, entries))));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('units never go negative, are what trades and actions make of them, and every sold unit has a parcel', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const ledger = fold(history(steps));
        for (const parcel of ledger.parcels) expect(compare(parcel.units, noUnits)).toBe(1);
        for (const parcel of ledger.parcels) expect(parcel.cost === undefined || !isNegative(parcel.cost)).toBe(true);
        for (const sale of ledger.disposals) {
          expect(
            plain(
              sum(
                sale.parcels.map(part => part.units),
                noUnits,
              ),
            ),
          ).toBe(plain(sale.units));
          expect(
            plain(
              sum(
                sale.parcels.map(part => part.proceeds),
                noMoney,
              ),
            ),
          ).toBe(plain(sale.proceeds));
        }
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  it('refuses exactly the sales that exceed a running count', () => {
    fc.assert(
      fc.property(
        fc.array(
          step.map(each => ({ ...each, kind: each.kind % 7 })),
          { maxLength: 60 },
        ),
        steps => {
          const entries = history(steps);
          const held = new Map<string, number>();
          const refused: string[] = [];
          for (const entry of entries) {
            if (entry.kind !== 'buy' && entry.kind !== 'sell') continue;
            const now = held.get(entry.code) ?? 0;
            const size = Number(entry.units.toFixed());
            if (entry.kind === 'sell' && size > now) refused.push(entry.id);
            else held.set(entry.code, entry.kind === 'buy' ? now + size : now - size);
          }
          expect(
            fold(entries)
              .problems.map(problem => problem.entry)
              .sort(),
          ).toEqual(refused.sort());
        },
      ),
      { numRuns: 200, seed: 13 },
    );
  });

  it('deleting an action restores the prior state exactly', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), step, (steps, extra) => {
        const before = history(steps);
        const last = before.at(-1);
        const added: Entry = {
          ...draft({ ...extra, kind: 7 + (extra.kind % 7) }, codes[extra.code] ?? parseCode('ABC'), last?.on ?? start),
          id: 'zzzz',
          portfolio: 'main',
          sequence: steps.length,
        };
        const withAction = fold([...before, added]);
        const without = fold([...before, added].filter(entry => entry.id !== 'zzzz'));
        expect(parcelsText(without)).toEqual(parcelsText(fold(before)));
        // and the action itself kept total cost, where it is neither capital back, an adjustment, nor paid for
        const keepsCost =
          ['split', 'consolidation', 'demerger'].includes(added.kind) ||
          (added.kind === 'rollover' && added.worth === undefined);
        if (keepsCost) expect(plain(openCost(withAction))).toBe(plain(openCost(without)));
      }),
      { numRuns: 150, seed: 17 },
    );
  });

  it('is the same whatever order the entries are handed in', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer(), (steps, seed) => {
        const entries = history(steps);
        const shuffled = [...entries].sort(
          (a, b) => ((a.id.charCodeAt(4) * 31 + seed) % 7) - ((b.id.charCodeAt(4) * 31 + seed) % 7),
        );
        expect(parcelsText(fold(shuffled))).toEqual(parcelsText(fold(entries)));
      }),
      { numRuns: 100, seed: 19 },
    );
  });

  it('as of a date equals the fold of the entries up to it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 0, max: 900 }), (steps, days) => {
        const entries = history(steps);
        const asOf = addDays(start, days);
        const cut = fold(entries.filter(entry => entry.on <= asOf));
        expect(parcelsText(foldLedger(entries, { asOf }))).toEqual(parcelsText(cut));
        expect(plain(parcelUnits(cut.parcels))).toBe(plain(parcelUnits(foldLedger(entries, { asOf }).parcels)));
      }),
      { numRuns: 100, seed: 23 },
    );
  });

  it('the amounts of the deemed sale conserve through whatever comes after it', () => {
    const reset = { on: start, priceOf: () => price('7.77'), portfolios: new Set(['main']) };
    const held: Step[] = [0, 1].map(code => ({ days: 0, code, kind: 0, size: 777, cents: 501 }));
    const keeping = [4, 5, 7, 8, 10];
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), steps => {
        const before = history(held).map(entry => ({ ...entry, id: `a${entry.id}`, on: addDays(start, -9) }));
        const after = history(steps.map(each => ({ ...each, kind: keeping[each.kind % 5] ?? 4 })));
        const ledger = foldLedger([...before, ...after], { reset });
        const deemed = [...ledger.parcels, ...ledger.disposals.flatMap(sale => sale.parcels)].map(each => each.deemed);
        const total = (of: 'value' | 'before' | 'cost'): string =>
          plain(
            sum(
              deemed.map(each => each?.[of] ?? noMoney),
              noMoney,
            ),
          );
        expect([total('value'), total('before'), total('cost')]).toEqual(['12074.58', '7805.44', '12074.58']);
      }),
      { numRuns: 100, seed: 29 },
    );
  });
});
