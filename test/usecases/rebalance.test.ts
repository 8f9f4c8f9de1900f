import { describe, expect, test } from 'vitest';
import { day } from '../../src/domain/date.ts';
import { decimal, money, plain, price } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { listEntries } from '../../src/usecases/list-entries.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { acceptSuggestion, rejectSuggestion, viewSuggestions } from '../../src/usecases/manage-suggestions.ts';
import { clearTargets, removeTargets, setTargets, viewTargets } from '../../src/usecases/manage-targets.ts';
import { setMarketValue, setOwnerFact } from '../../src/usecases/manage-tax-facts.ts';
import { rebalance } from '../../src/usecases/rebalance.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp } from '../support/app.ts';
import { storeCloses, storeListed } from './stored-market.ts';

const now = Date.UTC(2026, 10, 25, 7);

/** Main with a cash account: 100 BHP at 50, 1,000 in cash; CSL has a price and no holding, XRO has none. */
async function open() {
  const { app, clock } = await openTestApp({ now });
  storeListed(app, ['BHP', 'CSL', 'XRO']);
  storeCloses(app, {
    BHP: { '2026-11-24': '49.50', '2026-11-25': '50.00' },
    CSL: { '2026-11-24': '199', '2026-11-25': '200' },
  });
  createPortfolio(app, 'Main', { cash: true });
  recordEntry(app, 'deposit 5000 on 2024-02-01');
  recordEntry(app, 'buy 100 BHP @ 40 on 2024-03-04');
  return { app, clock };
}

describe('targets', () => {
  test('are set, changed, removed and cleared', async () => {
    const { app } = await open();
    setTargets(app, ['BHP=50', 'sector:Materials=20~2']);
    expect(viewTargets(app).targets.map(each => [each.name, plain(each.weightPct)])).toEqual([
      ['BHP', '50'],
      ['Materials', '20'],
    ]);
    expect(() => setTargets(app, ['CSL=31'])).toThrow('101%');
    expect(plain(viewTargets(app).sumPct)).toBe('70');
    expect(() => removeTargets(app, ['CSL'])).toThrow('Main has no target for CSL');
    expect(removeTargets(app, ['sector Materials']).targets).toHaveLength(1);
    expect(clearTargets(app).targets).toEqual([]);
  });
  test('an unknown code is refused with the nearest one, where the symbol list is whole', async () => {
    const { app } = await open();
    storeListed(app, Array.from({ length: 120 }, (_, index) => `A${String(index).padStart(2, '0')}`).concat('CSL'));
    expect(() => setTargets(app, ['CSK=5'])).toThrow('There is no security with the code CSK');
    expect(setTargets(app, ['CSL=5']).targets).toHaveLength(1);
  });
  test('are of one portfolio', async () => {
    const { app } = await open();
    expect(() => setTargets(app, ['BHP=5'], { portfolio: 'all' })).toThrow('of one portfolio, not of all');
  });
});

describe('a rebalancing', () => {
  test('needs targets', async () => {
    const { app } = await open();
    await expect(rebalance(app)).rejects.toThrow('Main has no targets');
  });

  test('is of what is held when it is there, also where that changed while it was worked out', async () => {
    const { app } = await open();
    setTargets(app, ['BHP=50', 'CSL=40']);
    const { solve, close } = await app.solver();
    let asked = 0;
    const recording = (times: number): typeof app =>
      Object.create(app, {
        solver: {
          value: async () => ({
            close,
            solve: (...program: Parameters<typeof solve>) => {
              asked += 1;
              if (asked <= times) recordEntry(app, 'deposit 3000 on 2024-02-02');
              return solve(...program);
            },
          }),
        },
      });
    // Of $6,000 and 3,000 more: BHP is to be 4,500 and is 5,000, CSL 3,600.
    const made = await rebalance(recording(1));
    expect(made.suggestions.map(({ action, code, units }) => `${action} ${plain(units)} ${code}`)).toEqual([
      'TRIM 10 BHP',
      'BUY 18 CSL',
    ]);
    expect(asked).toBe(2);
    asked = 0;
    await expect(rebalance(recording(9))).rejects.toThrow('kept changing while the trades were worked out');
    expect(viewSuggestions(app).run.filter(({ status }) => status === 'pending')).toHaveLength(2);
  });

  test('suggests, stores and leaves out what has no price', async () => {
    const { app } = await open();
    setTargets(app, ['BHP=50', 'CSL=40', 'XRO=10']);
    const made = await rebalance(app, { marginalRatePct: decimal('39') });
    // Of $6,000: BHP is to be 3,000, CSL 2,400, XRO has no price.
    expect(made.suggestions.map(({ action, code, units }) => `${action} ${plain(units)} ${code}`)).toEqual([
      'TRIM 40 BHP',
      'BUY 12 CSL',
    ]);
    expect(made.unpriced).toEqual(['XRO']);
    expect(made.coverage).toBeCloseTo(2 / 3);
    // 1,000 + 2,000 - 2,400 - 2 x 9.95; the gain of 390.05 halves to 195.03, at 39%.
    expect(plain(made.plan.cashAfter)).toBe('580.1');
    expect(plain(made.plan.tax ?? money('0'))).toBe('76.06');
    expect(viewSuggestions(app).suggestions.map(each => each.code)).toEqual(['BHP', 'CSL']);
  });

  test('counts the losses and gains of the owner’s year, at the marginal rate that is told to the tax reports', async () => {
    const { app } = await open();
    setTargets(app, ['BHP=50']);
    setOwnerFact(app, { financialYear: 2026, fact: 'marginal-rate-pct', value: decimal('39') });
    // The gain of 390.05 on 40 BHP, all discounted: halved to 195.03, tax 76.06.
    const alone = await rebalance(app, { dryRun: true });
    expect([plain(alone.plan.taxableGain ?? money('0')), plain(alone.plan.tax ?? money('0'))]).toEqual([
      '195.03',
      '76.06',
    ]);
    expect(alone.marginalRate).toMatchObject({ from: 'facts' });
    // Losses of 300 carried in leave 90.05, halved to 45.03 at 39%.
    setOwnerFact(app, { financialYear: 2027, fact: 'losses-brought-in', value: decimal('300') });
    const less = await rebalance(app, { dryRun: true });
    expect([plain(less.plan.taxableGain ?? money('0')), plain(less.plan.tax ?? money('0'))]).toEqual([
      '45.03',
      '17.56',
    ]);
    // A rate that is given wins. Another gain of the year, 500 short, uses the losses up: all of 390.05 is halved.
    recordEntry(app, 'buy 10 CSL @ 100 on 2026-07-02');
    recordEntry(app, 'sell 10 CSL @ 150 on 2026-08-03');
    const given = await rebalance(app, { dryRun: true, marginalRatePct: decimal('50') });
    expect(given.marginalRate).toMatchObject({ from: 'question' });
    expect(given.plan.trades.map(each => plain(each.units))).toEqual(['35']);
    // 35 x 50 - 9.95 - 1,400 = 340.05, halved to 170.03.
    expect([plain(given.plan.taxableGain ?? money('0')), plain(given.plan.tax ?? money('0'))]).toEqual([
      '170.03',
      '85.02',
    ]);
  });

  test('of a loss takes off what the year’s other gains are taxed with', async () => {
    const { app } = await open();
    recordEntry(app, 'buy 10 CSL @ 250 on 2026-07-02');
    recordEntry(app, 'buy 10 XRO @ 100 on 2026-07-02');
    recordEntry(app, 'sell 10 XRO @ 200 on 2026-08-03');
    setTargets(app, ['CSL=0']);
    const made = await rebalance(app, { dryRun: true, marginalRatePct: decimal('40') });
    // 2,000 - 9.95 - 2,500 = -509.95 off a short gain of 1,000.
    expect(
      [made.plan.taxableGain, made.plan.tax, made.plan.trades[0]?.tax].map(each => plain(each ?? money('0'))),
    ).toEqual(['-509.95', '-203.98', '-203.98']);
  });

  test('a dry run stores nothing, a new run replaces what is pending', async () => {
    const { app } = await open();
    setTargets(app, ['BHP=50']);
    await rebalance(app, { dryRun: true });
    expect(viewSuggestions(app).suggestions).toEqual([]);
    const first = await rebalance(app);
    await rebalance(app);
    expect(viewSuggestions(app, { all: true }).suggestions).toHaveLength(1);
    expect(() => rejectSuggestion(app, first.suggestions[0]?.id ?? '')).toThrow('There is no suggestion');
  });

  test('of individuals from 1 July 2027 has no known tax, and says so', async () => {
    const { app, clock } = await open();
    setTargets(app, ['BHP=50']);
    clock.now = Date.UTC(2027, 7, 2);
    const made = await rebalance(app, { marginalRatePct: decimal('39') });
    expect([made.plan.tax, made.plan.taxableGain]).toEqual([undefined, undefined]);
    expect(made.warnings.join()).toContain('from 1 July 2027');
  });

  test('from 1 July 2027 says what waiting saves on the part that the deemed sale deferred', async () => {
    const { app, clock } = await open();
    recordEntry(app, 'buy 100 CSL @ 100 on 2026-11-20');
    setTargets(app, ['CSL=0']);
    clock.now = Date.UTC(2027, 9, 2);
    // 100 of 100 are deemed sold at 130: 3,000 deferred, half of it is the discount; the rest of the gain has none.
    setMarketValue(app, parseCode('CSL'), price('130'));
    const made = await rebalance(app, { dryRun: true });
    const [row] = made.suggestions;
    expect(row?.waits.map(each => [each.from, each.days, plain(each.gainSaved), each.deferredOnly])).toEqual([
      ['2027-11-21', 50, '1500', true],
    ]);
    expect(row?.reason).toContain(
      'wait 50 days for the discount (2027-11-21): takes $1,500.00 off the taxable gain on the gain up to 30 June 2027, no later one',
    );
  });
});

describe('a suggestion', () => {
  async function suggested() {
    const opened = await open();
    setTargets(opened.app, ['BHP=50']);
    const made = await rebalance(opened.app);
    return { ...opened, id: made.suggestions[0]?.id ?? '' };
  }

  test('accepted is a draft with its parcels named, and recorded it is executed', async () => {
    const { app, id } = await suggested();
    const draft = acceptSuggestion(app, id);
    const parcel = draft.effect.disposal?.parcels[0]?.parcel;
    expect(draft.line).toBe(`sell 40 BHP @ 50 fee 9.95 parcel ${parcel}:40 on 2026-11-25`);
    expect(viewSuggestions(app).suggestions).toHaveLength(1);
    const done = acceptSuggestion(app, id.slice(-8), { record: true });
    expect(done.suggestion).toMatchObject({ status: 'executed', entry: done.entry?.id });
    expect(listEntries(app).rows.some(row => row.entry.id === done.entry?.id)).toBe(true);
    expect(() => acceptSuggestion(app, id, { record: true })).toThrow('is executed already');
  });

  test('that the ledger refuses is not recorded and stays pending', async () => {
    const { app, id } = await suggested();
    recordEntry(app, 'sell 90 BHP @ 50');
    expect(() => acceptSuggestion(app, id, { record: true })).toThrow('BHP');
    expect(viewSuggestions(app).suggestions).toHaveLength(1);
  });

  test('rejected or older than seven days is no longer offered', async () => {
    const { app, clock, id } = await suggested();
    clock.now += 7 * day;
    expect(viewSuggestions(app).suggestions).toEqual([]);
    expect(() => acceptSuggestion(app, id)).toThrow('has expired');
    clock.now -= 1;
    expect(rejectSuggestion(app, id).status).toBe('rejected');
    expect(() => rejectSuggestion(app, id)).toThrow('is rejected already');
  });
});
