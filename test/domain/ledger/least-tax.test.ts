import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, money, noMoney, plain, units } from '../../../src/domain/decimal.ts';
import { leastTaxPicks, type SaleToMake } from '../../../src/domain/ledger/least-tax.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import type { Parcel, Pick } from '../../../src/domain/ledger/parcel.ts';
import { taxpayers } from '../../../src/domain/ledger/portfolio.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { hasDiscount } from '../../../src/domain/tax/discount.ts';
import { entriesOf, on } from '../../support/ledger.ts';

const parcel = (id: string, held: number, cost: number | undefined, acquired: string): Parcel => ({
  id,
  portfolio: 'main',
  code: parseCode('ABC'),
  acquiredOn: on(acquired),
  units: units(String(held)),
  cost: cost === undefined ? undefined : money(String(cost)),
});
const long = '2020-01-02';
const short = '2024-12-02';
const sale = (sold: number, proceeds: number, more: Partial<SaleToMake> = {}): SaleToMake => ({
  on: on('2025-03-03'),
  units: units(String(sold)),
  proceeds: money(String(proceeds)),
  costChange: decimal('0'),
  taxpayer: 'individual',
  soFar: { long: noMoney, short: noMoney, losses: noMoney },
  ...more,
});
const text = (picks: readonly Pick[]): string => picks.map(pick => `${pick.parcel.id}${plain(pick.units)}`).join(' ');

describe('least-tax', () => {
  // At 20 a unit: a gains 15 (taxed 7.5), b gains 10, c gains 5, both short.
  const parcels = [parcel('a', 10, 50, long), parcel('b', 10, 100, short), parcel('c', 10, 150, '2024-12-03')];

  it('weighs a discounted gain by what is taxed of it', () => {
    expect(text(leastTaxPicks(parcels, sale(20, 400)))).toBe('a10 c10');
    expect(text(leastTaxPicks(parcels, sale(20, 400, { taxpayer: 'company' })))).toBe('c10 b10');
    // A super fund is taxed on 10 of 15, as much as on b: less gain before the discount is taken.
    expect(text(leastTaxPicks(parcels, sale(20, 400, { taxpayer: 'smsf' })))).toBe('c10 b10');
  });

  it('uses losses on gains without discount first, and splits where they run out', () => {
    const soFar = { long: noMoney, short: noMoney, losses: money('100') };
    // c's 50 and 5 units of b use up 100; the rest of the discounted gain is halved.
    expect(text(leastTaxPicks(parcels, sale(20, 400, { soFar })))).toBe('a5 c10 b5');
    expect(text(leastTaxPicks(parcels, sale(10, 200, { soFar })))).toBe('c10');
  });

  it('takes a loss before a gain, unknown costs last, and of equals the older', () => {
    const dear = [parcel('x', 5, undefined, long), parcel('l', 5, 500, short), parcel('g', 5, 10, long)];
    expect(text(leastTaxPicks(dear, sale(12, 240)))).toBe('g5 l5 x2');
    expect(text(leastTaxPicks(dear, sale(5, 100)))).toBe('l5');
    const equal = [parcel('p', 5, 50, long), parcel('q', 5, 50, '2021-01-04')];
    expect(text(leastTaxPicks(equal, sale(5, 100)))).toBe('p5');
  });

  it('is as good as every choice of whole units there is', () => {
    const some = fc.record({
      held: fc.integer({ min: 1, max: 4 }),
      cost: fc.integer({ min: 0, max: 120 }),
      isLong: fc.boolean(),
    });
    let checked = 0;
    fc.assert(
      fc.property(
        fc.array(some, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom(...taxpayers),
        fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 150 })),
        (list, wanted, perUnit, taxpayer, [soLong, soShort, losses]) => {
          const all = list.map((each, at) => parcel(`p${at}`, each.held, each.cost, each.isLong ? long : short));
          const held = list.reduce((total, each) => total + each.held, 0);
          const sold = Math.min(wanted, held);
          const soFar = { long: money(`${soLong}`), short: money(`${soShort}`), losses: money(`${losses}`) };
          const made = sale(sold, sold * perUnit, { taxpayer, soFar });
          const score = (taken: readonly number[]): [number, number] => {
            let [d, nd, loss] = [soLong, soShort, losses];
            list.forEach((each, at) => {
              const gain = (perUnit - each.cost / each.held) * (taken[at] ?? 0);
              if (gain < 0) loss -= gain;
              else if (hasDiscount(taxpayer, on(each.isLong ? long : short), made.on)) d += gain;
              else nd += gain;
            });
            const rate = { individual: 0.5, trust: 0.5, smsf: 1 / 3, company: 0 }[taxpayer];
            const usedShort = Math.min(nd, loss);
            const usedLong = Math.min(d, loss - usedShort);
            return [nd - usedShort + (d - usedLong) * (1 - rate), nd + d - loss];
          };
          let best: [number, number] = [Infinity, Infinity];
          const visit = (taken: number[], open: number): void => {
            if (taken.length === list.length) {
              if (open > 0) return;
              const [tax, before] = score(taken);
              if (tax < best[0] - 1e-7 || (tax < best[0] + 1e-7 && before < best[1])) best = [tax, before];
              return;
            }
            for (let n = Math.min(open, list[taken.length]?.held ?? 0); n >= 0; n -= 1) visit([...taken, n], open - n);
          };
          visit([], sold);
          const picks = leastTaxPicks(all, made);
          const taken = all.map(each => Number(plain(picks.find(pick => pick.parcel === each)?.units ?? units('0'))));
          expect(taken.reduce((a, b) => a + b, 0)).toBe(sold);
          expect(taken.every(Number.isInteger)).toBe(true);
          const [tax, before] = score(taken);
          expect(tax).toBeCloseTo(best[0], 6);
          expect(before).toBeCloseTo(best[1], 6);
          checked += 1;
        },
      ),
      { numRuns: 600, seed: 5 },
    );
    expect(checked).toBe(600);
  });

  it('knows the losses of the year and those carried from earlier ones', () => {
    const lines = [
      'buy 10 ABC @ 5 on 2020-01-02',
      'buy 10 ABC @ 12 on 2024-12-02',
      'buy 10 XYZ @ 20 on 2022-01-02',
      'sell 10 XYZ @ 10 on 2023-03-01',
      'sell 10 ABC @ 20 method least-tax on 2025-03-03',
    ];
    const closed = (which: readonly string[], options = {}): (string | undefined)[] =>
      foldLedger(entriesOf(which), options)
        .disposals.at(-1)
        ?.parcels.map(part => part.acquiredOn) ?? [];
    // Without losses 150 is taxed at 75 and 80 whole; a carried loss of 100 leaves 25 of one and nothing of the other.
    expect(closed(lines.filter(line => !line.includes('XYZ')))).toEqual(['2020-01-02']);
    expect(closed(lines)).toEqual(['2024-12-02']);
    const given = { yearSoFar: () => ({ long: noMoney, short: noMoney, losses: money('100') }) };
    expect(
      closed(
        lines.filter(line => !line.includes('XYZ')),
        given,
      ),
    ).toEqual(['2024-12-02']);
  });

  it("takes the discount of the portfolio's taxpayer, and a transfer out the oldest", () => {
    const lines = ['buy 10 ABC @ 5 on 2020-01-02', 'buy 10 ABC @ 12 on 2024-12-02'];
    const methods = new Map([['main', { method: 'least-tax', taxpayer: 'company' }]] as const);
    const ledger = foldLedger(entriesOf([...lines, 'sell 10 ABC @ 20 on 2025-03-03']), { methods });
    expect(ledger.disposals[0]?.parcels.map(part => part.acquiredOn)).toEqual(['2024-12-02']);
    const moved = foldLedger(entriesOf([...lines, 'transfer-out 10 ABC on 2025-03-03']), { methods });
    expect(moved.parcels.map(each => each.acquiredOn)).toEqual(['2024-12-02']);
  });
});
