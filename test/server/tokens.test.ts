import { CompactSign, SignJWT } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Claims, openTokens, type Tokens } from '../../src/server/tokens.ts';
import { secret } from '../support/account-server.ts';

const claims: Claims = { userId: 7, sessionId: 'session', version: 2, id: 'token' };
const now = Date.UTC(2026, 2, 3);
let tokens: Tokens;
beforeEach(async () => {
  tokens = await openTokens(secret, () => now);
});

const key = (text = secret): Uint8Array => new TextEncoder().encode(text);
const written = { iss: 'asxos', sub: '7', sid: 'session', sv: 2, jti: 'token', exp: now / 1000 + 60 };
const signed = (payload: object, header: { alg: string; typ?: string }, by = secret): Promise<string> =>
  new SignJWT({ ...payload }).setProtectedHeader(header).sign(key(by));

test('a token says what was signed, until it expires', async () => {
  const token = await tokens.sign('access', claims, now + 60_000);
  expect(await tokens.read('access', token)).toEqual(claims);
  const later = await openTokens(secret, () => now + 60_000);
  expect(await later.read('access', token)).toBe('expired');
});

test('one kind is not taken for the other', async () => {
  expect(await tokens.read('access', await tokens.sign('refresh', claims, now + 60_000))).toBe('invalid');
  expect(await tokens.read('refresh', await tokens.sign('access', claims, now + 60_000))).toBe('invalid');
});

describe('refused', () => {
  const usual = { alg: 'HS256', typ: 'at+jwt' };

  test('the token that the others differ from is good', async () => {
    expect(await tokens.read('access', await signed(written, usual))).toEqual(claims);
  });

  test('no signature at all', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const alg of ['none', 'None', 'HS256']) {
      expect(await tokens.read('access', `${part({ ...usual, alg })}.${part(written)}.`)).toBe('invalid');
    }
  });

  test('another algorithm, though with our key', async () => {
    const long = secret.repeat(2);
    const other = await openTokens(long, () => now);
    expect(await other.read('access', await signed(written, { ...usual, alg: 'HS512' }, long))).toBe('invalid');
    expect(await other.read('access', await signed(written, usual, long))).toEqual(claims);
  });

  test('another key', async () => {
    expect(await tokens.read('access', await signed(written, usual, `${secret}x`))).toBe('invalid');
  });

  test.each([
    ['another issuer', { ...written, iss: 'other' }],
    ['no issuer', { ...written, iss: undefined }],
    ['no end', { ...written, exp: undefined }],
    ['a user that is none', { ...written, sub: '1 or 1=1' }],
    ['no session', { ...written, sid: undefined }],
    ['a version that is none', { ...written, sv: '2' }],
    ['no id', { ...written, jti: undefined }],
  ])('%s', async (_what, payload) => {
    expect(await tokens.read('access', await signed(JSON.parse(JSON.stringify(payload)), usual))).toBe('invalid');
  });

  test('what is no JSON inside', async () => {
    const token = await new CompactSign(key('not json')).setProtectedHeader(usual).sign(key());
    expect(await tokens.read('access', token)).toBe('invalid');
  });

  test.each(['', 'x', 'a.b.c', '..', 'a.b.c.d.e'])('%j', async token => {
    expect(await tokens.read('access', token)).toBe('invalid');
  });

  test('any change of one character', async () => {
    const token = await tokens.sign('access', claims, now + 60_000);
    for (let place = 0; place < token.length - 1; place += 7) {
      const other = token[place] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, place) + other + token.slice(place + 1);
      expect(await tokens.read('access', changed)).toBe('invalid');
    }
  });
});
