/** What a page of an inbox of 100,000 takes, with its counts, from SQLite: the first, the last, a filtered one. */
import { notificationTypes, priorities } from '../../src/domain/alerts/notification.ts';
import { day, minute } from '../../src/domain/date.ts';
import { type InboxPage, viewInbox } from '../../src/usecases/inbox.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, withApp } from './place.ts';
import { median } from './statistics.ts';
import { timed } from './stopwatch.ts';

const count = 100_000;

const pages: Readonly<Record<string, InboxPage>> = {
  'the first page': {},
  'the last page': { offset: count * 0.9 - 50 },
  'unread ones': { unread: true, offset: 10_000 },
  'one type of high priority': { types: ['signal_change'], priorities: ['high', 'urgent'], offset: 1000 },
};

export function inbox({ quick }: { quick: boolean }): Promise<Outcome[]> {
  return inPlace(place =>
    withApp(place, app => {
      const now = app.now();
      const insert = app.db.raw.prepare(
        'INSERT INTO notifications (type, priority, title, message, data, created_at, read_at, expires_at, event_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      );
      app.db.transaction(() => {
        for (let n = 0; n < count; n += 1) {
          const createdAt = now - (count - n) * minute;
          const code = `A${n % 2400}`;
          insert.run(
            notificationTypes[n % notificationTypes.length],
            priorities[n % priorities.length],
            `${code}: HOLD to BUY`,
            `${code} Limited: BUY at a score of 0.612. It was HOLD on 2026-11-19. `.repeat(2),
            JSON.stringify({ code, from: 'HOLD', to: 'BUY', score: 0.612 }),
            createdAt,
            n % 3 === 0 ? createdAt + minute : null,
            // A tenth has expired, a tenth is to.
            n % 10 === 0 ? now - day : n % 10 === 1 ? now + day : null,
            `event ${n}`,
          );
        }
      });
      const first = timed(() => viewInbox(app, { limit: 50 }));
      return Object.entries(pages).map(([name, page]): Outcome => {
        const times = Array.from({ length: quick ? 5 : 15 }, () =>
          timed(() => {
            const { notifications } = viewInbox(app, { ...page, limit: 50 });
            if (notifications.length !== 50) throw new Error(`${name} has ${notifications.length} notifications`);
          }),
        );
        return {
          name: `inbox of 100,000: ${name}`,
          unit: 'ms',
          measured: median(times),
          target: { of: 'measured', is: '<=', value: 20 },
          note: `the first time, with marking what has expired, ${first.toFixed(0)} ms`,
        };
      });
    }),
  );
}
