import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  add,
  decimal,
  isNegative,
  money,
  noMoney,
  plain,
  price,
  subtract,
  sum,
  toFloat,
} from '../../../src/domain/decimal.ts';
import { bestPlan, type Plan, weightAfter } from '../../../src/domain/rebalance/plan.ts';
import type { RebalanceRequest } from '../../../src/domain/rebalance/situation.ts';
import { bindings, suggestions } from '../../../src/domain/rebalance/suggestions.ts';
import { openSolver, type Solver } from '../../../src/host/solver.ts';
import { smallRequest } from './every-plan.ts';
import { candidate, request } from './requests.ts';

let solve: Solver;
beforeAll(async () => {
  solve = await openSolver();
});

const planned = (asked: RebalanceRequest): Promise<Plan> => bestPlan(asked, solve);
/** `sell 40 BHP of BHP-1:40`, in the order of the suggestions. */
const trades = (plan: Plan): string[] =>
  plan.trades.map(({ move, units, parcels }) => {
    const of = parcels.map(each => `${each.parcel.id}:${plain(each.units)}`).join(' ');
    return `${move.kind} ${plain(units)} ${move.candidate.code}${of === '' ? '' : ` of ${of}`}`;
  });

describe('trades to the targets', () => {
  test('an over-weight holding pays for a short one, brokerage and all', async () => {
    const held = [
      candidate('BHP', '50', ['100@4000 on 2024-05-06']),
      candidate('CBA', '100', ['10@900 on 2024-05-06']),
    ];
    const plan = await planned(request('BHP=50 CBA=50', held));
    // Of $6,000 each is to be $3,000. 40 BHP bring 2,000, which is short of 20 CBA and two fees of 9.95; 41 bring 2,050.
    expect(trades(plan)).toEqual(['sell 41 BHP of BHP-1:41', 'buy 20 CBA']);
    expect(plain(plan.cashAfter)).toBe('30.1');
    expect([plan.driftBefore, plan.driftAfter].map(plain)).toEqual(['4000', '50']);
    expect(suggestions(plan).map(each => each.action)).toEqual(['TRIM', 'ADD']);
  });

  test('a security at 0 is sold, one that is not held is bought', async () => {
    const held = [candidate('BHP', '50', ['100@4000 on 2024-05-06']), candidate('CBA', '100')];
    const rows = suggestions(await planned(request('BHP=0 CBA=100', held)));
    expect(rows.map(({ action, code }) => `${action} ${code}`)).toEqual(['SELL BHP', 'BUY CBA']);
  });

  test('a weight within its band is left, one outside is brought to its target', async () => {
    const held = [candidate('BHP', '50', ['106@4000 on 2024-05-06'])];
    const cash = money('4700');
    expect(trades(await planned(request('BHP=50~3', held, { cash })))).toEqual([]);
    expect(trades(await planned(request('BHP=50~2.9', held, { cash })))).toEqual(['sell 6 BHP of BHP-1:6']);
  });

  test('a first parcel, and a top-up of less than $500, is at least $500 at the price', async () => {
    const cash = money('10000');
    // 4% of $10,000 is $400: 500 is nearer to it than nothing.
    expect(trades(await planned(request('CSL=4', [candidate('CSL', '10')], { cash })))).toEqual(['buy 50 CSL']);
    // 2% is $200: nothing is nearer than 500.
    expect(trades(await planned(request('CSL=2', [candidate('CSL', '10')], { cash })))).toEqual([]);
  });

  test('above the cap the holding is cut to it: ceil((V - wT) / price) units', async () => {
    const held = [candidate('BHP', '33', ['100@1000 on 2024-05-06'])];
    const limits = { minimumCash: noMoney, positionCapPct: decimal('30'), bandPct: decimal('0') };
    // T = 3,300 + 6,700; (3,300 - 3,000) / 33 = 9.09.
    const plan = await planned(request('CSL=0', [...held, candidate('CSL', '10')], { cash: money('6700'), limits }));
    expect(trades(plan)).toEqual(['sell 10 BHP of BHP-1:10']);
    expect(suggestions(plan)[0]?.reason).toBe('above the cap of 30%');
  });

  test('new money alone is spent in mode cash, and nothing is sold', async () => {
    const held = [candidate('BHP', '50', ['100@4000 on 2024-05-06']), candidate('CBA', '100')];
    const asked = request('BHP=20 CBA=80', held, { mode: 'cash', cash: money('3000'), amount: money('1204.50') });
    const plan = await planned(asked);
    expect(trades(plan)).toEqual(['buy 11 CBA']);
    // 1,204.50 - 1,100 - 9.95, beside the 3,000 that stay.
    expect(plain(plan.cashAfter)).toBe('3094.55');
    expect(bindings(plan).map(each => each.words)).toEqual([
      'BHP stays at 54.3%: mode cash sells nothing',
      'the cash of $1,204.50 buys no more of CBA',
    ]);
  });
});

describe('parcels and tax', () => {
  const parcels = ['40@1600 on 2026-03-02', '40@1200 on 2024-05-06', '40@2400 on 2026-05-04'];
  const held = [candidate('BHP', '50', parcels)];

  test('the parcels with the least tax: a gain of 17.50 with the discount before one of 10 without it', async () => {
    const gains = ['40@1600 on 2026-03-02', '40@1300 on 2024-05-06', '40@1000 on 2026-05-04'];
    const plan = await planned(request('BHP=50', [candidate('BHP', '50', gains)], { marginalRatePct: decimal('40') }));
    expect(trades(plan)).toEqual(['sell 60 BHP of BHP-1:20 BHP-2:40']);
  });

  test('without a rate tax counts as nothing and is unknown, and the least taxable gain still decides', async () => {
    const plan = await planned(request('BHP=50', held));
    expect(plan.tax).toBeUndefined();
    expect(plan.trades[0]?.parcels.map(each => each.parcel.id)).toContain('BHP-3');
    expect(plain(plan.taxableGain ?? money('-1'))).toBe('0');
  });

  test('tax is divided over the parcels that have a gain, to the cent', async () => {
    const plan = await planned(request('BHP=0', held, { marginalRatePct: decimal('40') }));
    // Net of the fee: gains 396.69 and 796.68 (discount), loss 403.32: 0.5 x (396.69 + 796.68 - 403.32) = 395.03.
    expect(plain(plan.taxableGain ?? money('0'))).toBe('395.03');
    expect(plain(plan.tax ?? money('0'))).toBe('158.01');
    const taxes = plan.trades[0]?.parcels.map(each => each.tax ?? noMoney) ?? [];
    expect(plain(sum(taxes, noMoney))).toBe('158.01');
    expect(plain(taxes[2] ?? money('1'))).toBe('0');
  });

  test('where tax is compared, units of unknown cost stay, and the target says so', async () => {
    const unknown = [candidate('CBA', '100', ['20@? on 2024-05-06', '10@900 on 2024-05-06'])];
    const plan = await planned(request('CBA=10', unknown, { marginalRatePct: decimal('40'), cash: money('7000') }));
    expect(trades(plan)).toEqual(['sell 10 CBA of CBA-2:10']);
    expect(bindings(plan).map(each => each.words)).toEqual([
      'CBA cannot go below 20% without selling units of unknown cost',
    ]);
    const free = await planned(request('CBA=10', unknown, { cash: money('7000') }));
    expect(trades(free)).toEqual(['sell 20 CBA of CBA-1:10 CBA-2:10']);
    expect(free.taxableGain).toBeUndefined();
  });

  test('a parcel near its discount says what waiting saves', async () => {
    const near = [candidate('BHP', '50', ['100@4000 on 2025-12-05'])];
    const [row] = suggestions(await planned(request('BHP=0', near, { marginalRatePct: decimal('40') })));
    // The gain of 990.05 halves: 495.03 at 40%.
    expect(row?.reason).toContain('wait 11 days for the discount (2026-12-06): saves $198.01');
  });
});

describe('in words', () => {
  test('a portfolio worth nothing or less', async () => {
    await expect(planned(request('BHP=50', [candidate('BHP', '50')]))).rejects.toThrow('worth $0 together');
    await expect(planned(request('BHP=50', [candidate('BHP', '50')], { cash: money('-5') }))).rejects.toThrow(
      'worth -$5 together',
    );
  });

  test('cash below its floor that no sale lifts', async () => {
    const held = [candidate('BHP', '50', ['100@4000 on 2024-05-06'])];
    await expect(planned(request('BHP=50', held, { mode: 'cash', cash: money('-10') }))).rejects.toThrow(
      'The cash of $-10 is below zero',
    );
  });

  test('a sector without a security to buy', async () => {
    const held = [candidate('BHP', '50', ['100@4000 on 2024-05-06'], 'Materials')];
    const plan = await planned(request('sector:Materials=90 sector:Energy=10', held));
    expect(bindings(plan).map(each => each.words)).toContain('sector Energy has no security with a price to buy');
  });

  test('a code without a price', async () => {
    const held = [candidate('BHP', '50', ['100@4000 on 2024-05-06'])];
    const plan = await planned(request('BHP=90 CBA=10', held));
    expect(bindings(plan).map(each => each.words)).toContain('CBA has no price to buy it at');
  });
});

describe('laws', () => {
  const anyRequest = fc.integer({ min: 5000, max: 1_000_000 }).map(smallRequest);
  const plans = (check: (plan: Plan, asked: RebalanceRequest) => void | Promise<void>, runs = 25): Promise<void> =>
    fc.assert(
      fc.asyncProperty(anyRequest, async asked => {
        let plan: Plan;
        try {
          plan = await planned(asked);
        } catch (error) {
          expect(String(error)).toContain('Failure');
          return;
        }
        await check(plan, asked);
      }),
      { numRuns: runs },
    );

  test('trades and cash reconcile to the cent, cash is never negative, weights sum to 100', async () => {
    await plans((plan, asked) => {
      let cash = add(asked.cash, asked.amount);
      for (const { move, value, brokerage } of plan.trades) {
        cash = subtract(move.kind === 'buy' ? subtract(cash, value) : add(cash, value), brokerage);
      }
      expect(plain(plan.cashAfter)).toBe(plain(cash));
      expect(isNegative(plan.cashAfter)).toBe(false);
      const weights = plan.situation.moves.reduce((total, move) => total + weightAfter(plan, move), 0);
      expect(weights + (toFloat(plan.cashAfter) / toFloat(plan.totalAfter)) * 100).toBeCloseTo(100, 9);
    });
  });

  test('the parcels of a sale are its units, and their proceeds its value less brokerage', async () => {
    await plans(plan => {
      for (const { move, units, value, brokerage, parcels } of plan.trades) {
        if (move.kind === 'buy') continue;
        expect(
          plain(
            sum(
              parcels.map(each => each.units),
              decimal('0') as typeof units,
            ),
          ),
        ).toBe(plain(units));
        expect(
          plain(
            sum(
              parcels.map(each => each.proceeds),
              noMoney,
            ),
          ),
        ).toBe(plain(subtract(value, brokerage)));
      }
    });
  });

  test('mode cash sells nothing; the drift is never more than before, but for the cap', async () => {
    await plans((plan, asked) => {
      if (asked.mode === 'cash') expect(plan.trades.filter(each => each.move.kind === 'sell')).toEqual([]);
      if (asked.limits.positionCapPct === undefined && !isNegative(add(asked.cash, asked.amount)))
        expect(plan.driftAfter.lte(plan.driftBefore)).toBe(true);
    });
  });

  test('within the bands nothing happens', async () => {
    await plans(async (_, asked) => {
      const targets = asked.targets.map(target => ({ ...target, bandPct: decimal('100') }));
      const cash = money('100000');
      const limits = { ...asked.limits, positionCapPct: undefined };
      expect((await planned({ ...asked, mode: 'targets', targets, cash, limits })).trades).toEqual([]);
    }, 10);
  });

  test('the same request has the same plan', async () => {
    await plans(async (plan, asked) => expect(trades(await planned(asked))).toEqual(trades(plan)), 10);
  });

  test('prices of a tenth of a cent never take cash below its floor', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 50_000, max: 300_000 }),
        async (mills, cents) => {
          const dear = candidate('ABC', plain(price('0').plus(decimal(String(mills)).div('1000'))));
          const plan = await planned(
            request('ABC=100', [dear], { cash: money(plain(decimal(String(cents)).div('100'))) }),
          );
          expect(isNegative(plan.cashAfter)).toBe(false);
        },
      ),
      { numRuns: 10 },
    );
  });
});
