import { expect, test } from 'vitest';
import { readShortSignals } from '../../src/db/short-signals.ts';
import { say } from '../support/said.ts';
import { code, date, open } from './open-database.ts';

const bhp = code('BHP');
const cba = code('CBA');

test('what was last said by a day, of many codes at once; an abstention has no class', () => {
  const db = open();
  say(db, '2026-11-10', { BHP: { a: 'SELL', b: 'SELL', grade: 'D', signal: 'SELL', score: 0.3 } });
  say(db, '2026-11-20', {
    BHP: { a: 'BUY', b: 'HOLD', grade: 'C', signal: 'BUY', score: 0.66 },
    CBA: { a: 'BUY' },
  });
  const read = (closed: string) => readShortSignals(db, [bhp, cba, code('XRO')], { closed: date(closed) });
  const now = read('2026-11-25');
  expect([...now.keys()].sort()).toEqual([bhp, cba]);
  expect(now.get(bhp)).toEqual({
    code: bhp,
    asOf: '2026-11-20',
    signalA: 'BUY',
    signalB: 'HOLD',
    signal: 'BUY',
    score: 0.66,
    probability: 0.66,
    expectedReturn: undefined,
    quality: 0.66,
    version: 'a-1+B 1.0',
    grade: 'C',
    abstained: undefined,
    isOld: false,
  });
  expect(now.get(cba)).toMatchObject({ signalA: 'BUY', signalB: undefined, signal: undefined, grade: undefined });
  expect(now.get(cba)?.abstained).toBe('too little history');
  expect(read('2026-11-19').get(bhp)?.signal).toBe('SELL');
  expect(read('2026-11-09').size).toBe(0);
});

test('of two versions of one day the one that was written last', () => {
  const db = open();
  say(db, '2026-11-20', { BHP: { a: 'BUY', signal: 'BUY', score: 0.7 } }, 'a-2');
  say(db, '2026-11-20', { BHP: { a: 'SELL', signal: 'SELL', score: 0.2 } }, 'a-1');
  expect(readShortSignals(db, [bhp], { closed: date('2026-11-20') }).get(bhp)?.signal).toBe('BUY');
});

test('five sessions behind the last close is not old, six are; a weekend is none', () => {
  const db = open();
  say(db, '2026-11-13', { BHP: { signal: 'BUY', score: 0.7 } });
  const isOld = (closed: string) => readShortSignals(db, [bhp], { closed: date(closed) }).get(bhp)?.isOld;
  expect([isOld('2026-11-20'), isOld('2026-11-22'), isOld('2026-11-23')]).toEqual([false, false, true]);
});
