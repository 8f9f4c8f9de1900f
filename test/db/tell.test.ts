import { expect, test } from 'vitest';
import type { Outbox } from '../../src/db/database.ts';
import { listDeliveries } from '../../src/db/deliveries.ts';
import { storePreference } from '../../src/db/preferences.ts';
import { tell } from '../../src/db/tell.ts';
import type { Channel } from '../../src/domain/alerts/delivery.ts';
import type { NotificationDraft } from '../../src/domain/alerts/notification.ts';
import { now, open } from './open-database.ts';

const draft = (more: Partial<NotificationDraft> = {}): NotificationDraft => ({
  ...{ type: 'portfolio_alert', priority: 'normal', title: 'a', message: '', data: {}, createdAt: now },
  ...more,
});

function openWith(outbox?: Outbox) {
  const db = open(':memory:', outbox === undefined ? {} : { outbox: () => outbox });
  return {
    db,
    tell: (more?: Partial<NotificationDraft>, except?: Channel) =>
      db.transaction(() => tell(db, draft(more), except === undefined ? {} : { except })),
    waiting: () =>
      listDeliveries(db, { limit: 99, offset: 0, failed: false })
        .toReversed()
        .map(each => [each.channel, each.dueAt - now]),
  };
}

test('what is told waits for each channel, from the least priority on', () => {
  const t = openWith({ channels: ['desktop', 'webhook'], minPriority: 'normal' });
  t.tell({ priority: 'low' });
  expect(t.waiting()).toEqual([]);
  t.tell();
  expect(t.waiting()).toEqual([
    ['desktop', 0],
    ['webhook', 0],
  ]);
  t.tell({ type: 'system' }, 'webhook');
  expect(t.waiting().slice(2)).toEqual([['desktop', 0]]);
});

test('an event that was told of, and what is not wanted, wait for nothing', () => {
  const t = openWith({ channels: ['command'], minPriority: 'low' });
  expect(t.tell({ eventKey: 'k' })).toBeTypeOf('number');
  expect(t.tell({ eventKey: 'k' })).toBeUndefined();
  const data = { to: 'STRONG_BUY', confidence: 0.6 };
  expect(t.tell({ type: 'signal_change', data })).toBeUndefined();
  expect(t.waiting()).toHaveLength(1);
});

test('what is wanted each evening waits until 19:30 in Sydney; the system never waits', () => {
  const t = openWith({ channels: ['command'], minPriority: 'low' });
  t.db.transaction(() => {
    for (const type of ['portfolio_alert', 'signal_strong_sell'] as const)
      storePreference(t.db, { type, enabled: true, settings: { frequency: 'daily' } });
  });
  t.tell();
  t.tell({ type: 'signal_change', data: { to: 'STRONG_SELL' } });
  t.tell({ type: 'signal_change', data: { to: 'SELL' } });
  t.tell({ type: 'system' });
  // Told at 11:00 in Sydney.
  const evening = 8.5 * 3_600_000;
  expect(t.waiting().map(each => each[1])).toEqual([evening, evening, 0, 0]);
});

test('nothing waits where no channel was said', () => {
  const t = openWith();
  expect(t.tell({ priority: 'urgent' })).toBeTypeOf('number');
  expect(t.waiting()).toEqual([]);
});
