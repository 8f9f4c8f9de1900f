import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plain } from '../../src/domain/decimal.ts';
import { barsOf, bulkBarsOf } from '../../src/eodhd/bars.ts';
import { hasRecordings, recordedDir } from '../support/eodhd-server.ts';

const row = (changes: Record<string, unknown>) => ({
  date: '2025-10-03',
  open: 41.9,
  high: 42.2,
  low: 41.795,
  close: 42.08,
  adjusted_close: 42.08,
  volume: 4996434,
  ...changes,
});
const recording = (file: string): unknown[] => JSON.parse(readFileSync(join(recordedDir, file), 'utf8'));

test('a row becomes a bar of exact decimals', () => {
  const { bars, dropped } = barsOf([row({ close: '41.8', adjusted_close: 1e-7, volume: '47,423.69' })]);
  expect(dropped).toBe(0);
  expect(bars.map(({ date, ...numbers }) => [date, ...Object.values(numbers).map(plain)])).toEqual([
    ['2025-10-03', '41.9', '42.2', '41.795', '41.8', '0.0000001', '47423.69'],
  ]);
});

test.each([
  ['low above open', { low: 41.95 }],
  ['low above close', { low: 42, open: 42.1, close: 41.99 }],
  ['high below close', { high: 42 }],
  ['high below open', { high: 42.1, open: 42.15 }],
  ['no close', { close: 0 }],
  ['a negative close', { close: -42.08 }],
  ['NA', { close: 'NA' }],
  ['a missing price', { open: undefined }],
  ['no date', { date: '0000-00-00' }],
  ['a day that is none', { date: '2025-02-30' }],
  ['a negative volume', { volume: -1 }],
])('a row with %s is dropped and counted, the rest is kept', (_name, changes) => {
  const { bars, dropped } = barsOf([row(changes), row({ date: '2025-10-02' }), null, 'text', []]);
  expect(bars.map(bar => bar.date)).toEqual(['2025-10-02']);
  expect(dropped).toBe(4);
});

test('an index without volume keeps its bars', () => {
  const { bars, dropped } = barsOf([row({ volume: null }), row({ date: '2025-10-02', volume: undefined })]);
  expect(bars.map(bar => plain(bar.volume))).toEqual(['0', '0']);
  expect(dropped).toBe(0);
});

test('bars are in order of date, and the later of two rows for one date wins', () => {
  const { bars, dropped } = barsOf([row({}), row({ date: '2025-10-01' }), row({ close: 41.9 })]);
  expect(bars.map(({ date, close }) => `${date} ${plain(close)}`)).toEqual(['2025-10-01 42.08', '2025-10-03 41.9']);
  expect(dropped).toBe(0);
});

test.skipIf(!hasRecordings)('the whole history of BHP is read', () => {
  const rows = recording('eod-BHP.AU-full-1993-2025.json');
  const { bars, dropped } = barsOf(rows);
  expect(rows).toHaveLength(8194);
  expect({ kept: bars.length, dropped }).toEqual({ kept: 8194, dropped: 0 });
  expect([bars[0]?.date, bars.at(-1)?.date]).toEqual(['1993-04-01', '2025-10-03']);
  const day = bars.find(bar => bar.date === '2024-09-30');
  expect([day?.close, day?.adjustedClose, day?.volume].map(String)).toEqual(['45.96', '44.0616', '16726811']);
});

test.skipIf(!hasRecordings)('the whole bulk day is read; 11 funds and 2 old codes are ignored', () => {
  const rows = recording('eod-bulk-last-day-AU-2024-09-30.json');
  const answer = bulkBarsOf(rows);
  expect(rows).toHaveLength(2425);
  expect({ kept: answer.rows.length, dropped: answer.dropped, ignored: answer.ignored }).toEqual({
    kept: 2412,
    dropped: 0,
    ignored: 13,
  });
  const ivx = answer.rows.find(({ code }) => code === 'IVX');
  expect([ivx?.bar.close, ivx?.bar.adjustedClose, ivx?.bar.volume].map(String)).toEqual(['0.003', '0.3', '47423.69']);
});
