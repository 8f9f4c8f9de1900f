import { expect, test } from 'vitest';
import { openTrader } from '../../support/cli.ts';
import { schedulersIn } from '../../support/schedulers.ts';

test('show, install, install again, remove', async () => {
  const trader = await openTrader();
  const { env } = schedulersIn(trader.dataDir, ['crontab', 'systemctl']);
  const said: string[] = [];
  for (const line of ['show', 'install', 'install', 'show --csv', 'install --systemd', 'remove', 'remove']) {
    const { out, err, code } = await trader.asxos(`schedule ${line}`, { env });
    said.push(`$ asxos schedule ${line}\n${out}${err}${code === 0 ? '' : `(exit ${code})\n`}`);
  }
  const text = said.join('\n').replaceAll(trader.dataDir, '/data').replaceAll(trader.server.url, 'http://eodhd');
  await expect(text).toMatchFileSnapshot('../transcripts/schedule.txt');
});

test('without cron and systemd: clear words and 69', async () => {
  const trader = await openTrader();
  const { env } = schedulersIn(trader.dataDir, []);
  expect((await trader.asxos('schedule show', { env })).code).toBe(0);
  expect(await trader.asxos('schedule install', { env })).toMatchObject({
    code: 69,
    out: '',
    err: expect.stringContaining('There is neither a crontab program on the PATH'),
  });
  expect((await trader.asxos('schedule install --cron', { env })).code).toBe(69);
  expect((await trader.asxos('schedule install --systemd', { env })).code).toBe(69);
  expect((await trader.asxos('schedule install --systemd --cron', { env })).code).toBe(64);
});

test('a crontab that refuses is 73, a damaged one 65', async () => {
  const trader = await openTrader();
  const { env, refuse, setCrontab } = schedulersIn(trader.dataDir, ['crontab']);
  refuse('write', 'no space left');
  expect(await trader.asxos('schedule install', { env })).toMatchObject({
    code: 73,
    err: expect.stringContaining('crontab refused the new text: no space left'),
  });
  setCrontab('# <<< asxos schedule <<<\n');
  expect((await trader.asxos('schedule install', { env })).code).toBe(65);
  expect((await trader.asxos('schedule remove', { env })).code).toBe(65);
  const shown = await trader.asxos('schedule show', { env });
  expect([shown.code, shown.err]).toEqual([0, expect.stringContaining('are damaged (line 1)')]);
});
