import { describe, expect, test } from 'vitest';
import { readFixedNow, systemClock } from '../../src/host/system.ts';

describe('the clock', () => {
  test('stands still at ASXOS_NOW', async () => {
    const clock = systemClock({ ASXOS_NOW: '2024-09-30T10:00Z' });
    expect(clock.now()).toBe(1_727_690_400_000);
    const machine = Date.now();
    await expect.poll(() => Date.now(), { interval: 1 }).toBeGreaterThan(machine);
    expect(clock.now()).toBe(1_727_690_400_000);
  });

  test('runs when ASXOS_NOW is absent or empty', async () => {
    for (const env of [{}, { ASXOS_NOW: '' }]) {
      expect(readFixedNow(env)).toBeUndefined();
      const clock = systemClock(env);
      const before = clock.now();
      await expect.poll(clock.now, { interval: 1 }).toBeGreaterThan(before);
      expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
    }
  });

  test('names an ASXOS_NOW that is no instant', () => {
    expect(() => systemClock({ ASXOS_NOW: 'yesterday' })).toThrow('ASXOS_NOW is "yesterday", which is not an instant');
  });

  test('sleep takes the time it was told, and not the clock’s', async () => {
    const clock = systemClock({ ASXOS_NOW: '2024-09-30T10:00Z' });
    const begun = clock.elapsed();
    await clock.sleep(3);
    // Timers of the machine may come a millisecond early.
    expect(clock.elapsed() - begun).toBeGreaterThanOrEqual(2);
  });

  test('sleep ends at once when it is aborted', async () => {
    const stop = new AbortController();
    const sleep = systemClock({}).sleep(60_000, stop.signal);
    stop.abort();
    await expect(sleep).rejects.toMatchObject({ name: 'AbortError' });
  });
});
