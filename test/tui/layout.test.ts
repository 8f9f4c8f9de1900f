import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignOnPoint, fitColumns, tailWidth, tooSmall, visibleRows } from '../../src/tui/layout.ts';

const seed = { seed: 20_263, numRuns: 500 };

const column = fc.record({
  id: fc.string({ minLength: 1, maxLength: 4 }),
  priority: fc.integer({ min: 1, max: 9 }),
  width: fc.integer({ min: 1, max: 30 }),
  flexible: fc.boolean(),
});

describe('fitColumns', () => {
  const columns = [
    { id: 'code', priority: 1, width: 4 },
    { id: 'name', priority: 9, width: 40, flexible: true },
    { id: 'value', priority: 2, width: 10 },
    { id: 'cost', priority: 3, width: 10 },
  ];
  const shown = (width: number): string =>
    fitColumns(columns, width)
      .map(fitted => `${fitted.column.id}:${fitted.width}`)
      .join(' ');

  test('keeps columns by priority, in their order, and gives the name what is left', () => {
    expect(shown(3)).toBe('');
    expect(shown(4)).toBe('code:4');
    expect(shown(15)).toBe('code:4');
    expect(shown(16)).toBe('code:4 value:10');
    expect(shown(28)).toBe('code:4 value:10 cost:10');
    expect(shown(41)).toBe('code:4 value:10 cost:10');
    expect(shown(42)).toBe('code:4 name:12 value:10 cost:10');
    expect(shown(60)).toBe('code:4 name:30 value:10 cost:10');
    expect(shown(200)).toBe('code:4 name:40 value:10 cost:10');
  });

  test('fits the width, never cuts a number, and a wider terminal drops nothing', () => {
    fc.assert(
      fc.property(
        fc.array(column, { maxLength: 12 }),
        fc.nat({ max: 160 }),
        fc.nat({ max: 30 }),
        (all, width, more) => {
          const fitted = fitColumns(all, width);
          const total = fitted.reduce((sum, one) => sum + one.width, 0) + Math.max(0, fitted.length - 1) * 2;
          expect(total).toBeLessThanOrEqual(width);
          for (const { column: one, width: given } of fitted) {
            if (!one.flexible) expect(given).toBe(one.width);
            else expect(given).toBeGreaterThanOrEqual(Math.min(12, one.width));
          }
          const wider = fitColumns(all, width + more).map(one => one.column);
          for (const { column: one } of fitted) expect(wider).toContain(one);
        },
      ),
      seed,
    );
  });
});

describe('visibleRows', () => {
  test('moves only when the selection nears an edge', () => {
    expect(visibleRows(0, 0, 10, 100)).toEqual({ start: 0, end: 10 });
    expect(visibleRows(7, 0, 10, 100)).toEqual({ start: 0, end: 10 });
    expect(visibleRows(8, 0, 10, 100)).toEqual({ start: 1, end: 11 });
    expect(visibleRows(99, 0, 10, 100)).toEqual({ start: 90, end: 100 });
    expect(visibleRows(91, 90, 10, 100)).toEqual({ start: 89, end: 99 });
    expect(visibleRows(undefined, 95, 10, 100)).toEqual({ start: 90, end: 100 });
    expect(visibleRows(5, 0, 1, 100)).toEqual({ start: 5, end: 6 });
    expect(visibleRows(3, 0, 10, 0)).toEqual({ start: 0, end: 0 });
    expect(visibleRows(3, 0, 0, 5)).toEqual({ start: 0, end: 0 });
  });

  test('always holds the selection, is full when it can be, and stays put when asked again', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 3000 }),
        fc.integer({ min: -5, max: 3000 }),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 2500 }),
        fc.nat({ max: 6 }),
        (selected, top, height, total, margin) => {
          const index = selected % total;
          const rows = visibleRows(index, top, height, total, margin);
          expect(rows.start).toBeGreaterThanOrEqual(0);
          expect(rows.end).toBeLessThanOrEqual(total);
          expect(rows.end - rows.start).toBe(Math.min(height, total));
          expect(index).toBeGreaterThanOrEqual(rows.start);
          expect(index).toBeLessThan(rows.end);
          expect(visibleRows(index, rows.start, height, total, margin)).toEqual(rows);
        },
      ),
      seed,
    );
  });
});

describe('decimal points', () => {
  test.each([
    ['1,234.50', 3],
    ['1,050', 0],
    ['-0.5', 2],
    ['12%', 1],
    ['6.31%', 4],
    ['▲ 0.92%', 4],
    ['1,000', 0],
    ['–', undefined],
    ['', undefined],
  ])('the tail of %j is %s', (number, tail) => {
    expect(tailWidth(number)).toBe(tail);
  });

  test('stand under each other', () => {
    const column = ['1,050', '12.345', '-0.5', '–'];
    const tail = Math.max(...column.map(number => tailWidth(number) ?? 0));
    expect(column.map(number => alignOnPoint(number, tail).padStart(10))).toEqual(
      ['  1,050    ', '    12.345', '    -0.5  ', '         –'].map(row => row.slice(-10)),
    );
  });
});

test('tooSmall says what is needed and what there is', () => {
  expect(tooSmall(50, 12)).toBeUndefined();
  expect(tooSmall(44, 10)).toBe('needs 50×12, have 44×10');
  expect(tooSmall(200, 11)).toBe('needs 50×12, have 200×11');
});

test('columns of a group go together, and what they leave is given to a name', () => {
  const columns = [
    { id: 'code', priority: 1, width: 4 },
    { id: 'low', priority: 2, width: 6, group: 'year' },
    { id: 'high', priority: 3, width: 6, group: 'year' },
  ];
  const ids = (width: number) => fitColumns(columns, width).map(each => each.column.id);
  expect([ids(19), ids(20)]).toEqual([['code'], ['code', 'low', 'high']]);
});
