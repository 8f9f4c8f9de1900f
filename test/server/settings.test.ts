import { describe, expect, test } from 'vitest';
import { readServerSettings } from '../../src/server/settings.ts';

const secret = 'x'.repeat(32);

test('without more than a secret, the settings are those of the documentation', () => {
  expect(readServerSettings({ JWT_SECRET_KEY: secret, DATABASE_URL: '' })).toEqual({
    secret,
    databaseUrl: undefined,
    accessTtl: 3_600_000,
    refreshTtl: 2_592_000_000,
    limits: { perAccount: 10, perAddress: 50, window: 900_000, registrations: 20 },
    proxies: 0,
  });
});

test.each([
  ['90', 90_000],
  ['90s', 90_000],
  ['15m', 900_000],
  ['1h', 3_600_000],
  ['30d', 2_592_000_000],
])('%s is a length of time', (text, milliseconds) => {
  expect(readServerSettings({ JWT_SECRET_KEY: secret, ACCESS_TOKEN_TTL: text }).accessTtl).toBe(milliseconds);
});

describe('refused', () => {
  test.each<[Record<string, string>, RegExp]>([
    [{ JWT_SECRET_KEY: '' }, /JWT_SECRET_KEY is not set; it needs 32 bytes or more/],
    [{ JWT_SECRET_KEY: 'x'.repeat(31) }, /JWT_SECRET_KEY has 31 bytes/],
    [{ ACCESS_TOKEN_TTL: 'soon' }, /ACCESS_TOKEN_TTL is "soon"/],
    [{ REFRESH_TOKEN_TTL: '0' }, /REFRESH_TOKEN_TTL is "0"/],
    [{ REFRESH_TOKEN_TTL: '9999d' }, /REFRESH_TOKEN_TTL is "9999d"/],
    [{ LOGIN_LIMIT_ACCOUNT: '0' }, /LOGIN_LIMIT_ACCOUNT is "0"/],
    [{ LOGIN_LIMIT_ADDRESS: '1.5' }, /LOGIN_LIMIT_ADDRESS is "1.5"/],
    [{ TRUSTED_PROXIES: '-1' }, /TRUSTED_PROXIES is "-1"/],
    [{ DATABASE_URL: 'mysql://me:hunter2@host/x' }, /DATABASE_URL is not the address of a PostgreSQL database$/],
  ])('%j', (env, message) => {
    expect(() => readServerSettings({ JWT_SECRET_KEY: secret, ...env })).toThrow(message);
  });

  test('bytes count, not characters, and the secret is not repeated', () => {
    expect(readServerSettings({ JWT_SECRET_KEY: 'é'.repeat(16) }).secret).toHaveLength(16);
    expect(() => readServerSettings({ JWT_SECRET_KEY: 'hunter2' })).not.toThrow(/hunter2/);
  });
});
