import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import type { NotificationDraft } from '../../src/domain/alerts/notification.ts';
import { day, hour, minute } from '../../src/domain/date.ts';
import { deliverNotifications, isAnythingDue, viewDeliveries } from '../../src/usecases/deliver-notifications.ts';
import { viewInbox } from '../../src/usecases/inbox.ts';
import { changePreferences } from '../../src/usecases/manage-preferences.ts';
import { notify } from '../../src/usecases/notify.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';
import { openReceiver } from '../support/webhook-receiver.ts';

type Settings = Readonly<Record<string, string>>;

async function open(settings: Settings, more: Parameters<typeof openTestApp>[0] = {}) {
  const dataDir = more.dataDir ?? temporaryFolder();
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ 'notify.desktop': 'off', ...settings }));
  return openTestApp({ ...more, dataDir });
}

const openWebhook = async (settings: Settings = {}) => {
  const receiver = await openReceiver();
  const url = `${receiver.url}/hook/secret`;
  const opened = await open({ 'notify.webhook': url, 'notify.allowPrivateAddresses': 'yes', ...settings });
  return { ...opened, receiver, bodies: () => receiver.posts.map(each => JSON.parse(each.body)) };
};

const tell = (app: App, title: string, more: Partial<NotificationDraft> = {}) =>
  notify(app, {
    ...{ type: 'portfolio_alert', priority: 'high', title, message: `${title} message`, data: { code: 'BHP' } },
    createdAt: app.now(),
    ...more,
  });

const log = (app: App) =>
  viewDeliveries(app, { limit: 100, offset: 0, failed: false }).deliveries.map(each => [
    each.title,
    each.channel,
    each.outcome ?? 'waits',
    each.attempts,
    each.error,
  ]);
const systemTitles = (app: App) => viewInbox(app, { types: ['system'] }).notifications.map(each => each.title);
const nothing = { sent: 0, failed: 0, waiting: 0, dropped: 0, troubles: [] };

describe('a webhook', () => {
  it('is sent what is told, once', async () => {
    const { app, bodies, clock } = await openWebhook();
    tell(app, 'fell', { data: { code: 'BHP', value: '412806.15' } });
    tell(app, 'of little weight', { priority: 'low' });
    expect(isAnythingDue(app)).toBe(true);
    expect(await deliverNotifications(app)).toEqual({ ...nothing, sent: 1 });
    expect(bodies()).toEqual([
      {
        ...{ title: 'fell', message: 'fell message', priority: 'high', type: 'portfolio_alert', code: 'BHP' },
        time: new Date(clock.now).toISOString().replace('.000', ''),
      },
    ]);
    expect(await deliverNotifications(app)).toEqual(nothing);
    expect(isAnythingDue(app)).toBe(false);
    expect(log(app)).toEqual([['fell', 'webhook', 'sent', 1, undefined]]);
  });

  it('is sent once by ten at the same time', async () => {
    const { app, bodies, clock } = await openWebhook();
    for (let count = 0; count < 4; count += 1) tell(app, `n${count}`);
    const others = await Promise.all(
      Array.from({ length: 9 }, async () => {
        const { app: other } = await openTestApp({ dataDir: app.dataDir, now: clock.now });
        return other;
      }),
    );
    const reports = await Promise.all([app, ...others].map(each => deliverNotifications(each)));
    expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(4);
    expect(bodies()).toHaveLength(4);
  });

  it('that fails is tried again with growing pauses, then given up; the inbox says so once', async () => {
    const { app, receiver, clock } = await openWebhook();
    receiver.answer = response => response.writeHead(503).end();
    tell(app, 'fell');
    const reason = `${receiver.url}/… answered 503`;
    const first = await deliverNotifications(app);
    expect(first).toEqual({ ...nothing, waiting: 1, troubles: [{ channel: 'webhook', reason, hint: undefined }] });
    expect(await deliverNotifications(app)).toEqual(nothing);
    for (const pause of [minute, 5 * minute, 30 * minute, 2 * hour]) {
      clock.now += pause - 1;
      expect(await deliverNotifications(app)).toEqual(nothing);
      clock.now += 1;
      expect(await deliverNotifications(app)).toMatchObject({ waiting: 1 });
    }
    clock.now += 6 * hour;
    expect(await deliverNotifications(app)).toMatchObject({ failed: 1 });
    expect(receiver.posts).toHaveLength(6);
    expect(log(app)).toEqual([['fell', 'webhook', 'failed', 6, reason]]);
    // Told once, and not by the channel that fails.
    expect(systemTitles(app)).toEqual(['Notifications do not go out by the webhook']);
    expect(JSON.stringify(viewInbox(app).notifications)).not.toContain('secret');
    // Works again: the next trouble is news.
    receiver.answer = response => response.end();
    tell(app, 'rose');
    expect(await deliverNotifications(app)).toMatchObject({ sent: 1 });
    receiver.answer = response => response.writeHead(404).end();
    tell(app, 'fell again');
    expect(await deliverNotifications(app)).toMatchObject({ failed: 1 });
    expect(systemTitles(app)).toHaveLength(2);
  });

  it('that cannot be reached keeps the rest for later, untried', async () => {
    const { app, receiver, clock } = await openWebhook();
    receiver.answer = response => response.writeHead(500).end();
    for (const title of ['a', 'b', 'c']) tell(app, title);
    expect(await deliverNotifications(app)).toMatchObject({ waiting: 3 });
    expect(receiver.posts).toHaveLength(1);
    expect(log(app).map(each => each[3])).toEqual([0, 0, 1]);
    receiver.answer = response => response.end();
    clock.now += minute;
    expect(await deliverNotifications(app)).toMatchObject({ sent: 3 });
  });

  it('of the own network is refused unless that is allowed', async () => {
    const { app, receiver } = await openWebhook({ 'notify.allowPrivateAddresses': 'no' });
    tell(app, 'fell');
    expect(await deliverNotifications(app)).toMatchObject({ failed: 1 });
    expect(receiver.connections()).toBe(0);
    expect(viewInbox(app, { types: ['system'] }).notifications[0]?.message).toContain(
      'If that is meant: asxos config set notify.allowPrivateAddresses yes. The inbox has everything.',
    );
  });

  it('of a process that died while sending is due again', async () => {
    const { app, clock, bodies } = await openWebhook();
    tell(app, 'fell');
    app.db.transaction(() =>
      app.db.statement('UPDATE deliveries SET due_at = ?, attempts = 1').run(clock.now + 2 * minute),
    );
    expect(await deliverNotifications(app)).toEqual(nothing);
    clock.now += 2 * minute;
    expect(await deliverNotifications(app)).toMatchObject({ sent: 1 });
    expect(bodies()).toHaveLength(1);
  });

  it('is sent what waits when the clock is set back by a year', async () => {
    const { app, clock, bodies } = await openWebhook();
    tell(app, 'fell');
    clock.now -= 365 * day;
    expect(await deliverNotifications(app)).toMatchObject({ sent: 1 });
    expect(bodies()).toHaveLength(1);
  });

  it('who stops gives back what is not sent', async () => {
    const { app, receiver, clock } = await openWebhook();
    const stop = new AbortController();
    receiver.answer = () => stop.abort();
    tell(app, 'a');
    tell(app, 'b');
    expect(await deliverNotifications(app, { signal: stop.signal })).toMatchObject({
      sent: 0,
      waiting: 2,
      troubles: [],
    });
    receiver.answer = response => response.end();
    clock.now += minute;
    expect(await deliverNotifications(app)).toMatchObject({ sent: 2 });
  });
});

describe('no storm', () => {
  it('what is told a hundred times at once is one message', async () => {
    const { app, bodies } = await openWebhook();
    for (let count = 0; count < 100; count += 1) tell(app, `n${count}`);
    expect(await deliverNotifications(app)).toMatchObject({ sent: 100 });
    expect(bodies()).toHaveLength(1);
    expect(bodies()[0].title).toBe('100 notifications');
  });

  it('after a week asleep the old ones are one message, and what has expired is none', async () => {
    const { app, bodies, clock } = await openWebhook();
    tell(app, 'a');
    tell(app, 'b');
    tell(app, 'gone', { expiresAt: clock.now + day });
    clock.now += 7 * day;
    tell(app, 'fresh');
    expect(await deliverNotifications(app)).toEqual({ ...nothing, sent: 3, dropped: 1 });
    expect(bodies().map(each => each.title)).toEqual(['fresh', '2 notifications']);
    expect(
      log(app)
        .find(each => each[0] === 'gone')
        ?.slice(2),
    ).toEqual(['dropped', 1, 'it expired before it was sent']);
  });

  it('what waits for the evening is one message then, and in the inbox at once', async () => {
    const { app, bodies, clock } = await openWebhook();
    // A Tuesday at 11 in Sydney.
    clock.now = Date.UTC(2026, 2, 3, 0);
    changePreferences(app, 'portfolio_alert', { frequency: 'daily' });
    tell(app, 'a');
    tell(app, 'b', { priority: 'urgent' });
    expect(viewInbox(app).totalCount).toBe(2);
    expect(await deliverNotifications(app)).toEqual(nothing);
    clock.now = Date.UTC(2026, 2, 3, 8, 30);
    expect(await deliverNotifications(app)).toMatchObject({ sent: 2 });
    expect(bodies()).toMatchObject([{ title: '2 notifications', message: 'b · a', priority: 'urgent' }]);
  });
});

describe('channels', () => {
  it('work beside each other, each with a log of its own', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notify-send'), '#!/bin/sh\necho no display >&2\nexit 1\n', { mode: 0o755 });
    writeFileSync(join(folder, 'tell'), '#!/bin/sh\ncat > "$(dirname "$0")/stdin"\n', { mode: 0o755 });
    const { app } = await open(
      { 'notify.desktop': 'auto', 'notify.exec': `${folder}/tell --token secret` },
      { env: { PATH: `${folder}:/usr/bin:/bin` } },
    );
    tell(app, 'fell');
    expect(await deliverNotifications(app)).toMatchObject({
      ...{ sent: 1, waiting: 1 },
      troubles: [{ channel: 'desktop', reason: 'notify-send ended with 1: no display' }],
    });
    expect(JSON.parse(readFileSync(join(folder, 'stdin'), 'utf8'))).toMatchObject({ title: 'fell' });
    expect(log(app).filter(each => each[0] === 'fell')).toEqual([
      ['fell', 'command', 'sent', 1, undefined],
      ['fell', 'desktop', 'waits', 1, 'notify-send ended with 1: no display'],
    ]);
    // Told of by the other channel.
    expect(log(app)[0]).toEqual(['Notifications do not go out on the desktop', 'command', 'waits', 0, undefined]);
  });

  it('that are off by then drop what waited, and none is one there is nothing to do for', async () => {
    const { app, clock } = await openWebhook();
    tell(app, 'fell');
    const { app: other } = await open({}, { dataDir: app.dataDir, now: clock.now });
    expect(await deliverNotifications(other)).toEqual({ ...nothing, dropped: 1 });
    tell(other, 'rose');
    expect(log(other)).toEqual([['fell', 'webhook', 'dropped', 1, 'the channel is off']]);
  });

  it('are none of the simulated market', async () => {
    const receiver = await openReceiver();
    const settings = { 'notify.webhook': receiver.url, 'notify.allowPrivateAddresses': 'yes' };
    const { app } = await open(settings, { demo: true });
    tell(app, 'fell');
    expect(await deliverNotifications(app)).toEqual(nothing);
    expect(receiver.posts).toEqual([]);
  });

  it('the log forgets what ended long ago', async () => {
    const { app, clock } = await openWebhook();
    tell(app, 'old');
    await deliverNotifications(app);
    clock.now += 91 * day;
    tell(app, 'new');
    await deliverNotifications(app);
    expect(log(app).map(each => each[0])).toEqual(['new']);
  });
});
