/** Companies written out as tables of numbers, for tests of what is made of them. */
import { parseLocalDate } from '../../../src/domain/date.ts';
import { type Company, type CompanyInputs, companyOn } from '../../../src/domain/fundamentals/company.ts';
import type {
  CompanyFacts,
  Statement,
  StatementKind,
  StatementPeriod,
} from '../../../src/domain/fundamentals/statement.ts';
import { parseCode } from '../../../src/domain/market/security.ts';

export const day = parseLocalDate;

export function statement(
  kind: StatementKind,
  period: StatementPeriod,
  endsOn: string,
  figures: Readonly<Record<string, number>>,
  more: Partial<Pick<Statement, 'filedOn' | 'currency'>> = {},
): Statement {
  const texts = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, String(value)]));
  return { kind, period, endsOn: day(endsOn), currency: 'AUD', figures: texts, ...more };
}

export const facts = (more: Partial<CompanyFacts> = {}): CompanyFacts => ({
  code: parseCode('XYZ'),
  shape: 'company',
  sector: 'Industrials',
  shares: '1000',
  ...more,
});

export const company = (statements: readonly Statement[], more: Partial<CompanyInputs> = {}): Company =>
  companyOn({
    facts: facts(),
    toldOn: day('2025-09-01'),
    statements,
    asOf: day('2025-10-01'),
    price: { price: 10, on: day('2025-09-30') },
    splits: [],
    dividends: [],
    rates: new Map(),
    ...more,
  });
