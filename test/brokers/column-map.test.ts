import { describe, expect, test } from 'vitest';
import { parseMap } from '../../src/brokers/column-map.ts';
import { Failure } from '../../src/failure.ts';
import { briefs, read, rejects } from './reading-a-file.ts';

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no failure';
};

test('a map is words and column names, which may hold commas', () => {
  expect(parseMap('date=Trade Date, code=Ticker,total="Net, AUD",price=Price (a=b)')).toEqual({
    date: 'Trade Date',
    code: 'Ticker',
    total: 'Net, AUD',
    price: 'Price (a=b)',
  });
});

test.each([
  ['date', '"date" does not name a column'],
  ['colour=Red', '"colour" is not a word of --map'],
  ['date=', '"date=" names no column'],
  ['code=A,ticker=B', '--map names ticker twice'],
  ['__proto__=x', '"__proto__" is not a word of --map'],
])('%s is refused', (text, message) => {
  expect(messageOf(() => parseMap(text))).toBe(`invalid-input: ${message}`);
});

describe('a mapped file', () => {
  const map = parseMap('date=When,code=What,side=Did,units=How many,price=For,fee=Cost');
  test('trades', () => {
    const text =
      'x\nWhen;Did;What;How many;For;Cost\n3/4/2026;bought;bhp.ax;1,000;43.21;-9.95\n5/4/2026;Sell;CBA;1;2;0';
    const result = read(text, { map });
    expect(result).toMatchObject({ format: 'map', rejected: [] });
    expect(briefs(result)).toEqual(['buy 2026-04-03 BHP 1000 @ 43.21 fee 9.95', 'sell 2026-04-05 CBA 1 @ 2 fee 0']);
    expect(result.rows[0]?.sourceKey).toBe('map|2026-04-03|BHP|buy|1000|43.21||#1');
  });
  test('without a side, negative units are a sale; without a price, it follows from the total', () => {
    const text = 'd,c,u,t\n2026-04-03,BHP,100,4330.95\n2026-04-04,BHP,(40),1700\n';
    const result = read(text, { map: { date: 'd', code: 'c', units: 'u', total: 't' } });
    expect(briefs(result)).toEqual([
      'buy 2026-04-03 BHP 100 @ 43.3095 total 4330.95',
      'sell 2026-04-04 BHP 40 @ 42.5 total 1700',
    ]);
  });
  test('with avg_cost, opening parcels', () => {
    const result = read('a,b,c\nBHP,3,3.333\n', { map: { code: 'a', units: 'b', avg_cost: 'c' } });
    expect(briefs(result)).toEqual(['opening 2026-11-22 BHP 3 cost 10 acquired 2026-11-22']);
  });
  test('month first where asked for', () => {
    const text = 'd,c,u,p\n04/13/2026,BHP,1,2\n';
    const columns = { date: 'd', code: 'c', units: 'u', price: 'p' };
    expect(briefs(read(text, { map: columns, dateOrder: 'month-first' }))).toEqual(['buy 2026-04-13 BHP 1 @ 2']);
    expect(rejects(read(text, { map: columns }))).toEqual([
      '2: "04/13/2026" is not a date (day/month/year or YYYY-MM-DD)',
    ]);
  });
  test('columns that the file or the map lacks are named', () => {
    expect(messageOf(() => read('a,b\n1,2', { map }))).toBe(
      'invalid-input: The file does not fit Columns named with --map: the file has the header "a, b", without "When", "What", "Did", "How many", "For", "Cost"',
    );
    expect(messageOf(() => read('a,b\n1,2', { map: { code: 'a' } }))).toBe(
      'invalid-input: --map has no units and no date and no price',
    );
  });
});
