import { describe, expect, test } from 'vitest';
import { booksOf, items } from '../../../src/domain/fundamentals/books.ts';
import type { Statement } from '../../../src/domain/fundamentals/statement.ts';
import { basisOf, trailing, yearBefore } from '../../../src/domain/fundamentals/trailing.ts';
import { day, statement } from './company-tables.ts';

const year = (endsOn: string, totalRevenue: number) => statement('income', 'year', endsOn, { totalRevenue });
const part = (endsOn: string, totalRevenue: number) => statement('income', 'quarter', endsOn, { totalRevenue });

function revenueOn(through: string, statements: readonly Statement[]) {
  const books = booksOf(statements);
  const basis = basisOf(books, day(through));
  const { value, unknown } = trailing(books, items.revenue, basis);
  return { kind: basis.kind, value, unknown, note: basis.kind === 'year' ? basis.note : undefined };
}

describe('half-years', () => {
  const halves = [year('2025-06-30', 1000), part('2024-12-31', 480), part('2025-06-30', 520), part('2025-12-31', 560)];

  test('the full year + the latest half - the same half a year before: 1,000 + 560 - 480 = 1,080', () => {
    expect(revenueOn('2026-03-01', halves)).toMatchObject({ kind: 'halves', value: 1080 });
  });
  test('the full year itself where it is the latest report', () => {
    expect(revenueOn('2025-10-01', halves)).toMatchObject({ kind: 'year', value: 1000, note: undefined });
  });
  test('noughts in the off quarters are no reports', () => {
    const noughts = ['2024-09-30', '2025-03-31', '2025-09-30'].map(on => part(on, 0));
    expect(revenueOn('2026-03-01', [...halves, ...noughts])).toMatchObject({ kind: 'halves', value: 1080 });
  });
  test('without the half a year before, the full year', () => {
    const statements = halves.filter(each => each.endsOn !== '2024-12-31');
    expect(revenueOn('2026-03-01', statements)).toMatchObject({
      kind: 'year',
      value: 1000,
      note: 'the report to 2025-12-31 has no half-year of the year before to set it against',
    });
  });
  test('halves that do not add up to their year are not believed', () => {
    const halved = [
      year('2025-06-30', 1000),
      part('2024-12-31', 240),
      part('2025-06-30', 260),
      part('2025-12-31', 280),
    ];
    expect(revenueOn('2026-03-01', halved)).toMatchObject({
      kind: 'year',
      value: 1000,
      note: 'the shorter periods do not add up to the full year',
    });
  });
  test('halves in two currencies are not added up: the year is taken', () => {
    const mixed = halves.map(each => (each.endsOn === '2025-12-31' ? { ...each, currency: 'USD' } : each));
    expect(revenueOn('2026-03-01', mixed)).toMatchObject({ kind: 'halves', value: 1000 });
  });
  test('of the twelve months a year before', () => {
    const books = booksOf([
      ...halves,
      year('2024-06-30', 900),
      part('2024-06-30', 470),
      part('2023-12-31', 430),
      part('2022-12-31', 400),
    ]);
    const before = yearBefore(books, basisOf(books, day('2026-03-01')));
    // 900 + 480 - 430
    expect(trailing(books, items.revenue, before).value).toBe(950);
  });
});

describe('quarters', () => {
  const quarters = [
    year('2024-12-31', 1000),
    ...[200, 250, 260, 290].map((revenue, index) =>
      part(['2024-03-31', '2024-06-30', '2024-09-30', '2024-12-31'][index] ?? '', revenue),
    ),
    part('2025-03-31', 230),
  ];
  test('that add up to their year: the last four', () => {
    expect(revenueOn('2025-06-01', quarters)).toMatchObject({ kind: 'quarters', value: 230 + 290 + 260 + 250 });
  });
  test('doubled halves are read as halves', () => {
    const doubled = [
      year('2025-06-30', 1000),
      ...['2024-09-30', '2024-12-31'].map(on => part(on, 480)),
      ...['2025-03-31', '2025-06-30'].map(on => part(on, 520)),
      ...['2025-09-30', '2025-12-31'].map(on => part(on, 560)),
    ];
    expect(revenueOn('2026-03-01', doubled)).toMatchObject({ kind: 'halves', value: 1080 });
  });
  test('that cannot be checked are not used', () => {
    const unchecked = quarters.filter(each => each.period === 'year' || each.endsOn >= '2024-06-30');
    expect(revenueOn('2025-06-01', unchecked)).toMatchObject({ kind: 'year', value: 1000 });
  });
});

test('eighteen months after its end a year says nothing of today', () => {
  const statements = [year('2005-06-30', 14444)];
  expect(revenueOn('2006-12-31', statements).value).toBe(14444);
  expect(revenueOn('2007-01-01', statements)).toMatchObject({
    kind: 'none',
    value: undefined,
    unknown: 'the latest income statement is to 2005-06-30, over 18 months before',
  });
});

test('nothing at all', () => {
  expect(revenueOn('2026-03-01', [])).toMatchObject({ kind: 'none', unknown: 'there is no yearly income statement' });
});

test('nothing after the day is looked at: a half-year to come is none', () => {
  const statements = [
    year('2025-06-30', 1000),
    part('2024-12-31', 480),
    part('2025-06-30', 520),
    part('2025-12-31', 560),
  ];
  const books = booksOf(statements);
  const { value } = trailing(books, items.revenue, basisOf(books, day('2025-12-30')));
  expect(value).toBe(1000);
});
