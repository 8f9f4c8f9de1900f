import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brief, read, rejects, skips } from './reading-a-file.ts';

const header = 'Date,Reference,Details,Debit($),Credit($),Balance($)';
const keysOf = (...lines: string[]): string[] => read([header, ...lines].join('\n')).rows.map(row => row.sourceKey);

describe('keys', () => {
  test("the broker's number, shared by CommSec's two files", () => {
    expect(keysOf('29/08/2024,C154772543,B 23 NDQ @ 41.950000  ,966.85,,966.85')).toEqual(['commsec:154772543']);
  });
  test('without a number: content and occurrence, whatever the formatting', () => {
    const key = 'commsec-transactions|2024-08-29|NDQ|buy|23|41.95|966.85|#1';
    expect(keysOf('29/08/2024,,B 23 NDQ @ 41.950000  ,966.85,,966.85')).toEqual([key]);
    expect(keysOf('2024-08-29,, B 23.0  ndq @ $41.95,"$966.850",,')).toEqual([key]);
  });
  test('two equal rows stay two', () => {
    const row = '29/08/2024,,B 23 NDQ @ 41.95,966.85,,';
    expect(keysOf(row, row).map(key => key.slice(-2))).toEqual(['#1', '#2']);
  });
  test('a number twice: the same content is a repeat, other content another fill', () => {
    const text = [
      header,
      '29/08/2024,C1,B 23 NDQ @ 41.95,966.85,,',
      '29/08/2024,C1,B 10 NDQ @ 41.95,419.50,,',
      '29/08/2024,C1,B 23.00 NDQ @ 41.950,966.85,,',
    ];
    const result = read(text.join('\n'));
    expect(result.rows.map(row => [row.line, row.sourceKey])).toEqual([
      [2, 'commsec:1#2'],
      [3, 'commsec:1'],
    ]);
    expect(skips(result)).toEqual(['4: repeats line 2: number 1']);
  });
  test('holdings without a date keep their key on another day', () => {
    const text = 'ticker,shares,avg_cost\nBHP,10,40';
    const keys = (day: string) => read(text, { today: day as never }).rows.map(row => row.sourceKey);
    expect(keys('2026-11-22')).toEqual(['holdings||BHP|opening|10|400|#1']);
    expect(keys('2027-01-05')).toEqual(keys('2026-11-22'));
  });
});

test('the order of rows changes no key', () => {
  const code = fc.constantFrom('BHP', 'CBA');
  const row = fc.record({
    code,
    units: fc.integer({ min: 1, max: 3 }),
    fee: fc.constantFrom('', '5', '6'),
    id: fc.constantFrom('', '7', '8'),
  });
  const map = { date: 'd', code: 'c', units: 'u', price: 'p', fee: 'f', reference: 'r' };
  const keyed = (rows: readonly { code: string; units: number; fee: string; id: string }[]) => {
    const lines = rows.map(({ code: c, units, fee, id }) => `2026-01-05,${c},${units},10,${fee},${id}`);
    const result = read(['d,c,u,p,f,r', ...lines].join('\n'), { map });
    expect(rejects(result)).toEqual([]);
    return result.rows.map(({ sourceKey, draft }) => `${sourceKey} ${brief(draft)}`).sort();
  };
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), fc.infiniteStream(fc.nat(1000)), (rows, order) => {
      const shuffled = rows.map(item => ({ item, at: order.next().value ?? 0 })).sort((a, b) => a.at - b.at);
      const keys = keyed(rows);
      expect(keyed(shuffled.map(({ item }) => item))).toEqual(keys);
      expect(new Set(keys.map(key => key.split(' ')[0])).size).toBe(keys.length);
    }),
    { seed: 2, numRuns: 200 },
  );
});
