import { describe, expect, it } from 'vitest';
import { decimal, type Money, money, plain } from '../../../src/domain/decimal.ts';
import type { Entry, ParcelMethod } from '../../../src/domain/ledger/entry.ts';
import type { OwnerBooks, OwnerFact, OwnerFactName } from '../../../src/domain/tax/owner-books.ts';
import { type MethodPreview, type PlannedSale, previewSale } from '../../../src/domain/tax/sale-preview.ts';
import { entriesOf } from '../../support/ledger.ts';
import { type BookOptions, booksOf } from '../../support/owner-books.ts';

const text = (amount: Money | undefined): string => (amount === undefined ? '?' : plain(amount));
const fact = (financialYear: number, name: OwnerFactName, value: string): OwnerFact => ({
  financialYear,
  fact: name,
  value: decimal(value),
});
const planned = (line: string): PlannedSale => {
  const [entry] = entriesOf([line]) as [Entry];
  return { ...entry, id: 'planned' } as PlannedSale;
};
const previewOf = (
  lines: readonly string[],
  sale: string,
  options: BookOptions & { method?: ParcelMethod } = {},
): MethodPreview => previewSale([booksOf(lines, options)], planned(sale), options.method ?? 'fifo');

const rate = fact(2026, 'marginal-rate-pct', '39');

describe('a sale', () => {
  const lines = ['buy 100 ABC @ 10 on 2024-01-05', 'buy 100 ABC @ 18 on 2026-02-02'];

  it('taxes its gain, discounted, at the marginal rate', () => {
    const preview = previewOf(lines, 'sell 100 ABC @ 20 on 2026-03-03', { facts: [rate] });
    // 1,000 halved, and 39% of it.
    expect([preview.method, text(preview.gain), text(preview.taxableGain), text(preview.tax)]).toEqual([
      'fifo',
      '1000',
      '500',
      '195',
    ]);
    const [owner] = preview.owners;
    expect([owner?.owner.name, owner?.financialYear, text(owner?.marginalRatePct as Money | undefined)]).toEqual([
      'Ann',
      2026,
      '39',
    ]);
    expect([owner?.netCapitalGainBefore, owner?.netCapitalGainAfter, owner?.lossesCarriedOutAfter].map(text)).toEqual([
      '0',
      '500',
      '0',
    ]);
    expect([owner?.yearsBefore, owner?.yearsAfter].map(years => years?.map(each => each.lines.length))).toEqual([
      [0],
      [1],
    ]);
  });

  it('is of the parcels that its method takes, and of no other sale', () => {
    const sold = [...lines, 'sell 50 ABC @ 20 on 2026-02-20'];
    const preview = previewOf(sold, 'sell 60 ABC @ 20 on 2026-03-03', { method: 'lifo' });
    expect(preview.owners[0]?.lines.map(line => [line.parcel, line.entry, text(line.gain)])).toEqual([
      ['entry-002', 'planned', '120'],
    ]);
    // 500 with the discount before; 120 without it more.
    expect([preview.owners[0]?.netCapitalGainBefore, preview.taxableGain].map(text)).toEqual(['250', '120']);
  });

  it('with least tax leaves to a recorded one the parcels that it took', () => {
    // 170 with the discount or 160 without it: half of 170 is less. A loss of 160 carried in would make the other one
    // nothing, but a recorded sale knows its portfolio alone.
    const recorded = [
      'buy 100 ABC @ 18.30 on 2024-01-05',
      'buy 100 ABC @ 18.40 on 2026-02-02',
      'sell 100 ABC @ 20 method least-tax on 2026-02-20',
    ];
    const facts = [fact(2025, 'losses-brought-in', '160')];
    const preview = previewOf(recorded, 'sell 100 ABC @ 20 on 2026-03-03', { facts, method: 'least-tax' });
    expect(preview.owners[0]?.lines.map(line => [line.parcel, text(line.gain)])).toEqual([['entry-002', '160']]);
  });

  it('at a loss takes from the tax of the year’s other gains, and carries what is left', () => {
    const sold = ['buy 10 XYZ @ 10 on 2026-01-05', 'sell 10 XYZ @ 40 on 2026-02-05', 'buy 100 ABC @ 18 on 2026-01-06'];
    const preview = previewOf(sold, 'sell 100 ABC @ 10 on 2026-03-03', { facts: [rate] });
    // 300 of gain is gone, and 500 of the loss of 800 is carried: 39% of 300 is 117.
    expect([preview.gain, preview.taxableGain, preview.tax].map(text)).toEqual(['-800', '-300', '-117']);
    expect(text(preview.owners[0]?.lossesCarriedOutAfter)).toBe('500');
    expect(preview.waiting).toEqual([]);
  });

  it('warns of buys of its own code within 30 days', () => {
    const sold = ['buy 100 ABC @ 18 on 2024-01-06', 'buy 5 ABC @ 10 on 2026-02-20'];
    const [owner] = previewOf(sold, 'sell 100 ABC @ 10 on 2026-03-03').owners;
    expect(owner?.washSales.map(each => [each.entry, each.boughtOn])).toEqual([['planned', '2026-02-20']]);
  });
});

describe('what is not known', () => {
  const unknown = ['opening 10 ABC cost unknown on 2024-01-05', 'buy 10 ABC @ 10 on 2024-01-06'];
  const facts = [rate];

  it('of one parcel is not known of the sale', () => {
    const preview = previewOf(unknown, 'sell 15 ABC @ 20 on 2026-03-03', { facts });
    expect([preview.gain, preview.taxableGain, preview.tax].map(text)).toEqual(['?', '?', '?']);
    const [owner] = preview.owners;
    expect([owner?.netCapitalGainBefore, owner?.netCapitalGainAfter, owner?.tax].map(text)).toEqual(['0', '?', '?']);
  });

  it('of the year before the sale leaves what the sale adds unknown, not its gain', () => {
    const sold = [...unknown, 'sell 10 ABC @ 20 on 2026-02-03'];
    const preview = previewOf(sold, 'sell 10 ABC @ 20 on 2026-03-03', { facts });
    expect([preview.gain, preview.taxableGain, preview.tax].map(text)).toEqual(['100', '?', '?']);
    expect([preview.owners[0]?.netCapitalGainBefore, preview.owners[0]?.netCapitalGainAfter].map(text)).toEqual([
      '?',
      '50',
    ]);
  });

  it('of the marginal rate leaves the tax unknown, not the taxable gain', () => {
    const preview = previewOf(unknown, 'sell 10 ABC @ 20 method lifo on 2026-03-03', { method: 'lifo' });
    expect([preview.gain, preview.taxableGain, preview.tax].map(text)).toEqual(['100', '50', '?']);
  });
});

describe('waiting', () => {
  const waitingOf = (preview: MethodPreview): string[] =>
    preview.waiting.map(
      each => `${each.on} ${each.days} ${[each.taxableGain, each.tax, each.saves, each.savesTax].map(text).join(' ')}`,
    );
  const lines = [
    'buy 100 ABC @ 10 on 2025-04-01',
    'buy 100 ABC @ 12 on 2025-03-20',
    'buy 50 ABC @ 11 on 2025-03-20',
    'buy 100 ABC @ 30 on 2025-05-01',
    'buy 100 ABC @ 5 on 2024-01-05',
  ];

  it('is for each day on which one more parcel at a gain has the discount, nearest first', () => {
    // Gains of 1,000, 800, 450 and 1,500, and a loss of 1,000 that comes off those without the discount first.
    const preview = previewOf(lines, 'sell 450 ABC @ 20 on 2026-03-03', { facts: [rate], method: 'lifo' });
    // Now: 2,250 short less 1,000 is 1,250, and half of 1,500 is 750. 21 March: 1,000 short is gone by the loss, half of
    // 2,750. 2 April: half of 3,750 less 1,000.
    expect([preview.taxableGain, preview.tax].map(text)).toEqual(['2000', '780']);
    expect(waitingOf(preview)).toEqual([
      '2026-03-21 18 1375 536.25 625 243.75',
      '2026-04-02 30 1375 536.25 625 243.75',
    ]);
  });

  it('ends on the day itself', () => {
    const lot = ['buy 100 ABC @ 10 on 2025-04-01'];
    expect(waitingOf(previewOf(lot, 'sell 100 ABC @ 20 on 2026-04-01'))).toEqual(['2026-04-02 1 500 ? 500 ?']);
    expect(waitingOf(previewOf(lot, 'sell 100 ABC @ 20 on 2026-04-02'))).toEqual([]);
  });

  it('is nothing to a company, at a loss, without a gain, or on a gain that is not known', () => {
    const lot = ['buy 100 ABC @ 10 on 2025-04-01'];
    expect(waitingOf(previewOf(lot, 'sell 100 ABC @ 20 on 2026-03-03', { taxpayer: 'company' }))).toEqual([]);
    expect(waitingOf(previewOf(lot, 'sell 100 ABC @ 9 on 2026-03-03'))).toEqual([]);
    expect(waitingOf(previewOf(lot, 'sell 100 ABC @ 10 on 2026-03-03'))).toEqual([]);
    const unknown = ['opening 100 ABC cost unknown on 2025-04-01'];
    expect(waitingOf(previewOf(unknown, 'sell 100 ABC @ 20 on 2026-03-03'))).toEqual([]);
    const both = [...unknown, ...lot];
    expect(waitingOf(previewOf(both, 'sell 200 ABC @ 20 on 2026-03-03'))).toEqual(['2026-04-02 30 ? ? ? ?']);
  });

  it('across 1 July 2027 helps the deferred part alone', () => {
    const lot = ['buy 100 ABC @ 10 on 2027-03-01'];
    const options = { marketValues: { ABC: '14' } };
    // 400 deferred and 600 later; on 2 March 2028 half of the 400 is gone.
    expect(waitingOf(previewOf(lot, 'sell 100 ABC @ 20 on 2027-12-01', options))).toEqual([
      '2028-03-02 92 800 ? 200 ?',
    ]);
    expect(waitingOf(previewOf(['buy 100 ABC @ 10 on 2027-07-01'], 'sell 100 ABC @ 20 on 2027-12-01'))).toEqual([]);
  });
});

describe('a sale of joint owners', () => {
  const owners = [
    ['Ann', '60'],
    ['Bob', '40'],
  ] as const;
  const lines = ['buy 100 ABC @ 10 on 2025-04-01'];
  const [ann, bob] = [0, 1].map(at => booksOf(lines, { owners, at })) as [OwnerBooks, OwnerBooks];

  it('is of each, by the own losses and rate, and all together', () => {
    const facts = [rate, fact(2026, 'losses-brought-in', '100')];
    const sale = planned('sell 100 ABC @ 20 on 2026-03-03');
    const preview = previewSale(
      [
        { ...ann, facts },
        { ...bob, facts: [fact(2024, 'marginal-rate-pct', '20')] },
      ],
      sale,
      'fifo',
    );
    // Ann: 600 less 100, 39%: 195. Bob: 400, 20%: 80.
    expect(preview.owners.map(each => [each.gain, each.taxableGain, each.tax].map(text))).toEqual([
      ['600', '500', '195'],
      ['400', '400', '80'],
    ]);
    expect([preview.gain, preview.taxableGain, preview.tax].map(text)).toEqual(['1000', '900', '275']);
    expect(preview.owners.map(each => [...each.broughtIn.values()].map(text))).toEqual([['100'], []]);
    // On 2 April both are halved: 250 and 200. 97.50 and 40 of tax.
    expect(preview.waiting.map(each => [each.saves, each.savesTax].map(text))).toEqual([['450', '137.5']]);
  });

  it('has no known tax where one rate is not known', () => {
    const preview = previewSale([{ ...ann, facts: [rate] }, bob], planned('sell 100 ABC @ 20 on 2026-03-03'), 'fifo');
    expect([text(preview.taxableGain), text(preview.tax)]).toEqual(['1000', '?']);
    expect(preview.owners[0]?.tax).toEqual(money('234'));
  });
});
