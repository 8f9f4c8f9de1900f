import { describe, expect, test } from 'vitest';
import { money } from '../../../src/domain/decimal.ts';
import { allocation } from '../../../src/domain/returns/allocation.ts';
import { australianExposure } from '../../../src/domain/returns/banks-and-miners.ts';
import { on } from '../../support/ledger.ts';
import { held } from './holdings-worth.ts';

const window = { from: on('2026-03-03'), to: on('2026-03-03') };
const exposure = (rows: readonly string[], cash?: string) => {
  const holdings = held(...rows);
  const parts = allocation(holdings, cash === undefined ? undefined : money(cash));
  return australianExposure(holdings, parts, window);
};

describe('banks and miners', () => {
  test('insurers are no banks, packaging is no mine, and a fund of banks is a fund', () => {
    const { banks, miners } = exposure(
      [
        'CBA 2000 Financials',
        'MQG 1000 Financials',
        'QBE 1000 Financials',
        'MVB 1000 Financials etf',
        'BHP 2000 Materials',
        'AMC 1000 Materials',
        'OZR 500 Materials etf',
        'WHC 500 Energy',
      ],
      '1000',
    );
    expect(banks).toMatchObject({ codes: ['CBA', 'MQG'], weightPct: { value: 30, observations: 8, ...window } });
    expect(miners).toMatchObject({ codes: ['BHP'], weightPct: { value: 20 } });
  });

  test('none at all is zero: that is known', () => {
    expect(exposure(['CSL 100 Healthcare']).banks).toMatchObject({ codes: [], weightPct: { value: 0 } });
  });

  test('a bank without a price is not in the weight', () => {
    expect(exposure(['CBA 100', 'NAB ?', 'CSL 100']).banks).toMatchObject({ codes: ['CBA'], weightPct: { value: 50 } });
  });

  test.each([
    [[], undefined, 'no security that is held has a price'],
    [['CBA ?'], '100', 'no security that is held has a price'],
    [['CBA 100'], '-100', 'what is held and the cash together are worth nothing'],
  ])('%j with %s of cash: %s', (rows, cash, reason) => {
    expect(exposure(rows, cash).banks.weightPct).toMatchObject({ value: undefined, reason });
  });
});
