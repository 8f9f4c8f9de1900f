import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/date.ts';
import { add, money, noMoney, plain, sum } from '../../../src/domain/decimal.ts';
import type { Taxpayer } from '../../../src/domain/ledger/portfolio.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { capitalEvents } from '../../../src/domain/tax/capital-event.ts';
import { gainLines } from '../../../src/domain/tax/capital-gain.ts';
import { totalOf } from '../../../src/domain/tax/net-capital-gain.ts';
import {
  type CapitalGainYear,
  capitalGainYears,
  classOf,
  lossesCarriedIn,
  lossesCarriedOut,
  pastOrRunningYear,
  type TrustGain,
} from '../../../src/domain/tax/tax-year.ts';
import { alone, gainsOf } from '../../support/capital-gains.ts';
import { on } from '../../support/ledger.ts';
import { booksOf } from '../../support/owner-books.ts';

const yearsOf = (
  lines: readonly string[],
  last: number,
  more: { taxpayer?: Taxpayer; trusts?: readonly TrustGain[]; broughtIn?: Record<number, string> } = {},
): CapitalGainYear[] => {
  const taxpayer = more.taxpayer ?? 'individual';
  const broughtIn = new Map(
    Object.entries(more.broughtIn ?? {}).map(([year, amount]) => [Number(year), money(amount)]),
  );
  return capitalGainYears(
    { taxpayer, lines: gainsOf(lines, { taxpayer }), trusts: more.trusts ?? [], broughtIn },
    last,
  );
};
const text = (year: CapitalGainYear | undefined) =>
  year && [
    year.financialYear,
    plain(lossesCarriedIn(year)),
    year.netCapitalGain && plain(year.netCapitalGain),
    plain(lossesCarriedOut(year)),
  ];
const trust = (financialYear: number, discounted: string, other: string): TrustGain => ({
  entry: 'statement',
  portfolio: 'main',
  code: parseCode('VAS'),
  financialYear,
  discounted: money(discounted),
  grossedUp: add(money(discounted), money(discounted)),
  other: money(other),
});

describe('losses over the years', () => {
  const lines = [
    'buy 100 ABC @ 10 on 2022-01-05',
    'sell 50 ABC @ 2 on 2022-09-01',
    'sell 20 ABC @ 15 on 2023-09-01',
    'sell 30 ABC @ 25 on 2025-09-01',
  ];

  it('are carried from the first year on, through years of nothing, oldest first', () => {
    expect(yearsOf(lines, 2026).map(text)).toEqual([
      [2023, '0', '0', '400'],
      [2024, '400', '0', '300'],
      [2025, '300', '0', '300'],
      [2026, '300', '75', '0'],
    ]);
  });

  it('of before the entries come in first', () => {
    const [, , , last] = yearsOf(lines, 2026, { broughtIn: { 2026: '100' } });
    expect(text(last)).toEqual([2026, '400', '25', '0']);
    expect(last?.result.used.map(use => use.madeIn)).toEqual([undefined, 2023]);
  });

  it('of years after the one that is asked for are left out', () => {
    expect(yearsOf(lines, 2022).map(text)).toEqual([[2022, '0', '0', '0']]);
  });
});

describe("a trust's gains", () => {
  it('are doubled, then netted with the own losses, then discounted', () => {
    const lines = ['buy 100 ABC @ 10 on 2025-07-01', 'sell 100 ABC @ 9 on 2025-09-01'];
    const [year] = yearsOf(lines, 2026, { trusts: [trust(2026, '150', '40')] });
    expect(
      [year?.trustGains, year?.discountGains, year?.otherGains, year?.losses].map(each => each && plain(each)),
    ).toEqual(['340', '300', '40', '100']);
    // 100 off 40, then 60 off 300; half of 240.
    expect(text(year)).toEqual([2026, '0', '120', '0']);
  });

  it('have a third off in a super fund and nothing off in a company', () => {
    const trusts = [trust(2026, '150', '0')];
    expect(text(yearsOf([], 2026, { trusts, taxpayer: 'smsf' })[0])?.[2]).toBe('200');
    expect(text(yearsOf([], 2026, { trusts, taxpayer: 'company' })[0])?.[2]).toBe('300');
  });

  it('are deferred and later ones from 1 July 2027', () => {
    const [year] = yearsOf([], 2028, { trusts: [trust(2028, '150', '40')] });
    expect([...(year?.gains ?? [])].map(([each, amount]) => [each, plain(amount)])).toEqual([
      ['deferred-discountable', '300'],
      ['later', '40'],
    ]);
    expect([year?.discountGains, year?.otherGains].map(each => each && plain(each))).toEqual(['300', '40']);
    expect(year?.minimumTaxCapitalGain && plain(year.minimumTaxCapitalGain)).toBe('40');
  });
});

describe('unknown gains', () => {
  const unknown = ['opening 10 ABC cost unknown on 2025-01-06', 'sell 10 ABC @ 8 on 2025-09-01'];

  it('are in no total, and the year says how many lines are known', () => {
    const [year] = yearsOf([...unknown, 'buy 10 XYZ @ 1 on 2025-07-01', 'sell 10 XYZ @ 2 on 2025-09-01'], 2026);
    expect([text(year)?.[2], year?.known, year?.lines.length]).toEqual(['10', 1, 2]);
  });

  it('alone leave the net capital gain unknown, not 0', () => {
    expect(yearsOf(unknown, 2026)[0]?.netCapitalGain).toBeUndefined();
  });

  it('no line at all is a net capital gain of 0', () => {
    expect(text(yearsOf([], 2026)[0])).toEqual([2026, '0', '0', '0']);
  });
});

it('the minimum tax is unknown where all gains are, and nothing in a year without later gains', () => {
  const unknown = ['opening 10 ABC cost unknown on 2027-08-02', 'sell 10 ABC @ 8 on 2027-09-01'];
  expect(yearsOf(unknown, 2028)[0]?.minimumTaxCapitalGain).toBeUndefined();
  expect(yearsOf([], 2028)[0]?.minimumTaxCapitalGain).toEqual(noMoney);
});

it('a trust’s gain beside lines that are all unknown makes the year known', () => {
  const unknown = ['opening 10 ABC cost unknown on 2025-01-06', 'sell 10 ABC @ 8 on 2025-09-01'];
  const [year] = yearsOf(unknown, 2026, { trusts: [trust(2026, '0', '40')] });
  expect([text(year)?.[2], year?.known]).toEqual(['40', 0]);
});

it('a trust’s loss is one of the year, and so is a carried loss of 0 none', () => {
  const [year] = yearsOf([], 2026, { trusts: [trust(2026, '-10', '50')], broughtIn: { 2026: '0' } });
  // Its discounted part is doubled: a loss of 20, off 50.
  expect([year && plain(year.losses), text(year)?.[2], year?.carriedIn]).toEqual(['20', '30', []]);
});

it('years begin with the first that has anything, be it a trust or a loss brought in, up to the one asked for', () => {
  const first = (more: Parameters<typeof yearsOf>[2]) => yearsOf([], 2027, more).map(each => each.financialYear);
  expect(first({})).toEqual([2027]);
  expect(first({ trusts: [trust(2025, '1', '1')] })).toEqual([2025, 2026, 2027]);
  expect(first({ broughtIn: { 2026: '5', 2028: '5' } })).toEqual([2026, 2027]);
  expect(first({ broughtIn: { 2027: '5' } })).toEqual([2027]);
});

it.each([
  ['buy 100 ABC @ 10 on 2025-07-01', 'sell 100 ABC @ 20 on 2026-07-01', ['full-rate']],
  ['buy 100 ABC @ 10 on 2025-07-01', 'sell 100 ABC @ 20 on 2026-07-02', ['discountable']],
  ['buy 100 ABC @ 10 on 2027-06-30', 'sell 100 ABC @ 20 on 2027-06-30', ['full-rate']],
  ['buy 100 ABC @ 10 on 2027-06-30', 'sell 100 ABC @ 20 on 2028-06-30', ['deferred-full-rate', 'later']],
  ['buy 100 ABC @ 10 on 2027-06-30', 'sell 100 ABC @ 20 on 2028-07-01', ['deferred-discountable', 'later']],
  ['buy 100 ABC @ 10 on 2027-07-01', 'sell 100 ABC @ 20 on 2029-07-02', ['later']],
])('%s and %s: %j', (bought, sold, classes) => {
  const { ledger } = booksOf([bought, sold], { marketValues: { ABC: '12' } });
  const lines = capitalEvents(ledger, 'individual').flatMap(event =>
    gainLines(event, { taxpayer: 'individual', share: alone, cpi: new Map() }),
  );
  expect(lines.map(classOf)).toEqual(classes);
});

describe('a year that is asked for', () => {
  it('is one that runs or is over', () => {
    expect([2026, 2027].map(year => pastOrRunningYear(year, on('2026-07-01')))).toEqual([2026, 2027]);
  });

  it('is refused before its first day', () => {
    expect(() => pastOrRunningYear(2027, on('2026-06-30'))).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: 'FY2027 begins on 1 July 2026, after today (2026-06-30)',
        hint: 'The running year is FY2026: --fy 2026.',
      }),
    );
  });
});

it('the minimum tax is on later gains of individuals alone', () => {
  const lines = ['buy 10 ABC @ 10 on 2027-08-02', 'sell 10 ABC @ 20 on 2028-01-04'];
  const baseOf = (taxpayer: Taxpayer, year = 2028) => yearsOf(lines, year, { taxpayer }).at(-1)?.minimumTaxCapitalGain;
  expect(baseOf('individual')?.toFixed()).toBe('100');
  expect([baseOf('trust'), baseOf('smsf'), baseOf('company'), baseOf('individual', 2027)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it('law: over the years, losses in + made = used + out; what a year carries out the next carries in', () => {
  const trade = fc.record({
    days: fc.integer({ min: 1, max: 300 }),
    cents: fc.integer({ min: 1, max: 3000 }),
  });
  fc.assert(
    fc.property(fc.array(trade, { maxLength: 25 }), fc.integer({ min: 0, max: 500 }), (trades, brought) => {
      let day = on('2020-01-06');
      const sales = trades.map(({ days, cents }) => {
        day = addDays(day, days);
        return `sell 1 ABC @ ${(cents / 100).toFixed(2)} on ${day}`;
      });
      const years = yearsOf(['buy 100 ABC @ 15 on 2020-01-06', ...sales], 2036, {
        broughtIn: { 2022: String(brought) },
      });
      const made = sum(
        years.map(year => year.losses),
        money(String(brought)),
      );
      const used = sum(
        years.map(year => totalOf(year.result.used)),
        noMoney,
      );
      const last = years.at(-1);
      expect(plain(add(used, last ? lossesCarriedOut(last) : noMoney))).toBe(plain(made));
      years.slice(1).forEach((year, index) => {
        const out = lossesCarriedOut(years[index] as CapitalGainYear);
        const extra = year.financialYear === 2022 ? money(String(brought)) : noMoney;
        expect(plain(lossesCarriedIn(year))).toBe(plain(add(out, extra)));
      });
    }),
    { numRuns: 60 },
  );
});
