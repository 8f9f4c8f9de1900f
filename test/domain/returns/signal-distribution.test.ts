import { expect, test } from 'vitest';
import { money, plain } from '../../../src/domain/decimal.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { allocation } from '../../../src/domain/returns/allocation.ts';
import { signalDistribution } from '../../../src/domain/returns/signal-distribution.ts';
import type { SignalClass } from '../../../src/domain/signals/classes.ts';
import type { ShortSignal } from '../../../src/domain/signals/short-signal.ts';

const held = (code: string, value: string | undefined) => ({
  code: parseCode(code),
  value: value === undefined ? undefined : money(value),
  sector: undefined,
  kind: 'share' as const,
});
const said = (code: string, signal: SignalClass | undefined, isOld = false): [ShortSignal['code'], ShortSignal] => [
  parseCode(code),
  {
    code: parseCode(code),
    asOf: '2026-03-02' as ShortSignal['asOf'],
    signalA: signal,
    signalB: undefined,
    signal,
    score: undefined,
    probability: undefined,
    expectedReturn: undefined,
    quality: undefined,
    version: 'a-1',
    grade: undefined,
    abstained: undefined,
    isOld,
  },
];

test('by class, strongest buy first; what has no signal apart; cash is in the weights and in no part', () => {
  const holdings = [
    held('BHP', '300'),
    held('CBA', '200'),
    held('CSL', '100'),
    held('WES', '150'),
    held('XRO', '50'),
    held('ZIP', undefined),
  ];
  const signals = new Map([
    said('BHP', 'SELL'),
    said('CBA', 'STRONG_BUY', true),
    said('CSL', 'SELL'),
    said('WES', undefined, true),
    said('ZIP', 'BUY'),
  ]);
  const parts = signalDistribution(holdings, signals, allocation(holdings, money('200')));
  expect(
    parts.map(each => [each.name, each.codes.join(' '), plain(each.value), each.weightPct, each.old.join(' ')]),
  ).toEqual([
    ['STRONG_BUY', 'CBA', '200', 20, 'CBA'],
    ['SELL', 'BHP CSL', '400', 40, ''],
    [undefined, 'WES XRO', '200', 20, ''],
  ]);
});

test('nothing priced is no part', () => {
  expect(signalDistribution([held('BHP', undefined)], new Map(), allocation([], undefined))).toEqual([]);
});
