import { describe, expect, test } from 'vitest';
import { plain } from '../../src/domain/decimal.ts';
import { briefs, read, rejects } from './reading-a-file.ts';

const map = { date: 'd', side: 's', code: 'c', units: 'u', price: 'p', fee: 'f', total: 't' };
const rows = (...lines: string[]) => read(['d,s,c,u,p,f,t', ...lines].join('\n'), { map });

describe('the total wins', () => {
  test('a difference over one cent is a warning; half a cent is not', () => {
    const result = rows(
      '2026-01-05,buy,BHP,7,43.215,9.95,312.45',
      '2026-01-05,buy,BHP,7,43.215,9.95,312.46',
      '2026-01-05,sell,BHP,7,43.215,9.95,300.00',
    );
    expect(briefs(result)).toEqual([
      'buy 2026-01-05 BHP 7 @ 43.215 fee 9.95 total 312.45',
      'buy 2026-01-05 BHP 7 @ 43.215 fee 9.95 total 312.46',
      'sell 2026-01-05 BHP 7 @ 43.215 fee 9.95 total 300',
    ]);
    expect(result.warnings).toEqual([
      'line 4: BHP: the total 300 is used; units x price - brokerage = 292.555 differs by 7.445',
    ]);
  });
  test('brokerage that is not stated follows from it; a total below units x price has none', () => {
    const result = rows(
      '2026-01-05,buy,BHP,10,40,,409.95',
      '2026-01-05,sell,BHP,10,40,,390',
      '2026-01-05,buy,BHP,10,40,,399',
    );
    expect(briefs(result)).toEqual([
      'buy 2026-01-05 BHP 10 @ 40 fee 9.95 total 409.95',
      'sell 2026-01-05 BHP 10 @ 40 fee 10 total 390',
      'buy 2026-01-05 BHP 10 @ 40 total 399',
    ]);
    expect(result.warnings).toEqual([expect.stringMatching(/^line 4: BHP: the total 399 .* differs by 1$/)]);
  });
  test('a sale that fetches less than its brokerage keeps its sign; a negative for a buy is a convention', () => {
    const result = rows('2026-01-05,sell,BHP,100,0.04,4.99,-0.99', '2026-01-05,buy,BHP,10,40,10,-410');
    expect(result.rows.map(({ draft }) => ('total' in draft && draft.total ? plain(draft.total) : ''))).toEqual([
      '-0.99',
      '410',
    ]);
    expect(result.warnings).toEqual([]);
  });
});

describe('figures that cannot be', () => {
  test.each([
    ['2026-01-05,buy,BHP,0,40,,', 'units are 0'],
    ['2026-01-05,buy,BHP,-5,40,,', 'units are -5'],
    ['2026-01-05,buy,BHP,(5),40,,', 'units are -5'],
    ['2026-01-05,buy,BHP,,40,,', 'no units'],
    ['2026-01-05,buy,BHP,ten,40,,', 'units "ten" is not a number'],
    ['2026-01-05,buy,BHP,"1,23",40,,', 'units "1,23" is not a number'],
    ['2026-01-05,buy,BHP,10,-40,,', 'price is -40'],
    ['2026-01-05,buy,BHP,10,4O,,', 'price "4O" is not a number'],
    ['2026-01-05,buy,BHP,10,,,', 'no price'],
    ['2026-01-05,buy,BHP,10,40,free,', 'brokerage "free" is not a number'],
    ['2026-01-05,buy,BHP,10,40,,x', 'total "x" is not a number'],
    ['2026-01-05,hold,BHP,10,40,,', '"hold" is not a kind of trade'],
    ['2026-01-05,,BHP,10,40,,', 'no side: neither buy nor sell'],
    ['31/02/2026,buy,BHP,10,40,,', '"31/02/2026" is not a date (day/month/year or YYYY-MM-DD)'],
    [',buy,BHP,10,40,,', 'no date'],
    ['2031-11-23,buy,BHP,10,40,,', '2031-11-23 is more than five years ahead'],
    ['2026-01-05,split,BHP,10,,,', 'a split states no ratio; add it as "split BHP NEW:OLD on 2026-01-05"'],
  ])('%s', (line, reason) => expect(rejects(rows(line))).toEqual([`2: ${reason}`]));
  test('today is not the future', () => expect(briefs(rows('22/11/2026,buy,BHP,1,2,,'))).toHaveLength(1));
  test('an oversized cell is cut in the reason', () => {
    const [reason = ''] = rejects(rows(`2026-01-05,buy,BHP,${'9'.repeat(9000)}x,40,,`));
    expect(reason.length).toBeLessThan(80);
    expect(rejects(rows(`2026-01-05,${'z'.repeat(9000)},BHP,1,40,,`))[0]?.length).toBeLessThan(80);
  });
});

test('shares that come in or go out: a cost is taken where stated and never guessed', () => {
  const result = rows(
    '2026-01-05,In,VGS,3,0,0,0',
    '2026-01-05,In,VGS,3,100,,',
    '2026-01-05,DRP,VGS,3,,,299.70',
    '2026-01-05,buy,VGS,3,0,,',
    '2026-01-05,Out,VGS,3,0,0,0',
    '2026-01-05,sell,VGS,3,0,,',
  );
  expect(briefs(result)).toEqual([
    'transfer-in 2026-01-05 VGS 3',
    'transfer-in 2026-01-05 VGS 3 cost 300',
    'transfer-in 2026-01-05 VGS 3 cost 299.7 acquired 2026-01-05',
    'transfer-in 2026-01-05 VGS 3',
    'transfer-out 2026-01-05 VGS 3',
    'sell 2026-01-05 VGS 3 @ 0',
  ]);
  expect(result.warnings.map(warning => warning.slice(0, 46))).toEqual([
    'line 2: VGS: 3 units came in without a price, ',
    'line 4: VGS: 3 units came in by reinvestment; ',
    'line 5: VGS: 3 units came in without a price, ',
  ]);
});
