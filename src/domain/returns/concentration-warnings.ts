/**
 * What a careful friend would say of how a portfolio is put together, in words.
 *
 * The limits below are this program's own, chosen against the S&P/ASX 200 at the end of 2025, in which the largest
 * company is about a tenth, the banks a quarter, financials a third and materials a fifth: what is far beyond the market
 * is said. They are no rule of anybody's and no advice. Weights are of priced securities plus cash. A fund is not one
 * company, so its weight alone is not warned of.
 */
import type { Code } from '../market/security.ts';
import { type Allocation, type Classified, cashPart, type Part } from './allocation.ts';
import type { AustralianExposure, Exposure } from './banks-and-miners.ts';
import type { CorrelationMatrix } from './correlation.ts';

/** Percent of the portfolio, but for the correlation. As of the end of 2025. */
export const concentrationLimits = {
  holding: 20,
  fiveHoldings: 70,
  sector: 35,
  unknownSector: 25,
  banks: 30,
  miners: 30,
  cash: 40,
  /** Two securities of this correlation, each of at least `pairWeight` percent, are told of. */
  correlation: 0.9,
  pairWeight: 5,
} as const;

export type ConcentrationRule = Exclude<keyof typeof concentrationLimits, 'pairWeight'> | 'borrowed';

export type ConcentrationWarning = {
  readonly rule: ConcentrationRule;
  readonly message: string;
  readonly codes: readonly Code[];
  /** The percentage, or the correlation, that is beyond its limit. */
  readonly value: number;
  readonly limit: number;
};

export type ConcentrationFacts = {
  readonly holdings: readonly Classified[];
  readonly allocation: Allocation;
  readonly australian: AustralianExposure;
  readonly correlations: CorrelationMatrix;
};

export function concentrationWarnings(facts: ConcentrationFacts): ConcentrationWarning[] {
  return [
    ...singleHoldings(facts),
    ...fiveHoldings(facts),
    ...exposure('banks', facts.australian.banks),
    ...exposure('miners', facts.australian.miners),
    ...sectors(facts.allocation),
    ...cash(facts.allocation),
    ...pairs(facts),
  ];
}

/** Rounding alone puts nothing beyond its limit. */
const isBeyond = (value: number, limit: number): boolean => value - limit > 1e-9;

const percent = (value: number): string => `${Math.round(value)}%`;

/** Rows of single companies, largest first; a security of unknown kind counts as one. */
function companies({ holdings, allocation }: ConcentrationFacts): { code: Code; weightPct: number }[] {
  const funds = new Set(holdings.filter(row => row.kind === 'etf' || row.kind === 'fund').map(row => row.code));
  return allocation.securities.flatMap(part => {
    const [code] = part.codes;
    return code === undefined || part.weightPct === undefined || funds.has(code)
      ? []
      : [{ code, weightPct: part.weightPct }];
  });
}

const singleHoldings = (facts: ConcentrationFacts): ConcentrationWarning[] =>
  companies(facts)
    .filter(row => isBeyond(row.weightPct, concentrationLimits.holding))
    .map(({ code, weightPct }) => ({
      rule: 'holding',
      message: `One holding, ${code}, is ${percent(weightPct)} of the portfolio`,
      codes: [code],
      value: weightPct,
      limit: concentrationLimits.holding,
    }));

function fiveHoldings(facts: ConcentrationFacts): ConcentrationWarning[] {
  const five = companies(facts).slice(0, 5);
  const value = five.reduce((total, row) => total + row.weightPct, 0);
  if (facts.holdings.length <= 5 || !isBeyond(value, concentrationLimits.fiveHoldings)) return [];
  const codes = five.map(row => row.code);
  const message = `The 5 largest companies are ${percent(value)} of the portfolio: ${codes.join(', ')}`;
  return [{ rule: 'fiveHoldings', message, codes, value, limit: concentrationLimits.fiveHoldings }];
}

function exposure(rule: 'banks' | 'miners', { weightPct, codes }: Exposure): ConcentrationWarning[] {
  const limit = concentrationLimits[rule];
  const value = weightPct.value;
  // One bank alone is told of as one holding.
  if (value === undefined || !isBeyond(value, limit) || codes.length < 2) return [];
  const message = `${codes.length} ${rule} are ${percent(value)} of the portfolio: ${codes.join(', ')}`;
  return [{ rule, message, codes, value, limit }];
}

function sectors(allocation: Allocation): ConcentrationWarning[] {
  return allocation.sectors.flatMap((part): ConcentrationWarning[] => {
    const { name, codes, weightPct: value } = part;
    if (value === undefined || codes.length === 0) return [];
    if (name === undefined) {
      const message = `The sector of ${percent(value)} of the portfolio is not known: ${codes.join(', ')}`;
      const limit = concentrationLimits.unknownSector;
      return isBeyond(value, limit) ? [{ rule: 'unknownSector', message, codes, value, limit }] : [];
    }
    const message = `${name} is ${percent(value)} of the portfolio`;
    const limit = concentrationLimits.sector;
    return isBeyond(value, limit) ? [{ rule: 'sector', message, codes, value, limit }] : [];
  });
}

const isCash = (part: Part): boolean => part.name === cashPart && part.codes.length === 0;

function cash(allocation: Allocation): ConcentrationWarning[] {
  const value = allocation.sectors.find(isCash)?.weightPct;
  if (value === undefined) return [];
  if (value < 0) {
    const message = `The cash account is overdrawn by ${percent(-value)} of the portfolio`;
    return [{ rule: 'borrowed', message, codes: [], value, limit: 0 }];
  }
  const limit = concentrationLimits.cash;
  const message = `Cash is ${percent(value)} of the portfolio`;
  return isBeyond(value, limit) ? [{ rule: 'cash', message, codes: [], value, limit }] : [];
}

function pairs({ allocation, correlations }: ConcentrationFacts): ConcentrationWarning[] {
  const weights = new Map(allocation.securities.map(part => [part.codes[0], part.weightPct ?? 0]));
  const { codes, rows } = correlations;
  return codes.flatMap((a, row) =>
    codes.slice(0, row).flatMap((b, column): ConcentrationWarning[] => {
      const value = rows[row]?.[column]?.value;
      const both = [weights.get(b) ?? 0, weights.get(a) ?? 0];
      if (value === undefined || value < concentrationLimits.correlation) return [];
      if (both.some(weight => weight < concentrationLimits.pairWeight)) return [];
      const total = both.reduce((sum, weight) => sum + weight, 0);
      const message = `${b} and ${a} move almost as one (correlation ${Math.round(value * 100) / 100}) and are ${percent(total)} of the portfolio together`;
      return [{ rule: 'correlation', message, codes: [b, a], value, limit: concentrationLimits.correlation }];
    }),
  );
}
