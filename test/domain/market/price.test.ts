import { describe, expect, it } from 'vitest';
import { decimal, plain, price, units } from '../../../src/domain/decimal.ts';
import { asTraded } from '../../../src/domain/market/as-traded.ts';
import type { Bar } from '../../../src/domain/market/price.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { on } from '../../support/ledger.ts';

/** IVX on 2024-09-30 as EODHD sent it in 2025, after its consolidation. */
const sent: Bar = {
  date: on('2024-09-30'),
  open: price('0.004'),
  high: price('0.004'),
  low: price('0.003'),
  close: price('0.003'),
  adjustedClose: price('0.3'),
  volume: decimal('47423.69'),
};

describe('two series, never mixed', () => {
  it('a close as sent is what the market traded, across a consolidation; only the volume is scaled back', () => {
    const later = { code: parseCode('IVX'), date: on('2024-11-04'), newUnits: decimal('1'), oldUnits: decimal('100') };
    const traded = asTraded(sent, [later]);
    expect([plain(traded.close), plain(traded.low), plain(traded.high)]).toEqual(['0.003', '0.003', '0.004']);
    expect(plain(traded.volume)).toBe('4742369');
    expect(plain(traded.turnover)).toBe('14227.107');
  });

  it('units before a split times the close as sent is what a holding was worth: nothing is restated twice', () => {
    // 10,000 units at 0.003 are worth 30, as 100 units after 1:100 are at 0.3.
    expect(plain(units('10000').times(sent.close))).toBe('30');
    expect(plain(units('100').times(sent.adjustedClose))).toBe('30');
  });
});
