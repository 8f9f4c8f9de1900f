import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keyStatus, removeKey, setKey } from '../../src/usecases/manage-key.ts';
import { openTestApp } from '../support/app.ts';
import { failureOf } from '../support/eodhd-client.ts';

const user = {
  path: 'user',
  body: JSON.stringify({ apiRequests: 0, apiRequestsDate: '2026-03-02', dailyRateLimit: 100 }),
};

describe('the EODHD key', () => {
  it('is stored in the keychain once EODHD has accepted it, found there, and removed', async () => {
    const { app, server } = await openTestApp({ token: undefined, faults: [user] });
    expect(await keyStatus(app)).toMatchObject({ source: undefined, keychain: { available: true } });
    expect(await setKey(app, ' fresh-key \n', 'keychain')).toEqual({
      where: 'keychain',
      accepted: true,
      reason: undefined,
    });
    expect(server.requests.map(request => request.query.api_token)).toEqual(['fresh-key']);
    expect((await keyStatus(app)).source).toBe('keychain');
    expect([await removeKey(app), (await keyStatus(app)).source]).toEqual([['keychain'], undefined]);
  });

  it('in a file is for its owner alone', async () => {
    const { app } = await openTestApp({ token: undefined, faults: [user] });
    await setKey(app, 'fresh-key', 'file');
    const { file, source } = await keyStatus(app);
    expect([source, readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['file', 'fresh-key\n', 0o600]);
  });

  it('that is refused is not stored, and the message does not show it', async () => {
    const { app } = await openTestApp({ token: undefined });
    const failure = await failureOf(setKey(app, 'refused-key-0815', 'keychain'));
    expect([failure.code, JSON.stringify([failure.message, failure.hint])]).toEqual([
      'unauthorised',
      expect.not.stringContaining('0815'),
    ]);
    expect((await keyStatus(app)).source).toBeUndefined();
  });

  it('that could not be asked for is stored, with the reason', async () => {
    const { app } = await openTestApp({ token: undefined, faults: [{ status: 404, body: 'gone' }] });
    const stored = await setKey(app, 'fresh-key', 'keychain');
    expect([stored.accepted, stored.reason]).toEqual([undefined, expect.stringContaining('EODHD')]);
    expect((await keyStatus(app)).source).toBe('keychain');
  });
});
