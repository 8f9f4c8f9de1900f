import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plain } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { bulkDividendsOf, bulkSplitsOf, dividendsOf, splitsOf } from '../../src/eodhd/actions.ts';
import { hasRecordings, recordedDir } from '../support/eodhd-server.ts';

const cba = parseCode('CBA');
const recording = (file: string): unknown[] => JSON.parse(readFileSync(join(recordedDir, file), 'utf8'));

const paid = { date: '2026-02-18', paymentDate: '2026-03-30', value: 2.35, unadjustedValue: 2.35, currency: 'AUD' };

test('the cash as paid and the scaled amount are kept apart', () => {
  const [dividend] = dividendsOf(cba, [{ ...paid, value: 0.1925, unadjustedValue: '0.7700000000' }]).dividends;
  expect(dividend?.perUnit.toFixed()).toBe('0.77');
  expect(dividend?.adjustedPerUnit?.toFixed()).toBe('0.1925');
});

test.each([
  ['100%', '100'],
  ['0%', '0'],
  ['25.03%', '25.03'],
  [100, '100'],
  [null, undefined],
  [undefined, undefined],
  ['NA', undefined],
  ['', undefined],
  ['101%', undefined],
  ['-1%', undefined],
])('franking %j is %s', (franking, expected) => {
  const [dividend] = dividendsOf(cba, [{ ...paid, franking }]).dividends;
  expect(dividend?.frankedPct?.toFixed()).toBe(expected);
});

test('dates that say nothing are unknown; a missing currency is the exchange’s', () => {
  const [dividend] = dividendsOf(cba, [
    { ...paid, paymentDate: '', recordDate: null, declarationDate: '0000-00-00', currency: null },
  ]).dividends;
  expect(dividend).toMatchObject({ code: 'CBA', exDate: '2026-02-18', currency: 'AUD' });
  expect([dividend?.paidOn, dividend?.recordDate, dividend?.declaredOn]).toEqual([undefined, undefined, undefined]);
});

test('rows without an amount or a date are dropped and counted', () => {
  const { dividends, dropped } = dividendsOf(cba, [
    paid,
    { ...paid, value: null, unadjustedValue: 0 },
    { ...paid, date: 'NA' },
    null,
  ]);
  expect(dividends).toHaveLength(1);
  expect(dropped).toBe(3);
});

test.each([
  ['1.000000/20.000000', '1', '20'],
  ['4.000000/1.000000', '4', '1'],
  ['0.993600/1.000000', '0.9936', '1'],
  ['2000:3', '2000', '3'],
])('the split %s is %s new units for %s old', (split, newUnits, oldUnits) => {
  const { splits, dropped } = splitsOf(cba, [{ date: '1996-05-27', split }]);
  expect(dropped).toBe(0);
  expect(splits.map(event => [event.code, event.date, plain(event.newUnits), plain(event.oldUnits)])).toEqual([
    ['CBA', '1996-05-27', newUnits, oldUnits],
  ]);
});

test.each(['', '1', '1/0', '0/1', '-1/2', '1/2/3', 'a/b', null, 4])('the split %j is dropped', split => {
  expect(splitsOf(cba, [{ date: '1996-05-27', split }])).toEqual({ splits: [], dropped: 1 });
});

test('bulk rows carry their own code; funds are ignored, rubbish is dropped', () => {
  const dividends = bulkDividendsOf([
    {
      code: 'VAS',
      exchange: 'AU',
      date: '2024-10-01',
      dividend: '0.02500',
      currency: 'AUD',
      unadjustedValue: '0.0250000000',
    },
    { code: '0P00007962', exchange: 'AU', date: '2024-10-01', dividend: '1' },
    { code: 'CBA', date: '2024-10-01', dividend: 'NA' },
    { date: '2024-10-01', dividend: '1' },
  ]);
  expect(dividends).toMatchObject({ dropped: 2, ignored: 1 });
  expect(dividends.dividends.map(row => [row.code, row.exDate, plain(row.perUnit)])).toEqual([
    ['VAS', '2024-10-01', '0.025'],
  ]);
  const splits = bulkSplitsOf([{ code: 'AUZ', exchange: 'AU', date: '2024-11-01', split: '1.000000/10.000000' }, {}]);
  expect(splits).toMatchObject({ dropped: 1, ignored: 0, splits: [{ code: 'AUZ', date: '2024-11-01' }] });
});

test.skipIf(!hasRecordings)('the recorded rows are read', () => {
  expect(dividendsOf(cba, recording('div-CBA.AU-one-row.json')).dividends).toMatchObject([
    { exDate: '2026-02-18', paidOn: '2026-03-30' },
  ]);
  expect(splitsOf(cba, recording('splits-TLV.RO-excerpt.json'))).toMatchObject({ splits: { length: 3 }, dropped: 0 });
  const us = bulkDividendsOf(recording('eod-bulk-last-day-US-dividends-2026-09-29.json'));
  expect(us.dividends.map(row => [row.code, plain(row.perUnit), row.currency])).toEqual([
    ['ABLD', '0.208', 'USD'],
    ['ABSSF', '0.025', 'USD'],
    ['BSRTF', '0.047', 'USD'],
  ]);
  expect(bulkSplitsOf(recording('eod-bulk-last-day-US-splits-2026-09-29.json'))).toMatchObject({
    splits: { length: 3 },
    dropped: 0,
  });
});
