import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckTime } from '../../../src/domain/alerts/facts.ts';
import type { Standing } from '../../../src/domain/alerts/standing.ts';
import { type AlertState, coolDown, stepOf } from '../../../src/domain/alerts/step.ts';
import { addDays, day, hour, type Instant, parseLocalDate, sydneyDate } from '../../../src/domain/date.ts';
import { price } from '../../../src/domain/decimal.ts';
import type { SignalClass } from '../../../src/domain/signals/classes.ts';

const start: Instant = Date.UTC(2026, 2, 3, 1);
const on = parseLocalDate;
const timeAt = (now: Instant): CheckTime => {
  const today = sydneyDate(now);
  return { now, today, session: today, sessionBefore: sessions => addDays(today, -sessions) };
};

/** `above 100`: met over 100, back at 99. */
const at = (cents: number): Standing => ({
  is: 'price',
  price: price((cents / 100).toFixed(2)),
  met: cents > 10_000,
  back: cents <= 9900,
});

/** Runs checks one after another and answers which of them fired. */
function firings(checks: readonly (readonly [Instant, Standing])[], first?: AlertState): boolean[] {
  let state = first;
  return checks.map(([now, standing]) => {
    const { fires, next } = stepOf(standing, state, timeAt(now));
    state = next ?? state;
    return fires;
  });
}
const levels = (list: readonly (readonly [number, number])[]): boolean[] =>
  firings(list.map(([hours, cents]) => [start + hours * hour, at(cents)]));

describe('a level', () => {
  it('fires once when it is crossed, and not while it stays so', () =>
    expect(
      levels([
        [0, 9950],
        [1, 10_001],
        [2, 10_500],
        [30, 10_700],
        [60, 10_001],
      ]),
    ).toEqual([false, true, false, false, false]));

  it('fires at the first look when it is so already', () =>
    expect(
      levels([
        [0, 10_200],
        [48, 10_200],
      ]),
    ).toEqual([true, false]));

  it('is armed again by the band and the cool-down together', () => {
    // Back beyond the band after a day.
    expect(
      levels([
        [0, 10_001],
        [25, 9900],
        [26, 10_001],
      ]),
    ).toEqual([true, false, true]);
    // Not back far enough.
    expect(
      levels([
        [0, 10_001],
        [25, 9901],
        [26, 10_001],
      ]),
    ).toEqual([true, false, false]);
    // Back too soon, and then no more.
    expect(
      levels([
        [0, 10_001],
        [23, 9000],
        [25, 10_001],
      ]),
    ).toEqual([true, false, false]);
  });

  it('a week without a check is one firing', () =>
    expect(
      levels([
        [0, 9000],
        [7 * 24, 10_400],
      ]),
    ).toEqual([false, true]));

  it('a clock set back neither tells twice nor stays silent for long', () => {
    const future: AlertState = { armed: false, value: '101', firedAt: start + 400 * day, eventKey: undefined };
    const checks = [
      [start, at(9000)],
      [start + hour, at(10_500)],
      [start + 25 * hour, at(9000)],
      [start + 26 * hour, at(10_500)],
    ] as const;
    expect(firings(checks, future)).toEqual([false, false, false, true]);
  });

  it('what is not known changes nothing', () => {
    const unknown: Standing = { is: 'unknown', why: 'it has no price' };
    const state: AlertState = { armed: false, value: '101', firedAt: start, eventKey: undefined };
    expect(stepOf(unknown, state, timeAt(start + 90 * day))).toEqual({ fires: false });
    expect(stepOf(unknown, undefined, timeAt(start))).toEqual({ fires: false });
  });
});

describe('a level, against its own words', () => {
  /**
   * It fires at a check where it is so, if it never fired, or if between its last firing and this check some check, at
   * least a cool-down after that firing, found it back.
   */
  function model(checks: readonly { readonly now: Instant; readonly cents: number }[]): boolean[] {
    const fired: boolean[] = [];
    let last: number | undefined;
    for (const [index, { cents }] of checks.entries()) {
      const isArmed =
        last === undefined ||
        checks
          .slice(last + 1, index)
          .some(each => each.cents <= 9900 && each.now - (checks[last as number]?.now ?? 0) >= coolDown);
      const fires = cents > 10_000 && isArmed;
      if (fires) last = index;
      fired.push(fires);
    }
    return fired;
  }

  const check = fc.record({
    hours: fc.integer({ min: 0, max: 30 }),
    cents: fc.oneof(fc.constantFrom(9900, 9901, 10_000, 10_001), fc.integer({ min: 9700, max: 10_300 })),
  });
  const walk = fc.array(check, { maxLength: 40 }).map(list => {
    let now = start;
    return list.map(({ hours, cents }) => {
      now += hours * hour;
      return { now, cents };
    });
  });

  it('fires when the model does', () => {
    fc.assert(
      fc.property(walk, checks => {
        expect(firings(checks.map(({ now, cents }) => [now, at(cents)]))).toEqual(model(checks));
      }),
    );
  });

  it('never fires twice within the cool-down, nor twice for the same check', () => {
    fc.assert(
      fc.property(walk, checks => {
        const twice = checks.flatMap(each => [each, each]);
        const fired = firings(twice.map(({ now, cents }) => [now, at(cents)]));
        const times = twice.filter((_, index) => fired[index]).map(each => each.now);
        for (const [index, time] of times.entries()) {
          if (index > 0) expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(coolDown);
        }
      }),
    );
  });

  it('writes nothing where nothing changes', () => {
    fc.assert(
      fc.property(walk, checks => {
        let state: AlertState | undefined;
        for (const { now, cents } of checks) {
          const { next } = stepOf(at(cents), state, timeAt(now));
          if (next !== undefined) expect(next.armed).not.toBe(state?.armed ?? true);
          state = next ?? state;
        }
      }),
    );
  });

  it('a clock that jumps about makes no storm: between two firings there was always a check that found it back', () => {
    const jumps = fc.array(
      fc.record({
        now: fc.integer({ min: -60, max: 60 }).map(days => start + days * day),
        cents: check.map(each => each.cents),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(jumps, checks => {
        const fired = firings(checks.map(({ now, cents }) => [now, at(cents)]));
        let isBack = true;
        for (const [index, { cents }] of checks.entries()) {
          if (fired[index]) {
            expect(isBack).toBe(true);
            isBack = false;
          }
          if (cents <= 9900) isBack = true;
        }
      }),
    );
  });
});

describe('what belongs to a session', () => {
  const move = (session: string, met: boolean): Standing => ({
    is: 'day-move',
    met,
    session: on(session),
    pct: 6,
    base: 40,
    price: price('42.4'),
  });

  it('fires once in each session', () => {
    const checks = [
      [start, move('2026-03-03', false)],
      [start + hour, move('2026-03-03', true)],
      [start + 2 * hour, move('2026-03-03', false)],
      [start + 3 * hour, move('2026-03-03', true)],
      [start + day, move('2026-03-04', true)],
      [start + day + hour, move('2026-03-04', true)],
    ] as const;
    expect(firings(checks)).toEqual([false, true, false, false, true, false]);
  });

  it('is not told again by a clock that was set back, and not silenced by one that was ahead', () => {
    const ahead: AlertState = { armed: true, value: '6', firedAt: start + 90 * day, eventKey: '2026-06-01' };
    const checks = [
      [start, move('2026-03-03', true)],
      [start + hour, move('2026-03-03', true)],
      [start + day, move('2026-03-04', true)],
    ] as const;
    expect(firings(checks, ahead)).toEqual([false, false, true]);
  });
});

describe('dates', () => {
  const within = (...dates: string[]): Standing => ({
    is: 'dates',
    within: dates.map(each => on(each)),
    next: undefined,
  });

  it('are told once each, a new one when it comes within reach', () => {
    let state: AlertState | undefined;
    const told: (readonly string[])[] = [];
    for (const [days, dates] of [
      [0, ['2026-03-05']],
      [1, ['2026-03-05', '2026-03-09']],
      [2, ['2026-03-05', '2026-03-09']],
      [3, ['2026-03-09', '2026-03-12', '2026-03-13']],
      [9, []],
    ] as const) {
      const step = stepOf(within(...dates), state, timeAt(start + days * day));
      told.push(step.dates ?? []);
      state = step.next ?? state;
    }
    expect(told).toEqual([['2026-03-05'], ['2026-03-09'], [], ['2026-03-12', '2026-03-13'], []]);
    expect(state?.eventKey).toBe('2026-03-09 2026-03-12 2026-03-13');
  });

  it('one that is moved is news', () => {
    const first = stepOf(within('2026-03-05'), undefined, timeAt(start)).next;
    expect(stepOf(within('2026-03-06'), first, timeAt(start + hour)).dates).toEqual(['2026-03-06']);
  });

  it('each date is told exactly once, whatever is in reach at which check', () => {
    const reach = fc.array(fc.uniqueArray(fc.integer({ min: 5, max: 28 }), { maxLength: 4 }), { maxLength: 20 });
    fc.assert(
      fc.property(reach, checks => {
        let state: AlertState | undefined;
        const told: string[] = [];
        const seen = new Set<string>();
        for (const days of checks) {
          const dates = days.map(each => `2026-03-${String(each).padStart(2, '0')}`).sort();
          const step = stepOf(within(...dates), state, timeAt(start));
          told.push(...(step.dates ?? []));
          for (const date of dates) seen.add(date);
          state = step.next ?? state;
        }
        expect(told.sort()).toEqual([...seen].sort());
      }),
    );
  });
});

describe('a change of signal', () => {
  const says = (signal: SignalClass, asOf: string): Standing => ({ is: 'class', signal, asOf: on(asOf) });

  it('is one from the class that was seen first, told once', () => {
    const checks = [
      [start, says('HOLD', '2026-03-02')],
      [start + hour, says('HOLD', '2026-03-02')],
      [start + day, says('BUY', '2026-03-03')],
      [start + day + hour, says('BUY', '2026-03-03')],
      [start + 2 * day, says('BUY', '2026-03-04')],
      [start + 3 * day, says('HOLD', '2026-03-05')],
    ] as const;
    expect(firings(checks)).toEqual([false, false, true, false, false, true]);
  });

  it('says what it was, and is not read backwards when the clock is set back', () => {
    const first = stepOf(says('HOLD', '2026-03-02'), undefined, timeAt(start)).next;
    const changed = stepOf(says('SELL', '2026-03-03'), first, timeAt(start + day));
    expect(changed.before).toBe('HOLD');
    expect(stepOf(says('HOLD', '2026-03-02'), changed.next, timeAt(start))).toEqual({ fires: false });
  });
});
