/**
 * Sends what is due of the notifications by the channels there are: see `domain/alerts/delivery`.
 *
 * What is due is claimed first, so that two processes at once send it once. The channels work beside each other; where
 * one has a passing trouble the rest of its messages waits for the next time, so that a run lasts no longer than its
 * time-outs. Every end is in the log of deliveries, and a trouble is told in the inbox, once for each kind until the
 * channel works again, and not by that channel.
 */
import type { App } from '../app.ts';
import {
  type Claim,
  claimDue,
  countDeliveries,
  endDelivery,
  forgetDeliveries,
  isDeliveryDue,
  type LoggedDelivery,
  listDeliveries,
  postponeDelivery,
  releaseDelivery,
} from '../db/deliveries.ts';
import { forgetDeliveryTroubles, noteDeliveryTrouble } from '../db/delivery-trouble.ts';
import { preferenceOf } from '../db/preferences.ts';
import { tell } from '../db/tell.ts';
import {
  type Channel,
  channels,
  type DeliveryTrouble,
  type Due,
  type OutboundMessage,
  type Parcel,
  parcels,
  pauseAfter,
} from '../domain/alerts/delivery.ts';
import { alertTypeOf, readPreference } from '../domain/alerts/preferences.ts';
import { day, minute } from '../domain/date.ts';

/** Counted by notification and channel. */
export type DeliveryReport = {
  readonly sent: number;
  /** Given up. */
  readonly failed: number;
  /** To be tried again. */
  readonly waiting: number;
  /** Expired, or of a channel that is off by now. */
  readonly dropped: number;
  readonly troubles: readonly {
    readonly channel: Channel;
    readonly reason: string;
    readonly hint: string | undefined;
  }[];
};

type Tally = { -readonly [Count in 'sent' | 'failed' | 'waiting' | 'dropped']: number } & {
  readonly troubles: { channel: Channel; reason: string; hint: string | undefined }[];
};

type Claimed = Due & { readonly claim: Claim };

/** What one run may take, whatever the channels do. */
const longestRun = 30_000;
const logLasts = 90 * day;

/** Never throws for a receiver: its trouble is in the report. With `signal` what is not sent yet is given back. */
export async function deliverNotifications(app: App, options: { signal?: AbortSignal } = {}): Promise<DeliveryReport> {
  const { db } = app;
  const tally: Tally = { sent: 0, failed: 0, waiting: 0, dropped: 0, troubles: [] };
  if (!isDeliveryDue(db, app.now())) return tally;
  const claims = db.transaction(() => {
    forgetDeliveries(db, app.now() - logLasts);
    return claimDue(db, app.now());
  });
  const signal = AbortSignal.any([AbortSignal.timeout(longestRun), ...(options.signal ? [options.signal] : [])]);
  const configured = db.outbox().channels;
  await Promise.all(
    channels.map(async channel => {
      const mine = claims.filter(each => each.channel === channel).map((claim): Claimed => dueOf(app, claim));
      if (!configured.includes(channel)) drop(app, mine, 'the channel is off', tally);
      else await sendAll(app, channel, mine, signal, tally);
    }),
  );
  return tally;
}

function dueOf({ db }: App, claim: Claim): Claimed {
  const type = alertTypeOf(claim.notification);
  const frequency = type === undefined ? 'immediate' : readPreference(preferenceOf(db, type)).frequency;
  return { claim, notification: claim.notification, frequency };
}

function drop({ db, now }: App, due: readonly Claimed[], error: string, tally: Tally): void {
  if (due.length === 0) return;
  tally.dropped += due.length;
  db.transaction(() => {
    for (const { claim } of due) endDelivery(db, claim, { at: now(), outcome: 'dropped', error });
  });
}

async function sendAll(
  app: App,
  channel: Channel,
  due: readonly Claimed[],
  signal: AbortSignal,
  tally: Tally,
): Promise<void> {
  const { send, expired } = parcels(due, app.now());
  drop(app, expired, 'it expired before it was sent', tally);
  for (const [at, parcel] of send.entries()) {
    let trouble: DeliveryTrouble | undefined;
    try {
      trouble = await sendOne(app, channel, parcel.message, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      release(app, send.slice(at), tally);
      return;
    }
    record(app, channel, parcel, trouble, tally);
    if (trouble !== undefined && !trouble.isPermanent) {
      release(app, send.slice(at + 1), tally);
      return;
    }
  }
}

async function sendOne(
  { config, tokenPlaces: { env } }: App,
  channel: Channel,
  message: OutboundMessage,
  signal: AbortSignal,
): Promise<DeliveryTrouble | undefined> {
  switch (channel) {
    case 'desktop':
      return (await import('../host/notify-desktop.ts')).notifyDesktop(message, { env, signal });
    case 'command': {
      const command = config['notify.exec'] ?? '';
      return (await import('../host/notify-command.ts')).notifyCommand(message, { command, env, signal });
    }
    case 'webhook': {
      const { postWebhook } = await import('../host/notify-webhook.ts');
      return postWebhook(message, {
        url: config['notify.webhook'] ?? '',
        format: config['notify.webhookFormat'],
        allowPrivate: config['notify.allowPrivateAddresses'] === 'yes',
        signal,
      });
    }
  }
}

/** Not tried: it is another run's turn, in a while. */
function release({ db, now }: App, waiting: readonly Parcel<Claimed>[], tally: Tally): void {
  db.transaction(() => {
    for (const { claim } of waiting.flatMap(each => each.of)) {
      releaseDelivery(db, claim, now() + minute);
      tally.waiting += 1;
    }
  });
}

function record(
  app: App,
  channel: Channel,
  { of }: Parcel<Claimed>,
  trouble: DeliveryTrouble | undefined,
  tally: Tally,
): void {
  const { db } = app;
  const at = app.now();
  db.transaction(() => {
    for (const { claim } of of) {
      const pause = trouble && (trouble.isPermanent ? undefined : pauseAfter(claim.attempts, trouble.waitMs));
      if (trouble === undefined) endDelivery(db, claim, { at, outcome: 'sent' });
      else if (pause === undefined) endDelivery(db, claim, { at, outcome: 'failed', error: trouble.reason });
      else postponeDelivery(db, claim, at + pause, trouble.reason);
      tally[trouble === undefined ? 'sent' : pause === undefined ? 'failed' : 'waiting'] += 1;
    }
    if (trouble === undefined) forgetDeliveryTroubles(db, channel);
    else tellTrouble(app, channel, trouble);
  });
  if (trouble !== undefined) tally.troubles.push({ channel, reason: trouble.reason, hint: trouble.hint });
}

const channelWords: Record<Channel, string> = {
  desktop: 'on the desktop',
  command: 'by your command',
  webhook: 'by the webhook',
};

function tellTrouble({ db, now }: App, channel: Channel, { kind, reason, hint, isPermanent }: DeliveryTrouble): void {
  if (!noteDeliveryTrouble(db, channel, kind)) return;
  const next = hint ?? (isPermanent ? 'Check the settings: asxos config list.' : 'It is tried again.');
  tell(
    db,
    {
      type: 'system',
      priority: 'normal',
      title: `Notifications do not go out ${channelWords[channel]}`,
      message: `${reason}. ${next} The inbox has everything.`,
      data: { channel, trouble: kind },
      createdAt: now(),
    },
    { except: channel },
  );
}

/** Whether there is anything for `deliverNotifications` to do: one look into an index. */
export const isAnythingDue = (app: App): boolean => isDeliveryDue(app.db, app.now());

export type DeliveryLog = { readonly deliveries: readonly LoggedDelivery[]; readonly totalCount: number };

/** What went out and what did not, newest first; with `failed` only what had trouble. */
export function viewDeliveries(app: App, page: { limit: number; offset: number; failed: boolean }): DeliveryLog {
  return { deliveries: listDeliveries(app.db, page), totalCount: countDeliveries(app.db, page) };
}
