import { expect, test } from 'vitest';
import { parseLocalDate } from '../../src/domain/date.ts';
import { money, units } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { needWords } from '../../src/tui/need-words.ts';
import type { Need } from '../../src/usecases/view-dashboard.ts';

const today = parseLocalDate('2026-11-20');
const on = parseLocalDate('2026-11-26');
const [bhp, csl, wes] = ['BHP', 'CSL', 'WES'].map(parseCode) as [never, never, never];

test.each<[Need, string, boolean]>([
  [{ kind: 'unpriced', codes: [bhp], since: undefined }, 'BHP has no price yet', true],
  [{ kind: 'unpriced', codes: [bhp, csl], since: undefined }, 'BHP and CSL have no price yet', true],
  [
    { kind: 'stale', codes: [bhp, csl, wes], since: parseLocalDate('2026-11-12') },
    'BHP and 2 more have no newer price than 12 Nov',
    true,
  ],
  [
    { kind: 'stale', codes: [bhp], since: parseLocalDate('2025-02-28') },
    'BHP has no newer price than 28 Feb 2025',
    true,
  ],
  [
    { kind: 'quiet', codes: [bhp], since: parseLocalDate('2025-02-28') },
    'BHP has no newer price than 28 Feb 2025',
    true,
  ],
  [{ kind: 'ahead', count: 1 }, '1 entry dated after today is counted already', true],
  [{ kind: 'ahead', count: 2 }, '2 entries dated after today are counted already', true],
  [{ kind: 'discount', code: wes, units: units('120'), on, days: 6 }, 'WES discount on 120 units in 6 days', false],
  [{ kind: 'discount', code: wes, units: units('1'), on, days: 1 }, 'WES discount on 1 unit tomorrow', false],
  [
    { kind: 'franking', code: bhp, units: units('100'), on, days: 6, credits: money('14.5') },
    'keep 100 BHP until 26 Nov to keep $14.50 of franking',
    false,
  ],
  [
    { kind: 'ex-dividend', code: bhp, on, days: 6, amount: money('1240') },
    'BHP ex-dividend Thu 26 Nov, $1,240.00',
    false,
  ],
  [
    { kind: 'ex-dividend', code: bhp, on: parseLocalDate('2026-11-21'), days: 1, amount: money('12.5') },
    'BHP ex-dividend tomorrow, $12.50',
    false,
  ],
])('%j', (need, text, urgent) => {
  expect(needWords(need, today)).toEqual({ text, urgent });
});

test('a notification is told by its title, harmless', () => {
  const notification = {
    id: 1,
    type: 'system',
    priority: 'high',
    title: '\u001b[31mBHP fell',
    message: '',
    data: {},
    createdAt: 0,
    readAt: undefined,
  } as const;
  expect(needWords({ kind: 'notification', notification }, today)).toEqual({ text: 'BHP fell', urgent: true });
});
