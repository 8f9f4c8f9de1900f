import { describe, expect, it } from 'vitest';
import { decimal, plain, price } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { parseQuarter } from '../../src/domain/tax/cpi.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { setCpi, setMarketValue, setOwnerFact } from '../../src/usecases/manage-tax-facts.ts';
import { editEntry, recordEntry } from '../../src/usecases/record-entry.ts';
import { lockTaxYear, unlockTaxYear, viewTaxYear } from '../../src/usecases/view-tax-year.ts';
import { openTestApp } from '../support/app.ts';
import { at } from './stored-market.ts';

async function openAt(now: string, ...lines: string[]) {
  const { app, clock } = await openTestApp({ now: at(now) });
  const ids = lines.map(line => recordEntry(app, line).entry.id);
  return { app, clock, ids };
}
const text = (amount: { toFixed: () => string } | undefined): string | undefined =>
  amount && plain(decimal(amount.toFixed()));

describe('capital gains of an owner', () => {
  it('joint gain of 1,000: A with a loss of 800 in a portfolio of her own carries 300, B is taxed on 250', async () => {
    const { app } = await openAt('2026-08-03T00:00Z');
    createPortfolio(app, 'Joint', { owners: 'Ann 50, Bob 50' });
    createPortfolio(app, 'Own', { owner: 'Ann' });
    recordEntry(app, 'buy 100 ABC @ 10 on 2024-01-05', { portfolio: 'Joint' });
    recordEntry(app, 'sell 100 ABC @ 20 on 2026-02-03', { portfolio: 'Joint' });
    recordEntry(app, 'buy 100 XYZ @ 10 on 2024-01-05', { portfolio: 'Own' });
    recordEntry(app, 'sell 100 XYZ @ 2 on 2025-02-03', { portfolio: 'Own' });
    const [ann, bob] = ['Ann', 'bob'].map(owner => viewTaxYear(app, { fy: 2026, owner }).gains.year);
    expect([text(ann?.netCapitalGain), ann?.result.carriedOut.map(each => [each.madeIn, text(each.amount)])]).toEqual([
      '0',
      [[2025, '300']],
    ]);
    expect([text(bob?.netCapitalGain), bob?.lines[0]?.ownerPct.toFixed()]).toEqual(['250', '50']);
    expect(() => viewTaxYear(app, { fy: 2026, portfolio: 'Joint' })).toThrow('Joint has 2 owners: Ann, Bob');
    expect(() => viewTaxYear(app, { fy: 2026, owner: 'Anne' })).toThrow('There is no owner "Anne"');
    expect(viewTaxYear(app, { fy: 2026, portfolio: 'Own' }).gains.owner.name).toBe('Ann');
  });

  it('across 1 July 2027, with the market value and the index: 165,685.50 + 320,419.40', async () => {
    const { app } = await openAt(
      '2031-02-04T00:00Z',
      'buy 1000 ABC @ 800 on 2015-03-02',
      'sell 1000 ABC @ 1600 on 2031-02-03',
    );
    const before = viewTaxYear(app, { fy: 2031 }).gains;
    expect([before.year.netCapitalGain, before.coverage]).toEqual([undefined, 0]);
    expect(before.warnings[0]).toContain('ABC has no market value of 30 June 2027');
    setMarketValue(app, parseCode('ABC'), price('1131.371'));
    setCpi(app, parseQuarter('2027Q3'), decimal('100000'));
    expect(viewTaxYear(app, { fy: 2031 }).gains.warnings.join()).toContain('is an estimate');
    setCpi(app, parseQuarter('2031Q1'), decimal('113140.8'));
    const { gains } = viewTaxYear(app, { fy: 2031 });
    expect(gains.year.lines.map(line => [line.category, text(line.gain)])).toEqual([
      ['deferred', '331371'],
      ['later', '320419.4'],
    ]);
    expect([text(gains.year.netCapitalGain), text(gains.year.minimumTaxCapitalGain)]).toEqual(['486104.9', '320419.4']);
    setOwnerFact(app, { financialYear: 2031, fact: 'other-income', value: decimal('200000') });
    expect(text(viewTaxYear(app, { fy: 2031 }).gains.minimumTaxGap)).toBe('0');
  });

  it('the price follows the units of a split after 30 June 2027', async () => {
    const { app } = await openAt(
      '2028-08-03T00:00Z',
      'buy 100 ABC @ 10 on 2020-01-06',
      'split ABC 2:1 on 2027-09-01',
      'sell 100 ABC @ 9 on 2027-12-01',
    );
    setMarketValue(app, parseCode('ABC'), price('15'));
    const { lines } = viewTaxYear(app, { fy: 2028 }).gains.year;
    expect(
      lines.map(line => [line.category, text(line.proceeds), text(line.costBase), text(line.marketValue)]),
    ).toEqual([
      ['deferred', '750', '500', '750'],
      ['later', '900', '750', '750'],
    ]);
  });

  it('losses brought in come off, and a year that has not begun is refused', async () => {
    const { app } = await openAt(
      '2026-08-03T00:00Z',
      'buy 100 ABC @ 10 on 2025-08-05',
      'sell 100 ABC @ 20 on 2026-02-03',
    );
    setOwnerFact(app, { financialYear: 2026, fact: 'losses-brought-in', value: decimal('1200') });
    const { year } = viewTaxYear(app, { fy: 2026 }).gains;
    expect([text(year.netCapitalGain), text(year.result.carriedOut[0]?.amount)]).toEqual(['0', '200']);
    expect(() => viewTaxYear(app, { fy: 2028 })).toThrow('FY2028 begins on 1 July 2027, after today (2026-08-03)');
  });

  it('what is not known of an earlier year is said of the losses carried on', async () => {
    const { app } = await openAt(
      '2026-08-03T00:00Z',
      'opening 5 ABC cost unknown on 2024-01-05',
      'sell 5 ABC @ 2 on 2025-02-03',
    );
    expect(viewTaxYear(app, { fy: 2026 }).gains.warnings).toEqual([
      '1 of 1 disposals of FY2025 have no known gain: the losses carried on from that year may be others',
    ]);
  });

  it("a statement's discount gains are doubled and netted", async () => {
    const { app } = await openAt(
      '2026-08-03T00:00Z',
      'buy 100 VAS @ 90 on 2024-01-05',
      'statement VAS fy 2026 discount-gains 150, other-gains 40',
    );
    const { year } = viewTaxYear(app, { fy: 2026 }).gains;
    expect([text(year.trustGains), text(year.netCapitalGain)]).toEqual(['340', '190']);
  });
});

describe('a locked year', () => {
  const lines = [
    'buy 100 ABC @ 10 on 2024-01-05',
    'sell 100 ABC @ 20 on 2025-02-03',
    'dividend ABC 70 franked 100% on 2025-03-03',
  ];

  it('shows what later edits changed, each figure with both values', async () => {
    const { app, ids } = await openAt('2026-08-03T00:00Z', ...lines);
    expect(lockTaxYear(app, { fy: 2025 }).fy).toBe(2025);
    expect(viewTaxYear(app, { fy: 2025 }).lockedDifference).toEqual([]);
    editEntry(app, ids[1] ?? '', 'sell 100 ABC @ 21 on 2025-02-03');
    const difference = viewTaxYear(app, { fy: 2025 }).lockedDifference ?? [];
    expect(difference[0]).toEqual({ figure: 'net capital gain', locked: '500', now: '550' });
    expect(difference.map(each => each.figure)).toContain(
      'ABC sold on 2025-02-03, parcel of 2024-01-05, current: proceeds',
    );
    editEntry(app, ids[1] ?? '', 'sell 100 ABC @ 20 on 2025-02-03');
    expect(viewTaxYear(app, { fy: 2025 }).lockedDifference).toEqual([]);
  });

  it('a disposal that is new or gone is a difference too', async () => {
    const { app } = await openAt('2026-08-03T00:00Z', ...lines);
    lockTaxYear(app, { fy: 2025 });
    recordEntry(app, 'buy 1 XYZ @ 5 on 2025-02-04');
    recordEntry(app, 'sell 1 XYZ @ 6 on 2025-02-05');
    const added = viewTaxYear(app, { fy: 2025 }).lockedDifference?.filter(each => each.locked === undefined);
    expect(added?.map(each => each.now)).toEqual(['6', '5', '1']);
  });

  it('is locked once, only when it is over, and unlocked', async () => {
    const { app } = await openAt('2026-08-03T00:00Z', ...lines);
    expect(() => lockTaxYear(app, { fy: 2027 })).toThrow('FY2027 is not over');
    lockTaxYear(app, { fy: 2025 });
    expect(() => lockTaxYear(app, { fy: 2025 })).toThrow('is locked already');
    unlockTaxYear(app, { fy: 2025 });
    expect(viewTaxYear(app, { fy: 2025 }).lockedDifference).toBeUndefined();
    expect(() => unlockTaxYear(app, { fy: 2025 })).toThrow('is not locked');
  });
});
