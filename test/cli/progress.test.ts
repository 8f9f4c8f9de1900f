import { expect, test } from 'vitest';
import { progressLine } from '../../src/cli/progress.ts';

function watch(errIsTerminal: boolean, quiet: boolean): string {
  const err: string[] = [];
  const streams = { out: () => undefined, err: (text: string) => err.push(text), terminal: undefined, errIsTerminal };
  const progress = progressLine('Fetching', streams, { quiet });
  progress.show(1, 3);
  progress.show(2, 3);
  progress.end();
  progress.end();
  return err.join('');
}

test('one line, rewritten and cleared', () => {
  expect(watch(true, false)).toBe('\r\u001b[2KFetching 1/3\r\u001b[2KFetching 2/3\r\u001b[2K');
});
test('nothing in a pipe', () => expect(watch(false, false)).toBe(''));
test('nothing when quiet', () => expect(watch(true, true)).toBe(''));
