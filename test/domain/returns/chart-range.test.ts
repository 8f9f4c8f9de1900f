import { expect, it } from 'vitest';
import { chartRanges, rangeStart } from '../../../src/domain/returns/chart-range.ts';
import { on } from '../../support/ledger.ts';

it('a range ends today and begins a day after the same day of its month', () => {
  expect(chartRanges.map(range => rangeStart(range, on('2026-03-02')))).toEqual([
    '2026-02-03',
    '2025-12-03',
    '2025-09-03',
    '2025-03-03',
    '2021-03-03',
  ]);
});

it('a month back from the 31st stays in the month before', () => {
  expect(rangeStart('1M', on('2026-03-31'))).toBe('2026-03-01');
});
