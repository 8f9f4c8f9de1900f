import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, money, noMoney, plain, sum, units } from '../../../src/domain/decimal.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import type { CapitalEvent } from '../../../src/domain/tax/capital-event.ts';
import { type GainLine, type GainOptions, gainLines } from '../../../src/domain/tax/capital-gain.ts';
import { alone, cpiOf, gainsOf, gainText, halves } from '../../support/capital-gains.ts';
import { on } from '../../support/ledger.ts';

const text = (amount: { toFixed: () => string } | undefined): string | undefined =>
  amount === undefined ? undefined : plain(decimal(amount.toFixed()));

describe('to 30 June 2027', () => {
  it('brokerage in and out belongs to the cost base', () => {
    const [line] = gainsOf(['buy 100 ABC @ 10 fee 9.95 on 2025-01-06', 'sell 100 ABC @ 12 fee 9.95 on 2025-03-03']);
    expect([text(line?.proceeds), text(line?.costBase), text(line?.reducedCostBase), text(line?.gain)]).toEqual([
      '1200',
      '1019.9',
      '1019.9',
      '180.1',
    ]);
    expect(line?.rules).toEqual(['contract-date', 'brokerage', 'discount', 'twelve-months']);
  });

  it("a sale's brokerage is split over its parcels by units, to the cent", () => {
    const lines = gainsOf([
      'buy 100 ABC @ 10 on 2025-01-06',
      'buy 50 ABC @ 11 on 2025-01-07',
      'sell 150 ABC @ 12 fee 10 on 2025-03-03',
    ]);
    expect(lines.map(line => [text(line.proceeds), text(line.costBase)])).toEqual([
      ['1200', '1006.67'],
      ['600', '553.33'],
    ]);
    expect(lines.map(line => line.parcel)).toEqual(['entry-001', 'entry-002']);
    expect(lines.map(line => line.entry)).toEqual(['entry-003', 'entry-003']);
  });

  it('the event is the contract date: the last day without the discount and the first with it', () => {
    const bought = 'buy 100 ABC @ 10 on 2023-06-30';
    expect(gainsOf([bought, 'sell 100 ABC @ 12 on 2024-06-30']).map(gainText)).toEqual(['current 200']);
    expect(gainsOf([bought, 'sell 100 ABC @ 12 on 2024-07-01']).map(gainText)).toEqual(['current 200*']);
  });

  it('a loss is measured from the reduced cost base', () => {
    const [line] = gainsOf(['buy 100 ABC @ 10 on 2025-01-06', 'sell 100 ABC @ 8 on 2025-03-03']);
    expect(line && gainText(line)).toBe('current -200');
    expect(line?.rules).toContain('reduced-cost-base');
  });

  it('an unknown cost makes the line unknown, not 0', () => {
    const [line] = gainsOf(['opening 100 ABC cost unknown on 2025-01-06', 'sell 100 ABC @ 8 on 2025-03-03']);
    expect(line && gainText(line)).toBe('current ?');
    expect(line?.rules).toContain('unknown-cost');
  });

  it('a company has no discount, and no day it begins', () => {
    const lines = ['buy 100 ABC @ 10 on 2020-01-06', 'sell 100 ABC @ 12 on 2025-03-03'];
    const [line] = gainsOf(lines, { taxpayer: 'company' });
    expect([line && gainText(line), line?.discountEligibleFrom]).toEqual(['current 200', undefined]);
    expect(gainsOf(lines, { taxpayer: 'smsf' }).map(gainText)).toEqual(['current 200*']);
  });

  it('a return of capital beyond the cost base is a gain, discountable when held 12 months by then', () => {
    const bought = 'buy 100 ABC @ 1 on 2024-01-05';
    const [early] = gainsOf([bought, 'return-of-capital ABC 1.5 on 2024-12-01']);
    const [late] = gainsOf([bought, 'return-of-capital ABC 1.5 on 2025-01-06']);
    expect([early && gainText(early), late && gainText(late)]).toEqual(['current 50', 'current 50*']);
    expect([late?.event, late?.units, late?.rules[0]]).toEqual(['G1', undefined, 'return-of-capital']);
  });
});

/** A sale of a whole parcel after 1 July 2027. */
const sale = (facts: {
  costBase?: string;
  proceeds: string;
  acquired?: string;
  sold?: string;
  brokerage?: string;
  unindexed?: string;
  deemed?: { costBase: string; marketValue: string | undefined };
}): CapitalEvent => ({
  event: 'A1',
  entry: 'sale',
  portfolio: 'main',
  code: parseCode('ABC'),
  parcel: 'parcel',
  acquiredOn: on(facts.acquired ?? '2027-08-02'),
  on: on(facts.sold ?? '2031-02-03'),
  units: units('1'),
  proceeds: money(facts.proceeds),
  brokerage: money(facts.brokerage ?? '0'),
  costBase:
    facts.deemed === undefined
      ? money(facts.costBase ?? '0')
      : facts.deemed.marketValue === undefined
        ? undefined
        : money(facts.deemed.marketValue),
  unindexed: money(facts.unindexed ?? '0'),
  deemed: facts.deemed && {
    costBase: money(facts.deemed.costBase),
    marketValue: facts.deemed.marketValue === undefined ? undefined : money(facts.deemed.marketValue),
  },
});

const cpi = cpiOf({ '2027Q3': '100000', '2031Q1': '113140.8' });
const linesOf = (event: CapitalEvent, options: Partial<GainOptions> = {}): GainLine[] =>
  gainLines(event, { taxpayer: 'individual', share: alone, cpi, ...options });

describe('from 1 July 2027', () => {
  it('100 sold for 125 with the ratio 1.131408 is a gain of 11.90', () => {
    const [line] = linesOf(sale({ costBase: '100', proceeds: '125' }));
    expect(line && gainText(line)).toBe('later 11.9');
    expect([text(line?.indexation?.factor), text(line?.indexedCostBase), text(line?.reducedCostBase)]).toEqual([
      '1.131',
      '113.1',
      '100',
    ]);
    expect(line?.rules).toContain('indexation');
  });

  it('800,000 worth 1,131,371 sold for 1,600,000: 331,371 deferred with the discount, 320,419.40 later', () => {
    const deemed = { costBase: '800000', marketValue: '1131371' };
    const lines = linesOf(sale({ acquired: '2015-03-02', proceeds: '1600000', deemed }));
    expect(lines.map(gainText)).toEqual(['deferred 331371*', 'later 320419.4']);
    expect(lines.map(line => text(line.marketValue))).toEqual(['1131371', '1131371']);
    expect(lines.map(line => line.disposedOn)).toEqual(['2031-02-03', '2031-02-03']);
    expect(lines[0]?.rules).toContain('deemed-sale');
  });

  it('sell brokerage is in the cost base and is not indexed', () => {
    const [line] = linesOf(sale({ costBase: '100', proceeds: '125', brokerage: '1' }));
    expect([line && gainText(line), text(line?.indexedCostBase)]).toEqual(['later 10.9', '114.1']);
  });

  it('an AMIT increase is not indexed', () => {
    const [line] = linesOf(sale({ costBase: '110', unindexed: '10', proceeds: '125' }));
    expect([line && gainText(line), text(line?.indexedCostBase)]).toEqual(['later 1.9', '123.1']);
  });

  it.each([
    ['113.11', '0.01'],
    ['113.10', '0'],
    ['105', '0'],
    ['100', '0'],
    ['99.99', '-0.01'],
    ['60', '-40'],
  ])('cost 100, indexed 113.10, sold for %s: %s', (proceeds, gain) => {
    expect(linesOf(sale({ costBase: '100', proceeds })).map(gainText)).toEqual([`later ${gain}`]);
  });

  it('held under 12 months: neither indexation nor discount', () => {
    const [line] = linesOf(sale({ costBase: '100', proceeds: '125', acquired: '2030-02-03' }));
    expect([line && gainText(line), line?.indexation, line?.discountEligibleFrom]).toEqual([
      'later 25',
      undefined,
      undefined,
    ]);
    const [day] = linesOf(sale({ costBase: '100', proceeds: '125', acquired: '2030-02-02' }));
    expect(day?.indexation).toBeDefined();
  });

  it('for the 12 months the deemed sale does not count', () => {
    const deemed = { costBase: '100000', marketValue: '140000' };
    const held = linesOf(sale({ acquired: '2026-01-10', sold: '2028-03-15', proceeds: '155000', deemed }));
    expect(held.map(gainText)).toEqual(['deferred 40000*', 'later 15000']);
    const short = linesOf(sale({ acquired: '2027-05-03', sold: '2028-05-03', proceeds: '155000', deemed }));
    expect(short.map(gainText)).toEqual(['deferred 40000', 'later 15000']);
    const dayLater = linesOf(sale({ acquired: '2027-05-03', sold: '2028-05-04', proceeds: '155000', deemed }));
    expect(dayLater.map(gainText)).toEqual(['deferred 40000*', 'later 15000']);
  });

  it('a deferred loss is an ordinary loss', () => {
    const deemed = { costBase: '800', marketValue: '500' };
    expect(linesOf(sale({ acquired: '2015-03-02', proceeds: '900', deemed })).map(gainText)).toEqual([
      'deferred -300*',
      'later 334.5',
    ]);
  });

  it('an unpublished quarter makes the factor an estimate', () => {
    const [line] = linesOf(sale({ costBase: '100', proceeds: '125', sold: '2031-08-03' }));
    expect([text(line?.indexation?.factor), line?.indexation?.estimated]).toEqual(['1.131', true]);
  });

  it('without a market value both lines are unknown', () => {
    const deemed = { costBase: '800', marketValue: undefined };
    expect(linesOf(sale({ acquired: '2015-03-02', proceeds: '900', deemed })).map(gainText)).toEqual([
      'deferred ?*',
      'later ?',
    ]);
  });

  it('super funds and companies have neither', () => {
    const event = sale({ costBase: '100', proceeds: '125', acquired: '2020-01-06' });
    expect(linesOf(event, { taxpayer: 'smsf' }).map(gainText)).toEqual(['current 25*']);
    expect(linesOf(event, { taxpayer: 'company' }).map(gainText)).toEqual(['current 25']);
    expect(linesOf(event, { taxpayer: 'trust' }).map(line => line.category)).toEqual(['later']);
  });
});

describe('the rules of a line', () => {
  const bought = 'buy 100 ABC @ 10 on 2024-01-05';
  const rulesOf = (lines: readonly string[], options: Partial<GainOptions> = {}) =>
    gainsOf(lines, options).map(line => line.rules);
  const common = ['contract-date', 'brokerage'];

  it.each([
    ['12', 'individual', ['discount', 'twelve-months']],
    ['12', 'company', ['discount']],
    ['8', 'individual', ['reduced-cost-base']],
    ['10', 'individual', []],
  ] as const)('sold at %s by %s are those of a sale and %j', (price, taxpayer, rules) => {
    expect(rulesOf([bought, `sell 100 ABC @ ${price} on 2025-03-03`], { taxpayer })).toEqual([[...common, ...rules]]);
  });

  it('of an unknown gain say so, and nothing of a discount', () => {
    const lines = ['opening 100 ABC cost unknown on 2024-01-06', 'sell 100 ABC @ 8 on 2025-03-03'];
    expect(rulesOf(lines)).toEqual([[...common, 'unknown-cost']]);
  });

  it('of a deemed sale stand on both its lines, with those of each', () => {
    const deemed = { costBase: '800', marketValue: '1000' };
    const rules = (proceeds: string, more: Partial<GainOptions> = {}, marketValue = '1000') =>
      linesOf(saleOf(proceeds, { ...deemed, marketValue }), more).map(line => line.rules);
    const saleOf = (proceeds: string, of: { costBase: string; marketValue: string }) =>
      sale({ acquired: '2015-03-02', proceeds, deemed: of });
    expect(rules('1500')).toEqual([
      [...common, 'deemed-sale', 'deferred-discount', 'twelve-months'],
      [...common, 'deemed-sale', 'indexation'],
    ]);
    expect(rules('700', {}, '700')).toEqual([
      [...common, 'reduced-cost-base', 'deemed-sale', 'deferred-discount'],
      [...common, 'deemed-sale', 'indexation'],
    ]);
    expect(rules('900', { share: { pcts: halves, at: 0 } })[1]).toEqual([
      ...common,
      'joint-owners',
      'reduced-cost-base',
      'deemed-sale',
      'indexation',
    ]);
  });

  it('of what was bought after 1 July 2027 are the indexation’s', () => {
    expect(linesOf(sale({ costBase: '100', proceeds: '125' }))[0]?.rules).toEqual([...common, 'indexation']);
  });

  it.each([
    ['return-of-capital VAS 12', 'return-of-capital'],
    ['statement VAS fy 2026 tax-deferred 1200', 'tax-deferred'],
    ['statement VAS fy 2026 amit-decrease 1200', 'tax-deferred'],
  ])('of what %s pays beyond the cost base of 1,000 are %s', (entry, rule) => {
    const line = entry.startsWith('statement') ? entry : `${entry} on 2026-06-30`;
    const lines = gainsOf([bought.replace('ABC', 'VAS'), line]);
    expect(lines.map(gainText)).toEqual(['current 200*']);
    expect(lines[0]?.rules).toEqual([rule, 'discount', 'twelve-months']);
  });
});

describe('the amounts of a line', () => {
  it('a sale of before has neither a market value nor an index, and knows from when it has the discount', () => {
    const [line] = gainsOf(['buy 100 ABC @ 10 on 2024-01-05', 'sell 100 ABC @ 12 on 2024-12-03']);
    expect([line?.marketValue, line?.indexation, line?.indexedCostBase]).toEqual([undefined, undefined, undefined]);
    expect([line?.discountEligible, line?.discountEligibleFrom]).toEqual([false, '2025-01-06']);
    expect([line?.acquiredOn, line?.disposedOn, text(line?.units), text(line?.ownerPct)]).toEqual([
      '2024-01-05',
      '2024-12-03',
      '100',
      '100',
    ]);
  });

  it('a payment beyond the cost base has no index, however long the units were held', () => {
    const lines = ['buy 100 ABC @ 1 on 2027-08-02', 'return-of-capital ABC 1.5 on 2031-02-03'];
    const [line] = gainsOf(lines, { cpi });
    expect(line && gainText(line)).toBe('later 50');
    expect([line?.indexation, line?.indexedCostBase, text(line?.costBase)]).toEqual([undefined, undefined, '0']);
  });

  it('what is left of a cost base that only increases made is not indexed', () => {
    // 30 are left, all of the 50 that were added: 30 and nothing indexed. Brokerage of 2 stands beside it.
    const [line] = linesOf(sale({ costBase: '30', unindexed: '50', proceeds: '100', brokerage: '2' }));
    expect([text(line?.indexedCostBase), line && gainText(line)]).toEqual(['32', 'later 68']);
    const [whole] = linesOf(sale({ costBase: '50', unindexed: '50', proceeds: '100' }));
    expect(text(whole?.indexedCostBase)).toBe('50');
  });

  it('without a known cost there is none to index', () => {
    const lines = ['opening 100 ABC cost unknown on 2027-08-02', 'sell 100 ABC @ 8 on 2031-02-03'];
    const [line] = gainsOf(lines, { cpi });
    expect([line && gainText(line), text(line?.indexation?.factor), line?.indexedCostBase]).toEqual([
      'later ?',
      '1.131',
      undefined,
    ]);
  });
});

describe('what the owners of a joint portfolio report', () => {
  it('is half each, and the odd cent of each amount goes to the first', () => {
    const lines = ['buy 100 ABC @ 10 on 2020-01-06', 'sell 100 ABC @ 20.0001 on 2025-03-03'];
    const of = (at: number) => gainsOf(lines, { share: { pcts: halves, at } })[0];
    expect([of(0), of(1)].map(line => [text(line?.proceeds), text(line?.costBase), text(line?.gain)])).toEqual([
      ['1000.01', '500', '500.01'],
      ['1000', '500', '500'],
    ]);
    expect(of(0)?.rules).toContain('joint-owners');
  });

  it('law: sums to the whole, both sides of 1 July 2027', () => {
    const cents = fc.integer({ min: 1, max: 1_000_000 }).map(value => decimal(String(value)).div('100').toFixed());
    const event = fc.record({ costBase: cents, proceeds: cents, marketValue: cents, isDeemed: fc.boolean() });
    fc.assert(
      fc.property(event, fc.integer({ min: 1, max: 99 }), ({ costBase, proceeds, marketValue, isDeemed }, first) => {
        const deemed = isDeemed ? { costBase, marketValue } : undefined;
        const sold = sale({ costBase, proceeds, ...(deemed ? { deemed, acquired: '2015-03-02' } : {}) });
        const pcts = [decimal(String(first)), decimal(String(100 - first))];
        const whole = linesOf(sold);
        const parts = [0, 1].map(at => linesOf(sold, { share: { pcts, at } }));
        for (const figure of ['gain', 'proceeds', 'costBase', 'indexedCostBase'] as const) {
          const summed = whole.map((_, index) =>
            plain(
              sum(
                parts.map(each => each[index]?.[figure] ?? noMoney),
                noMoney,
              ),
            ),
          );
          expect(summed).toEqual(whole.map(line => plain(line[figure] ?? noMoney)));
        }
      }),
      { numRuns: 200 },
    );
  });
});
