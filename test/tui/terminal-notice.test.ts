import { expect, test } from 'vitest';
import type { Notification, Priority } from '../../src/domain/alerts/notification.ts';
import { terminalNotice } from '../../src/tui/terminal-notice.ts';

const told = (title: string, priority: Priority = 'normal'): Notification => ({
  ...{ id: 1, type: 'system', priority, title, message: '', data: {}, createdAt: 0, readAt: undefined },
});

test('one is its title, in OSC 9; what is urgent rings', () => {
  expect(terminalNotice([told('CSL fell 12%')], false)).toBe('\u001b]9;asxos: CSL fell 12%\u001b\\');
  expect(terminalNotice([told('CSL fell 12%', 'high')], false)).toBe('\u001b]9;asxos: CSL fell 12%\u001b\\\u0007');
});

test('several are one, cut where they are long', () => {
  expect(terminalNotice([told('a'), told('b', 'urgent')], false)).toBe(
    '\u001b]9;asxos: 2 notifications: a · b\u001b\\\u0007',
  );
  const long = terminalNotice(
    Array.from({ length: 100 }, (_, n) => told(`title ${n}`)),
    false,
  );
  expect(long.length).toBe(200 + '\u001b]9;\u001b\\'.length);
});

test('no title acts on the terminal, and the simulated market says what it is', () => {
  expect(terminalNotice([told('a\u001b\\\u001b]52;c;x\u0007\nb\u0007')], true)).toBe(
    '\u001b]9;asxos (SIMULATED): a b\u001b\\',
  );
});
