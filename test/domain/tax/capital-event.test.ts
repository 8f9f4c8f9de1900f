import { describe, expect, it } from 'vitest';
import { type Money, plain } from '../../../src/domain/decimal.ts';
import type { Taxpayer } from '../../../src/domain/ledger/portfolio.ts';
import { type CapitalEvent, capitalEvents } from '../../../src/domain/tax/capital-event.ts';
import { booksOf } from '../../support/owner-books.ts';

const text = (amount: Money | undefined): string => (amount === undefined ? '?' : plain(amount));
/** `EVENT day proceeds/brokerage/cost/unindexed`, and the cost base and market value of a deemed sale. */
const eventText = (each: CapitalEvent): string => {
  const amounts = [each.proceeds, each.brokerage, each.costBase, each.unindexed].map(text).join('/');
  const deemed = each.deemed && ` deemed ${text(each.deemed.costBase)}/${text(each.deemed.marketValue)}`;
  return `${each.event} ${each.on} ${amounts}${deemed ?? ''}`;
};
const eventsOf = (
  lines: readonly string[],
  { taxpayer = 'individual', values = {} }: { taxpayer?: Taxpayer; values?: Record<string, string> } = {},
): CapitalEvent[] => capitalEvents(booksOf(lines, { taxpayer, marketValues: values }).ledger, taxpayer);

const bought = 'buy 100 ABC @ 10 fee 10 on 2026-01-05';

describe('a sale', () => {
  it('puts the brokerage back to what was received, split over the parcels by their units', () => {
    // 90 of brokerage over 100 and 50 units: 60 and 30. 150 units at 12 are 1,800 gross: 1,200 and 600.
    const events = eventsOf([bought, 'buy 50 ABC @ 11 on 2026-01-06', 'sell 150 ABC @ 12 fee 90 on 2026-03-03']);
    expect(events.map(eventText)).toEqual(['A1 2026-03-03 1200/60/1010/0', 'A1 2026-03-03 600/30/550/0']);
    expect(events.map(each => [each.entry, each.parcel, each.acquiredOn, each.code, each.portfolio])).toEqual([
      ['entry-003', 'entry-001', '2026-01-05', 'ABC', 'main'],
      ['entry-003', 'entry-002', '2026-01-06', 'ABC', 'main'],
    ]);
    expect(events.map(({ from }) => from?.kind === 'sale' && [from.disposal.entry, from.at])).toEqual([
      ['entry-003', 0],
      ['entry-003', 1],
    ]);
  });

  it('without brokerage is at its price, and one of unknown cost stays unknown', () => {
    expect(
      eventsOf(['opening 10 ABC cost unknown on 2024-01-05', 'sell 10 ABC @ 8 on 2026-03-03']).map(eventText),
    ).toEqual(['A1 2026-03-03 80/0/?/0']);
  });

  it('across 1 July 2027 has the market value as its cost base, and the deemed sale beside it', () => {
    const sale = 'sell 100 ABC @ 20 on 2027-07-01';
    expect(eventsOf([bought, sale], { values: { ABC: '15' } }).map(eventText)).toEqual([
      'A1 2027-07-01 2000/0/1500/0 deemed 1010/1500',
    ]);
    expect(eventsOf([bought, sale]).map(eventText)).toEqual(['A1 2027-07-01 2000/0/?/0 deemed 1010/?']);
  });

  it('on 30 June 2027, or of a super fund or company, knows of no deemed sale', () => {
    const values = { ABC: '15' };
    expect(eventsOf([bought, 'sell 100 ABC @ 20 on 2027-06-30'], { values }).map(eventText)).toEqual([
      'A1 2027-06-30 2000/0/1010/0',
    ]);
    for (const taxpayer of ['smsf', 'company'] as const) {
      expect(
        eventsOf([bought, 'sell 100 ABC @ 20 on 2027-07-01'], { values, taxpayer }).map(eventText),
        taxpayer,
      ).toEqual(['A1 2027-07-01 2000/0/1010/0']);
    }
    expect(eventsOf([bought, 'sell 100 ABC @ 20 on 2027-07-01'], { values, taxpayer: 'trust' })).toHaveLength(1);
  });

  it('tells the part of the cost base that an AMIT increased apart, as it is never indexed', () => {
    const [sold] = eventsOf([
      'buy 100 VAS @ 10 on 2027-08-02',
      'amit VAS +50 fy 2028',
      'sell 100 VAS @ 20 on 2029-08-02',
    ]);
    expect(sold && eventText(sold)).toBe('A1 2029-08-02 2000/0/1050/50');
  });
});

describe('a payment beyond the cost base', () => {
  it('is a gain of what is beyond it, on no units and no cost', () => {
    const [paid] = eventsOf(['buy 100 ABC @ 1 on 2024-01-05', 'return-of-capital ABC 1.5 on 2026-03-03']);
    expect(paid && eventText(paid)).toBe('G1 2026-03-03 50/0/0/0');
    expect([paid?.units, paid?.acquiredOn, paid?.parcel, paid?.entry, paid?.from?.kind]).toEqual([
      undefined,
      '2024-01-05',
      'entry-001',
      'entry-002',
      'excess',
    ]);
  });

  it('after 1 July 2027 is measured from the deemed cost base, and is none where that covers it', () => {
    const lines = ['buy 100 ABC @ 1 on 2024-01-05', 'return-of-capital ABC 1.5 on 2027-08-03'];
    // 150 paid: 50 beyond the cost of 100, 20 beyond a market value of 130, nothing beyond one of 150.
    expect(eventsOf(lines, { values: { ABC: '1.30' } }).map(eventText)).toEqual(['G1 2027-08-03 20/0/0/0']);
    expect(eventsOf(lines, { values: { ABC: '1.50' } })).toEqual([]);
    expect(eventsOf(lines).map(eventText)).toEqual(['G1 2027-08-03 ?/0/0/0']);
    expect(eventsOf(lines, { values: { ABC: '1.50' }, taxpayer: 'smsf' }).map(eventText)).toEqual([
      'G1 2027-08-03 50/0/0/0',
    ]);
  });
});

it('events are in the order of their days, sales and payments together', () => {
  const lines = [
    'buy 100 ABC @ 1 on 2024-01-05',
    'buy 100 XYZ @ 1 on 2024-01-05',
    'return-of-capital ABC 1.5 on 2026-03-03',
    'sell 50 XYZ @ 2 on 2026-03-04',
    'sell 10 XYZ @ 2 on 2026-03-02',
    'sell 5 XYZ @ 3 on 2026-03-02',
  ];
  expect(eventsOf(lines).map(each => `${each.on} ${each.code} ${each.units ? plain(each.units) : '-'}`)).toEqual([
    '2026-03-02 XYZ 10',
    '2026-03-02 XYZ 5',
    '2026-03-03 ABC -',
    '2026-03-04 XYZ 50',
  ]);
});
