import { describe, expect, test } from 'vitest';
import { briefs, read, rejects, skips } from './reading-a-file.ts';

const header =
  'Confirmation Number,Trade Date,Settlement Date,Transaction Type,Code,Quantity,Price,Brokerage,Total Consideration';
const first = 'C1,12/03/2024,14/03/2024,BUY,MQG.AX,20,182.40,14.95,"3,662.95"';
const second = 'C2,15/03/2024,19/03/2024,SELL,BHP,100,44.50,14.95,4435.05';
const expected = [
  'buy 2024-03-12 MQG 20 @ 182.4 fee 14.95 total 3662.95',
  'sell 2024-03-15 BHP 100 @ 44.5 fee 14.95 total 4435.05',
];
const plain = [header, first, second];

describe('the same two trades, however the file is written', () => {
  test.each([
    ['a byte order mark and CRLF', `\ufeff${plain.join('\r\n')}\r\n`],
    ['CR only', plain.join('\r')],
    ['tabs', plain.join('\n').replace('"3,662.95"', '3662.95').replaceAll(',', '\t')],
    ['semicolons', plain.join('\n').replace('"3,662.95"', '3662.95').replaceAll(',', ';')],
    ['trailing commas', plain.map(line => `${line},,`).join('\n')],
    [
      'every cell quoted',
      plain.map(line => line.replace('"3,662.95"', '3662.95').replace(/[^,]+/g, '"$&"')).join('\n'),
    ],
    [
      'header in capitals with other blanks',
      [header.toUpperCase().replace(' DATE', '\u00a0 DATE'), first, second].join('\n'),
    ],
    [
      'columns in another order',
      [header, first, second]
        .map(line => {
          const cells = line.replace('"3,662.95"', '3662.95').split(',');
          return cells.reverse().join(',');
        })
        .join('\n'),
    ],
    ['nine lines above the header', `${'Account: 1\n'.repeat(9)}${plain.join('\n')}`],
    ['blank lines', plain.join('\n\n\n')],
    ['blank cells in lines', plain.join('\n,,,,,,,,\n')],
    ['escape codes and invisible characters', [header, first.replace('MQG', '\u001b[31mMQG\u200b'), second].join('\n')],
  ])('%s', (_, text) => {
    const result = read(text);
    expect(result).toMatchObject({ format: 'nabtrade-confirmations', rejected: [], warnings: [] });
    expect(briefs(result)).toEqual(expected);
    expect(result.rows.map(row => row.sourceKey)).toEqual(['nabtrade:1', 'nabtrade:2']);
  });
});

test('a header further down than ten lines is not looked for', () => {
  expect(() => read(`${'Account: 1\n'.repeat(10)}${plain.join('\n')}`)).toThrow(/No format fits/);
});

test('lines are those of the file, with quoted newlines and any line ending', () => {
  const text = [`"Report\r\nof\r\ntwo lines"`, header, first, '', second].join('\r\n');
  expect(read(text).rows.map(row => row.line)).toEqual([5, 7]);
});

test('totals, footers and repeated headers are skipped with their reason; nothing hides', () => {
  const result = read(
    [
      ...plain,
      header,
      second.replace('C2', 'C3'),
      'Total,,,,,,,,8098.00',
      'This report, prepared for you, is not advice',
      'nabtrade',
      'C4,20/03/2024,,BUY,CBA,1,100,,100',
    ].join('\n'),
  );
  expect(result.rows.map(row => row.sourceKey)).toEqual(['nabtrade:1', 'nabtrade:2', 'nabtrade:3', 'nabtrade:4']);
  expect(skips(result)).toEqual([
    '4: the header again',
    '6: a total',
    '7: text, not a row: "This report prepared for you is not adv…"',
    '8: text, not a row: "nabtrade"',
  ]);
});

test('a cut-off row, shifted cells and a row without date and units are rejects, not footers', () => {
  const result = read(
    [
      header,
      'C1,12/03/2024,14/03/2024,BUY,MQG,20,182.40,14.95,3,662.95',
      'C3,,,BUY,BHP,,,,',
      'C4,12/03/2024,14/03/2024,BU',
      'C5',
    ].join('\n'),
  );
  expect(rejects(result)).toEqual([
    '2: 10 cells where the header has 9',
    '3: no date',
    '4: "BU" is not a kind of trade',
    '5: no side: neither buy nor sell',
  ]);
  expect(result.skipped).toEqual([]);
});

test('a header without rows is a file without trades', () => {
  expect(read(header)).toMatchObject({ rows: [], rejected: [], skipped: [], warnings: [] });
});
