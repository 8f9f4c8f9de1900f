/**
 * How notifications leave the console: to the desktop, to a command, to a webhook.
 *
 * Each one told is due on each channel by the frequency of its preference: at once, in the evening after the end of day
 * (19:30 Sydney), or on Monday morning at 8 before the exchange opens. What waits for an evening or a Monday goes as one
 * message that sums it up. So does what is older than a day, as after a week in which the machine slept, and what is more
 * than five at once: nobody is sent a storm. What has expired by then is dropped; the inbox has it all the same.
 *
 * What could not be sent is tried again after 1, 5, 30 minutes, 2 and 6 hours, or when the receiver says; then it has
 * failed. While a try is under way nobody else takes it up; one whose process died is due again when its time is over.
 * Troubles a user sees: in the log of deliveries, each with its reason, and once in the inbox until the channel works.
 */
import {
  addDays,
  dayOfWeek,
  hour,
  type Instant,
  isoInstant,
  minute,
  day as oneDay,
  sydneyClock,
  sydneyInstant,
} from '../date.ts';
import { harmless } from '../text.ts';
import { type Notification, type NotificationType, type Priority, priorities } from './notification.ts';
import type { Frequency } from './preferences.ts';

export const channels = ['desktop', 'command', 'webhook'] as const;
export type Channel = (typeof channels)[number];

/** All that leaves this machine of a notification. A digest is of the system. */
export type OutboundMessage = {
  readonly title: string;
  readonly message: string;
  readonly priority: Priority;
  readonly type: NotificationType;
  /** The security that it is about. */
  readonly code: string | null;
  /** ISO, in UTC. */
  readonly time: string;
};

/**
 * Why a message did not go: the receiver is not reached, takes too long, turns it down, is one that nothing is sent to, or
 * is not there.
 */
export type TroubleKind = 'unreachable' | 'slow' | 'rejected' | 'refused' | 'absent';

export type DeliveryTrouble = {
  readonly kind: TroubleKind;
  /** In words, without anything secret. */
  readonly reason: string;
  /** The way out, where it is the owner who has to do something. */
  readonly hint?: string | undefined;
  /** Trying the same again is of no use. */
  readonly isPermanent: boolean;
  /** Milliseconds after which the receiver wants to be asked again. */
  readonly waitMs?: number | undefined;
};

const eveningAt = 19 * 60 + 30;
const morningAt = 8 * 60;
const monday = 1;

/** When what is told now goes out. */
export function deliveryDue(frequency: Frequency, now: Instant): Instant {
  if (frequency === 'immediate') return now;
  const { date } = sydneyClock(now);
  const next = (days: number, minutes: number): Instant => sydneyInstant(addDays(date, days), minutes);
  if (frequency === 'daily') {
    const tonight = next(0, eveningAt);
    return tonight > now ? tonight : next(1, eveningAt);
  }
  const days = (monday + 7 - dayOfWeek(date)) % 7;
  const coming = next(days, morningAt);
  return coming > now ? coming : next(days + 7, morningAt);
}

/** No row is due further ahead than this, unless the clock was set back after it was written. */
export const furthestDue = 8 * oneDay;
/** How long a try is left to whoever began it. */
export const tryLasts = 2 * minute;

const pauses = [minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour];

/** The pause after so many tries; undefined where it is given up. The receiver may ask for a longer one. */
export function pauseAfter(attempts: number, asked = 0): number | undefined {
  const pause = pauses[attempts - 1];
  return pause === undefined ? undefined : Math.max(pause, Math.min(asked, 6 * hour));
}

/** One due notification on a channel. */
export type Due = { readonly notification: Notification; readonly frequency: Frequency };

/** What goes out as one message, and of which due ones. */
export type Parcel<D extends Due = Due> = { readonly message: OutboundMessage; readonly of: readonly D[] };

/** More at once go as one. */
const mostAtOnce = 5;

const hasExpired = ({ notification: { expiresAt } }: Due, now: Instant): boolean =>
  expiresAt !== undefined && expiresAt <= now;

/** The messages that the due ones of a channel make, and those that are dropped. */
export function parcels<D extends Due>(
  due: readonly D[],
  now: Instant,
): { readonly send: readonly Parcel<D>[]; readonly expired: readonly D[] } {
  const live = due.filter(each => !hasExpired(each, now));
  const isFresh = ({ notification, frequency }: D): boolean =>
    frequency === 'immediate' && now - notification.createdAt <= oneDay;
  const fresh = live.filter(isFresh);
  const alone = fresh.length > mostAtOnce ? [] : fresh;
  const together = fresh.length > mostAtOnce ? live : live.filter(each => !isFresh(each));
  const summed = together.length === 0 ? [] : [{ message: digestOf(together, now), of: together }];
  return {
    send: [...alone.map(each => ({ message: outboundMessage(each.notification), of: [each] })), ...summed],
    expired: due.filter(each => hasExpired(each, now)),
  };
}

const longestTitle = 200;
const longestText = 1000;
const line = (text: string, most: number): string => {
  const clean = [...harmless(text).trim()];
  return clean.length <= most ? clean.join('') : `${clean.slice(0, most - 1).join('')}…`;
};

const codeText = /^[A-Z0-9]{3,6}$/;

export function outboundMessage({ type, priority, title, message, data, createdAt }: Notification): OutboundMessage {
  const code = data['code'];
  return {
    title: line(title, longestTitle),
    message: line(message, longestText),
    priority,
    type,
    code: typeof code === 'string' && codeText.test(code) ? code : null,
    time: isoInstant(createdAt),
  };
}

const named = 10;

/** One that waited alone is told as it is. */
function digestOf(due: readonly Due[], now: Instant): OutboundMessage {
  const [first] = due;
  if (first !== undefined && due.length === 1) return outboundMessage(first.notification);
  const byUrgency = due
    .map(each => each.notification)
    .toSorted((a, b) => priorities.indexOf(b.priority) - priorities.indexOf(a.priority) || b.createdAt - a.createdAt);
  const titles = byUrgency.slice(0, named).map(each => line(each.title, longestTitle));
  const more = byUrgency.length > named ? ` · and ${byUrgency.length - named} more` : '';
  return {
    title: `${due.length} notifications`,
    message: line(titles.join(' · '), longestText - more.length) + more,
    priority: byUrgency[0]?.priority ?? 'normal',
    type: 'system',
    code: null,
    time: isoInstant(now),
  };
}
