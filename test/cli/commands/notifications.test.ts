import { describe, expect, it } from 'vitest';
import { schemaOf } from '../../../src/cli/schemas.ts';
import { openTrader } from '../../support/cli.ts';

describe('the inbox of the demo', () => {
  it('is listed, read and deleted', async () => {
    const { asxos } = await openTrader();
    const list = async (more = '') => {
      const answer = JSON.parse((await asxos(`--demo notifications list --json ${more}`)).out);
      expect(schemaOf('notifications/1').safeParse(answer).error).toBeUndefined();
      return answer.data;
    };
    const all = await list();
    expect(new Set(all.notifications.map((each: { type: string }) => each.type)).size).toBe(5);
    expect(new Set(all.notifications.map((each: { priority: string }) => each.priority)).size).toBe(4);
    expect(all.unreadCount).toBe(all.totalCount);
    const [first] = all.notifications;
    expect((await asxos(`--demo notifications read ${first.id}`)).out).toBe('1 notification marked as read.\n');
    expect((await list('--unread')).totalCount).toBe(all.totalCount - 1);
    expect((await asxos(`--demo notifications delete ${first.id}`)).out).toBe('1 notification deleted.\n');
    expect((await list()).totalCount).toBe(all.totalCount - 1);
    const rest = all.totalCount - 1;
    expect((await asxos('--demo notifications read-all')).out).toBe(`${rest} notifications marked as read.\n`);
    expect((await list()).unreadCount).toBe(0);
  });
});

describe('the inbox in pages and by filters', () => {
  it('counts what matches, and what is unread of all', async () => {
    const { asxos } = await openTrader();
    const list = async (more: string) => JSON.parse((await asxos(`--demo notifications list --json ${more}`)).out).data;
    const ids = (page: { notifications: { id: number }[] }) => page.notifications.map(each => each.id);
    const all = await list('');
    expect(ids(await list('--limit 3 --offset 2'))).toEqual(ids(all).slice(2, 5));
    const some = await list('--type signal_change,system --priority normal,low');
    expect([some.totalCount, some.unreadCount]).toEqual([2, all.unreadCount]);
    expect((await asxos('--demo notifications list --offset 2 --limit 3')).out).toMatch(
      /^3 to 5 of 8 notifications, 8 unread\n/,
    );
    expect((await asxos('--demo notifications list --offset 90')).out).toContain(
      'There are 8 notifications, and none after the first 90.',
    );
    expect((await asxos('--demo notifications list --type system --priority urgent')).out).toContain(
      'Nothing in the inbox matches.',
    );
  });

  it('wrong words say what they can be', async () => {
    const { asxos } = await openTrader();
    const refused = async (line: string) => {
      const { code, err } = await asxos(line);
      expect(code).toBe(64);
      return err;
    };
    expect(await refused('notifications list --type signal')).toContain('--type is "signal", which it cannot be');
    expect(await refused('notifications list --priority urgnt')).toContain('Did you mean urgent?');
    expect(await refused('notifications list --offset -1')).toContain('--offset is "-1"');
    expect(await refused('notifications read 0')).toContain('The number is "0"');
    expect(await refused('notifications delete 12')).toContain('There is no notification 12');
  });
});

describe('delivery', () => {
  it('has nothing to do where no channel is set, and says what went wrong where one is', async () => {
    const trader = await openTrader();
    const { asxos } = trader;
    expect((await asxos('notifications deliver')).out).toBe('Nothing is due.\n');
    expect((await asxos('notifications deliver --quiet')).out).toBe('');
    expect((await asxos('notifications log')).out).toContain('Nothing went out yet.');
    await asxos('config set notify.webhook http://127.0.0.1:9/hook/secret');
    await asxos('config set notify.allowPrivateAddresses yes');
    // Without a key a refresh fails, which the inbox is told of; it sends what is due, where nobody listens.
    await asxos('add "buy 10 WES @ 70 on 2026-01-05"');
    await asxos('refresh', { env: { EODHD_API_TOKEN: '' } });
    expect((await asxos('notifications deliver')).out).toBe('Nothing is due.\n');
    trader.clock.now += 60_000;
    const sent = await asxos('notifications deliver --json');
    expect(sent.code).toBe(3);
    expect(schemaOf('delivery/1').safeParse(JSON.parse(sent.out)).error).toBeUndefined();
    const log = JSON.parse((await asxos('notifications log --failed --json')).out);
    expect(schemaOf('deliveries/1').safeParse(log).error).toBeUndefined();
    expect(log.data.deliveries).toMatchObject([{ channel: 'webhook', outcome: null, attempts: 2 }]);
    const shown = await Promise.all(
      ['notifications log', 'notifications list', 'config list', 'config list --json'].map(line => asxos(line)),
    );
    expect(shown.map(each => each.out).join()).not.toContain('secret');
    expect((await asxos('config get notify.webhook')).out).toBe('http://127.0.0.1:9/hook/secret\n');
  });

  it('an address is not repeated when it is set, nor when it is wrong', async () => {
    const { asxos } = await openTrader();
    expect((await asxos('config set notify.webhook https://ntfy.sh/secret')).out).toBe(
      'notify.webhook is now https://ntfy.sh/….\n',
    );
    const wrong = await asxos('config set notify.webhook https://ann:secret@ntfy.sh/x');
    expect([wrong.code, wrong.err.includes('secret')]).toEqual([64, false]);
    expect(wrong.err).toContain('It can be: an https address');
    const exec = await asxos(['config', 'set', 'notify.exec', "tell 'secret"]);
    expect([exec.code, exec.err.includes('secret')]).toEqual([64, false]);
  });
});

describe('prices held back', () => {
  it('are none to begin with, and accepting one that is not there says so', async () => {
    const { asxos } = await openTrader();
    expect((await asxos('prices')).out).toBe('No price is held back.\n');
    const refused = await asxos('prices accept WES 2026-03-12');
    expect(refused.code).toBe(64);
    expect(refused.err).toContain('No price of WES on 2026-03-12 is held back');
  });

  it('are listed after a refresh that brought one, and used once accepted', async () => {
    const bar = (date: string, close: number) => ({
      date,
      open: close,
      high: close,
      low: close,
      close,
      adjusted_close: close,
      volume: 1000,
    });
    const body = JSON.stringify([bar('2026-02-26', 75.82), bar('2026-02-27', 76.1), bar('2026-03-02', 41.71)]);
    const trader = await openTrader({ faults: [{ path: 'eod/WES.AU', status: 200, body }] });
    await trader.asxos('add "buy 10 WES @ 70 on 2026-01-05"');
    await trader.asxos('refresh history');
    const price = async () => JSON.parse((await trader.asxos('holdings --json')).out).data.holdings[0];
    expect(await price()).toMatchObject({ price: '76.1', stale: true });
    const { prices } = JSON.parse((await trader.asxos('prices --json')).out).data;
    expect(prices).toEqual([{ code: 'WES', date: '2026-03-02', close: '41.71', reason: 'closed at 41.71 after 76.1' }]);
    const accepted = await trader.asxos('prices accept WES 2026-03-02 --json');
    expect(schemaOf('price-accepted/1').safeParse(JSON.parse(accepted.out)).error).toBeUndefined();
    expect(await price()).toMatchObject({ price: '41.71', stale: false });
    expect((await trader.asxos('prices')).out).toBe('No price is held back.\n');
  });
});
