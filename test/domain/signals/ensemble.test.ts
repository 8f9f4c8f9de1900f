import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Code } from '../../../src/domain/market/security.ts';
import { isBearish, isBullish, type SignalClass, signalClasses } from '../../../src/domain/signals/classes.ts';
import {
  ensembleStatistics,
  ensembleVote,
  filterVotes,
  type VoteA,
  type VoteB,
} from '../../../src/domain/signals/ensemble.ts';

const code = 'BHP' as Code;
const byA = (signal: SignalClass, probability: number, rank?: number): VoteA => ({
  signal,
  probability,
  expectedReturn: 0.01,
  conviction: 10,
  rank,
});
const byB = (signal: SignalClass, score: number, rank?: number): VoteB => ({ signal, score, grade: 'B', rank });
const vote = (a: VoteA, b: VoteB) => ensembleVote({ code, a, b });

describe('the score', () => {
  it.each([
    [0.8, 0.7, 0.76],
    [0.3, 0.2, 0.26],
    [0.9, 0.3, 0.66],
  ])('of %d and %d is %d, to the last digit', (a, b, expected) => {
    expect(vote(byA('HOLD', a), byB('HOLD', b)).score).toBe(expected);
  });

  it('takes other weights from the settings', () => {
    const weighed = ensembleVote({ code, a: byA('BUY', 0.8, 10), b: byB('HOLD', 0.4, 20) }, { a: 0.5, b: 0.5 });
    expect(weighed).toMatchObject({ score: 0.6, rank: 15, signal: 'HOLD' });
  });
});

describe('the class', () => {
  it.each<[SignalClass, SignalClass, number, number, SignalClass]>([
    ['STRONG_BUY', 'BUY', 0.7, 0.7, 'STRONG_BUY'],
    ['BUY', 'STRONG_BUY', 0.6, 0.9, 'BUY'],
    ['BUY', 'BUY', 0.6, 0.6, 'BUY'],
    ['STRONG_SELL', 'SELL', 0.3, 0.4, 'STRONG_SELL'],
    ['SELL', 'STRONG_SELL', 0.4, 0.2, 'SELL'],
    ['HOLD', 'HOLD', 0.9, 0.9, 'HOLD'],
  ])('of %s and %s is agreed and takes the strength of A', (a, b, probability, score, expected) => {
    const { signal, agreement, conflict, reason } = vote(byA(a, probability), byB(b, score));
    expect({ signal, agreement, conflict, reason }).toEqual({
      signal: expected,
      agreement: true,
      conflict: false,
      reason: undefined,
    });
  });

  it.each<[SignalClass, SignalClass, number, number, SignalClass]>([
    ['BUY', 'HOLD', 0.75, 0.5, 'BUY'],
    ['BUY', 'HOLD', 0.75, 0.4999, 'HOLD'],
    ['HOLD', 'STRONG_BUY', 0.5, 0.875, 'BUY'],
    ['SELL', 'HOLD', 0.25, 0.5, 'SELL'],
    ['SELL', 'HOLD', 0.25, 0.5001, 'HOLD'],
    ['HOLD', 'SELL', 0.5, 0.3, 'HOLD'],
  ])('of %s and %s is by the score, neither agreed nor a conflict', (a, b, probability, score, expected) => {
    const { signal, agreement, conflict } = vote(byA(a, probability), byB(b, score));
    expect({ signal, agreement, conflict }).toEqual({ signal: expected, agreement: false, conflict: false });
  });

  it('of a conflict is HOLD and says what each said', () => {
    expect(vote(byA('STRONG_BUY', 0.9), byB('SELL', 0.3))).toMatchObject({
      signal: 'HOLD',
      score: 0.66,
      conflict: true,
      agreement: false,
      reason: 'A=STRONG_BUY, B=SELL',
    });
    expect(vote(byA('SELL', 0.4), byB('BUY', 0.7)).reason).toBe('A=SELL, B=BUY');
  });

  it('is a conflict exactly where the two take sides against each other', () => {
    const either = fc.constantFrom(...signalClasses);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(either, either, share, share, (a, b, probability, score) => {
        const row = vote(byA(a, probability), byB(b, score));
        expect(row.conflict).toBe((isBullish(a) && isBearish(b)) || (isBearish(a) && isBullish(b)));
        expect(row.agreement && row.conflict).toBe(false);
        if (row.conflict) expect(row.signal).toBe('HOLD');
        expect(row.score).toBeGreaterThanOrEqual(0);
        expect(row.score).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the rank', () => {
  it.each([
    [10, 20, 14],
    [5, 50, 23],
    [6, 1, 4],
    [1, 1, 1],
  ])('of %d and %d is %d', (a, b, expected) => {
    expect(vote(byA('BUY', 0.6, a), byB('BUY', 0.7, b)).rank).toBe(expected);
  });

  it('is floor((6 a + 4 b) / 10) for all ranks, and unknown where one is', () => {
    const rank = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(rank, rank, (a, b) => {
        expect(vote(byA('BUY', 0.6, a), byB('BUY', 0.7, b)).rank).toBe(Math.floor((6 * a + 4 * b) / 10));
      }),
    );
    expect(vote(byA('BUY', 0.6), byB('BUY', 0.7, 3)).rank).toBeUndefined();
  });
});

describe('a security that only one model knows', () => {
  const noHistory: VoteA = { signal: undefined, reason: 'needs 253 bars, has 120' };
  const noStatements: VoteB = { signal: undefined, reason: 'no statements' };

  it('keeps its row and the one vote, and the ensemble abstains with the reason', () => {
    const b = byB('BUY', 0.7, 3);
    expect(vote(noHistory, b)).toEqual({
      code,
      a: noHistory,
      b,
      signal: undefined,
      score: undefined,
      rank: undefined,
      conflict: false,
      agreement: false,
      reason: 'model A abstains: needs 253 bars, has 120',
    });
    expect(vote(byA('SELL', 0.4), noStatements).reason).toBe('model B abstains: no statements');
    expect(vote(noHistory, noStatements).reason).toBe(
      'model A abstains: needs 253 bars, has 120; model B abstains: no statements',
    );
  });

  const rows = [
    vote(byA('BUY', 0.6), byB('BUY', 0.7)),
    vote(byA('BUY', 0.6), byB('SELL', 0.3)),
    vote(byA('HOLD', 0.5), byB('HOLD', 0.5)),
    vote(byA('HOLD', 0.5), byB('BUY', 0.6)),
    vote(noHistory, byB('BUY', 0.7)),
  ];

  it('is not in the statistics, which are of what both know', () => {
    expect(ensembleStatistics(rows)).toEqual({
      total: 4,
      agreements: 2,
      conflicts: 1,
      agreementRate: 0.5,
      conflictRate: 0.25,
    });
    expect(ensembleStatistics(rows.slice(4))).toEqual({
      total: 0,
      agreements: 0,
      conflicts: 0,
      agreementRate: undefined,
      conflictRate: undefined,
    });
  });

  it('filters keep all, the agreed, what does not conflict, and one class', () => {
    const kept = (keep: 'all' | 'agreement' | 'no-conflict', signal?: SignalClass) =>
      filterVotes(rows, { keep, signal }).map(row => rows.indexOf(row));
    expect(kept('all')).toEqual([0, 1, 2, 3, 4]);
    expect(kept('agreement')).toEqual([0, 2]);
    expect(kept('no-conflict')).toEqual([0, 2, 3, 4]);
    expect(kept('all', 'HOLD')).toEqual([1, 2, 3]);
    expect(kept('agreement', 'HOLD')).toEqual([2]);
  });
});
