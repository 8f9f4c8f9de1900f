import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalText } from '../../src/db/columns.ts';
import { decimal, plain } from '../../src/domain/decimal.ts';

test.each([
  ['43.21', '43.21'],
  ['100', '100'],
  ['1200.50', '1200.5'],
  ['0.005', '0.005'],
  ['-0.5', '-0.5'],
  ['-1978.00', '-1978'],
  ['-0', '0'],
  ['1e21', '1000000000000000000000'],
  ['1e-9', '0.000000001'],
  ['123456789012345678.123', '123456789012345678.123'],
])('the text of %s is %s', (from, to) => {
  expect(decimalText(decimal(from))).toBe(to);
});

test('the text is the plain text of the decimal, whatever its size', () => {
  const digits = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
  fc.assert(
    fc.property(digits, fc.integer({ min: -20, max: 20 }), (value, exponent) => {
      const number = decimal(`${value}e${exponent}`);
      expect(decimalText(number)).toBe(plain(number));
    }),
    { seed: 7, numRuns: 2000 },
  );
});
