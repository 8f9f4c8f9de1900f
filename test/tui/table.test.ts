import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitColumns } from '../../src/tui/layout.ts';
import {
  type MeasuredColumn,
  measureColumns,
  type TableColumn,
  type TableRow,
  tableLines,
} from '../../src/tui/table.ts';
import { lineWidth, plainText } from '../../src/tui/text.ts';

/** The columns that fit beside the gutter and the margin, by id. */
const shownColumns = (measured: readonly MeasuredColumn[], width: number): string[] =>
  fitColumns(measured, width - 4).map(({ column }) => column.id);

const columns: TableColumn[] = [
  { id: 'code', title: 'Code', kind: 'text', priority: 1 },
  { id: 'units', title: 'Units', kind: 'number', priority: 5 },
  { id: 'price', title: 'Price', kind: 'number', priority: 6 },
  { id: 'value', title: 'Value', kind: 'number', priority: 2 },
  { id: 'day', title: 'Day %', kind: 'number', priority: 3 },
  { id: 'gain', title: 'Gain %', kind: 'number', priority: 4 },
  { id: 'average', title: 'Average', kind: 'number', priority: 7 },
  { id: 'cost', title: 'Cost base', kind: 'number', priority: 8 },
  { id: 'weight', title: 'Weight', kind: 'number', priority: 9 },
  { id: 'income', title: 'Income', kind: 'number', priority: 11 },
  { id: 'name', title: 'Name', kind: 'name', priority: 10 },
];
const rows: TableRow[] = [
  {
    id: 'VAS',
    cells: {
      code: 'VAS',
      units: '1,050',
      price: '98.76',
      value: '103,698.00',
      day: { text: '▼ 0.22%', token: 'loss' },
      gain: { text: '▲ 18.04%', token: 'gain' },
      average: '83.67',
      cost: '87,853.50',
      weight: '62.9%',
      income: '3,118.20',
      name: 'Vanguard Australian Shares Index ETF',
    },
  },
  {
    id: 'CBA',
    cells: {
      code: 'CBA',
      units: '420.5',
      price: '145.20',
      value: '60,984.00',
      day: { text: '▲ 0.41%', token: 'gain' },
      gain: { text: '▲ 112.30%', token: 'gain' },
      average: '68.39',
      cost: '28,723.80',
      weight: '37.1%',
      income: '1,940.00',
      name: 'Commonwealth Bank of Australia',
    },
  },
  {
    id: 'XYZ',
    dim: true,
    cells: { code: 'XYZ', units: '300', price: '–', value: '–', day: '–', gain: '–', name: 'no price · r retries' },
  },
];
const measured = measureColumns(columns, rows);
const drawn = (width: number): string =>
  `\n${tableLines(measured, rows, { width, selected: 'VAS', sort: { column: 'value', direction: 'descending' } })
    .map(line => `${plainText(line).trimEnd()}\n`)
    .join('')}`;

describe('a table of holdings', () => {
  test('at 60 columns', () => {
    expect(drawn(60)).toMatchInlineSnapshot(`
      "
         Code    Units   Price       Value▼   Day %     Gain %
       › VAS   1,050     98.76  103,698.00  ▼ 0.22%   ▲ 18.04%
         CBA     420.5  145.20   60,984.00  ▲ 0.41%  ▲ 112.30%
         XYZ     300         –           –        –          –
      "
    `);
  });
  test('at 80 columns', () => {
    expect(drawn(80)).toMatchInlineSnapshot(`
      "
         Code    Units   Price       Value▼   Day %     Gain %  Average  Cost base
       › VAS   1,050     98.76  103,698.00  ▼ 0.22%   ▲ 18.04%    83.67  87,853.50
         CBA     420.5  145.20   60,984.00  ▲ 0.41%  ▲ 112.30%    68.39  28,723.80
         XYZ     300         –           –        –          –
      "
    `);
  });
  test('at 100 columns', () => {
    expect(drawn(100)).toMatchInlineSnapshot(`
      "
         Code    Units   Price       Value▼   Day %     Gain %  Average  Cost base  Weight  Name
       › VAS   1,050     98.76  103,698.00  ▼ 0.22%   ▲ 18.04%    83.67  87,853.50   62.9%  Vanguard Aus…
         CBA     420.5  145.20   60,984.00  ▲ 0.41%  ▲ 112.30%    68.39  28,723.80   37.1%  Commonwealth…
         XYZ     300         –           –        –          –                              no price · r…
      "
    `);
  });
  test('at 140 columns', () => {
    expect(drawn(140)).toMatchInlineSnapshot(`
      "
         Code    Units   Price       Value▼   Day %     Gain %  Average  Cost base  Weight    Income  Name
       › VAS   1,050     98.76  103,698.00  ▼ 0.22%   ▲ 18.04%    83.67  87,853.50   62.9%  3,118.20  Vanguard Australian Shares Index ETF
         CBA     420.5  145.20   60,984.00  ▲ 0.41%  ▲ 112.30%    68.39  28,723.80   37.1%  1,940.00  Commonwealth Bank of Australia
         XYZ     300         –           –        –          –                                        no price · r retries
      "
    `);
  });

  test('a selected row is bold from edge to edge, with its colours kept', () => {
    const line = tableLines(measured, rows, { width: 60, selected: 'CBA' })[2] ?? [];
    expect(lineWidth(line)).toBe(60);
    expect(line.every(span => span.selected === true && span.bold === true)).toBe(true);
    expect(line.filter(span => span.token === 'gain').map(span => span.text.trim())).toEqual(['▲ 0.41%', '▲ 112.30%']);
    expect(plainText(line)).toMatch(/^ › CBA/);
  });

  test('a stale row is dim, and a plain row is one span until a coloured cell', () => {
    const [, first, , stale] = tableLines(measured, rows, { width: 60 });
    expect(stale?.every(span => span.dim === true)).toBe(true);
    expect(first?.map(span => span.token)).toEqual([undefined, 'loss', 'gain']);
  });

  test('sorting by any column moves nothing', () => {
    for (const column of columns) {
      for (const width of [60, 80, 100, 140]) {
        const plain = tableLines(measured, rows, { width });
        const sorted = tableLines(measured, rows, { width, sort: { column: column.id, direction: 'ascending' } });
        expect(sorted.slice(1)).toEqual(plain.slice(1));
        const title = plainText(sorted[0] ?? []);
        expect(title.replace('▲', '').replaceAll(' ', '')).toBe(plainText(plain[0] ?? []).replaceAll(' ', ''));
        expect(title.includes('▲')).toBe(shownColumns(measured, width).includes(column.id));
        expect(lineWidth(sorted[0] ?? [])).toBeLessThanOrEqual(width);
      }
    }
  });

  test('no line is wider than the terminal, and no number is ever cut', () => {
    const number = fc
      .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.constantFrom(0, 2))
      .map(([value, places]) => value.toLocaleString('en-AU', { minimumFractionDigits: places }));
    const row = fc.record({ a: number, b: number, c: number, name: fc.string({ unit: 'grapheme', maxLength: 30 }) });
    const kinds: TableColumn[] = [
      { id: 'a', title: 'A', kind: 'number', priority: 1 },
      { id: 'name', title: 'Name', kind: 'name', priority: 2 },
      { id: 'b', title: 'B', kind: 'number', priority: 3 },
      { id: 'c', title: 'A long title', kind: 'number', priority: 4 },
    ];
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 120 }), (cells, width) => {
        const table = cells.map((one, index) => ({
          id: String(index),
          cells: { ...one, name: one.name.replace(/[\p{C}\p{Z}\p{M}\d,.-]/gu, '') },
        }));
        const widths = measureColumns(kinds, table);
        const shown = shownColumns(widths, width);
        const lines = tableLines(widths, table, { width, selected: '0' });
        for (const [index, line] of lines.entries()) {
          if (width >= 4) expect(lineWidth(line)).toBeLessThanOrEqual(width);
          const values = table[index - 1]?.cells;
          if (values === undefined) continue;
          const numbers = plainText(line).match(/-?[\d,]+(\.\d+)?/g) ?? [];
          expect(numbers).toEqual((['a', 'b', 'c'] as const).filter(id => shown.includes(id)).map(id => values[id]));
        }
      }),
      { seed: 20_264, numRuns: 300 },
    );
  });
});

test('a column of prices has one precision: that of its longest', () => {
  const columns: TableColumn[] = [{ id: 'price', title: 'Price', kind: 'price', priority: 1 }];
  const rows = ['0.185', '1,163.97', '–', '12', '0.5 USD'].map(text => ({ id: text, cells: { price: text } }));
  const lines = tableLines(measureColumns(columns, rows), rows, { width: 40 }).map(line => plainText(line).trimEnd());
  expect(lines.slice(1)).toEqual([
    '       0.185',
    '   1,163.970',
    '               –',
    '      12.000',
    '       0.500 USD',
  ]);
});
