import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import type { ParcelMethod } from '../../../src/domain/ledger/entry.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { entriesOf, ledgerOf, on, parcelsText } from '../../support/ledger.ts';

const messages = (problems: readonly { message: string }[]): string[] => problems.map(problem => problem.message);

describe('buys and sales', () => {
  it('puts brokerage into the cost base and takes it from the proceeds', () => {
    const ledger = ledgerOf([
      'buy 100 BHP @ 43.21 fee 9.95 on 2025-03-03',
      'sell 40 BHP @ 45.00 fee 9.95 on 2025-09-01',
    ]);
    // 100 x 43.21 + 9.95 = 4,330.95; 40 of 100 units carry 1,732.38.
    expect(parcelsText(ledger)).toEqual(['BHP 60 2598.57 2025-03-03']);
    const sale = ledger.disposals[0]?.parcels[0];
    expect([sale?.cost, sale?.proceeds, sale?.gain].map(value => value && plain(value))).toEqual([
      '1732.38',
      '1790.05',
      '57.67',
    ]);
    expect(plain(ledger.cash)).toBe('-2540.9');
  });

  it('lets the contract note win and keeps the difference as a warning', () => {
    const ledger = ledgerOf(['buy 187 LYC @ 2.68 fee 10 total 515.16 on 2019-08-16']);
    expect(parcelsText(ledger)).toEqual(['LYC 187 515.16 2019-08-16']);
    expect(messages(ledger.warnings)).toEqual(['LYC: the total 515.16 differs by 4 from units x price and brokerage']);
  });

  it('is silent about a rounding cent of the contract note', () => {
    expect(ledgerOf(['buy 3 BHP @ 10.115 total 30.34 on 2025-03-03']).warnings).toEqual([]);
  });

  it('splits 10.00 over three units sold one by one as 3.33, 3.34, 3.33', () => {
    const ledger = ledgerOf([
      'buy 3 ABC @ 3.3333 total 10.00 on 2025-01-02',
      ...['03', '06', '07'].map(day => `sell 1 ABC @ 5 on 2025-01-${day}`),
    ]);
    expect(ledger.disposals.map(sale => sale.parcels[0]?.cost && plain(sale.parcels[0].cost))).toEqual([
      '3.33',
      '3.34',
      '3.33',
    ]);
    expect(ledger.parcels).toEqual([]);
  });

  it.each<[ParcelMethod, string[]]>([
    ['fifo', ['2024-03-01', '2024-01-01']],
    ['lifo', ['2024-03-01', '2024-02-01']],
    ['highest-cost', ['2024-03-01', '2024-01-01']],
  ])('closes parcels by %s', (method, _left) => {
    const lines = ['buy 10 ABC @ 1 on 2024-01-01', 'buy 10 ABC @ 3 on 2024-02-01', 'buy 10 ABC @ 2 on 2024-03-01'];
    const ledger = ledgerOf([...lines, `sell 10 ABC @ 4 method ${method} on 2024-04-01`]);
    const closed = {
      fifo: '2024-01-01',
      lifo: '2024-03-01',
      'highest-cost': '2024-02-01',
      'least-tax': '',
      specific: '',
    }[method];
    expect(ledger.disposals[0]?.parcels.map(part => part.acquiredOn)).toEqual([closed]);
  });

  it('uses the portfolio method where the sale names none', () => {
    const entries = entriesOf([
      'buy 10 ABC @ 1 on 2024-01-01',
      'buy 10 ABC @ 3 on 2024-02-01',
      'sell 10 ABC @ 4 on 2024-04-01',
    ]);
    const ledger = foldLedger(entries, { methods: new Map([['main', { method: 'lifo', taxpayer: 'individual' }]]) });
    expect(ledger.disposals[0]?.parcels[0]?.acquiredOn).toBe('2024-02-01');
  });

  it('closes the parcels that a sale names, by date or by id', () => {
    const buys = ['buy 10 ABC @ 1 on 2024-01-01', 'buy 10 ABC @ 3 on 2024-02-01', 'buy 10 ABC @ 2 on 2024-03-01'];
    const ledger = ledgerOf([...buys, 'sell 12 ABC @ 4 parcel 2024-02-01:8,entry-003:4 on 2024-04-01']);
    expect(ledger.problems).toEqual([]);
    expect(parcelsText(ledger)).toEqual(['ABC 10 10 2024-01-01', 'ABC 2 6 2024-02-01', 'ABC 6 12 2024-03-01']);
  });

  it.each([
    ['parcel 2024-09-09:15', 'ABC: sell 15 on 2024-04-01: there is no open parcel "2024-09-09"'],
    ['parcel 2024-01-01:15', 'ABC: sell 15 on 2024-04-01: parcel "2024-01-01" has 10 units, not 15'],
  ])('refuses a sale that names %s', (clause, message) => {
    const buys = ['buy 10 ABC @ 1 on 2024-01-01', 'buy 10 ABC @ 1 on 2024-02-01'];
    const ledger = ledgerOf([...buys, `sell 15 ABC @ 4 ${clause} on 2024-04-01`]);
    expect(messages(ledger.problems)).toEqual([message]);
    expect(parcelsText(ledger)).toEqual(['ABC 10 10 2024-01-01', 'ABC 10 10 2024-02-01']);
  });

  it('refuses to sell more than is held, naming code, units and date, and leaves the rest standing', () => {
    const ledger = ledgerOf([
      'buy 420 CBA @ 100 on 2025-01-02',
      'sell 500 CBA @ 120 on 2025-08-14',
      'sell 20 CBA @ 121 on 2025-08-15',
    ]);
    expect(messages(ledger.problems)).toEqual(['CBA: sell 500, held 420 on 2025-08-14']);
    expect(parcelsText(ledger)).toEqual(['CBA 400 40000 2025-01-02']);
  });

  it('takes a buy before a sale of the same day, unless a sequence says otherwise', () => {
    const lines = ['sell 10 ABC @ 2 on 2025-01-02', 'buy 10 ABC @ 1 on 2025-01-02'];
    expect(ledgerOf(lines).problems).toEqual([]);
    const sequenced = entriesOf(lines).map((entry, index) => ({ ...entry, sequence: index }));
    expect(messages(foldLedger(sequenced).problems)).toEqual(['ABC: sell 10, held 0 on 2025-01-02']);
  });

  it('keeps an unknown cost unknown, in what is sold and in what is kept', () => {
    const ledger = ledgerOf(['opening 10 ABC cost unknown on 2024-01-01', 'sell 4 ABC @ 5 on 2025-06-01']);
    expect(parcelsText(ledger)).toEqual(['ABC 6 ? 2024-01-01']);
    expect(ledger.disposals[0]?.parcels[0]?.gain).toBeUndefined();
  });

  it('transfers out without a disposal and in with the original date', () => {
    const ledger = ledgerOf([
      'transfer-in 10 ABC cost 55.50 acquired 2019-05-06 on 2024-01-01',
      'transfer-out 4 ABC on 2025-01-01',
    ]);
    expect(parcelsText(ledger)).toEqual(['ABC 6 33.3 2019-05-06']);
    expect(ledger.disposals).toEqual([]);
  });
});

describe('corporate actions', () => {
  it('consolidates 1,234 units that cost 567.89 1:10 to 124 units that cost 567.89', () => {
    const ledger = ledgerOf(['opening 1234 ABC cost 567.89 on 2020-01-02', 'consolidation ABC 1:10 on 2024-11-01']);
    expect(parcelsText(ledger)).toEqual(['ABC 124 567.89 2020-01-02']);
  });

  it('rounds the holding, not each parcel, and keeps parcels in whole units', () => {
    // AUZ as in the contract notes: 23,346 units become 2,335, all of which are sold later.
    const lines = [
      'buy 16680 AUZ @ 0.06 fee 10 on 2017-10-19',
      'buy 6666 AUZ @ 0.15 fee 10 on 2017-11-07',
      'consolidation AUZ 1:10 on 2024-11-01',
    ];
    expect(parcelsText(ledgerOf(lines))).toEqual(['AUZ 1668 1010.8 2017-10-19', 'AUZ 667 1009.9 2017-11-07']);
    expect(ledgerOf([...lines, 'sell 2335 AUZ @ 0.015 fee 4.99 on 2026-03-23']).parcels).toEqual([]);
  });

  it('takes the registry\u2019s units where the entry states them', () => {
    const ledger = ledgerOf(['buy 15 ABC @ 1 on 2020-01-02', 'consolidation ABC 1:10 units 1 on 2024-11-01']);
    expect(parcelsText(ledger)).toEqual(['ABC 1 15 2020-01-02']);
  });

  it('splits before the day\u2019s trades, and a bonus keeps total cost and dates', () => {
    const ledger = ledgerOf([
      'buy 10 ABC @ 8 on 2020-01-02',
      'split ABC 4:1 on 2020-06-01',
      'sell 20 ABC @ 3 on 2020-06-01',
      'bonus ABC 5 on 2020-07-01',
    ]);
    expect(ledger.problems).toEqual([]);
    expect(parcelsText(ledger)).toEqual(['ABC 25 40 2020-01-02']);
  });

  it('leaves no parcel without units when a consolidation is harsher than its parcels', () => {
    const ledger = ledgerOf([
      'buy 10 ABC @ 1 on 2020-01-02',
      'buy 15 ABC @ 1 on 2020-02-03',
      'consolidation ABC 1:100 on 2024-11-01',
    ]);
    expect(parcelsText(ledger)).toEqual(['ABC 0.4 10 2020-01-02', 'ABC 0.6 15 2020-02-03']);
  });

  it('lowers the cost base by a return of capital, never below zero; the excess is a gain', () => {
    const ledger = ledgerOf([
      'buy 100 ABC @ 0.05 on 2020-01-02',
      'buy 100 ABC @ 2 on 2024-01-02',
      'return-of-capital ABC 0.20 on 2024-06-03',
    ]);
    expect(parcelsText(ledger)).toEqual(['ABC 100 0 2020-01-02', 'ABC 100 180 2024-01-02']);
    expect(ledger.excessGains.map(gain => [plain(gain.amount), gain.acquiredOn, gain.on])).toEqual([
      ['15', '2020-01-02', '2024-06-03'],
    ]);
  });

  it('counts only parcels owned at the record date', () => {
    const ledger = ledgerOf([
      'buy 100 ABC @ 2 on 2024-01-02',
      'buy 100 ABC @ 2 on 2024-05-31',
      'return-of-capital ABC 0.20 record 2024-05-20 on 2024-06-03',
    ]);
    expect(parcelsText(ledger)).toEqual(['ABC 100 180 2024-01-02', 'ABC 100 200 2024-05-31']);
    expect(plain(ledger.cash)).toBe('-380');
  });

  it('renames without touching parcels, and explains a sale under the old code', () => {
    const ledger = ledgerOf([
      'buy 10 OLD @ 8 on 2020-01-02',
      'rename OLD to NEW on 2021-02-01',
      'sell 5 OLD @ 9 on 2021-03-01',
    ]);
    expect(parcelsText(ledger)).toEqual(['NEW 10 80 2020-01-02']);
    expect(messages(ledger.problems)).toEqual(['OLD: sell 5, held 0 on 2021-03-01 (renamed to NEW on 2021-02-01)']);
  });

  it('keeps each portfolio to itself', () => {
    const entries = [
      ...entriesOf(['buy 10 ABC @ 8 on 2020-01-02', 'split ABC 2:1 on 2020-06-01'], 'ann'),
      ...entriesOf(['buy 10 ABC @ 8 on 2020-01-02'], 'bob'),
    ];
    expect(parcelsText(foldLedger(entries))).toEqual(['ABC 20 80 2020-01-02', 'ABC 10 80 2020-01-02']);
  });
});

describe('income', () => {
  it('counts the units held at the close of the day before the ex-date', () => {
    const ledger = ledgerOf([
      'buy 100 ABC @ 8 on 2025-01-02',
      'buy 50 ABC @ 8 on 2025-03-03',
      'sell 120 ABC @ 9 on 2025-03-10',
      'dividend ABC @ 0.25 franked 100% ex 2025-03-03 on 2025-04-01',
    ]);
    const income = ledger.income[0];
    expect(
      [income?.units, income?.amount, income?.franked, income?.credit].map(value => value && plain(value)),
    ).toEqual(['100', '25', '25', '10.71']);
    expect(income?.creditAssumed).toBe(true);
  });

  it('believes a stated credit, and leaves franking unknown when it is not given', () => {
    const ledger = ledgerOf([
      'dividend ABC 70 franked 100% credit 23.33 on 2025-04-01',
      'dividend ABC 70 on 2025-04-02',
    ]);
    expect(ledger.income.map(income => [income.credit && plain(income.credit), income.creditAssumed])).toEqual([
      ['23.33', false],
      [undefined, false],
    ]);
  });

  it('assesses a dividend when paid and a distribution in the year it is attributed to', () => {
    const ledger = ledgerOf([
      'distribution VAS 100 ex 2026-07-01 on 2026-07-16 fy 2026',
      'dividend BHP 100 on 2026-09-24',
    ]);
    expect(ledger.income.map(income => income.financialYear)).toEqual([2026, 2027]);
  });

  it('reinvests: 333 units x 0.47 + 3.20 carried at 12.345 is 12 units at 148.14, assessable 156.51', () => {
    const ledger = ledgerOf([
      'buy 333 ABC @ 10 on 2025-01-02',
      'drp ABC 12 @ 12.345 dividend @ 0.47 franked 100% residual 11.57 ex 2025-03-03 on 2025-04-01',
    ]);
    expect(parcelsText(ledger)).toEqual(['ABC 333 3330 2025-01-02', 'ABC 12 148.14 2025-04-01']);
    expect(ledger.income[0] && plain(ledger.income[0].amount)).toBe('156.51');
    expect(plain(ledger.cash)).toBe('-3330');
  });

  it('moves the cash account by deposits, trades, income less tax withheld, interest and fees', () => {
    const ledger = ledgerOf([
      'deposit 1000 on 2025-01-01',
      'buy 10 ABC @ 50 fee 5 on 2025-01-02',
      'dividend ABC 20 withheld 9.40 on 2025-02-03',
      'interest 1.25 on 2025-02-28',
      'fee 3 on 2025-03-01',
      'withdraw 100 on 2025-03-02',
    ]);
    expect(plain(ledger.cash)).toBe('403.85');
  });
});

describe('as of', () => {
  const lines = ['buy 10 ABC @ 1 on 2024-01-01', 'sell 10 ABC @ 2 on 2024-02-01', 'buy 5 ABC @ 3 on 2024-03-01'];
  it.each([
    ['2023-12-31', []],
    ['2024-01-31', ['ABC 10 10 2024-01-01']],
    ['2024-02-01', []],
    ['2024-03-01', ['ABC 5 15 2024-03-01']],
  ])('%s', (date, expected) => {
    expect(parcelsText(ledgerOf(lines, { asOf: on(date) }))).toEqual(expected);
  });
});
