/** What the fundamentals of a security say on a day: its quality, where it stands in its sector, its years. */
import type { App } from '../app.ts';
import { readCompanies } from '../db/companies.ts';
import { codesOfSector, fundamentalsFetchedAt } from '../db/fundamentals.ts';
import { findSecurity } from '../db/securities.ts';
import type { Instant, LocalDate } from '../domain/date.ts';
import type { MetricName } from '../domain/fundamentals/metrics.ts';
import { type Piotroski, piotroskiOf } from '../domain/fundamentals/piotroski.ts';
import type { CompanyShape } from '../domain/fundamentals/statement.ts';
import { type YearOfHistory, yearlyHistory } from '../domain/fundamentals/yearly-history.ts';
import type { Code } from '../domain/market/security.ts';
import { type Quality, qualityOf } from '../domain/signals/model-b.ts';
import { type Category, categories } from '../domain/signals/quality-anchors.ts';
import { type Standing, sectorPeers, standingOf } from '../domain/signals/sector-peers.ts';

export type FundamentalsView = {
  readonly code: Code;
  readonly name: string;
  readonly asOf: LocalDate;
  readonly shape: CompanyShape;
  readonly fetchedAt: Instant | undefined;
  /** The day to which the last twelve months reach; undefined where there are none. */
  readonly periodTo: LocalDate | undefined;
  /** Why the full year stands for the last twelve months, or why there are none. */
  readonly periodNote: string | undefined;
  /** A company without a price has no valuation. */
  readonly isUnpriced: boolean;
  readonly quality: Quality;
  readonly standings: ReadonlyMap<MetricName, Standing>;
  /** Undefined where it does not apply: banks, funds. */
  readonly piotroski: Piotroski | undefined;
  readonly years: readonly YearOfHistory[];
};

/** Undefined where no fundamentals of the code are stored. */
export function viewFundamentals(
  app: App,
  code: Code,
  question: { readonly asOf?: LocalDate | undefined } = {},
): FundamentalsView | undefined {
  const { db } = app;
  const when = { asOf: question.asOf ?? app.today(), now: app.now() };
  const company = readCompanies(db, [code], { ...when, isWhole: true }).get(code);
  if (company === undefined) return undefined;
  const quality = qualityOf(company);
  const { facts, basis } = company;
  const sector = facts.sector;
  const others = sector === undefined || facts.shape !== 'company' ? [] : codesOfSector(db, sector);
  const peers = sectorPeers([...readCompanies(db, others, when).values()].map(qualityOf));
  const isBank = quality.kind === 'bank';
  return {
    code,
    name: findSecurity(db, code)?.name ?? facts.name ?? code,
    asOf: when.asOf,
    shape: facts.shape,
    fetchedAt: fundamentalsFetchedAt(db, [code]).get(code),
    periodTo: basis.kind === 'none' ? undefined : basis.endsOn,
    periodNote: basis.kind === 'none' ? basis.why : basis.kind === 'year' ? basis.note : undefined,
    isUnpriced: facts.shape === 'company' && company.price === undefined,
    quality,
    standings: standingsOf(quality, peers),
    piotroski: isBank || facts.shape !== 'company' ? undefined : piotroskiOf(company),
    years: yearlyHistory(company),
  };
}

function standingsOf(quality: Quality, peers: ReturnType<typeof sectorPeers>): Map<MetricName, Standing> {
  const found = new Map<MetricName, Standing>();
  for (const category of categories satisfies readonly Category[]) {
    for (const { name, figure } of quality.categories[category].metrics) {
      const standing = standingOf(peers, quality.sector, name, figure.value);
      if (standing !== undefined) found.set(name, standing);
    }
  }
  return found;
}
