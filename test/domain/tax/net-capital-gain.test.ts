import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, isNegative, type Money, money, noMoney, plain, subtract } from '../../../src/domain/decimal.ts';
import type { Taxpayer } from '../../../src/domain/ledger/portfolio.ts';
import {
  bySign,
  classOrder,
  type GainClass,
  type NetCapitalGain,
  netCapitalGain,
  totalOf,
} from '../../../src/domain/tax/net-capital-gain.ts';

type Gains = Partial<Record<GainClass, string>>;
const net = (
  year: number,
  gains: Gains,
  losses: string,
  carried: readonly (readonly [number | undefined, string])[] = [],
  taxpayer: Taxpayer = 'individual',
): NetCapitalGain =>
  netCapitalGain({
    financialYear: year,
    taxpayer,
    gains: new Map(Object.entries(gains).map(([each, amount]) => [each as GainClass, money(amount)])),
    losses: money(losses),
    carriedIn: carried.map(([madeIn, amount]) => ({ madeIn, amount: money(amount) })),
  });
const outOf = (result: NetCapitalGain) => result.carriedOut.map(each => [each.madeIn, plain(each.amount)]);

describe('to 30 June 2027', () => {
  it('ATO, Guide to capital gains tax, Kathleen: 520 short, 3,000 discountable, losses 600 and 400: 1,260', () => {
    const result = net(2003, { 'full-rate': '520', discountable: '3000' }, '600', [[2002, '400']]);
    expect(plain(result.net)).toBe('1260');
    expect(result.used.map(use => [use.madeIn, use.against, plain(use.amount)])).toEqual([
      [2003, 'full-rate', '520'],
      [2003, 'discountable', '80'],
      [2002, 'discountable', '400'],
    ]);
  });

  it('joint gain of 1,000: A with a loss of 800 has 0 and carries 300, B has 250', () => {
    const a = net(2026, { discountable: '500' }, '0', [[2025, '800']]);
    const b = net(2026, { discountable: '500' }, '0');
    expect([plain(a.net), outOf(a), plain(b.net)]).toEqual(['0', [[2025, '300']], '250']);
  });

  it('carried losses are used oldest first, and what is left stays of its year', () => {
    const result = net(2026, { 'full-rate': '150' }, '10', [
      [undefined, '100'],
      [2024, '60'],
      [2025, '5'],
    ]);
    expect(outOf(result)).toEqual([
      [2024, '20'],
      [2025, '5'],
    ]);
  });

  it('the discount is on the sum of the year: half, a third, nothing', () => {
    const gains = { 'full-rate': '100', discountable: '1000' };
    expect(plain(net(2026, gains, '0').net)).toBe('600');
    expect(plain(net(2026, gains, '0', [], 'smsf').net)).toBe('766.67');
    expect(plain(net(2026, { 'full-rate': '1100' }, '0', [], 'company').net)).toBe('1100');
  });
});

describe('from 1 July 2027', () => {
  it('losses come off deferred gains first, there off those without the discount, then off later ones', () => {
    const gains = { 'deferred-full-rate': '100', 'deferred-discountable': '200', later: '400' };
    const result = net(2028, gains, '150', [[2027, '200']]);
    expect(result.used.map(use => [use.madeIn, use.against, plain(use.amount)])).toEqual([
      [2028, 'deferred-full-rate', '100'],
      [2028, 'deferred-discountable', '50'],
      [2027, 'deferred-discountable', '150'],
      [2027, 'later', '50'],
    ]);
    expect(plain(result.net)).toBe('350');
  });

  it('331,371 deferred and 320,419.40 later: 165,685.50 + 320,419.40', () => {
    const result = net(2031, { 'deferred-discountable': '331371', later: '320419.40' }, '0');
    expect([plain(result.discount), plain(result.net)]).toEqual(['165685.5', '486104.9']);
  });

  it('super funds and companies keep the order of before', () => {
    expect(classOrder('smsf', 2030)).toEqual(['full-rate', 'discountable']);
    expect(classOrder('company', 2030)).toEqual(['full-rate', 'discountable']);
    expect(classOrder('trust', 2027)).toEqual(['full-rate', 'discountable']);
    expect(classOrder('trust', 2028)).toEqual(['deferred-full-rate', 'deferred-discountable', 'later']);
  });
});

it('gains and losses are summed by their sign', () => {
  const { gains, losses } = bySign([money('5'), money('-3'), noMoney, money('2')]);
  expect([plain(gains), plain(losses)]).toEqual(['7', '3']);
});

it('law: losses conserve (in + made = used + out), nothing is below zero, and more loss is never more gain', () => {
  const dollars = fc.integer({ min: 0, max: 500 }).map(value => money(String(value)));
  const year = fc.record({
    taxpayer: fc.constantFrom<Taxpayer>('individual', 'trust', 'smsf', 'company'),
    financialYear: fc.constantFrom(2026, 2028),
    amounts: fc.tuple(dollars, dollars, dollars),
    losses: dollars,
    carriedIn: fc.array(fc.record({ madeIn: fc.constantFrom(undefined, 2024, 2025), amount: dollars }), {
      maxLength: 4,
    }),
  });
  fc.assert(
    fc.property(year, ({ taxpayer, financialYear, amounts, losses, carriedIn }) => {
      const order = classOrder(taxpayer, financialYear);
      const gains = new Map(order.map((each, index) => [each, amounts[index] ?? noMoney] as [GainClass, Money]));
      const given = { taxpayer, financialYear, gains, losses, carriedIn };
      const result = netCapitalGain(given);
      const before = plain(add(totalOf(carriedIn), losses));
      expect(plain(add(totalOf(result.used), totalOf(result.carriedOut)))).toBe(before);
      expect([...result.left.values(), result.net].some(isNegative)).toBe(false);
      const more = netCapitalGain({ ...given, losses: add(losses, money('1')) });
      expect(isNegative(subtract(result.net, more.net))).toBe(false);
    }),
    { numRuns: 300 },
  );
});
