import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { parcelHistory } from '../../../src/domain/ledger/parcel-history.ts';
import type { ClosingRule } from '../../../src/domain/ledger/portfolio.ts';
import { entriesOf } from '../../support/ledger.ts';

type Asked = { readonly code: string; readonly acquired: string; readonly rule?: ClosingRule };

/** Each step of one parcel of the ledger as `entry units cost`, with `?` for an unknown cost. */
function stepsOf(
  lines: readonly string[],
  { code, acquired, rule = { method: 'fifo', taxpayer: 'individual' } }: Asked,
): string[] {
  const entries = [...entriesOf(lines), ...entriesOf(['buy 7 BHP @ 1 on 2019-01-02'], 'other')];
  const { parcels } = foldLedger(entries, { methods: new Map([['main', rule]]) });
  const parcel = parcels.find(each => each.code === code && each.acquiredOn === acquired && each.portfolio === 'main');
  if (parcel === undefined) throw new Error(`There is no parcel of ${code} of ${acquired}`);
  return parcelHistory(entries, parcel, rule).map(
    ({ entry, units, cost }) => `${entry} ${plain(units)} ${cost === undefined ? '?' : plain(cost)}`,
  );
}

describe('what made a parcel what it is', () => {
  const lines = [
    'buy 100 BHP @ 30 fee 9.95 on 2020-01-02',
    'buy 50 BHP @ 40 on 2021-01-04',
    'buy 10 CBA @ 100 on 2020-06-01',
    'dividend BHP @ 1 on 2020-03-20',
    'sell 120 BHP @ 50 on 2022-01-03',
    'return-of-capital BHP 0.5 on 2022-06-01',
  ];

  it('is its purchase, what was sold of it, and what changed its cost', () => {
    // Of 50 that cost 2,000.00, first in first out leaves 30 that cost 1,200.00; 0.50 a unit comes back.
    expect(stepsOf(lines, { code: 'BHP', acquired: '2021-01-04' })).toEqual([
      'entry-002 50 2000',
      'entry-005 -20 -800',
      'entry-006 0 -15',
    ]);
  });

  it('has no step for what left it as it was, of its own code or of another', () => {
    expect(stepsOf(lines, { code: 'CBA', acquired: '2020-06-01' })).toEqual(['entry-003 10 1000']);
    expect(stepsOf(lines.slice(0, 4), { code: 'BHP', acquired: '2020-01-02' })).toEqual(['entry-001 100 3009.95']);
  });

  it('counts entries in the order of their effect, not of their recording', () => {
    const late = ['sell 40 BHP @ 50 on 2022-01-03', 'buy 100 BHP @ 30 on 2020-01-02'];
    expect(stepsOf(late, { code: 'BHP', acquired: '2020-01-02' })).toEqual([
      'entry-002 100 3000',
      'entry-001 -40 -1200',
    ]);
  });

  it('goes back through a demerger and a change of code to what was bought', () => {
    const demerged = ['buy 100 BHP @ 30 on 2020-01-02', 'demerger BHP into WDS 18 cost 16.8% on 2022-06-01'];
    expect(stepsOf(demerged, { code: 'WDS', acquired: '2020-01-02' })).toEqual([
      'entry-001 100 3000',
      'entry-002 -82 -2496',
    ]);
    expect(stepsOf(demerged, { code: 'BHP', acquired: '2020-01-02' })).toEqual([
      'entry-001 100 3000',
      'entry-002 0 -504',
    ]);
    const rolled = ['buy 100 STO @ 6 on 2020-01-02', 'rollover STO into WDS 1:4 on 2026-02-02'];
    expect(stepsOf(rolled, { code: 'WDS', acquired: '2020-01-02' })).toEqual(['entry-001 100 600', 'entry-002 -75 0']);
    const renamed = [
      'buy 100 STO @ 6 on 2020-01-02',
      'rename STO to SNT on 2026-02-02',
      'sell 10 SNT @ 7 on 2026-03-02',
    ];
    expect(stepsOf(renamed, { code: 'SNT', acquired: '2020-01-02' })).toEqual([
      'entry-001 100 600',
      'entry-003 -10 -60',
    ]);
  });

  it('leaves an unknown cost unknown at each step', () => {
    const opened = ['opening 10 BHP on 2020-01-02', 'sell 4 BHP @ 50 on 2022-01-03'];
    expect(stepsOf(opened, { code: 'BHP', acquired: '2020-01-02' })).toEqual(['entry-001 10 ?', 'entry-002 -4 ?']);
  });

  it('knows the gains of other codes where parcels are closed for the least tax', () => {
    // Alone, 60.00 at half (30.00) beats 36.00 at full; CBA’s loss of 40.00 takes up the 36.00 whole.
    const least = [
      'buy 10 BHP @ 30 on 2020-01-02',
      'buy 10 BHP @ 34 on 2021-03-01',
      'buy 10 CBA @ 100 on 2021-08-02',
      'sell 10 CBA @ 96 on 2021-09-01',
      'sell 6 BHP @ 40 on 2021-10-01',
    ];
    const rule: ClosingRule = { method: 'least-tax', taxpayer: 'individual' };
    expect(stepsOf(least, { code: 'BHP', acquired: '2020-01-02', rule })).toEqual(['entry-001 10 300']);
    expect(stepsOf(least, { code: 'BHP', acquired: '2021-03-01', rule })).toEqual([
      'entry-002 10 340',
      'entry-005 -6 -204',
    ]);
  });
});
