import BigJs from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exact, up } from '../../src/domain/exact.ts';

/** An independent decimal library, set to the same places and rounding. */
const Big = BigJs();
Big.DP = 20;
Big.RM = 1;
Big.PE = 200;
Big.NE = -200;

const number = Exact.parse;

/** Texts of numbers, many of them near the largest safe integer and at different places. */
const texts = fc.oneof(
  fc
    .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 22 }))
    .map(([whole, places]) => new Big(`${whole}e-${places}`).toFixed()),
  fc
    .tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 4 }))
    .map(([whole, places]) => new Big(`${whole}e-${places}`).toFixed()),
  fc.constantFrom('0', '9007199254740991', '-9007199254740992', '9007199254740993', '0.1', '-0.5', '1e3', '25e-1'),
);
const run = { seed: 20261122, numRuns: 5000 };
/** What the other library says, with its negative zero as zero. */
const said = (value: InstanceType<typeof Big>): string => value.toFixed().replace(/^-0$/, '0');

describe('an exact number agrees with another library', () => {
  it('in sums, differences, products and their order', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const [x, y] = [new Big(a), new Big(b)];
        expect(number(a).toFixed()).toBe(said(x));
        expect(number(a).plus(number(b)).toFixed()).toBe(said(x.plus(y)));
        expect(number(a).minus(b).toFixed()).toBe(said(x.minus(y)));
        expect(number(a).times(number(b)).toFixed()).toBe(said(x.times(y)));
        expect(number(a).cmp(number(b))).toBe(x.cmp(y));
        expect(number(a).neg().abs().toFixed()).toBe(said(x.abs()));
      }),
      run,
    );
  });

  it('in quotients of twenty places', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        if (new Big(b).eq(0)) expect(() => number(a).div(number(b))).toThrow('Division by zero');
        else expect(number(a).div(number(b)).toFixed()).toBe(said(new Big(a).div(b)));
      }),
      run,
    );
  });

  it('in rounding and in text of so many places', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 12 }), (a, places) => {
        expect(number(a).round(places).toFixed()).toBe(said(new Big(a).round(places, 1)));
        expect(number(a).round(places, up).toFixed()).toBe(said(new Big(a).round(places, 3)));
        expect(number(a).toFixed(places)).toBe(
          new Big(a)
            .round(places, 1)
            .toFixed(places)
            .replace(/^-(?=[0.]*$)/, ''),
        );
      }),
      run,
    );
  });
});

describe('an exact number', () => {
  it('has one form for each value', () => {
    for (const same of ['12.5', '12.50', '125e-1', '0.125e2', '12.500000000000000000000'])
      expect(number(same)).toEqual(number('12.5'));
    expect(number('0.1').minus('0.1')).toEqual(number('0'));
    expect(number('-0.00')).toEqual(number('0'));
    expect(Object.is(number('0').neg().whole, 0)).toBe(true);
    expect(number('90071992547409930').div('10')).toEqual(number('9007199254740993'));
    expect(number('9007199254740993').minus('2').whole).toBe(9007199254740991);
  });

  it('is its text in JSON, and never a float', () => {
    expect(JSON.stringify({ value: number('0.30') })).toBe('{"value":"0.3"}');
    expect(`${number('-1e21')}`).toBe('-1000000000000000000000');
    expect(() => Number(number('1'))).toThrow('binary float');
    for (const wrong of [0.1, 1n, undefined, null])
      expect(() => number('1').plus(wrong as unknown as string)).toThrow('neither a decimal nor the text of one');
  });

  it.each(['', ' 1', '1,000', '.5', '1.', '0x10', 'NaN', 'Infinity', '--1', '1e', '1e1000', '1.2.3'])(
    'is not read from "%s"',
    text => {
      expect(() => number(text)).toThrow('is no decimal');
    },
  );
});
