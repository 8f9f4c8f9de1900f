import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockTime, isAhead, isClock, nextClock } from '../../src/account/clock.ts';

const a = 'aaaaaaaaaaaa';
const b = 'bbbbbbbbbbbb';
const node = fc.constantFrom(a, b);
const wall = fc.integer({ min: 0, max: 2 ** 44 });

test('a clock is the wall time, a counter and a node, and sorts as text', () => {
  const first = nextClock(1_772_409_600_000, a);
  expect(first).toBe('019cabd83800-0000-aaaaaaaaaaaa');
  expect(isClock(first)).toBe(true);
  expect(clockTime(first)).toBe(1_772_409_600_000);
  // The same millisecond, and a wall clock that was set back.
  expect(nextClock(1_772_409_600_000, b, [first])).toBe('019cabd83800-0001-bbbbbbbbbbbb');
  expect(nextClock(5, b, [first])).toBe('019cabd83800-0001-bbbbbbbbbbbb');
  expect(nextClock(1_772_409_600_001, b, [first])).toBe('019cabd83801-0000-bbbbbbbbbbbb');
});

test('a counter that is full takes the next millisecond', () => {
  expect(nextClock(0, a, [`000000000001-ffff-${b}`])).toBe(`000000000002-0000-${a}`);
});

test('what is made from versions is later than each of them, and a clock whatever the walls say', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(wall, node), { minLength: 1, maxLength: 6 }), wall, node, (made, now, by) => {
      const clocks: string[] = [];
      for (const [at, who] of made) clocks.push(nextClock(at, who, clocks));
      const next = nextClock(now, by, clocks);
      return isClock(next) && clocks.every(clock => clock < next) && clockTime(next) >= now;
    }),
  );
});

test('a clock is ahead from an hour on', () => {
  const now = 1_772_409_600_000;
  expect([isAhead(nextClock(now + 3_600_000, a), now), isAhead(nextClock(now + 3_600_001, a), now)]).toEqual([
    ...[false, true],
  ]);
});
