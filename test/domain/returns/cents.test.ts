import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cost, money, type Price, plain, price, round, units } from '../../../src/domain/decimal.ts';
import { scaledUnits, toCents, toMoney, valueInCents } from '../../../src/domain/returns/cents.ts';

it('cents and dollars are each other', () => {
  expect(toCents(money('-1234.56'))).toBe(-123_456);
  expect(toCents(money('0.005'))).toBe(1);
  expect([123_456, -5, 0].map(cents => plain(toMoney(cents)))).toEqual(['1234.56', '-0.05', '0']);
});

it('units x price is rounded half up, as a holding’s value is, however many digits there are', () => {
  // 333 x 0.0150 = 4.995: a half cent goes up.
  expect(valueInCents(scaledUnits(units('333')), 150, 4)).toBe(500);
  const decimals = fc.tuple(fc.bigInt(0n, 10n ** 14n), fc.integer({ min: 0, max: 8 }));
  fc.assert(
    fc.property(
      decimals,
      fc.integer({ min: 0, max: 2_000_000_000 }),
      fc.constantFrom(4, 8),
      ([digits, places], at, unit) => {
        const held = units(plain(units(`${digits}e-${places}`)));
        const exact = round(cost(price(`${at}e-${unit}`) as Price, held), 2);
        fc.pre(exact.lt('90000000000000'));
        expect(valueInCents(scaledUnits(held), at, unit)).toBe(Number(plain(exact.times('100'))));
      },
    ),
    { numRuns: 500 },
  );
});

it('of prices in whole dollars, and of more decimals than the quick way has powers for', () => {
  expect(valueInCents(scaledUnits(units('3')), 5, 0)).toBe(1500);
  // Ten and eight decimals: 12,345.0000000001 x 1.00000000 is 12,345.00.
  expect(valueInCents(scaledUnits(units('12345.0000000001')), 100_000_000, 8)).toBe(1_234_500);
  expect(valueInCents(scaledUnits(units('0.0000000001')), 5_000_000_000, 8)).toBe(0);
  // So many digits are not exact as a float.
  expect(scaledUnits(units('1.5'))).toMatchObject({ digits: 15, places: 1 });
  expect(scaledUnits(units('12345678901234567.5')).digits).toBeNaN();
});
