/** The main figures of companies on a day, side by side: what lists of many show, without the reasons. */
import type { App } from '../app.ts';
import { readCompanies } from '../db/companies.ts';
import { fundamentalsFetchedAt } from '../db/fundamentals.ts';
import type { Instant, LocalDate } from '../domain/date.ts';
import { type Company, epsOfYear, marketCap } from '../domain/fundamentals/company.ts';
import { type MetricName, metricOf } from '../domain/fundamentals/metrics.ts';
import type { Code } from '../domain/market/security.ts';

export type CompanyMetrics = {
  readonly code: Code;
  readonly sector: string | undefined;
  readonly industry: string | undefined;
  readonly fetchedAt: Instant | undefined;
  /** The day to which the last twelve months reach. */
  readonly periodTo: LocalDate | undefined;
  /** Australian dollars. */
  readonly marketCap: number | undefined;
  /** Of the last full year, in the currency of the statements. */
  readonly eps: number | undefined;
  /** A metric as the fundamentals of the company show it; undefined where it is unknown. */
  readonly metric: (name: MetricName) => number | undefined;
};

/** By code; one whose fundamentals are not stored is not in it. */
export function viewMetrics(
  app: App,
  codes: Iterable<Code>,
  question: { readonly asOf?: LocalDate | undefined } = {},
): Map<Code, CompanyMetrics> {
  const { db } = app;
  const companies = readCompanies(db, codes, { asOf: question.asOf ?? app.today(), now: app.now() });
  const fetched = fundamentalsFetchedAt(db, companies.keys());
  return new Map([...companies].map(([code, company]) => [code, metricsOf(company, fetched.get(code))]));
}

function metricsOf(company: Company, fetchedAt: Instant | undefined): CompanyMetrics {
  const { facts, basis } = company;
  return {
    code: facts.code,
    sector: facts.sector,
    industry: facts.industry,
    fetchedAt,
    periodTo: basis.kind === 'none' ? undefined : basis.endsOn,
    marketCap: marketCap(company).value,
    eps: epsOfYear(company, 0, 'eps').value,
    metric: name => metricOf(company, name).value,
  };
}
