import { expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { entriesOf } from '../../support/ledger.ts';

/** Which parcel a least-tax sale of 2025 takes tells what it knew: 150 held long, or 80 held short. */
const closedAfter = (...lines: string[]): string | undefined =>
  foldLedger(
    entriesOf([
      'buy 10 ABC @ 5 on 2020-01-02',
      'buy 10 ABC @ 12 on 2024-12-02',
      ...lines,
      'sell 10 ABC @ 20 method least-tax on 2025-03-03',
    ]),
  ).disposals.at(-1)?.parcels[0]?.acquiredOn;

it('carries what earlier years left unused, and no more', () => {
  const loss = ['buy 10 XYZ @ 20 on 2022-01-03', 'sell 10 XYZ @ 10 on 2022-02-01'];
  expect(closedAfter()).toBe('2020-01-02');
  expect(closedAfter(...loss)).toBe('2024-12-02');
  const used = ['buy 10 XYZ @ 10 on 2022-08-01', 'sell 10 XYZ @ 20 on 2022-09-01'];
  expect(closedAfter(...loss, ...used)).toBe('2020-01-02');
});

it('counts gains beyond a cost base', () => {
  const loss = ['buy 10 XYZ @ 20 on 2024-07-02', 'sell 10 XYZ @ 10 on 2024-08-01'];
  expect(closedAfter(...loss)).toBe('2024-12-02');
  const excess = ['buy 10 QQQ @ 0.01 on 2024-07-02', 'return-of-capital QQQ 10.01 on 2024-08-01'];
  expect(closedAfter(...loss, ...excess)).toBe('2020-01-02');
});

it('leaves parts of unknown cost out', () => {
  const ledger = foldLedger(
    entriesOf(['opening 5 ABC on 2020-01-02', 'sell 5 ABC @ 1 method least-tax on 2025-03-03']),
  );
  expect(ledger.disposals[0] && plain(ledger.disposals[0].units)).toBe('5');
});
