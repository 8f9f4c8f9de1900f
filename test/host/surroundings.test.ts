import { expect, test } from 'vitest';
import { processSurroundings } from '../../src/host/surroundings.ts';

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const)('%s ends with %i, and is left alone when nobody listens any more', (signal, exitCode) => {
  const ends: number[] = [];
  const before = process.listenerCount(signal);
  const stop = processSurroundings().onEndSignal(code => ends.push(code));
  process.emit(signal);
  expect(ends).toEqual([exitCode]);
  stop();
  expect(process.listenerCount(signal)).toBe(before);
});

test('what nobody caught is handed over', () => {
  const bugs: unknown[] = [];
  const before = process.listenerCount('uncaughtException');
  const stop = processSurroundings().onBug(error => bugs.push(error));
  expect(process.listenerCount('uncaughtException')).toBe(before + 1);
  stop();
  expect(process.listenerCount('uncaughtException')).toBe(before);
  expect(bugs).toEqual([]);
});
