import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatRecoveryCode, newRecoverySecret, parseRecoveryCode } from '../../src/account/recovery-code.ts';

const secret = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
const code = formatRecoveryCode(secret);

test('a code is seven groups of four, and reads back', () => {
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(parseRecoveryCode(code)).toEqual(secret);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), bytes => {
      const any = Buffer.from(bytes);
      expect(parseRecoveryCode(formatRecoveryCode(any))).toEqual(any);
    }),
  );
  expect(newRecoverySecret()).not.toEqual(newRecoverySecret());
});

test('it is read as people type it', () => {
  const zeros = formatRecoveryCode(Buffer.alloc(16));
  expect(parseRecoveryCode(` ${zeros.toLowerCase().replace(/-/g, ' ').replace(/0/g, 'o')}\n`)).toEqual(
    Buffer.alloc(16),
  );
  const ones = Buffer.from('08421084210842108421084210842108', 'hex');
  expect(parseRecoveryCode(formatRecoveryCode(ones).replace(/1/g, 'l'))).toEqual(ones);
});

describe('is refused', () => {
  test.each([
    ['with a letter missing', code.slice(1), 'this one has 27'],
    ['with a letter that no code has', code.replace(/.$/, 'U'), 'has no "U" in it'],
    ['that is empty', '', 'this one has 0'],
    ['beyond 128 bits', code.replace(/^./, 'Z'), 'mistyped'],
  ])('a code %s', (_what, text, why) => {
    expect(() => parseRecoveryCode(text)).toThrow(why);
  });

  test('a slip of one letter, wherever it is', () => {
    for (let at = 0; at < code.length; at++) {
      if (code[at] === '-') continue;
      const slip = code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1);
      expect(() => parseRecoveryCode(slip)).toThrow('mistyped');
    }
  });
});
