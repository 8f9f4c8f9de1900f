import { describe, expect, it } from 'vitest';
import { price } from '../../../src/domain/decimal.ts';
import type { Deemed } from '../../../src/domain/ledger/cost-parts.ts';
import { type FoldOptions, foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { entriesOf, on, parcelsText } from '../../support/ledger.ts';

const reset: FoldOptions['reset'] = {
  on: on('2027-07-01'),
  priceOf: code => (code === 'ABC' ? price('20') : undefined),
  portfolios: new Set(['main']),
};
const fold = (lines: readonly string[], options: FoldOptions = { reset }) => foldLedger(entriesOf(lines), options);
const text = (deemed: Deemed | undefined): string | undefined =>
  deemed && [deemed.value, deemed.before, deemed.cost].map(each => each?.toFixed() ?? '?').join(' ');
const deemed = (lines: readonly string[], options?: FoldOptions): (string | undefined)[] =>
  fold(lines, options).parcels.map(parcel => text(parcel.deemed));

const buy = 'buy 100 ABC @ 10 on 2025-01-02';

describe('the deemed sale of 1 July 2027', () => {
  it('leaves the economic cost, and keeps market value, the cost of then and a cost of its own', () => {
    const lines = [buy, 'buy 10 ABC @ 21 on 2027-07-01'];
    expect(deemed(lines)).toEqual(['2000 1000 2000', undefined]);
    expect(parcelsText(fold(lines))).toEqual(['ABC 100 1000 2025-01-02', 'ABC 10 210 2027-07-01']);
  });

  it('is not told to views, to other portfolios, or before its day', () => {
    expect(deemed([buy], {})).toEqual([undefined]);
    expect(deemed([buy], { reset: { ...reset!, portfolios: new Set() } })).toEqual([undefined]);
    expect(deemed([buy], { reset, asOf: on('2027-06-30') })).toEqual([undefined]);
    expect(deemed([buy], { reset, asOf: on('2027-07-01') })).toEqual(['2000 1000 2000']);
  });

  it('is unknown without a price, never zero', () => {
    expect(deemed(['buy 100 XYZ @ 10 on 2025-01-02'])).toEqual(['? 1000 ?']);
  });

  it('a sale takes its part of every amount, to the cent', () => {
    const ledger = fold(['buy 3 ABC @ 3.33 total 10 on 2025-01-02', 'sell 1 ABC @ 30 fee 5 on 2027-08-02']);
    expect(ledger.disposals[0]?.parcels.map(part => text(part.deemed))).toEqual(['20 3.33 20']);
    expect(ledger.parcels.map(parcel => text(parcel.deemed))).toEqual(['40 6.67 40']);
    expect(ledger.disposals[0]?.brokerage?.toFixed()).toBe('5');
  });

  it('a split keeps them, a return of capital and an AMIT amount move the cost of its own too', () => {
    expect(deemed([buy, 'split ABC 2:1 on 2027-08-02'])).toEqual(['2000 1000 2000']);
    const lines = [buy, 'return-of-capital ABC 0.50 on 2027-08-02', 'amit ABC +7 fy 2028'];
    expect(deemed(lines)).toEqual(['2000 1000 1957']);
    expect(parcelsText(fold(lines))).toEqual(['ABC 100 957 2025-01-02']);
    expect(fold(lines).parcels[0]?.unindexed?.toFixed()).toBe('7');
  });

  it('forgets increases from before it: they are in the market value', () => {
    expect(fold([buy, 'amit ABC +7 fy 2027']).parcels[0]?.unindexed).toBeUndefined();
    expect(deemed([buy, 'amit ABC +7 fy 2027'])).toEqual(['2000 1007 2000']);
  });

  it('tells both excesses of a return of capital apart', () => {
    const lines = [buy, 'return-of-capital ABC 12 on 2027-08-02'];
    const [gain, ...more] = fold(lines).excessGains;
    expect([gain?.amount.toFixed(), gain?.deemed?.amount?.toFixed(), more]).toEqual(['200', '0', []]);
    expect(deemed(lines)).toEqual(['2000 1000 800']);
  });

  it('a demerger apportions them, a transfer in from before the day brings them', () => {
    expect(deemed([buy, 'demerger ABC into NEW 10 cost 25% on 2027-08-02'])).toEqual(['1500 750 1500', '500 250 500']);
    expect(deemed(['transfer-in 10 ABC cost 50 acquired 2026-01-02 on 2027-09-01'])).toEqual(['200 50 200']);
    expect(deemed(['transfer-in 10 ABC cost 50 acquired 2027-08-02 on 2027-09-01'])).toEqual([undefined]);
  });
});
