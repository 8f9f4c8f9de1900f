import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import { unitsHeldBefore } from '../../../src/domain/ledger/dividend-match.ts';
import { ledgerOf, on, parcelsText } from '../../support/ledger.ts';

const buys = ['buy 100 BHP @ 30 on 2020-01-02', 'buy 50 BHP @ 40.01 on 2022-05-02'];
const demerger = 'demerger BHP into WDS 27 cost 16.8% on 2022-06-01';

describe('a demerger', () => {
  it('apportions each parcel, keeps dates, and shares the new units in proportion', () => {
    const ledger = ledgerOf([...buys, demerger]);
    // 2,000.50 x 16.8% is 336.084: the head keeps 1,664.416, and with it the odd cent.
    expect(parcelsText(ledger)).toEqual([
      'BHP 100 2496 2020-01-02',
      'BHP 50 1664.42 2022-05-02',
      'WDS 18 504 2020-01-02',
      'WDS 9 336.08 2022-05-02',
    ]);
    expect(ledger.disposals).toEqual([]);
  });

  it('takes the old acquisition date to a sale of the new entity', () => {
    const ledger = ledgerOf([...buys, demerger, 'sell 20 WDS @ 30 on 2022-07-01']);
    const sale = ledger.disposals[0]?.parcels.map(part => [
      part.acquiredOn,
      part.parcel,
      part.cost && plain(part.cost),
    ]);
    expect(sale).toEqual([
      ['2020-01-02', 'entry-001', '504'],
      ['2022-05-02', 'entry-002', '74.68'],
    ]);
  });

  it('entitles the new units from its day on', () => {
    const closes = ledgerOf([...buys, demerger]).unitCloses.filter(each => each.code === 'WDS');
    const held = (day: string): string =>
      plain(
        unitsHeldBefore(
          closes.map(each => each.closes),
          on(day),
        ),
      );
    expect([held('2022-06-01'), held('2022-06-02')]).toEqual(['0', '27']);
  });

  it('says that nothing is held, and changes nothing', () => {
    const ledger = ledgerOf([demerger]);
    expect(ledger.parcels).toEqual([]);
    expect(ledger.warnings[0]?.message).toBe('BHP: none held on 2022-06-01, so the demerger has no effect');
  });

  it('leaves an unknown cost unknown', () => {
    expect(parcelsText(ledgerOf(['opening 10 BHP on 2020-01-02', demerger]))).toEqual([
      'BHP 10 ? 2020-01-02',
      'WDS 27 ? 2020-01-02',
    ]);
  });
});
