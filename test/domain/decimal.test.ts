import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  absolute,
  add,
  allocate,
  compare,
  cost,
  decimal,
  isNegative,
  isPositive,
  isZero,
  larger,
  type Money,
  money,
  negate,
  noMoney,
  perUnit,
  plain,
  price,
  ratio,
  readDecimal,
  round,
  roundCents,
  scale,
  smaller,
  subtract,
  sum,
  toFloat,
  units,
  wholeUnitsUp,
  withCommas,
} from '../../src/domain/decimal.ts';

const cents = (total: number): Money => money((total / 100).toFixed(2));
const anyAmount = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 8 }))
  .map(([digits, places]) => decimal(`${digits}e-${places}`));

describe('exactness', () => {
  it('refuses a binary float', () => {
    expect(() => decimal(0.1 as unknown as string)).toThrow();
    expect(() => money('0.1').plus(0.2 as unknown as string)).toThrow();
  });

  it('adds tenths without a rest', () => {
    expect(plain(add(money('0.1'), money('0.2')))).toBe('0.3');
    expect(plain(subtract(money('0.3'), money('0.1')))).toBe('0.2');
    expect(plain(sum([money('1.10'), money('2.20'), money('-3.30')], noMoney))).toBe('0');
    expect(plain(cost(price('33.333'), units('3')))).toBe('99.999');
    expect(plain(perUnit(money('10'), units('3')))).toBe('3.33333333333333333333');
    expect(plain(scale(money('100'), decimal('1.131')))).toBe('113.1');
  });
});

describe('rounding', () => {
  it.each([
    ['0.005', '0.01'],
    ['0.0049', '0'],
    ['-0.005', '-0.01'],
    ['-0.0049', '0'],
    ['2.675', '2.68'],
    ['1.005', '1.01'],
    ['148.139999', '148.14'],
  ])('%s is %s in cents, half up and away from zero', (exact, rounded) => {
    expect(plain(roundCents(money(exact)))).toBe(rounded);
  });

  it('keeps the places asked for', () => {
    expect(plain(round(decimal('1.1314085'), 3))).toBe('1.131');
    expect(plain(round(decimal('1.1315'), 3))).toBe('1.132');
  });

  it('rounds a reconstruction up to whole units', () => {
    expect(plain(wholeUnitsUp(units('123.4')))).toBe('124');
    expect(plain(wholeUnitsUp(units('123')))).toBe('123');
    expect(plain(wholeUnitsUp(units('0.0001')))).toBe('1');
  });
});

describe('plain text', () => {
  it.each([
    ['0.00000001', '0.00000001'],
    ['1e-9', '0.000000001'],
    ['1e21', '1000000000000000000000'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['10.50', '10.5'],
  ])('of %s is %s', (value, text) => {
    expect(plain(decimal(value))).toBe(text);
  });

  it('has no exponent and reads back as the same amount, for any amount', () => {
    fc.assert(
      fc.property(anyAmount, amount => {
        const text = plain(amount);
        expect(text).toMatch(/^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?))$/);
        expect(compare(decimal(text), amount)).toBe(0);
      }),
      { seed: 41, numRuns: 1000 },
    );
  });
});

describe('signs and order', () => {
  it('tell negative, zero and positive apart', () => {
    expect(
      [isNegative, isZero, isPositive].map(is => ['-0.01', '0', '-0', '0.01'].map(text => is(money(text)))),
    ).toEqual([
      [true, false, false, false],
      [false, true, true, false],
      [false, false, false, true],
    ]);
    expect([plain(absolute(money('-2'))), plain(negate(money('2')))]).toEqual(['2', '-2']);
    expect([plain(smaller(money('1'), money('2'))), plain(larger(money('1'), money('2')))]).toEqual(['1', '2']);
    expect([
      compare(money('1'), money('2')),
      compare(money('2.0'), money('2')),
      compare(money('3'), money('2')),
    ]).toEqual([-1, 0, 1]);
  });
});

describe('ratios', () => {
  it('are undefined, never zero, where a side is unknown or the denominator is zero', () => {
    expect(ratio(money('1'), money('4'))).toBe(0.25);
    expect(ratio(money('0'), money('4'))).toBe(0);
    expect(ratio(money('1'), noMoney)).toBeUndefined();
    expect(ratio(undefined, money('4'))).toBeUndefined();
    expect(ratio(money('1'), undefined)).toBeUndefined();
    expect(toFloat(money('-1.25'))).toBe(-1.25);
  });
});

describe('allocate', () => {
  const texts = (parts: Money[]): string[] => parts.map(plain);

  it('gives the older part the odd cent, the largest rest first', () => {
    expect(texts(allocate(money('10'), [units('1'), units('1'), units('1')]))).toEqual(['3.34', '3.33', '3.33']);
    expect(texts(allocate(money('0.05'), [units('1'), units('2')]))).toEqual(['0.02', '0.03']);
    expect(texts(allocate(money('100'), [units('1'), units('0'), units('2')]))).toEqual(['33.33', '0', '66.67']);
    expect(texts(allocate(money('-10'), [units('1'), units('1'), units('1')]))).toEqual(['-3.34', '-3.33', '-3.33']);
  });

  it('splits 10.00 over three units sold one by one into 3.33, 3.34, 3.33', () => {
    const sold: string[] = [];
    let left = money('10');
    for (let held = 3; held > 0; held -= 1) {
      const [part, rest] = allocate(left, [units('1'), units(String(held - 1))]);
      sold.push(plain(part ?? noMoney));
      left = rest ?? noMoney;
    }
    expect(sold).toEqual(['3.33', '3.34', '3.33']);
    expect(plain(left)).toBe('0');
  });

  it('gives everything to the first part when all weights are zero, and nothing to nobody', () => {
    expect(texts(allocate(money('5'), [units('0'), units('0')]))).toEqual(['5', '0']);
    expect(allocate(money('5'), [])).toEqual([]);
  });

  it('keeps the places of a total that has more than asked for', () => {
    expect(texts(allocate(money('0.001'), [units('1'), units('1')]))).toEqual(['0.001', '0']);
  });

  it('sums to the total, each part within one cent of its exact share, for any weights', () => {
    const weights = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom(1, 100, 10_000)).map(([n, d]) =>
        units(
          decimal(String(n))
            .div(decimal(String(d)))
            .toFixed(),
        ),
      ),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), weights, (total, shares) => {
        const parts = allocate(cents(total), shares);
        expect(parts).toHaveLength(shares.length);
        expect(plain(sum(parts, noMoney))).toBe(plain(cents(total)));
        const all = shares.reduce((a, b) => add(a, b));
        if (isZero(all)) return;
        for (const [index, part] of parts.entries()) {
          const exact = cents(total)
            .times(shares[index] ?? units('0'))
            .div(all);
          expect(toFloat(part.minus(exact).abs())).toBeLessThan(0.01);
        }
      }),
      { seed: 42, numRuns: 1000 },
    );
  });

  it('hands the odd cents to the largest rests, so no part below another in rest is favoured', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 8 }),
        (total, weights) => {
          const parts = allocate(
            cents(total),
            weights.map(weight => units(String(weight))),
          );
          const all = weights.reduce((a, b) => a + b, 0);
          const rests = weights.map((weight, index) => ({
            rest: (total * weight) % all,
            raised: Math.round(toFloat(parts[index] ?? noMoney) * 100) > Math.floor((total * weight) / all),
          }));
          const raised = rests.filter(part => part.raised).map(part => part.rest);
          const floored = rests.filter(part => !part.raised).map(part => part.rest);
          expect(Math.min(...raised, all)).toBeGreaterThanOrEqual(Math.max(...floored, 0));
        },
      ),
      { seed: 43, numRuns: 1000 },
    );
  });
});

describe('reading', () => {
  it.each([
    ['1,234.50', '1234.5'],
    ['$43.21', '43.21'],
    ['-$43.21', '-43.21'],
    ['-0.5', '-0.5'],
    ['\u2212183.5', '-183.5'],
    ['+7', '7'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    [' 12 ', '12'],
    ['1,234,567', '1234567'],
    ['-0.00', '0'],
    ['007', '7'],
  ])('"%s" is %s', (text, value) => {
    const found = readDecimal(text);
    expect(found && plain(found)).toBe(value);
  });

  it.each([
    '',
    ' ',
    '-',
    '$',
    '.',
    '1.',
    '1e5',
    '1.2.3',
    '12,34',
    '1,23',
    ',123',
    '--1',
    '(5)',
    '1 000',
    'NA',
    'Infinity',
    '0x10',
    '١',
  ])('"%s" is none', text => {
    expect(readDecimal(text)).toBeUndefined();
  });

  it('refuses more than 40 characters', () => {
    expect(readDecimal('1'.repeat(40))).toBeDefined();
    expect(readDecimal('1'.repeat(41))).toBeUndefined();
  });

  it('reads back what it writes, for any amount', () => {
    fc.assert(
      fc.property(anyAmount, amount => {
        const found = readDecimal(plain(amount));
        expect(found && compare(found, amount)).toBe(0);
      }),
      { seed: 44 },
    );
  });
});

test.each([
  ['1234567.5', '1,234,567.5'],
  ['-1234', '-1,234'],
  ['999', '999'],
  ['0.12345', '0.12345'],
])('%s with commas is %s', (text, wanted) => expect(withCommas(decimal(text))).toBe(wanted));
