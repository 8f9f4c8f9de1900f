import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demoSecurities, simulatedSecurities } from '../../src/demo/securities.ts';
import { isCode } from '../../src/domain/market/security.ts';

const symbolList = new URL('../../../shared/data/eodhd/exchange-symbol-list-AU-2025-10.json', import.meta.url);
const gicsSectors = 11;

describe('the securities of the demo', () => {
  it('are at least 200, with valid and unique codes', () => {
    const codes = demoSecurities().map(security => security.code);
    expect(codes.length).toBeGreaterThanOrEqual(200);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter(code => !isCode(code))).toEqual([]);
  });

  it('cover every GICS sector with several companies, and include funds and listed investment companies', () => {
    const bySector = new Map<string, number>();
    for (const { sector } of demoSecurities()) {
      if (sector !== undefined) bySector.set(sector, (bySector.get(sector) ?? 0) + 1);
    }
    expect(bySector.size).toBe(gicsSectors);
    expect(Math.min(...bySector.values())).toBeGreaterThanOrEqual(5);
    const codes = new Map(demoSecurities().map(security => [String(security.code), security]));
    for (const etf of ['VAS', 'VGS', 'A200', 'IVV', 'NDQ', 'VHY', 'STW', 'IOZ'])
      expect(codes.get(etf)?.kind).toBe('etf');
    for (const share of ['CBA', 'GMG', 'BHP', 'AFI', 'LKE']) expect(codes.get(share)?.kind).toBe('share');
    expect(codes.get('CBA')?.sector).toBe('Financials');
    expect(codes.get('VAS')?.sector).toBeUndefined();
  });

  it('start from numbers that make sense', () => {
    const odd = simulatedSecurities().filter(
      ({ price, yieldPct, frankedPct, beta, turnover }) =>
        !(price > 0 && yieldPct >= 0 && yieldPct < 12 && frankedPct >= 0 && frankedPct <= 100) ||
        !(Math.abs(beta) < 3 && turnover > 0),
    );
    expect(odd).toEqual([]);
  });

  it.skipIf(!existsSync(symbolList))('are real: each is in the exchange symbol list under its kind', () => {
    const rows: { Code: string; Name: string; Type: string }[] = JSON.parse(readFileSync(symbolList, 'utf8'));
    const listed = new Map(rows.map(row => [row.Code, row]));
    const wrong = simulatedSecurities().filter(({ code, name, kind }) => {
      const row = listed.get(code);
      const sameName = row?.Name.trim().toLowerCase() === name.toLowerCase();
      return !sameName || row?.Type !== (kind === 'etf' ? 'ETF' : 'Common Stock');
    });
    expect(wrong).toEqual([]);
  });
});
