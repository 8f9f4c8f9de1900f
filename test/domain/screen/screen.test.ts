import { expect, test } from 'vitest';
import { parseScreen } from '../../../src/domain/screen/parse.ts';
import { type ScreenValue, screen } from '../../../src/domain/screen/screen.ts';

type Row = { readonly code: string; readonly [field: string]: ScreenValue };
const rows: readonly Row[] = [
  { code: 'AAA', pe: 10, roe: 15, grade: 'A', signal: 'BUY', sector: 'Materials', name: 'Alpha Gold Ltd' },
  { code: 'BBB', pe: 20, roe: 12, grade: 'B', signal: 'STRONG_BUY', sector: 'Energy', name: 'Beta Oil' },
  { code: 'CCC', pe: undefined, roe: 5, grade: 'F', signal: undefined, sector: undefined, name: 'Gamma' },
];
const asked = (text: string) => screen(parseScreen(text), rows, (row, field) => row[field.name]);
const kept = (text: string): string =>
  asked(text)
    .matches.map(row => row.code)
    .join(' ');

test.each([
  ['pe<15', 'AAA'],
  ['not pe<15', 'BBB'],
  ['pe<15 or roe<10', 'AAA CCC'],
  ['pe<15 and roe<10', ''],
  ['not (pe<15 and roe>10)', 'BBB CCC'],
  ['roe>=12', 'AAA BBB'],
  ['roe>12', 'AAA'],
  ['roe=12', 'BBB'],
  ['roe!=12', 'AAA CCC'],
  ['grade<=B', 'AAA BBB'],
  ['grade=A', 'AAA'],
  ['grade>B', 'CCC'],
  ['signal=BUY', 'AAA'],
  ['signal!=BUY', 'BBB'],
  ['sector=materials', 'AAA'],
  ['not sector="Materials"', 'BBB'],
  ['name contains GOLD or name contains oil', 'AAA BBB'],
  ['code=ccc', 'CCC'],
])('%s keeps %s', (text, expected) => {
  expect(kept(text)).toBe(expected);
});

test('counts what has no value of each field, whatever the rest of the expression decides', () => {
  const { all, unknown } = asked('pe<15 or roe>0 or signal=BUY');
  expect(all).toBe(3);
  expect(unknown.map(({ field, count }) => [field.name, count])).toEqual([
    ['pe', 1],
    ['signal', 1],
  ]);
});

test('an edge that a float misses by a trace is met', () => {
  const one = (value: number, text: string) => screen(parseScreen(text), [value], each => each).matches.length;
  expect(one(0.07 * 100, 'roe<=7')).toBe(1);
  expect(one(0.07 * 100, 'roe>7')).toBe(0);
  expect(one(Number.NaN, 'not roe>7')).toBe(0);
});
