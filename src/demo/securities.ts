/**
 * The securities of the simulated market: real ASX codes, names and GICS sectors; everything else is invented.
 */
import { gicsSectors } from '../domain/market/sectors.ts';
import type { AssetKind, Code, Security } from '../domain/market/security.ts';
import { parseCode } from '../domain/market/security.ts';
import { funds } from './funds.ts';
import { industrialCompanies } from './industrial-companies.ts';
import { resourceAndPropertyCompanies } from './resource-and-property-companies.ts';
import type { SecurityRow } from './security-row.ts';

export type SimulatedSecurity = {
  readonly code: Code;
  readonly name: string;
  readonly kind: AssetKind;
  readonly group: string;
  readonly price: number;
  readonly yieldPct: number;
  readonly frankedPct: number;
  readonly beta: number;
  readonly turnover: number;
};

const indexRow: SecurityRow = ['AXJO', 'S&P/ASX 200', 'index', 'Australian shares', 8750, 0, 0, 1, 0];

const simulated = (row: SecurityRow): SimulatedSecurity => {
  const [code, name, kind, group, price, yieldPct, frankedPct, beta, turnover] = row;
  return { code: parseCode(code), name, kind, group, price, yieldPct, frankedPct, beta, turnover };
};

/** The S&P/ASX 200, which follows the market; EODHD knows it as AXJO.INDX. */
export const simulatedIndex = (): SimulatedSecurity => simulated(indexRow);

/** Every security that trades on the simulated exchange, by code. */
export const simulatedSecurities = (): SimulatedSecurity[] =>
  [...industrialCompanies, ...resourceAndPropertyCompanies, ...funds]
    .map(simulated)
    .sort((a, b) => (a.code < b.code ? -1 : 1));

/** GICS sector where it is known: of companies, and of funds that hold one sector only. */
export const sectorOf = (security: SimulatedSecurity): string | undefined =>
  gicsSectors.includes(security.group) && security.kind === 'share' ? security.group : undefined;

/** The securities as the console knows them, sectors included (EODHD tells those only with the fundamentals). */
export const demoSecurities = (): Security[] =>
  simulatedSecurities().map(security => ({
    code: security.code,
    name: security.name,
    kind: security.kind,
    sector: sectorOf(security),
    currency: 'AUD',
  }));
