import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decimal, isNegative, money, plain, toFloat } from '../../../src/domain/decimal.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { bestPlan, type Plan } from '../../../src/domain/rebalance/plan.ts';
import { askedBy, type SignalRules, signalRules } from '../../../src/domain/rebalance/signal-rules.ts';
import type { Candidate, RebalanceRequest } from '../../../src/domain/rebalance/situation.ts';
import { bindings, suggestions } from '../../../src/domain/rebalance/suggestions.ts';
import type { SignalClass } from '../../../src/domain/signals/classes.ts';
import type { ShortSignal } from '../../../src/domain/signals/short-signal.ts';
import { openSolver, type Solver } from '../../../src/host/solver.ts';
import { candidate, request, today } from './requests.ts';

let solve: Solver;
beforeAll(async () => {
  solve = await openSolver();
});

const usual: SignalRules = signalRules({
  strongSellConfidence: '0.70',
  sellConfidence: '0.60',
  strongBuyConfidence: '0.80',
  buyConfidence: '0.70',
  trimAbovePct: '15',
  trimToPct: '12',
});

const said = (code: string, signal: SignalClass | undefined, score?: number, isOld = false): ShortSignal => ({
  code: code as Code,
  asOf: today,
  signalA: signal,
  signalB: signal,
  signal,
  score,
  probability: undefined,
  expectedReturn: undefined,
  quality: undefined,
  version: 'a-1+B 1.0',
  grade: undefined,
  abstained: signal === undefined ? 'model A abstains: too little history' : undefined,
  isOld,
});

const bySignals = (
  held: readonly Candidate[],
  all: readonly ShortSignal[],
  changes: Partial<RebalanceRequest> = {},
): Promise<Plan> =>
  bestPlan(
    request('XXX=0', held, {
      mode: 'signals',
      targets: [],
      signals: { said: new Map(all.map(each => [each.code, each])), rules: usual },
      ...changes,
    }),
    solve,
  );
const trades = (plan: Plan): string[] =>
  plan.trades.map(({ move, units }) => `${move.kind} ${plain(units)} ${move.candidate.code}`);
const reasonOf = (plan: Plan, code: string): string | undefined =>
  suggestions(plan).find(row => row.code === code)?.reason;

/** 100 units at $10, 1% of what there is with this cash. */
const bhp = candidate('BHP', '10', ['100@900 on 2024-05-06']);
const cash = money('99000');

describe('what a signal asks for', () => {
  test.each<[SignalClass | undefined, number | undefined, string]>([
    ['STRONG_SELL', 0.3, 'STRONG_SELL at .70: sell all'],
    ['STRONG_SELL', 0.3001, 'STRONG_SELL at .69: trim half'],
    ['STRONG_SELL', 0.4, 'STRONG_SELL at .60: trim half'],
    ['STRONG_SELL', 0.4001, 'STRONG_SELL at .59 is below the .60 from which it is acted on'],
    ['SELL', 0.2, 'SELL at .80: trim half'],
    ['SELL', 0.4, 'SELL at .60: trim half'],
    ['SELL', 0.4000000001, 'SELL at .60: trim half'],
    ['SELL', 0.4001, 'SELL at .59 is below the .60 from which it is acted on'],
    ['STRONG_BUY', 0.8, 'STRONG_BUY at .80: add 20%'],
    ['STRONG_BUY', 0.7999, 'STRONG_BUY at .79: add 10%'],
    ['STRONG_BUY', 0.7, 'STRONG_BUY at .70: add 10%'],
    ['STRONG_BUY', 0.6999, 'STRONG_BUY at .69 is below the .70 from which it is acted on'],
    ['BUY', 0.95, 'BUY at .95: add 10%'],
    ['BUY', 0.7, 'BUY at .70: add 10%'],
    ['BUY', 0.6999, 'BUY at .69 is below the .70 from which it is acted on'],
    ['HOLD', 0.9, 'HOLD asks for nothing'],
    [undefined, undefined, 'has no signal of 2026-11-25: model A abstains: too little history'],
  ])('%s at a score of %s', async (signal, score, words) => {
    expect(askedBy(said('BHP', signal, score), usual).words).toBe(words);
  });

  test('an old one, and none', async () => {
    expect(askedBy(said('BHP', 'STRONG_SELL', 0.1, true), usual)).toEqual({
      words: 'STRONG_SELL of 2026-11-25 is more than 5 sessions old and not acted on',
      share: undefined,
      confidence: 0,
    });
    expect(askedBy(undefined, usual).words).toBe('has no signal');
  });

  test('a limit below what it trims to is refused', async () => {
    const settings = {
      strongSellConfidence: '0.7',
      sellConfidence: '0.6',
      strongBuyConfidence: '0.8',
      buyConfidence: '0.7',
      trimAbovePct: '10',
      trimToPct: '12',
    };
    expect(() => signalRules(settings)).toThrow('A weight above 10% cannot be trimmed to 12%, which is more');
  });
});

describe('trades', () => {
  test.each<[SignalClass, number, string[]]>([
    ['STRONG_SELL', 0.3, ['sell 100 BHP']],
    ['STRONG_SELL', 0.3001, ['sell 50 BHP']],
    ['SELL', 0.4, ['sell 50 BHP']],
    ['SELL', 0.4001, []],
    ['STRONG_BUY', 0.8, ['buy 20 BHP']],
    ['STRONG_BUY', 0.7999, ['buy 10 BHP']],
    ['BUY', 0.7, ['buy 10 BHP']],
    ['BUY', 0.6999, []],
    ['HOLD', 0.99, []],
  ])('%s at %s: %s', async (signal, score, expected) => {
    expect(trades(await bySignals([bhp], [said('BHP', signal, score)], { cash }))).toEqual(expected);
  });

  test('nothing to do says why of each', async () => {
    const plan = await bySignals([bhp], [said('BHP', 'HOLD', 0.5)], { cash });
    expect(suggestions(plan).map(row => `${row.action} ${row.code}: ${row.reason}`)).toEqual([
      'HOLD BHP: HOLD asks for nothing',
    ]);
    expect([plan.driftBefore, plan.driftAfter].map(plain)).toEqual(['0', '0']);
  });

  test('a rule is never exceeded: half of five units is two, 10% of 19 is one, 10% of 9 is none', async () => {
    const odd = (count: number) => [candidate('CSL', '100', [`${count}@${count * 90} on 2024-05-06`])];
    expect(trades(await bySignals(odd(5), [said('CSL', 'SELL', 0.3)], { cash }))).toEqual(['sell 2 CSL']);
    expect(trades(await bySignals(odd(19), [said('CSL', 'BUY', 0.75)], { cash }))).toEqual(['buy 1 CSL']);
    const none = await bySignals(odd(9), [said('CSL', 'BUY', 0.75)], { cash });
    expect(trades(none)).toEqual([]);
    expect(reasonOf(none, 'CSL')).toBe('BUY at .75: add 10%; that is less than a whole unit');
    const one = await bySignals(odd(1), [said('CSL', 'SELL', 0.3)], { cash });
    expect(reasonOf(one, 'CSL')).toBe('SELL at .70: trim half; that is less than a whole unit of a parcel');
  });

  test('selling all leaves what is no whole unit, and says so', async () => {
    const plan = await bySignals(
      [candidate('CSL', '100', ['5.25@500 on 2024-05-06'])],
      [said('CSL', 'STRONG_SELL', 0.2)],
      {
        cash,
      },
    );
    expect(trades(plan)).toEqual(['sell 5 CSL']);
    expect(reasonOf(plan, 'CSL')).toContain('0.25 units stay, which are no whole ones of a parcel');
  });

  test('a sale that does not pay its brokerage is not made', async () => {
    const plan = await bySignals(
      [candidate('SGR', '0.185', ['50@40 on 2024-05-06'])],
      [said('SGR', 'STRONG_SELL', 0.2)],
      {
        cash,
      },
    );
    expect(trades(plan)).toEqual([]);
    expect(reasonOf(plan, 'SGR')).toContain('50 units would bring $9.25, and the brokerage is $9.95');
  });

  test('a top-up of a holding under $500 is at least $500', async () => {
    const plan = await bySignals([candidate('CSL', '10', ['40@300 on 2024-05-06'])], [said('CSL', 'STRONG_BUY', 0.9)], {
      cash,
    });
    expect(trades(plan)).toEqual([]);
    expect(reasonOf(plan, 'CSL')).toContain('a top-up of a holding under $500 is at least $500');
  });

  test('where tax is counted, units of unknown cost stay', async () => {
    const held = [candidate('CSL', '10', ['60@? on 2024-05-06', '40@300 on 2024-05-06'])];
    const plan = await bySignals(held, [said('CSL', 'STRONG_SELL', 0.2)], { cash, marginalRatePct: decimal('39') });
    expect(trades(plan)).toEqual(['sell 40 CSL']);
    expect(reasonOf(plan, 'CSL')).toContain('60 units stay, as a cost is unknown');
  });

  test('the parcels with the least tax are sold, and one near its discount says what waiting saves', async () => {
    const held = [candidate('BHP', '50', ['50@1000 on 2025-12-05', '50@2400 on 2024-05-06'])];
    const plan = await bySignals(held, [said('BHP', 'SELL', 0.3)], { cash, marginalRatePct: decimal('40') });
    expect(plan.trades[0]?.parcels.map(each => each.parcel.id)).toEqual(['BHP-2']);
    const all = await bySignals(held, [said('BHP', 'STRONG_SELL', 0.3)], { cash, marginalRatePct: decimal('40') });
    expect(reasonOf(all, 'BHP')).toMatch(/^STRONG_SELL at \.70: sell all; wait 11 days for the discount/);
  });
});

describe('a large weight', () => {
  const weight = (value: number) => [candidate('BHP', '1', [`${value}@${value} on 2024-05-06`])];
  const rest = (value: number) => ({ cash: money(String(100_000 - value)) });

  test.each<[string, number, SignalClass | undefined, number | undefined, string[]]>([
    ['15% stays', 15_000, undefined, undefined, []],
    ['15.01% is trimmed to 12%, without a signal', 15_010, undefined, undefined, ['sell 3010 BHP']],
    ['with a HOLD', 15_010, 'HOLD', 0.5, ['sell 3010 BHP']],
    ['before a BUY', 15_010, 'BUY', 0.9, ['sell 3010 BHP']],
    ['a SELL that asks for more', 15_010, 'SELL', 0.3, ['sell 7505 BHP']],
    ['a SELL that asks for less', 40_000, 'SELL', 0.3, ['sell 28000 BHP']],
    ['a STRONG_SELL', 40_000, 'STRONG_SELL', 0.3, ['sell 40000 BHP']],
  ])('%s', async (_, value, signal, score, expected) => {
    const signals = signal === undefined ? [] : [said('BHP', signal, score)];
    expect(trades(await bySignals(weight(value), signals, rest(value)))).toEqual(expected);
  });

  test('says its weight and what it is trimmed to', async () => {
    expect(reasonOf(await bySignals(weight(15_010), [], rest(15_010)), 'BHP')).toBe('15.01% is above 15%: trim to 12%');
    expect(reasonOf(await bySignals(weight(15_010), [said('BHP', 'BUY', 0.9)], rest(15_010)), 'BHP')).toBe(
      '15.01% is above 15%: trim to 12%; that comes before BUY at .90: add 10%',
    );
  });

  test('no buy goes beyond it, nor beyond the position cap', async () => {
    const held = weight(14_000);
    const plan = await bySignals(held, [said('BHP', 'BUY', 0.9)], rest(14_000));
    expect(trades(plan)).toEqual(['buy 1000 BHP']);
    expect(reasonOf(plan, 'BHP')).toContain('a weight may be no more than 15%, so 1000 of 1400 units');
    const limits = { minimumCash: money('0'), positionCapPct: decimal('14'), bandPct: decimal('0') };
    expect(trades(await bySignals(held, [said('BHP', 'BUY', 0.9)], { ...rest(14_000), limits }))).toEqual([]);
  });
});

describe('cash', () => {
  const held = [
    candidate('AAA', '10', ['100@900 on 2024-05-06']),
    candidate('BBB', '10', ['100@900 on 2024-05-06']),
    candidate('CCC', '10', ['100@900 on 2024-05-06']),
    ...['DDD', 'EEE', 'FFF', 'GGG', 'HHH'].map(code => candidate(code, '10', ['100@900 on 2024-05-06'])),
  ];

  test('goes to the surest first; what it does not cover is made smaller or dropped, and says so', async () => {
    const plan = await bySignals(
      held,
      [said('AAA', 'STRONG_BUY', 0.81), said('BBB', 'STRONG_BUY', 0.9), said('CCC', 'BUY', 0.71)],
      { cash: money('320') },
    );
    // BBB takes 200 and 9.95; 110.04 are left to AAA, which pay 10 units with their brokerage; nothing is left to CCC.
    expect(trades(plan)).toEqual(['buy 10 AAA', 'buy 20 BBB']);
    expect(plain(plan.cashAfter)).toBe('0.1');
    expect(reasonOf(plan, 'AAA')).toBe(
      'STRONG_BUY at .81: add 20%; the cash of $110.04 that is left to it buys 10 of 20 units',
    );
    expect(reasonOf(plan, 'CCC')).toContain('that is left to it buys none');
    expect(bindings(plan).map(each => `${each.target} ${each.constraint}`)).toEqual(['AAA cash', 'CCC cash']);
  });

  test('has the proceeds of the sales, less what is to be kept', async () => {
    const asked = [said('AAA', 'STRONG_SELL', 0.2), said('BBB', 'STRONG_BUY', 0.9)];
    expect(trades(await bySignals(held, asked))).toEqual(['sell 100 AAA', 'buy 20 BBB']);
    const limits = { minimumCash: money('1000'), positionCapPct: undefined, bandPct: decimal('0') };
    expect(trades(await bySignals(held, asked, { limits }))).toEqual(['sell 100 AAA']);
  });

  test('that is below zero buys nothing, and is no trouble of its own', async () => {
    expect(trades(await bySignals(held, [said('BBB', 'STRONG_BUY', 0.9)], { cash: money('-50') }))).toEqual([]);
  });

  test('is never below zero, whatever was said, and no rule is exceeded', async () => {
    const anySaid = fc.record({
      signal: fc.constantFrom<SignalClass>('STRONG_BUY', 'BUY', 'HOLD', 'SELL', 'STRONG_SELL'),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      units: fc.integer({ min: 1, max: 900 }),
      cents: fc.integer({ min: 1, max: 9000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anySaid, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 30_000 }),
        async (all, dollars) => {
          const own = all.map(({ units, cents }, at) =>
            candidate(`A${at}A`, String(cents / 100), [`${units}@${units} on 2024-05-06`]),
          );
          const signals = all.map(({ signal, score }, at) => said(`A${at}A`, signal, score));
          const brokerage = { flat: money('9.95'), pct: decimal('0.1') };
          const plan = await bySignals(own, signals, { cash: money(String(dollars + 1)), brokerage });
          expect(isNegative(plan.cashAfter)).toBe(false);
          for (const { move, units } of plan.trades) {
            const share = toFloat(units) / toFloat(move.candidate.units);
            expect(share).toBeLessThanOrEqual(move.kind === 'buy' ? 0.2 + 1e-9 : 1);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 20_000);
});
