import { describe, expect, test } from 'vitest';
import { idSequence } from '../../src/host/ids.ts';

const uuid7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ids', () => {
  test('are UUIDv7 that hold the millisecond', () => {
    const id = idSequence(() => 0x0192_2f1c_3a00)();
    expect(id).toMatch(uuid7);
    expect(id.startsWith('01922f1c-3a00-7')).toBe(true);
  });

  test('are distinct and in order within one millisecond, past the counter, and when the clock goes back', () => {
    let now = 1_700_000_000_000;
    const newId = idSequence(() => now);
    const ids = Array.from({ length: 10_000 }, () => newId());
    now -= 60_000;
    ids.push(newId());
    now += 120_000;
    ids.push(newId());
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every(id => uuid7.test(id))).toBe(true);
  });
});
