import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import type { LocalDate } from '../../src/domain/date.ts';
import { plain } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { comparePortfolios } from '../../src/usecases/compare-portfolios.ts';
import { archivePortfolio, createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp } from '../support/app.ts';
import { afterClose, lastSession, sessionsFrom, storeMoves } from './moving-market.ts';

const sessions = sessionsFrom('2025-06-02').slice(-131);
const day = (index: number): LocalDate => sessions.at(index) as LocalDate;

async function open(): Promise<App> {
  const { app } = await openTestApp({ now: afterClose, benchmark: parseCode('VAS') });
  storeMoves(app, sessions, {
    BHP: { start: 10, pattern: [0.02, -0.01] },
    CBA: { start: 100, pattern: [-0.01, 0.02] },
    VAS: { start: 50, pattern: [0.01, -0.005] },
  });
  for (const name of ['First', 'Second']) createPortfolio(app, name);
  return app;
}

describe('two portfolios', () => {
  it('are compared over one window: from the later of their starts', async () => {
    const app = await open();
    recordEntry(app, `buy 100 BHP @ 10 on ${day(0)}`, { portfolio: 'First' });
    recordEntry(app, `buy 10 CBA @ 100 on ${day(30)}`, { portfolio: 'Second' });
    const { from, to, portfolios, correlation, warnings } = comparePortfolios(app, ['first', 'SECOND']);
    expect([from, to, warnings]).toEqual([day(30), lastSession, []]);
    const [first, second] = portfolios;
    expect([first.firstEntry, second.firstEntry]).toEqual([day(0), day(30)]);
    expect([first.returns.length, second.returns.length]).toEqual([101, 101]);
    // 101 sessions from the close before the window: an odd one at each end of fifty pairs.
    expect(first.timeWeightedPct.value).toBeCloseTo(((1.02 * 0.99) ** 50 * 0.99 - 1) * 100, 3);
    expect(first.risk.beta.value).toBeCloseTo(2, 3);
    expect(correlation.value).toBeLessThan(-0.7);
    expect(correlation.observations).toBe(101);
    expect([first.annualised, first.profit && plain(first.profit).startsWith('-')]).toEqual([false, false]);
  });

  it('share the smaller weight of each code, and differ by sector', async () => {
    const app = await open();
    recordEntry(app, `buy 300 BHP @ 10 on ${day(-1)}`, { portfolio: 'First' });
    recordEntry(app, `buy 300 BHP @ 10 on ${day(-1)}`, { portfolio: 'Second' });
    recordEntry(app, `buy 10 CBA @ 100 on ${day(-1)}`, { portfolio: 'Second' });
    const { overlap, portfolios } = comparePortfolios(app, ['First', 'Second']);
    const weight = portfolios[1].allocation.securities.find(part => part.name === 'BHP')?.weightPct ?? Number.NaN;
    expect(overlap?.codes).toEqual([{ code: 'BHP', weightPcts: [100, weight], sharedPct: weight }]);
    expect(overlap?.sharedPct).toBe(weight);
    expect(overlap?.sectors).toEqual([{ sector: undefined, weightPcts: [100, 100], differencePct: 0 }]);
  });

  it('one of them may be all of them, and one in the archive may be named', async () => {
    const app = await open();
    recordEntry(app, `buy 100 BHP @ 10 on ${day(0)}`, { portfolio: 'First' });
    recordEntry(app, `buy 10 CBA @ 100 on ${day(0)}`, { portfolio: 'Second' });
    expect(comparePortfolios(app, ['First', 'all']).portfolios[1].scope.name).toBe('All portfolios');
    archivePortfolio(app, 'Second');
    expect(comparePortfolios(app, ['First', 'Second']).portfolios[1].returns.length).toBe(131);
  });
});

describe('in words', () => {
  it('a portfolio and itself', async () => {
    const app = await open();
    expect(() => comparePortfolios(app, ['First', 'first'])).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: '"First" and "First" are the same: there is nothing to compare',
      }),
    );
  });

  it('a name that there is not', async () => {
    const app = await open();
    expect(() => comparePortfolios(app, ['First', 'Secnd'])).toThrow(
      expect.objectContaining({ hint: 'Did you mean "Second"? The portfolios are First, Second.' }),
    );
  });

  it('an empty portfolio', async () => {
    const app = await open();
    recordEntry(app, `buy 100 BHP @ 10 on ${day(0)}`, { portfolio: 'First' });
    const { warnings, overlap, overlapReason, portfolios } = comparePortfolios(app, ['First', 'Second']);
    expect(warnings).toEqual(['Second has no entries up to 2026-03-03: there is no common window']);
    expect([overlap, overlapReason]).toEqual([undefined, 'Second: nothing that is held has a weight']);
    expect(portfolios[0].timeWeightedPct.value).toBeDefined();
    expect(portfolios[1].timeWeightedPct).toMatchObject({ value: undefined, reason: 'there are no entries' });
    expect(portfolios[1].moneyWeightedPct.reason).toBe('no money went in');
  });

  it('both empty', async () => {
    const { warnings, portfolios } = comparePortfolios(await open(), ['First', 'Second']);
    expect(warnings).toHaveLength(2);
    expect(portfolios.map(side => side.value)).toEqual([undefined, undefined]);
  });

  it('one that was sold out before the other began', async () => {
    const app = await open();
    recordEntry(app, `buy 100 BHP @ 10 on ${day(0)}`, { portfolio: 'First' });
    recordEntry(app, `sell 100 BHP @ 10 on ${day(10)}`, { portfolio: 'First' });
    recordEntry(app, `buy 10 CBA @ 100 on ${day(60)}`, { portfolio: 'Second' });
    const { warnings, portfolios } = comparePortfolios(app, ['First', 'Second']);
    expect(warnings).toEqual([`First held nothing from ${day(60)} to 2026-03-03: there is no common window`]);
    expect(portfolios[0].timeWeightedPct.reason).toBe('nothing was invested on any day');
  });

  it('a window that ends before both have begun', async () => {
    const app = await open();
    recordEntry(app, `buy 100 BHP @ 10 on ${day(0)}`, { portfolio: 'First' });
    recordEntry(app, `buy 10 CBA @ 100 on ${day(60)}`, { portfolio: 'Second' });
    expect(comparePortfolios(app, ['First', 'Second'], { to: day(30) }).warnings[0]).toBe(
      `There is no common window: the later of the two starts on ${day(60)}, after ${day(30)}`,
    );
  });
});
