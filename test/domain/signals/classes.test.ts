import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  confidence,
  conviction,
  isSignalChange,
  meetsClass,
  modelAClass,
  type SignalClass,
  signalClasses,
} from '../../../src/domain/signals/classes.ts';

describe("model A's class", () => {
  it.each<[number, number, SignalClass]>([
    [0.65, 0.06, 'STRONG_BUY'],
    [0.65, 0.05, 'BUY'],
    [0.65, 0.04, 'BUY'],
    [0.64, 0.06, 'BUY'],
    [0.55, 0.001, 'BUY'],
    [0.55, 0, 'HOLD'],
    [0.549, 0.06, 'HOLD'],
    [0.9, -0.01, 'HOLD'],
    [0.52, -0.01, 'HOLD'],
    [0.46, -0.01, 'HOLD'],
    [0.45, 0, 'HOLD'],
    [0.45, -0.01, 'SELL'],
    [0.36, -0.06, 'SELL'],
    [0.35, -0.05, 'SELL'],
    [0.35, -0.06, 'STRONG_SELL'],
    [0.2, 0.06, 'HOLD'],
  ])('of P %d and R %d is %s', (probability, expectedReturn, expected) => {
    expect(modelAClass(probability, expectedReturn)).toBe(expected);
  });

  it('meets an edge that a float misses by a trace', () => {
    expect(0.65 - 1e-12).toBeLessThan(0.65);
    expect(modelAClass(0.65 - 1e-12, 0.06)).toBe('STRONG_BUY');
    expect(modelAClass(0.35 + 1e-12, -0.06)).toBe('STRONG_SELL');
    expect(modelAClass(0.65, 0.05 + 1e-12)).toBe('BUY');
    expect(modelAClass(0.55, 1e-12)).toBe('HOLD');
    expect(modelAClass(0.65 - 1e-8, 0.06)).toBe('BUY');
  });
});

describe('conviction and confidence', () => {
  it('measure the distance from a coin, and the side that the class takes', () => {
    expect([0.7, 0.3, 0.5, 1, 0.503, 0.5025].map(conviction)).toEqual([40, 40, 0, 100, 1, 1]);
    expect(confidence('STRONG_BUY', 0.7)).toBe(0.7);
    expect(confidence('SELL', 0.3)).toBe(0.7);
    expect(confidence('STRONG_SELL', 0.26)).toBe(0.74);
    expect(confidence('HOLD', 0.6)).toBeUndefined();
    expect(confidence(undefined, 0.6)).toBeUndefined();
  });

  it('a STRONG class meets the weaker rule, and no other does', () => {
    const meeting = (asked: SignalClass) => signalClasses.filter(signal => meetsClass(signal, asked));
    expect(meeting('BUY')).toEqual(['STRONG_BUY', 'BUY']);
    expect(meeting('SELL')).toEqual(['SELL', 'STRONG_SELL']);
    expect(meeting('STRONG_BUY')).toEqual(['STRONG_BUY']);
    expect(meeting('HOLD')).toEqual(['HOLD']);
  });
});

describe('a change worth telling', () => {
  const changes = (before: SignalClass | undefined, now: SignalClass | undefined) =>
    isSignalChange({ signal: before }, { signal: now });

  it.each<[SignalClass, SignalClass, boolean]>([
    ['BUY', 'HOLD', true],
    ['HOLD', 'SELL', true],
    ['HOLD', 'STRONG_BUY', true],
    ['BUY', 'STRONG_BUY', false],
    ['STRONG_SELL', 'SELL', false],
    ['SELL', 'BUY', true],
    ['BUY', 'BUY', false],
    ['HOLD', 'HOLD', false],
  ])('%s to %s: %s', (before, now, expected) => {
    expect(changes(before, now)).toBe(expected);
  });

  it('is a first class, and never an abstention', () => {
    expect(isSignalChange(undefined, { signal: 'HOLD' })).toBe(true);
    expect(isSignalChange(undefined, { signal: undefined })).toBe(false);
    expect(changes(undefined, 'BUY')).toBe(false);
    expect(changes('BUY', undefined)).toBe(false);
    expect(changes(undefined, undefined)).toBe(false);
  });

  it('is the same there and back', () => {
    const either = fc.constantFrom(...signalClasses, undefined);
    fc.assert(fc.property(either, either, (a, b) => changes(a, b) === changes(b, a)));
  });
});
