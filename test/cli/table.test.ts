import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type Column, table } from '../../src/cli/report.ts';
import { tableText } from '../../src/cli/table.ts';

type Row = { code: string; value: string; day: string; name: string };
const columns: Column<Row>[] = [
  { title: 'Code', text: row => row.code, total: 'Total' },
  { title: 'Value', align: 'right', text: row => row.value, total: '1,500.00' },
  { title: 'Day', align: 'right', rank: 1, text: row => row.day, signed: row => Number(row.day) },
  { title: 'Name', isName: true, rank: 2, text: row => row.name },
];
const rows: Row[] = [
  { code: 'BHP', value: '1,000.00', day: '-2.5', name: 'BHP Group Limited' },
  { code: 'A2M', value: '500.00', day: '10', name: 'The a2 Milk Company Limited' },
];
const draw = (width: number | undefined, color = false): string => {
  const section = table(rows, columns);
  if (section.kind !== 'table') throw new Error('not a table');
  return tableText(section, { width, color });
};

describe('a table', () => {
  test('is as wide as it needs where there is no terminal', () => {
    expect(draw(undefined)).toBe(
      [
        'Code      Value   Day  Name',
        'BHP    1,000.00  -2.5  BHP Group Limited',
        'A2M      500.00    10  The a2 Milk Company Limited',
        'Total  1,500.00',
      ].join('\n'),
    );
  });

  test('cuts names first, then leaves columns out by rank; numbers stay whole', () => {
    expect(draw(40).split('\n')).toEqual([
      'Code      Value   Day  Name',
      'BHP    1,000.00  -2.5  BHP Group Limited',
      'A2M      500.00    10  The a2 Milk Comp…',
      'Total  1,500.00',
    ]);
    expect(draw(30).split('\n')[0]).toBe('Code      Value   Day');
    expect(draw(16).split('\n')[0]).toBe('Code      Value');
    expect(draw(3).split('\n')[2]).toBe('A2M      500.00');
  });

  test.each([200, 60, 50, 42, 40, 36, 33, 30, 22, 21, 15])('no line is wider than a terminal of %i', width => {
    for (const line of draw(width).split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  test('colours by sign, never the blank around it at the end of a line', () => {
    const [, bhp = '', a2m = ''] = draw(22, true).split('\n');
    expect(bhp).toBe('BHP    1,000.00  \u001b[31m-2.5\u001b[0m');
    expect(a2m).toBe('A2M      500.00  \u001b[32m  10\u001b[0m');
  });

  test('a column that is blank in every row is left out', () => {
    const section = table([{ a: 'x', b: '' }], [
      { title: 'A', text: row => row.a },
      { title: 'B', text: row => row.b },
    ] satisfies Column<{ a: string; b: string }>[]);
    expect(section).toMatchObject({ columns: [{ title: 'A' }] });
  });

  test('measures cells, not characters', () => {
    const section = table([{ name: '中銀' }, { name: 'ab' }], [
      { title: 'N', text: row => row.name },
      { title: 'X', text: () => 'x' },
    ] satisfies Column<{ name: string }>[]);
    if (section.kind !== 'table') throw new Error('not a table');
    expect(tableText(section, { width: undefined, color: false }).split('\n')).toEqual([
      'N     X',
      '中銀  x',
      'ab    x',
    ]);
  });
});
