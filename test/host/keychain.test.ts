import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { openKeychain } from '../../src/host/keychain.ts';

type Ring = Parameters<typeof openKeychain>[0] extends (() => Promise<infer K>) | undefined ? K : never;

/** A keyring in memory; what it forgets, refuses or leaves unanswered is up to the test. */
const ring = (change: Partial<Ring> = {}): { ring: Ring; kept: Map<string, string> } => {
  const kept = new Map<string, string>();
  return {
    kept,
    ring: {
      getPassword: async (service, account) => kept.get(`${service}/${account}`) ?? null,
      setPassword: async (service, account, secret) => void kept.set(`${service}/${account}`, secret),
      deletePassword: async (service, account) => kept.delete(`${service}/${account}`),
      ...change,
    },
  };
};

describe('the keychain', () => {
  test('stores, reads and removes under the service asxos, and leaves no probe behind', async () => {
    const { ring: memory, kept } = ring();
    const keychain = await openKeychain(async () => memory);
    if (!keychain.available) throw new Error(keychain.reason);
    expect(kept.size).toBe(0);
    expect(await keychain.get('eodhd')).toBeUndefined();
    await keychain.set('eodhd', 'secret');
    expect([...kept]).toEqual([['asxos/eodhd', 'secret']]);
    expect(await keychain.get('eodhd')).toBe('secret');
    expect(await keychain.remove('eodhd')).toBe(true);
    expect(await keychain.remove('eodhd')).toBe(false);
  });

  test('that is not installed says so', async () => {
    const keychain = await openKeychain(async () => {
      throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    });
    expect(keychain).toEqual({ available: false, reason: 'its optional part (keytar) is not installed' });
  });

  test('that is locked, and so finds nothing, is not taken for empty', async () => {
    const { ring: locked } = ring({ getPassword: async () => null });
    const keychain = await openKeychain(async () => locked);
    expect(keychain).toEqual({ available: false, reason: expect.stringContaining('may be locked') });
  });

  test('that throws, as without D-Bus, says why', async () => {
    const { ring: broken } = ring({
      setPassword: async () => {
        throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY');
      },
    });
    const keychain = await openKeychain(async () => broken);
    expect(keychain).toEqual({ available: false, reason: expect.stringContaining('Cannot autolaunch D-Bus') });
  });

  test('that never answers is given up', async () => {
    const { ring: silent } = ring({ getPassword: () => new Promise(() => undefined) });
    const keychain = await openKeychain(async () => silent, 50);
    expect(keychain).toEqual({ available: false, reason: expect.stringContaining('did not answer') });
  });

  test('that is locked later refuses in words, and does not show the key', async () => {
    let locked = false;
    const { ring: memory } = ring();
    const keychain = await openKeychain(async () => ({
      ...memory,
      setPassword: async (service, account, secret) => {
        if (locked) throw new Error('The collection is locked');
        await memory.setPassword(service, account, secret);
      },
    }));
    if (!keychain.available) throw new Error(keychain.reason);
    locked = true;
    const refused = keychain.set('eodhd', 'sesame-123');
    await expect(refused).rejects.toMatchObject({
      code: 'unauthorised',
      message: expect.not.stringContaining('sesame'),
    });
    await expect(refused).rejects.toThrow('The collection is locked');
  });
});

const missing = ['dbus-run-session', 'gnome-keyring-daemon'].filter(
  tool => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status !== 0,
);
try {
  await import('keytar');
} catch {
  missing.push('keytar');
}

describe('the real keychain', () => {
  const name = 'of a session with gnome-keyring stores, reads and removes';
  test.skipIf(missing.length > 0)(missing.length > 0 ? `${name} (not here: ${missing.join(', ')})` : name, () => {
    const module = new URL('../../src/host/keychain.ts', import.meta.url).href;
    const script = `
      const { openKeychain } = await import(${JSON.stringify(module)});
      const keychain = await openKeychain();
      if (!keychain.available) throw new Error(keychain.reason);
      await keychain.set('test', 'sesame');
      const read = await keychain.get('test');
      const removed = await keychain.remove('test');
      console.log(read, removed, await keychain.get('test'));`;
    const unlock = 'printf "\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" "$@"';
    const run = spawnSync(
      'dbus-run-session',
      ['--', 'bash', '-c', unlock, process.execPath, '--input-type=module', '-e', script],
      { encoding: 'utf8' },
    );
    expect(`${run.stdout}${run.status === 0 ? '' : run.stderr}`).toContain('sesame true undefined');
  });
});
