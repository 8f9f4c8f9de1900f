import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formats, readBrokerFile } from '../../src/brokers/read.ts';
import { Failure } from '../../src/failure.ts';
import { read, today } from './reading-a-file.ts';

const failureOf = (text: string, format?: string): Failure => {
  try {
    read(text, { format });
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('no failure');
};

describe('files that no format fits', () => {
  test('the header seen is named, and the way out', () => {
    const failure = failureOf('Report\nWhen,What,How many\n1,2,3\n');
    expect(failure.code).toBe('bad-file');
    expect(failure.message).toBe('No format fits: the file has the header "When, What, How many"');
    expect(failure.hint).toContain('--map "date=');
  });
  test('a header of numbers, and an endless one', () => {
    expect(failureOf('1,2,3\n4,5,6').message).toBe('No format fits: the file has no header');
    expect(failureOf(`${'x'.repeat(9000)},`.repeat(50)).message.length).toBeLessThan(700);
  });
  test('a format asked for by name', () => {
    expect(failureOf('a,b', 'comsec')).toMatchObject({ code: 'invalid-input', message: '"comsec" is not a format' });
    const failure = failureOf('ticker,units\nBHP,1', 'holdings');
    expect(failure.code).toBe('bad-file');
    expect(failure.message).toBe(
      'The file does not fit Plain holdings list: the file has the header "ticker, units", without "avg_cost"',
    );
    expect(read('ticker,shares,avg_cost\nBHP,1,2', { format: 'HOLDINGS' }).rows).toHaveLength(1);
  });
  test('empty and garbage', () => {
    expect(failureOf('').message).toBe('The file is empty');
    expect(failureOf('\u0000\u0001\u0002').code).toBe('bad-file');
  });
});

const headers = formats.filter(format => format.headers.length > 0).map(format => format.headers.join(','));
const cells = fc.constantFrom(
  '',
  '0',
  '-1',
  '1,000',
  '$5',
  'BHP',
  'BHP.AX',
  'AMD.NAS',
  'USD',
  'AUD',
  'buy',
  'S',
  'In',
  'Dividends',
  'Withholding Tax',
  '12/03/2024',
  '2024-02-30',
  '20240101',
  'B 23 NDQ @ 41.95',
  'BUY IVV.ASX 12 AUD 71.43 1 NT0',
  'DIVIDEND on BHP.AX',
  'Order 19: Buy 17 LIT @ $84.90',
  'Order 19: Brokerage BUY LIT',
  '"',
  '"a\nb"',
  '\u001b[31m',
  '\u2212',
  'Confirmed',
  'C1',
); // prettier-ignore

describe('whatever the bytes are', () => {
  const neverABug = (text: string): void => {
    try {
      const result = readBrokerFile(text, { today });
      const keys = result.rows.map(row => row.sourceKey);
      expect(new Set(keys).size).toBe(keys.length);
      const lines = text.replace(/\r\n?/g, '\n').split('\n').length;
      for (const { line } of [...result.rows, ...result.rejected, ...result.skipped]) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines);
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  };
  test('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => neverABug(new TextDecoder().decode(bytes))),
      { seed: 3, numRuns: 500 },
    );
  });
  test('random cells and bytes under every header', () => {
    const row = fc.array(fc.oneof({ weight: 5, arbitrary: cells }, { weight: 1, arbitrary: fc.string() }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.constantFrom(...headers), fc.array(row, { maxLength: 12 }), (header, rows) =>
        neverABug([header, ...rows.map(line => line.join(','))].join('\n')),
      ),
      { seed: 4, numRuns: 600 },
    );
  });
});

test('reading twice gives the same keys', () => {
  const text = 'ticker,shares,avg_cost\nBHP,1,2\nBHP,1,2\nCBA,3,4\n';
  const keys = (): string[] => read(text).rows.map(row => row.sourceKey);
  expect(keys()).toEqual(keys());
  expect(new Set(keys()).size).toBe(3);
});

test('100,000 rows: under 3 s of processor time on an idle machine, allowed 6 s here', () => {
  const header =
    'Confirmation Number,Order Number,Trade Date,Buy/ Sell,Security,Units,Average Price ($),Brokerage (inc GST.),Net Proceeds ($),Settlement Date,Confirmation Status';
  const lines = Array.from({ length: 100_000 }, (_, index) => {
    const cents = (index + 1) * 4321 + 995;
    const total = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
    return `${index},N${index},${1 + (index % 28)}/03/2024,B,BHP,${index + 1},43.210,9.95,${total},25/03/2024,Confirmed`;
  });
  const text = [header, ...lines].join('\n');
  const before = process.cpuUsage();
  const result = read(text);
  const { user, system } = process.cpuUsage(before);
  expect(result.rows).toHaveLength(100_000);
  expect([...result.rejected, ...result.skipped, ...result.warnings]).toEqual([]);
  expect((user + system) / 1e6).toBeLessThan(6);
}, 60_000);
