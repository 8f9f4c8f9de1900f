import { describe, expect, test } from 'vitest';
import { normaliseText, previewRows, readRows } from '../../src/brokers/delimited.ts';
import { Failure } from '../../src/failure.ts';

const failureOf = (run: () => unknown): Failure => {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('no failure');
};

test('lines are counted through quoted newlines', () => {
  const rows = readRows('a,b\n"x\ny\nz",1\nc,2\n\nd,3', ',');
  expect(rows.map(row => row.line)).toEqual([1, 2, 5, 6, 7]);
  expect(rows[1]?.cells).toEqual(['x\ny\nz', '1']);
});

test('a byte order mark and every line ending', () => {
  expect(normaliseText('\ufeffa\r\nb\rc\nd')).toBe('a\nb\nc\nd');
});

describe('files that are no text', () => {
  test.each([
    ['', /empty/],
    ['\ufeff \r\n ', /empty/],
    ['PK\u0003\u0004rest', /Excel workbook/],
    ['%PDF-1.7 rest', /PDF/],
    ['a\u0000b\u0000', /not plain text/],
    ['\ufffd\u0001\u0002\ufffdab', /not plain text/],
  ])('%j', (text, message) => {
    const failure = failureOf(() => normaliseText(text));
    expect(failure.code).toBe('bad-file');
    expect(failure.message).toMatch(message);
    expect(failure.hint).toBeDefined();
  });
});

test('a quote that swallows lines names its line; one that stays on its line does no harm', () => {
  const failure = failureOf(() => readRows('a,b\n1,2\n3,"x\n4,5\n', ','));
  expect(failure.code).toBe('bad-file');
  expect(failure.message).toContain('Line 3');
  expect(readRows('a,b\n1,"Smith "Bob" Ltd"\n2,x', ',')[1]?.cells).toEqual(['1', 'Smith "Bob" Ltd']);
  expect(previewRows('a,b\n3,"x\n4,5\n', ',', 5)).toHaveLength(2);
});
