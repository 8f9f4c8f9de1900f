import { expect, test } from 'vitest';
import { briefs, read, rejects, skips } from './reading-a-file.ts';

test('ticker,shares,avg_cost[,date_acquired]', () => {
  const result = read(
    'ticker,shares,avg_cost,date_acquired\nBHP,333,43.215,2024-02-02\nvas.ax,"1,000",,\nCBA,0.5,0,3/4/2020\nXRO,-5,1,\nWES,5,-1,\nNAB,5,1,1/1/2032\n',
  );
  expect(result).toMatchObject({ format: 'holdings', verified: true });
  expect(briefs(result)).toEqual([
    'opening 2024-02-02 BHP 333 cost 14390.6 acquired 2024-02-02',
    'opening 2026-11-22 VAS 1000 acquired 2026-11-22',
    'opening 2020-04-03 CBA 0.5 cost 0 acquired 2020-04-03',
  ]);
  expect(rejects(result)).toEqual([
    '5: units are -5',
    '6: average cost is -1',
    '7: 2032-01-01 is more than five years ahead',
  ]);
  expect(result.warnings).toEqual([
    'no cost is known for VAS; edit the entries to give it',
    expect.stringContaining('no purchase dates'),
  ]);
});

test('a cost is rounded to the cent, half up', () => {
  expect(briefs(read('ticker,shares,avg_cost,date_acquired\nBHP,1,0.005,2024-01-02'))).toEqual([
    'opening 2024-01-02 BHP 1 cost 0.01 acquired 2024-01-02',
  ]);
});

const commsec = 'Code,Avail Units,Purchase $,Last $,Change $,Chg %,Profit/Loss $,P/L %,Mkt Value $,Wgt %\n';

test("CommSec's holdings: the purchase price of a unit or of the parcel, as the row's figures say", () => {
  const result = read(
    `${commsec}BHP,100,40.00,45.00,0,0,500.00,12.5,"$4,500.00",50\nCBA,10,"$1,000.00",90,0,0,($100.00),-10,900,10\nNAB,10,7,30,0,0,1,1,300,1\nTotal,,,,,,,,,`,
  );
  expect(result.format).toBe('commsec-holdings');
  expect(briefs(result)).toEqual([
    'opening 2026-11-22 BHP 100 cost 4000 acquired 2026-11-22',
    'opening 2026-11-22 CBA 10 cost 1000 acquired 2026-11-22',
    'opening 2026-11-22 NAB 10 acquired 2026-11-22',
  ]);
  expect(skips(result)).toEqual(['5: a total']);
  expect(result.warnings[0]).toBe('no cost is known for NAB; edit the entries to give it');
});

test('an empty CommSec export', () => {
  const result = read(`${commsec}No data available for this account\n`);
  expect(result.rows).toEqual([]);
  expect(skips(result)).toEqual(['2: text, not a row: "No data available for this account"']);
});
