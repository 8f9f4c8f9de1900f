import { describe, expect, test } from 'vitest';
import { codesOf, countOf, dateOf, instantOf } from '../../src/cli/arguments.ts';
import { isoInstant } from '../../src/domain/date.ts';
import { Failure } from '../../src/failure.ts';

describe('dates', () => {
  test('a day', () => expect(dateOf('--from')('2026-03-02')).toBe('2026-03-02'));
  test.each(['2/3/2026', '2026-02-30', '', 'today', '2026-3-2'])('%j is refused by the name of the option', text => {
    expect(() => dateOf('--from')(text)).toThrow(`--from is "${text}", which is not a date`);
  });
});

describe('instants', () => {
  test('a day is its end in Sydney, in summer and in winter', () => {
    expect(isoInstant(instantOf('--known-at')('2026-03-02'))).toBe('2026-03-02T12:59:59.999Z');
    expect(isoInstant(instantOf('--known-at')('2026-07-02'))).toBe('2026-07-02T13:59:59.999Z');
  });
  test('an instant with its zone', () => {
    expect(isoInstant(instantOf('--known-at')('2026-03-02T16:10+11:00'))).toBe('2026-03-02T05:10:00Z');
  });
  test('an instant without a zone is refused', () => {
    expect(() => instantOf('--known-at')('2026-03-02T16:10')).toThrow('--known-at is "2026-03-02T16:10"');
  });
});

describe('counts', () => {
  test('a whole number in its range', () => expect(countOf('--limit', 1, 10)('10')).toBe(10));
  test.each(['0', '11', '-1', '1.5', '1e1', '', 'ten', '99999999999'])('%j is refused', text => {
    expect(() => countOf('--limit', 1, 10)(text)).toThrow(Failure);
  });
});

test('codes come one by one or with commas, in any of their spellings, each once', () => {
  const first = codesOf('bhp,CBA.AX', undefined);
  expect(codesOf('ASX:BHP', codesOf('vas', first))).toEqual(['BHP', 'CBA', 'VAS']);
  expect(() => codesOf('BHP,!', undefined)).toThrow('"!" is not an ASX code');
});
