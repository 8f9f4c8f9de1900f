import { describe, expect, test } from 'vitest';
import type { App } from '../../../src/app.ts';
import type { NotificationDraft } from '../../../src/domain/alerts/notification.ts';
import { day, hour, minute } from '../../../src/domain/date.ts';
import { topScreen } from '../../../src/tui/state.ts';
import { viewInbox } from '../../../src/usecases/inbox.ts';
import { viewPreferences } from '../../../src/usecases/manage-preferences.ts';
import { notify } from '../../../src/usecases/notify.ts';
import { openTestConsole, type TestConsole, typed } from '../../support/demo-console.ts';
import { openLedgerApp } from '../../support/ledger-console.ts';

const squeezed = (t: TestConsole): string => t.frame().replace(/ +/g, ' ');

/** From the oldest to the newest: each of a type, some with what they are about. */
const drafts: readonly (Partial<NotificationDraft> & { title: string; age: number })[] = [
  { title: 'A refresh failed', age: 20 * day, type: 'system', data: { code: 'quota' }, message: 'word '.repeat(200) },
  { title: 'Model A was trained: v2', age: 3 * day, type: 'model_update' },
  { title: 'Model A: momentum has drifted', age: 2 * day, type: 'drift_detected', priority: 'high' },
  { title: 'CSL fell 12%', age: 5 * hour, priority: 'urgent', data: { code: 'CSL' } },
  { title: 'BHP: HOLD to BUY', age: 12 * minute, type: 'signal_change', data: { code: 'BHP', to: 'BUY' } },
];

function fill(app: App): void {
  for (const { age, ...more } of drafts) {
    const createdAt = app.now() - age;
    notify(app, {
      ...{ type: 'portfolio_alert', priority: 'normal', message: `${more.title} is told.`, data: {}, createdAt },
      ...more,
    });
  }
}

async function open(options: { columns?: number; rows?: number; empty?: boolean } = {}) {
  const app = await openLedgerApp();
  if (options.empty !== true) fill(app);
  const t = openTestConsole(app, { columns: options.columns ?? 120, rows: options.rows ?? 30 });
  t.press('5');
  return { app, t };
}

const screenIn = (t: TestConsole) => topScreen(t.runtime.snapshot().state);
const selected = (t: TestConsole): string =>
  t
    .rows()
    .find(row => row.startsWith(' › '))
    ?.slice(3)
    .trim() ?? '';

describe('the inbox', () => {
  test.each([
    [60, 20],
    [80, 24],
    [120, 30],
  ])('at %i by %i', async (columns, rows) => {
    const { t } = await open({ columns, rows });
    expect(t.frame()).toMatchSnapshot();
    expect(t.tooWide()).toEqual([]);
  });

  test('without anything in it says what it is for', async () => {
    const { t } = await open({ empty: true, columns: 80, rows: 24 });
    expect(squeezed(t)).toContain('Notifications tell what you would otherwise have to look for');
    expect(squeezed(t)).toContain('r refresh: alerts are checked on new prices');
    t.press('d', 'm', 'enter', 'f', '/', 'j', 'G');
    expect(t.frame()).toContain('Notifications tell what');
  });

  test('enter opens what it is about, and marks it as read', async () => {
    const { app, t } = await open();
    const opened: unknown[] = [];
    for (let step = 0; step < 4; step += 1) {
      t.press('enter');
      opened.push(screenIn(t));
      t.press('esc', 'j');
    }
    expect(opened).toEqual([
      { kind: 'security', code: 'BHP', tab: 'votes' },
      { kind: 'security', code: 'CSL' },
      { kind: 'signals', tab: 'drift' },
      { kind: 'signals', tab: 'card' },
    ]);
    expect(viewInbox(app).unreadCount).toBe(1);
    expect(t.frame()).toContain('● 1 unread');
    // What the system calls a code is no security: it is shown whole, and scrolls.
    t.press('enter');
    expect(t.rows()[1]).toContain('── A refresh failed');
    expect(viewInbox(app).unreadCount).toBe(0);
    expect(t.frame()).not.toContain('unread');
    t.press('esc');
    expect(screenIn(t)).toEqual({ kind: 'notifications' });
    expect(selected(t)).toContain('A refresh failed');
  });

  test('m marks as read and back, R all of them', async () => {
    const { app, t } = await open();
    t.press('m');
    expect(viewInbox(app).unreadCount).toBe(4);
    t.press('m');
    expect(viewInbox(app).unreadCount).toBe(5);
    t.press('R');
    expect(t.frame()).toContain('5 notifications marked as read');
    expect(viewInbox(app).unreadCount).toBe(0);
    t.press('R');
    expect(t.frame()).toContain('read all: everything is read');
  });

  test('d asks, deletes and selects the next; u brings it back as it was', async () => {
    const { app, t } = await open();
    t.press('j', 'm', 'd');
    expect(t.frame()).toContain('Delete CSL fell 12%? y/N');
    t.press('n');
    expect(viewInbox(app).totalCount).toBe(5);
    const before = viewInbox(app).notifications;
    t.press('d', 'y');
    expect(t.frame()).toContain('Deleted CSL fell 12%. u brings it back');
    expect(viewInbox(app).totalCount).toBe(4);
    expect(selected(t)).toContain('Model A: momentum has drifted');
    t.press('u');
    expect(viewInbox(app).notifications).toEqual(before);
    expect(selected(t)).toContain('CSL fell 12%');
    t.press('u');
    expect(t.frame()).toContain('there is nothing to take back');
  });

  test('f shows the unread ones; one that is read leaves, and the next takes its place', async () => {
    const { t } = await open();
    t.press('m', 'f');
    expect(t.frame()).toContain('[Unread]');
    expect(t.frame()).not.toContain('HOLD to BUY');
    t.press('j', 'm');
    expect(t.frame()).not.toContain('momentum has drifted');
    expect(selected(t)).toContain('Model A was trained');
    t.press('R');
    expect(t.frame()).toContain('Everything is read. f shows all.');
    t.press('f');
    expect(t.frame()).toContain('momentum has drifted');
  });

  test('/ filters by words, esc takes the filter off', async () => {
    const { t } = await open();
    t.press('/', ...typed('model drift'));
    expect(t.rows().at(-2)).toMatch(/\/ model drift +1 notification$/);
    t.press('enter');
    expect(t.frame()).toContain('── "model drift" 1 of 5 ──');
    expect(selected(t)).toContain('momentum has drifted');
    t.press('/', ...typed('nothing'));
    expect(t.frame()).toContain('Nothing matches "model driftnothing".');
    t.press('esc', 'esc');
    expect(t.frame()).toContain('HOLD to BUY');
    expect(screenIn(t).kind).toBe('notifications');
  });

  test('what is told while it is open appears, and the selection stays', async () => {
    const { app, t } = await open();
    t.press('j');
    notify(app, {
      ...{ type: 'system', priority: 'low', title: 'the newest', message: '', data: {}, createdAt: app.now() + 1 },
    });
    t.press('k', 'j');
    expect(t.frame()).toContain('the newest');
    expect(t.frame()).toContain('● 6 unread');
    expect(selected(t)).toContain('CSL fell 12%');
  });

  test('text from outside is harmless', async () => {
    const { app, t } = await open({ empty: true });
    const evil = 'a\u001b[2J\u001b]0;x\u0007\nb';
    notify(app, { type: 'system', priority: 'low', title: evil, message: evil, data: {}, createdAt: app.now() });
    t.press('4', '5');
    expect(t.frame()).toContain('a b');
    expect(t.frame()).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});

describe('of a hundred thousand', () => {
  test('only the page in view is read, and every place is reached', async () => {
    const { app, t } = await open({ empty: true, columns: 120, rows: 30 });
    const insert = app.db.raw.prepare(
      "INSERT INTO notifications (type, priority, title, message, data, created_at) VALUES ('system', 'normal', ?, '', '{}', ?)",
    );
    app.db.transaction(() => {
      for (let count = 1; count <= 100_000; count += 1) insert.run(`n${count}`, app.now() - 200_000 + count);
    });
    t.press('4', '5');
    expect(t.frame()).toContain('1–24 of 100,000 notifications');
    expect(t.frame()).toContain('● 100,000 unread');
    t.press('G');
    expect(selected(t)).toMatch(/ n1\b/);
    expect(t.frame()).toContain('99,977–100,000 of 100,000 notifications');
    const model = t.runtime.snapshot().models.screen;
    expect(model.kind === 'notifications' && model.inbox.rows.length).toBe(24);
    t.press('pageup', 'k');
    expect(selected(t)).toMatch(/ n25\b/);
    t.press('d', 'y');
    expect(selected(t)).toMatch(/ n24\b/);
    t.press('u', 'g');
    expect(selected(t)).toMatch(/ n100000\b/);
  });
});

describe('alert preferences', () => {
  test.each([
    [60, 20],
    [120, 30],
  ])('at %i by %i', async (columns, rows) => {
    const { t } = await open({ columns, rows });
    t.press('tab');
    expect(t.frame()).toMatchSnapshot();
    expect(t.tooWide()).toEqual([]);
  });

  test('are switched, made rarer and surer', async () => {
    const { app, t } = await open();
    t.press('tab', 'space', 'j', 'f', 'f', 'j', '+', '+', '-');
    expect(viewPreferences(app)).toMatchObject([
      { type: 'signal_strong_buy', enabled: false },
      { type: 'signal_strong_sell', frequency: 'weekly' },
      { type: 'signal_change', minConfidence: 0.05 },
      {},
      {},
      {},
    ]);
    t.press('-', '-', '-');
    expect(viewPreferences(app)[2]?.minConfidence).toBe(0);
    t.press('j', '+');
    expect(t.frame()).toContain('surer: it does not ask how sure the models are');
    t.press('j');
    expect(squeezed(t)).toContain('asxos alerts preferences set portfolio_alert --loss-pct 10 --gain-pct 15');
    t.press('g', 'enter');
    expect(viewPreferences(app)[0]?.enabled).toBe(true);
    t.press('tab', 'tab');
    expect(t.frame()).toContain('[Inbox]');
  });
});
