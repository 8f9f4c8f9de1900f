import { expect, it } from 'vitest';
import { plain } from '../../../src/domain/decimal.ts';
import { foldLedger } from '../../../src/domain/ledger/ledger.ts';
import { entriesOf } from '../../support/ledger.ts';

/** Which parcel a least-tax sale of 2025 takes tells what it knew: 150 held long, or 80 held short. */
const closedAfter = (...lines: string[]): string | undefined => saleAfter(...lines)[0]?.acquiredOn;

const saleAfter = (...lines: string[]) =>
  foldLedger(
    entriesOf([
      'buy 10 ABC @ 5 on 2020-01-02',
      'buy 10 ABC @ 12 on 2024-12-02',
      ...lines,
      'sell 10 ABC @ 20 method least-tax on 2025-03-03',
    ]),
  ).disposals.at(-1)?.parcels ?? [];

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

it('counts each loss once, and of a parcel held long too', () => {
  // A loss meets gains of under 12 months first: a unit of the second parcel costs nothing for each 8.00 of it.
  const picks = (...lines: string[]): string[] =>
    saleAfter(...lines).map(part => `${part.acquiredOn} ${plain(part.units)}`);
  const short = ['buy 1 XYZ @ 20 on 2024-07-02', 'sell 1 XYZ @ 12 on 2024-08-01'];
  expect(picks(...short)).toEqual(['2020-01-02 9', '2024-12-02 1']);
  const long = ['buy 2 XYZ @ 20 on 2020-07-02', 'sell 2 XYZ @ 12 on 2024-08-01'];
  expect(picks(...long)).toEqual(['2020-01-02 8', '2024-12-02 2']);
});

it('goes through the years in their order, also where a gain beyond a cost base stands before the sales', () => {
  const gain2022 = ['buy 10 QQQ @ 0.01 on 2021-07-02', 'return-of-capital QQQ 10.01 on 2021-08-02'];
  const loss2023 = ['buy 10 XYZ @ 20 on 2022-07-04', 'sell 10 XYZ @ 10 on 2022-08-01'];
  expect(closedAfter(...gain2022, ...loss2023)).toBe('2024-12-02');
});

it('leaves parts of unknown cost out', () => {
  const unknown = ['opening 5 XYZ on 2020-01-02', 'sell 5 XYZ @ 1 on 2024-08-01'];
  expect(closedAfter(...unknown)).toBe('2020-01-02');
});
