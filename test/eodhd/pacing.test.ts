import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openPacer } from '../../src/eodhd/pacing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const free = new AbortController().signal;
const always = () => undefined;
const calm = { remaining: 1000, untilNextMinuteMs: 60_000 };

function fill(pacer: ReturnType<typeof openPacer>, count: number) {
  let sent = 0;
  const all = Promise.all(
    Array.from({ length: count }, () =>
      pacer.run(free, always, async () => {
        sent += 1;
      }),
    ),
  );
  return { all, sent: () => sent };
}

test('half of the allowance goes in a minute, the rest in the next ones', async () => {
  const pacer = openPacer();
  pacer.learn({ limit: 20, ...calm });
  const { all, sent } = fill(pacer, 25);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(sent()).toBe(10);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent()).toBe(20);
  await vi.advanceTimersByTimeAsync(60_000);
  await all;
  expect(sent()).toBe(25);
});

test('few requests within the allowance go at once', async () => {
  const { all, sent } = fill(openPacer(), 400);
  await all;
  expect(sent()).toBe(400);
});

test('an allowance that is nearly gone waits for the next minute', async () => {
  const pacer = openPacer();
  pacer.learn({ limit: 1000, remaining: 3, untilNextMinuteMs: 12_000 });
  const { all, sent } = fill(pacer, 2);
  await vi.advanceTimersByTimeAsync(11_999);
  expect(sent()).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  await all;
  expect(sent()).toBe(2);
});

test('no more than four at once, first come first served', async () => {
  const pacer = openPacer();
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const all = Array.from({ length: 6 }, (_, index) =>
    pacer.run(free, always, () => {
      started.push(index);
      return new Promise<void>(resolve => finish.push(resolve));
    }),
  );
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toEqual([0, 1, 2, 3]);
  finish[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toEqual([0, 1, 2, 3, 4]);
  for (const done of finish) done();
  await vi.advanceTimersByTimeAsync(0);
  for (const done of finish) done();
  await Promise.all(all);
  expect(started).toEqual([0, 1, 2, 3, 4, 5]);
});

test('one that is aborted in the queue leaves it at once and takes no turn', async () => {
  const pacer = openPacer();
  pacer.pause(60_000);
  const abort = new AbortController();
  const waiting = pacer.run(abort.signal, always, async () => 'sent');
  const reason = new Error('quit');
  abort.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await expect(pacer.run(abort.signal, always, async () => 'sent')).rejects.toBe(reason);
});

test('one that is refused takes no turn', async () => {
  const pacer = openPacer();
  pacer.learn({ limit: 4, ...calm });
  const refusal = new Error('quota');
  const refused = Array.from({ length: 10 }, () =>
    pacer.run(
      free,
      () => {
        throw refusal;
      },
      async () => 'sent',
    ),
  );
  for (const one of refused) await expect(one).rejects.toBe(refusal);
  const { all, sent } = fill(pacer, 2);
  await all;
  expect(sent()).toBe(2);
});

test('a failure frees its place', async () => {
  const pacer = openPacer({ concurrency: 1 });
  await expect(pacer.run(free, always, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(pacer.run(free, always, async () => 'next')).resolves.toBe('next');
});
