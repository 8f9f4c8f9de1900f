import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deliveryDue,
  furthestDue,
  outboundMessage,
  parcels,
  pauseAfter,
  tryLasts,
} from '../../../src/domain/alerts/delivery.ts';
import type { Notification, Priority } from '../../../src/domain/alerts/notification.ts';
import { type Frequency, frequencies } from '../../../src/domain/alerts/preferences.ts';
import { day, hour, isoInstant, minute, readInstant } from '../../../src/domain/date.ts';

const at = (text: string): number => readInstant(text) ?? Number.NaN;
/** Tuesday 3 March 2026, 11:00 in Sydney (AEDT). */
const tuesday = at('2026-03-03T00:00Z');

let ids = 0;
const due = (title: string, more: Partial<Notification> = {}, frequency: Frequency = 'immediate') => ({
  frequency,
  notification: {
    id: ++ids,
    type: 'portfolio_alert',
    priority: 'normal',
    title,
    message: `${title} message`,
    data: {},
    createdAt: tuesday,
    readAt: undefined,
    ...more,
  } satisfies Notification as Notification,
});

describe('when it goes out', () => {
  const due = (frequency: Frequency, from: string) => isoInstant(deliveryDue(frequency, at(from)));
  it('at once', () => {
    expect(due('immediate', '2026-03-03T00:00Z')).toBe('2026-03-03T00:00:00Z');
  });
  it('in the evening, 19:30 Sydney, on both sides of daylight saving', () => {
    expect(due('daily', '2026-03-03T00:00Z')).toBe('2026-03-03T08:30:00Z');
    // At 19:30 itself and later it is the next evening.
    expect(due('daily', '2026-03-03T08:30Z')).toBe('2026-03-04T08:30:00Z');
    // Daylight saving ends on 5 April 2026: 19:30 is an hour later in UTC.
    expect(due('daily', '2026-04-04T08:00Z')).toBe('2026-04-04T08:30:00Z');
    expect(due('daily', '2026-04-04T09:00Z')).toBe('2026-04-05T09:30:00Z');
    expect(due('daily', '2026-10-03T09:30Z')).toBe('2026-10-04T08:30:00Z');
  });
  it('on Monday at 8 Sydney', () => {
    expect(due('weekly', '2026-03-03T00:00Z')).toBe('2026-03-08T21:00:00Z');
    // A Sunday evening, a Monday before and after 8.
    expect(due('weekly', '2026-03-08T09:00Z')).toBe('2026-03-08T21:00:00Z');
    expect(due('weekly', '2026-03-08T20:59Z')).toBe('2026-03-08T21:00:00Z');
    expect(due('weekly', '2026-03-08T21:00Z')).toBe('2026-03-15T21:00:00Z');
  });
  it('is never in the past, nor further ahead than a clock set back is told by', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2020-01-01'), max: at('2030-01-01') }),
        fc.constantFrom(...frequencies),
        (now, how) => {
          const next = deliveryDue(how, now);
          return next >= now && next - now < furthestDue;
        },
      ),
    );
  });
});

describe('a pause', () => {
  it('grows, and ends after the fifth', () => {
    expect([1, 2, 3, 4, 5, 6].map(tries => pauseAfter(tries))).toEqual(
      [1, 5, 30, 120, 360].map<number | undefined>(minutes => minutes * minute).concat([undefined]),
    );
  });
  it('is as long as the receiver asks, within reason', () => {
    expect(pauseAfter(1, 10 * minute)).toBe(10 * minute);
    expect(pauseAfter(1, 1000)).toBe(minute);
    expect(pauseAfter(1, 30 * day)).toBe(6 * hour);
  });
  it('is never shorter than nothing, and a try lasts longer than any time-out', () => {
    expect(tryLasts).toBeGreaterThan(minute);
  });
});

describe('messages', () => {
  const titles = (all: ReturnType<typeof parcels>['send']) => all.map(each => each.message.title);
  it('of few fresh ones are those themselves', () => {
    const { send, expired } = parcels([due('a'), due('b')], tuesday);
    expect(titles(send)).toEqual(['a', 'b']);
    expect(expired).toEqual([]);
  });
  it('of more than five at once are one, the most urgent first', () => {
    const all = Array.from({ length: 12 }, (_, n) => due(`n${n}`, n === 7 ? { priority: 'urgent' } : {}));
    const { send } = parcels(all, tuesday);
    expect(send).toHaveLength(1);
    expect(send[0]?.of).toHaveLength(12);
    expect(send[0]?.message).toMatchObject({
      title: '12 notifications',
      priority: 'urgent',
      code: null,
      type: 'system',
    });
    expect(send[0]?.message.message).toMatch(/^n7 · n0 · .* · and 2 more$/);
    expect(parcels(all.slice(0, 5), tuesday).send).toHaveLength(5);
  });
  it('of a week in which the machine slept are one, beside what is fresh', () => {
    const old = [due('old 1', { createdAt: tuesday - 7 * day }), due('old 2', { createdAt: tuesday - day - 1 })];
    const { send } = parcels([...old, due('fresh'), due('a day old', { createdAt: tuesday - day })], tuesday);
    expect(titles(send)).toEqual(['fresh', 'a day old', '2 notifications']);
    expect(send[2]?.message.message).toBe('old 2 · old 1');
  });
  it('of what waited for the evening are one; one alone is itself', () => {
    expect(titles(parcels([due('a', {}, 'daily'), due('b', {}, 'weekly')], tuesday).send)).toEqual(['2 notifications']);
    expect(titles(parcels([due('a', {}, 'daily')], tuesday).send)).toEqual(['a']);
  });
  it('are none of what has expired', () => {
    const { send, expired } = parcels(
      [due('gone', { expiresAt: tuesday }), due('there', { expiresAt: tuesday + 1 })],
      tuesday,
    );
    expect(titles(send)).toEqual(['there']);
    expect(expired.map(each => each.notification.title)).toEqual(['gone']);
  });
  it('lose nothing and are never many', () => {
    const one = fc.record({
      age: fc.integer({ min: 0, max: 10 * day }),
      left: fc.option(fc.integer({ min: -day, max: day })),
      frequency: fc.constantFrom(...frequencies),
      priority: fc.constantFrom<Priority>('low', 'normal', 'high', 'urgent'),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), rows => {
        const all = rows.map(({ age, left, frequency, priority }) =>
          due(
            'x',
            { createdAt: tuesday - age, priority, expiresAt: left === null ? undefined : tuesday + left },
            frequency,
          ),
        );
        const { send, expired } = parcels(all, tuesday);
        const ids = [...send.flatMap(each => each.of), ...expired].map(each => each.notification.id);
        expect(ids.toSorted((a, b) => a - b)).toEqual(all.map(each => each.notification.id));
        expect(send.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe('what leaves this machine', () => {
  it('is title, message, priority, type, code and time, and nothing else of the data', () => {
    const { notification } = due('BHP: HOLD to BUY', { data: { code: 'BHP', value: '412,806.15', secret: 1 } });
    expect(outboundMessage(notification)).toEqual({
      title: 'BHP: HOLD to BUY',
      message: 'BHP: HOLD to BUY message',
      priority: 'normal',
      type: 'portfolio_alert',
      code: 'BHP',
      time: '2026-03-03T00:00:00Z',
    });
  });
  it('has no control characters, and is cut where it is long', () => {
    const { notification } = due('a\u001b]0;evil\u0007b\nc', { message: 'x'.repeat(5000), data: { code: 'offline' } });
    const sent = outboundMessage(notification);
    expect(sent.title).toBe('ab c');
    expect(sent.message).toBe(`${'x'.repeat(999)}…`);
    expect(sent.code).toBeNull();
  });
});
