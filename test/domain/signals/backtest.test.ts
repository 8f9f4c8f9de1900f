import { describe, expect, test } from 'vitest';
import { localDate } from '../../../src/domain/date.ts';
import { tradingDays } from '../../../src/domain/market/calendar.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import {
  type Backtest,
  type BacktestRules,
  backtest,
  type SessionPrices,
} from '../../../src/domain/signals/backtest.ts';

const sessions = tradingDays(localDate(2025, 1, 2), localDate(2025, 6, 30));
const free: BacktestRules = { capital: 10_000, brokerageFlat: 0, brokeragePct: 0, spreadPct: 0 };
const codes = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE'] as Code[];
const [aaa, bbb] = codes as [Code, Code];

/** The open of a session is the close of the one before, unless said. */
function priced(
  close: (session: number) => number,
  open = (session: number) => close(Math.max(0, session - 1)),
): SessionPrices {
  return {
    open: Float64Array.from(sessions, (_, session) => open(session)),
    close: Float64Array.from(sessions, (_, session) => close(session)),
  };
}

const flat = priced(() => 10);

/** On each of the sessions the named code is ranked first of the five. */
const ranked = (best: Readonly<Record<number, Code>>) =>
  Object.entries(best).flatMap(([session, first]) =>
    codes.map(code => ({ date: sessions[Number(session)]!, code, score: code === first ? 1 : 0 })),
  );

function tested(
  best: Readonly<Record<number, Code>>,
  prices: Readonly<Record<string, SessionPrices>>,
  rules: BacktestRules = free,
  benchmark = flat,
): Backtest {
  const all = new Map(codes.map(code => [code, prices[code] ?? flat]));
  const result = backtest(ranked(best), { sessions, prices: all, benchmark }, rules);
  if ('reason' in result) throw new Error(result.reason);
  return result;
}

describe('by hand', () => {
  test('10,000 in AAA from 10 to 11, then in BBB from 10 to 9, with brokerage and spread', () => {
    // AAA: 10 until the close of session 21, then 11. BBB: 10 until session 22, then 9.
    const prices = {
      AAA: priced(session => (session < 10 ? 10 : 11)),
      BBB: priced(session => (session < 30 ? 10 : 9)),
    };
    const rules = { capital: 10_000, brokerageFlat: 10, brokeragePct: 0.1, spreadPct: 0.2 };
    const result = tested({ 0: aaa, 21: bbb }, prices, rules);
    // Set aside for 10,000: 10 + 10 = 20. Part 9,980: brokerage 10 (0.1% is 9.98), half spread 9.98. Cash .02.
    const [first, second] = result.periods;
    expect(first).toMatchObject({ decidedOn: sessions[0], filledOn: sessions[1], codes: [aaa], unfilled: [] });
    expect(first?.costs).toBeCloseTo(19.98, 9);
    // 998 units at 11 and .02: 10,978.02 at the open of session 22.
    expect(first?.rate).toBeCloseTo(10_978.02 / 10_000 - 1, 12);
    // Sold for 10,978: 10.978 + 10.978. Set aside for buying 10,978.02 the same: 43.91204; part 10,934.10796.
    const part = 10_978.02 - 2 * 10.978 - 2 * 10.978_02;
    const costs = 2 * 10.978 + part * 0.002;
    expect(second?.costs).toBeCloseTo(costs, 9);
    const end = part * 0.9 + (10_978.02 - part - costs);
    expect(second?.rate).toBeCloseTo(end / 10_978.02 - 1, 12);
    expect(result.netReturn).toBeCloseTo(end / 10_000 - 1, 12);
    expect(result.grossReturn).toBeCloseTo(1.1 * 0.9 - 1, 12);
    expect(result.costs).toBeCloseTo(19.98 + costs, 9);
    // All of AAA goes, all of BBB comes.
    expect(result.turnover).toBeCloseTo(1, 5);
    // The top is 10,978.02 with AAA at 11; BBB falls in session 30.
    expect(result.drawdown).toMatchObject({ troughOn: sessions[30], recoveredOn: undefined });
    expect(result.drawdown?.maxPct).toBeCloseTo((1 - end / 10_978.02) * 100, 9);
    expect(result).toMatchObject({ from: sessions[1], to: sessions[42] });
  });

  test('the benchmark is bought once, with costs, and held', () => {
    const rising = priced(session => 100 + session);
    const rules = { capital: 10_000, brokerageFlat: 10, brokeragePct: 0.1, spreadPct: 0.2 };
    const result = tested({ 0: aaa, 21: bbb }, {}, rules, rising);
    // 9,980 at the open of 100; the close of session 42 is 142, the open of session 22 is 121.
    expect(result.benchmarkReturn).toBeCloseTo((9980 * 1.42) / 10_000 - 1, 12);
    expect(result.periods.map(({ benchmarkRate }) => benchmarkRate)).toEqual(
      [0.998 * 1.21 - 1, 142 / 121 - 1].map(each => expect.closeTo(each, 12)),
    );
    expect(result.excess).toMatchObject({ blocks: 2, low: undefined });
    expect(result.benchmarkDrawdown).toBeUndefined();
    // The costs are all that was lost of prices that never move.
    expect(result.drawdown?.maxPct).toBeCloseTo(-100 * result.netReturn, 9);
    expect(result.drawdown?.peakOn).toBe(sessions[0]);
  });
});

describe('what is bought and when', () => {
  test('at the open after the decision, not at its close', () => {
    // The close of session 0 is 10; it opens at 20 and stays there.
    const jumps = priced(
      session => (session === 0 ? 10 : 20),
      session => (session === 0 ? 10 : 20),
    );
    expect(tested({ 0: aaa }, { AAA: jumps }).netReturn).toBe(0);
  });

  test('every 21 sessions, of the rankings whose 21 sessions are over', () => {
    const last = sessions.length - 1;
    const every = Object.fromEntries(sessions.map((_, session) => [session, aaa]));
    const { periods, to } = tested(every, {});
    expect(periods.map(({ decidedOn }) => decidedOn)).toEqual([0, 21, 42, 63, 84].map(session => sessions[session]));
    expect(to).toBe(sessions[105]);
    expect(() => tested({ [last - 20]: aaa }, {})).toThrow('no ranking is 21 sessions old');
    expect(tested({ [last - 21]: aaa }, {}).to).toBe(sessions[last]);
  });

  test('a fifth of what is ranked, the best first, ties by code', () => {
    const many = Array.from({ length: 11 }, (_, index) => ({
      date: sessions[0]!,
      code: `Z${String(index).padStart(2, '0')}` as Code,
      score: index < 4 ? 1 : 0,
    }));
    const prices = new Map(many.map(({ code }) => [code, flat]));
    const result = backtest(many, { sessions, prices, benchmark: flat }, free);
    expect('periods' in result && result.periods[0]?.codes).toEqual(['Z00', 'Z01']);
  });

  test('what stays in the fifth is only brought back to its part, and that costs only the change', () => {
    const rules = { ...free, spreadPct: 2 };
    const { periods, turnover } = tested({ 0: aaa, 21: aaa }, {}, rules);
    expect(periods.map(({ costs }) => Math.round(costs))).toEqual([99, 0]);
    expect(turnover).toBeLessThan(0.001);
  });

  test('without an open it is neither bought nor sold, and keeps its last price', () => {
    const halted = (from: number, to: number) =>
      priced(
        session => (session >= from && session <= to ? Number.NaN : session < from ? 10 : 13),
        session => (session >= from && session <= to ? Number.NaN : 10),
      );
    const unfilled = tested({ 0: aaa }, { AAA: halted(1, 5) });
    expect(unfilled.periods[0]).toMatchObject({ codes: [], unfilled: [aaa], rate: 0 });
    // AAA cannot be sold at session 22 and is sold at session 43 for 10.
    const stuck = tested({ 0: aaa, 21: bbb, 42: bbb }, { AAA: halted(22, 30) });
    expect(stuck.periods[1]?.turnover).toBe(0);
    expect(stuck.periods[2]?.turnover).toBeCloseTo(1, 12);
    expect(stuck.netReturn).toBeCloseTo(0, 12);
    expect(stuck.drawdown?.maxPct).toBeCloseTo((1 - 10 / 13) * 100, 9);
  });
});

test('says why there is none', () => {
  const market = { sessions, prices: new Map([[aaa, flat]]), benchmark: flat };
  expect(backtest([], market, free)).toEqual({ reason: 'no ranking is 21 sessions old with a fifth to buy' });
  expect(backtest([{ date: sessions[0]!, code: aaa, score: 1 }], market, free)).toHaveProperty('reason');
  const none = { ...market, benchmark: priced(() => Number.NaN) };
  expect(backtest(ranked({ 0: aaa }), none, free)).toEqual({ reason: `the benchmark has no price on ${sessions[1]}` });
});

test('a market that knows its future is beaten, and an idle one is not', () => {
  // Each rises by a percent a session for 21 sessions and rests for the next 21.
  const wave = (phase: number) => {
    const risen = sessions.map((_, session) => (Math.floor(Math.max(0, session - 1) / 21) % 2 === phase ? 1.01 : 1));
    return priced(session => risen.slice(1, session + 1).reduce((price, change) => price * change, 10));
  };
  const prices = { AAA: wave(0), BBB: wave(1) };
  const found = tested({ 0: aaa, 21: bbb, 42: aaa, 63: bbb, 84: aaa }, prices);
  expect(found.netReturn).toBeCloseTo(1.01 ** 105 - 1, 9);
  expect(tested({ 0: codes[4]!, 21: codes[3]! }, prices)).toMatchObject({ netReturn: 0, drawdown: undefined });
});
