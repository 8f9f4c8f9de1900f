import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApiOptions } from '../../../src/cli/program.ts';
import { openTrader } from '../../support/cli.ts';

describe('asxos api', () => {
  it('makes a key that is shown once, replaces it, and takes it away', async () => {
    const { asxos, dataDir } = await openTrader();
    const first = await asxos('api key');
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out.replace(/asxos_[\w-]{43}/, 'KEY')).toMatchInlineSnapshot(`
      "KEY

      This is the key of the API, shown this once: only its digest is kept. Send it as the header X-API-Key.
      "
    `);
    const kept = () => readFileSync(join(dataDir, 'api-key'), 'utf8');
    const before = kept();
    expect(before).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    const { data } = JSON.parse((await asxos('api key --json')).out);
    expect(data).toEqual({ key: expect.stringMatching(/^asxos_/), replaced: true, file: join(dataDir, 'api-key') });
    expect(kept()).not.toBe(before);
    expect((await asxos('api key --quiet')).out).toMatch(/^asxos_[\w-]{43}\n$/);
    expect((await asxos('api key')).out).toContain('The key before it opens nothing any more.');
    expect((await asxos('api key --remove')).out).toBe('Removed the key of the API: nothing opens it any more.\n');
    expect((await asxos('api key --remove')).out).toBe('There was no key of the API.\n');
    expect(kept).toThrow('ENOENT');
  });

  it('hands its options on, and says where it listens', async () => {
    const { asxos } = await openTrader();
    const asked: Partial<ApiOptions>[] = [];
    const openApi = async (_app: unknown, { onReady, ...options }: ApiOptions): Promise<number> => {
      asked.push(options);
      await onReady({ url: 'http://127.0.0.1:8787', portfolio: 'Main' });
      return 0;
    };
    expect(await asxos('api', { openApi })).toEqual({
      code: 0,
      err: '',
      out: [
        'Main and all that is stored at http://127.0.0.1:8787, for who sends the key as X-API-Key. Ctrl-C ends it.',
        'The endpoints are described at http://127.0.0.1:8787/openapi.json.',
        '',
      ].join('\n'),
    });
    await asxos('api --port 0 --host 0.0.0.0 --allow-remote --portfolio all --quiet', { openApi });
    expect(asked).toEqual([
      { port: 8787, host: '127.0.0.1', allowRemote: false, portfolio: undefined, quiet: false },
      { port: 0, host: '0.0.0.0', allowRemote: true, portfolio: 'all', quiet: true },
    ]);
  });

  it('refuses a port that is none', async () => {
    const { asxos } = await openTrader();
    const { code, err } = await asxos('api --port 70000');
    expect([code, err]).toEqual([64, 'asxos: --port is "70000", which is not a whole number from 0 to 65535\n']);
  });
});
