import type { Big } from 'big.js';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseDecimal, Strict, settled, shortOf, shortPair, shortParts } from '../../src/domain/short-decimal.ts';

/** Texts around the edge between short and long: up to 18 digits, up to 17 decimals. */
const text = fc
  .tuple(
    fc.oneof(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.bigInt({ min: -99999n, max: 99999n })),
    fc.integer({ min: 0, max: 17 }),
  )
  .map(([count, places]) => new Strict(`${count}e-${places}`).toFixed());

const same = (ours: Big, bigs: Big): void => {
  const expected = bigs.toFixed() === '-0' ? '0' : bigs.toFixed();
  expect(ours.toFixed()).toBe(expected);
  expect(JSON.stringify(ours)).toBe(JSON.stringify(expected));
};

describe('does what big.js does', () => {
  test.each(['plus', 'minus', 'times'] as const)('%s', operation => {
    fc.assert(
      fc.property(text, text, (a, b) =>
        same(parseDecimal(a)[operation](parseDecimal(b)), new Strict(a)[operation](new Strict(b))),
      ),
    );
  });

  test('div', () => {
    fc.assert(
      fc.property(
        text,
        text.filter(each => each !== '0'),
        (a, b) => same(parseDecimal(a).div(parseDecimal(b)), new Strict(a).div(new Strict(b))),
      ),
    );
  });

  test.each(['cmp', 'eq', 'gt', 'gte', 'lt', 'lte'] as const)('%s', operation => {
    const pair = fc.oneof(
      fc.tuple(text, text),
      text.map(each => [each, each] as const),
    );
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(parseDecimal(a)[operation](parseDecimal(b))).toBe(new Strict(a)[operation](new Strict(b)));
        expect(parseDecimal(a)[operation](b)).toBe(new Strict(a)[operation](b));
      }),
    );
  });

  test('neg, abs, and the digits that big.js reads', () => {
    fc.assert(
      fc.property(text, each => {
        const [ours, bigs] = [parseDecimal(each), new Strict(each)];
        same(ours.neg(), bigs.neg());
        same(ours.abs(), bigs.abs());
        expect([ours.c, ours.e]).toEqual([bigs.c, bigs.e]);
        expect(ours.s).toBe(each === '0' ? 1 : bigs.s);
        same(new Strict(ours), bigs);
        expect(ours.toString()).toBe(bigs.toString());
      }),
    );
  });

  test('round, to any place and in any way', () => {
    const places = fc.integer({ min: -4, max: 12 });
    fc.assert(
      fc.property(text, places, fc.constantFrom(0, 1, 2, 3), (each, at, mode) =>
        same(parseDecimal(each).round(at, mode as 0), new Strict(each).round(at, mode as 0)),
      ),
    );
  });

  test('toFixed', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 18 }), (each, places) => {
        const negativeNothing = /^-0[.]?0*$/;
        const [ours, bigs] = [parseDecimal(each).toFixed(places), new Strict(each).toFixed(places)];
        expect(ours.replace(negativeNothing, '0')).toBe(bigs.replace(negativeNothing, '0'));
      }),
    );
  });
});

describe('equal numbers look alike', () => {
  it('however they were made', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const there = settled(parseDecimal(a).plus(parseDecimal(b)));
        const back = settled(there.minus(parseDecimal(b)));
        expect(back).toEqual(parseDecimal(a));
      }),
    );
  });

  it('has one nothing, without a sign', () => {
    for (const nothing of [parseDecimal('0'), parseDecimal('-0.00'), parseDecimal('1').minus('1'), shortOf(-0, 3)]) {
      expect(nothing).toBe(parseDecimal('0.0'));
      expect(Object.is(nothing && shortParts(nothing)?.count, 0)).toBe(true);
    }
  });

  it('is short up to 15 digits and 15 decimals', () => {
    expect(shortParts(parseDecimal('999999999999999'))).toMatchObject({ count: 999_999_999_999_999, places: 0 });
    expect(shortParts(parseDecimal('1000000000000000'))).toBeUndefined();
    expect(shortParts(parseDecimal('0.000000000000001'))).toMatchObject({ count: 1, places: 15 });
    expect(shortParts(parseDecimal('0.0000000000000001'))).toBeUndefined();
    expect(shortParts(parseDecimal('12.500'))).toMatchObject({ count: 125, places: 1 });
    expect(shortParts(parseDecimal('1e3'))).toMatchObject({ count: 1000, places: 0 });
  });
});

test('a pair has the quotient of its decimals', () => {
  expect(shortPair(parseDecimal('1.5'), parseDecimal('0.25'))).toEqual([150, 25]);
  expect(shortPair(parseDecimal('1.5'), parseDecimal('0.0000000000000001'))).toBeUndefined();
  expect(shortPair(parseDecimal('100000000000000'), parseDecimal('0.00001'))).toBeUndefined();
});

test.each(['', '-', '.', '1.2.3', ' 1', '1,000', '--1', 'abc', '1e', '0x10', '\u00b2'])('%j is refused', each => {
  expect(() => parseDecimal(each)).toThrow('Invalid');
  expect(() => parseDecimal('1').plus(each)).toThrow('Invalid');
});

test('a binary float is refused', () => {
  expect(() => parseDecimal(0.1 as unknown as string)).toThrow('Invalid');
  expect(() => parseDecimal('1').times(0.1)).toThrow('Invalid');
  expect(() => parseDecimal('1').cmp(1 as unknown as string)).toThrow('Invalid');
});
