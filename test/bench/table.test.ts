import { describe, expect, it } from 'vitest';
import { isMet, type Measured, outcomeJson } from './outcome.ts';
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

it('the table has one line for each bench', () => {
  const told: Measured = { name: 'import', unit: 's', measured: 3.456, note: 'of 100,000 rows' };
  const skipped = { name: 'rows by shell', skipped: 'there is no sqlite3 shell' };
  expect(table([version, memory, rows, told, skipped])).toBe(`\
bench                  measured  against                     ratio  target
asxos --version         52.0 ms  node -e 0         40.0 ms  1.30 x  <= 1.7 x  ok
memory                   200 MB                                     < 200 MB  SHORT
rows stored      180,000 rows/s  .import    200,000 rows/s  0.90 x  >= 0.9 x  ok
import                   3.46 s                                                        of 100,000 rows
rows by shell                                                                 skipped  there is no sqlite3 shell
`);
});

it('says the same as JSON', () => {
  expect(outcomeJson(version)).toMatchObject({ measured: 52.04, ratio: 1.301, verdict: 'ok' });
  expect(outcomeJson(memory)).toMatchObject({ ratio: null, against: null, verdict: 'short' });
  expect(outcomeJson({ name: 'x', skipped: 'why' })).toEqual({ name: 'x', verdict: 'skipped', reason: 'why' });
});
