import { describe, expect, it } from 'vitest';
import { isMet, type Measured, outcomeJson } from './outcome.ts';
import { type Area, reportOf } from './report.ts';
import { table } from './table.ts';

const version: Measured = {
  name: 'asxos --version',
  unit: 'ms',
  measured: 52.04,
  against: { name: 'node -e 0', value: 40 },
  target: { of: 'ratio', is: '<=', value: 1.7 },
};
const memory: Measured = { name: 'memory', unit: 'MB', measured: 200, target: { of: 'measured', is: '<', value: 200 } };
const rows: Measured = {
  name: 'rows stored',
  unit: 'rows/s',
  measured: 180_000,
  against: { name: '.import', value: 200_000 },
  target: { of: 'ratio', is: '>=', value: 0.9 },
};

describe('a target', () => {
  it('holds the ratio to the floor, or the figure itself', () => {
    expect(isMet(version)).toBe(true);
    expect(isMet({ ...version, measured: 69 })).toBe(false);
    expect(isMet(memory)).toBe(false);
    expect(isMet({ ...memory, measured: 199.9 })).toBe(true);
    expect(isMet(rows)).toBe(true);
    expect(isMet({ ...rows, measured: 179_000 })).toBe(false);
  });

  it('is missed where its ratio cannot be made, and absent where none is set', () => {
    expect(isMet({ ...version, against: { name: 'node -e 0', value: 0 } })).toBe(false);
    expect(isMet({ name: 'import', unit: 's', measured: 3 })).toBeUndefined();
  });
});

const told: Measured = { name: 'import', unit: 's', measured: 3.456, note: 'of 100,000 rows' };
const skipped = { name: 'rows by shell', skipped: 'there is no sqlite3 shell' };

it('the table has one line for each figure, under its area', () => {
  const areas: Area[] = [
    { name: 'start', outcomes: [version, memory] },
    { name: 'storing', outcomes: [rows, told, skipped] },
    { name: 'serve', outcomes: [], trouble: 'Error: the port is taken' },
  ];
  expect(table(areas)).toBe(`\
area     figure                 measured  against                     ratio  target
start    asxos --version         52.0 ms  node -e 0         40.0 ms  1.30 x  <= 1.7 x  ok
         memory                   200 MB                                     < 200 MB  SHORT
storing  rows stored      180,000 rows/s  .import    200,000 rows/s  0.90 x  >= 0.9 x  ok
         import                   3.46 s                                                        of 100,000 rows
         rows by shell                                                                 skipped  there is no sqlite3 shell
serve                                                                                  FAILED   Error: the port is taken
`);
});

it('says the same as JSON', () => {
  expect(outcomeJson(version)).toMatchObject({ measured: 52.04, ratio: 1.301, verdict: 'ok' });
  expect(outcomeJson(memory)).toMatchObject({ ratio: null, against: null, verdict: 'short' });
  expect(outcomeJson({ name: 'x', skipped: 'why' })).toEqual({ name: 'x', verdict: 'skipped', reason: 'why' });
});

describe('a run', () => {
  const machine = { processor: 'x', cores: 2, memoryGb: 8, system: 'linux', load: 0.1 };
  const circumstances = { version: '0.1.0', date: '2026-03-02T00:00:00Z', quick: false, node: 'v24', machine };
  const held = (...areas: Area[]): boolean => reportOf(areas, circumstances).held;

  it('holds when every target is met; what is told or skipped breaks nothing', () => {
    expect(held({ name: 'a', outcomes: [version, rows] }, { name: 'b', outcomes: [told, skipped] })).toBe(true);
    expect(held({ name: 'a', outcomes: [version] }, { name: 'b', outcomes: [memory] })).toBe(false);
    expect(held({ name: 'a', outcomes: [version], trouble: 'it fell over' })).toBe(false);
  });

  it('is one document that says where and when', () => {
    expect(reportOf([{ name: 'a', outcomes: [memory] }], circumstances)).toMatchObject({
      schema: 'bench/1',
      ...circumstances,
      areas: [{ name: 'a', held: false, trouble: null, outcomes: [{ name: 'memory', measured: 200, unit: 'MB' }] }],
    });
  });
});
