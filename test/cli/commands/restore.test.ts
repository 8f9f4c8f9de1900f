import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTrader, session } from '../../support/cli.ts';

test('a backup, a preview, a restore', async () => {
  const trader = await openTrader();
  const lines = [
    'restore',
    'backup DATA/copy.db',
    'add "buy 10 BHP @ 40 fee 9.95 on 2026-02-02"',
    'backup DATA/copy.db',
    'backup DATA/copy.db',
    'backup -',
    'backup DATA',
    'backup DATA/asxos.db --force',
    'watch add WES',
    'add "buy 5 CBA @ 100 on 2026-02-03"',
    'restore DATA/copy.db',
    'restore DATA/copy.db --yes',
    'entries list',
    'restore DATA/config.json',
  ].map(line => line.replace('DATA', trader.dataDir));
  const text = await session(trader, lines);
  await expect(text.replace(/\d+ kB/g, 'SIZE').replace(/schema \d+/g, 'schema N')).toMatchFileSnapshot(
    '../transcripts/restore.txt',
  );
  expect((await trader.asxos('restore')).out).toContain('asxos-before-restore-20260303T000000Z.db');
});

test('no key is in a backup, wherever the key is kept', async () => {
  const trader = await openTrader({ token: undefined });
  await trader.asxos('key set', { stdin: 'sesame-of-the-keychain' });
  await trader.asxos('add "buy 10 BHP @ 40 on 2026-02-02"');
  await trader.asxos('refresh', { env: { EODHD_API_TOKEN: 'sesame-of-the-environment' } });
  const copy = join(trader.dataDir, 'copy.db');
  expect((await trader.asxos(`backup ${copy}`)).code).toBe(0);
  expect(readFileSync(copy, 'latin1')).not.toContain('sesame');
});
