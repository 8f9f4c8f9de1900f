/**
 * The recovery code: 128 random bits that a person prints and one day types again.
 *
 * Model: Crockford's base 32, 26 digits and two that check them, in groups of four. It is read whatever its case, spaces
 * and hyphens, with O for 0 and I or L for 1.
 *
 * Troubles a user sees, all as `Failure`: a code that is too short or too long, a letter that no code has, a slip of the
 * fingers (the check digits are wrong).
 */
import { createHash, randomBytes } from 'node:crypto';
import { Failure } from '../failure.ts';

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const secretLength = 16;
const secretDigits = 26;
const checkDigits = 2;

export const newRecoverySecret = (): Buffer => randomBytes(secretLength);

const digitsOf = (value: bigint, count: number): string =>
  Array.from({ length: count }, (_, place) => digits[Number((value >> BigInt(5 * (count - 1 - place))) & 31n)]).join(
    '',
  );

const check = (secret: Buffer): string =>
  digitsOf(
    BigInt(createHash('sha256').update('asxos recovery').update(secret).digest().readUInt16BE() >> 6),
    checkDigits,
  );

export function formatRecoveryCode(secret: Buffer): string {
  const text = digitsOf(BigInt(`0x${secret.toString('hex')}`), secretDigits) + check(secret);
  return text.replace(/.{4}(?=.)/g, '$&-');
}

const whereItIs = 'It was printed when sync was first set up, as seven groups of four letters and digits.';

/** Never shows the code. */
export function parseRecoveryCode(text: string): Buffer {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const wrong = [...plain].find(letter => !digits.includes(letter));
  if (wrong !== undefined) {
    throw new Failure('invalid-input', `A recovery code has no "${wrong}" in it`, { hint: whereItIs });
  }
  if (plain.length !== secretDigits + checkDigits) {
    const has = `this one has ${plain.length}`;
    throw new Failure('invalid-input', `A recovery code has 28 letters and digits, and ${has}`, { hint: whereItIs });
  }
  let value = 0n;
  for (const letter of plain.slice(0, secretDigits)) value = (value << 5n) | BigInt(digits.indexOf(letter));
  // 26 digits hold 130 bits: the first two are none of the secret's.
  const secret =
    value >> 128n === 0n ? Buffer.from(value.toString(16).padStart(secretLength * 2, '0'), 'hex') : undefined;
  if (secret === undefined || check(secret) !== plain.slice(secretDigits)) {
    throw new Failure('invalid-input', 'The recovery code is mistyped: its check digits do not fit', {
      hint: whereItIs,
    });
  }
  return secret;
}
