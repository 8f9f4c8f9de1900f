import { expect, test } from 'vitest';
import {
  keyIdOf,
  parsePassphrase,
  scryptCost,
  unwrap,
  wrapByPassphrase,
  wrapByRecovery,
} from '../../src/account/key-wrap.ts';
import { syncRow } from '../../src/account/messages.ts';
import { newRecoverySecret } from '../../src/account/recovery-code.ts';
import { newDataKey, sealKeys } from '../../src/account/seal.ts';

const clock = '019cabfb2000-0000-aaaaaaaaaaaa';
const later = '019cabfb2001-0000-aaaaaaaaaaaa';
const dataKey = newDataKey();
const few = 2 ** 10;

test('a passphrase opens what it wrapped, and no other does', async () => {
  const row = await wrapByPassphrase(dataKey, 'correct horse battery', clock, few);
  expect(syncRow.parse(row)).toEqual(row);
  expect(keyIdOf(row)).toBe(sealKeys(dataKey).keyId);
  expect(await unwrap(row, 'correct horse battery')).toEqual(dataKey);
  expect(await unwrap(row, 'correct horse batterz')).toBeUndefined();
});

test('the cost is that of the specification: 2^17', async () => {
  expect(scryptCost).toBe(131_072);
  const row = await wrapByPassphrase(dataKey, 'correct horse battery', clock);
  expect(JSON.parse(Buffer.from(row.blob ?? '', 'base64').toString())).toMatchObject({
    derivation: { kdf: 'scrypt', cost: 131_072, blockSize: 8, parallel: 1 },
  });
});

test('the recovery code opens what it wrapped', async () => {
  const secret = newRecoverySecret();
  const row = await wrapByRecovery(dataKey, secret, clock);
  expect(await unwrap(row, secret)).toEqual(dataKey);
  expect(await unwrap(row, newRecoverySecret())).toBeUndefined();
});

test('an earlier wrap that is put at a later clock does not open', async () => {
  const row = await wrapByPassphrase(dataKey, 'correct horse battery', clock, few);
  expect(await unwrap({ ...row, clock: later }, 'correct horse battery')).toBeUndefined();
});

test('nothing that was changed opens: neither parameters nor salt nor the name of the key', async () => {
  const row = await wrapByPassphrase(dataKey, 'correct horse battery', clock, few);
  const found = JSON.parse(Buffer.from(row.blob ?? '', 'base64').toString());
  for (const change of [
    { derivation: { ...found.derivation, cost: few / 2 } },
    { salt: Buffer.alloc(16).toString('base64') },
    { keyId: '0'.repeat(16) },
  ]) {
    const blob = Buffer.from(JSON.stringify({ ...found, ...change })).toString('base64');
    expect(await unwrap({ ...row, blob }, 'correct horse battery')).toBeUndefined();
  }
});

test('a wrap that makes no sense, or asks for too much work, is refused', async () => {
  const row = await wrapByPassphrase(dataKey, 'correct horse battery', clock, few);
  const found = JSON.parse(Buffer.from(row.blob ?? '', 'base64').toString());
  const asked = { ...found, derivation: { ...found.derivation, cost: 2 ** 30 } };
  for (const text of ['', '[]', '{}', JSON.stringify(asked)]) {
    const blob = Buffer.from(text).toString('base64');
    expect(keyIdOf({ ...row, blob })).toBeUndefined();
    await expect(unwrap({ ...row, blob }, 'correct horse battery')).rejects.toThrow('makes no sense');
  }
});

test('a passphrase is one however its letters were typed, and has ten of them', () => {
  expect(parsePassphrase('cafe\u0301 au lait\n')).toBe('caf\u00e9 au lait');
  expect(() => parsePassphrase('too short')).toThrow('at least 10 characters');
});
