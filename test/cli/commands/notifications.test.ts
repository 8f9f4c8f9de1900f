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
