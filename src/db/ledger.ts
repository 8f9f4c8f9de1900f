/** The ledger of some portfolios, read and folded. */
import type { Instant, LocalDate } from '../domain/date.ts';
import { type Decimal, decimal } from '../domain/decimal.ts';
import { reconstructionFactor } from '../domain/ledger/actions.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import { type FoldOptions, foldLedger, type Ledger } from '../domain/ledger/ledger.ts';
import { closingRule, type Portfolio } from '../domain/ledger/portfolio.ts';
import type { SplitEvent } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { currentEntries } from './entries.ts';

export type StoredLedger = {
  readonly entries: readonly Entry[];
  readonly ledger: Ledger;
};

export const methodsOf = (portfolios: readonly Portfolio[]) =>
  new Map(portfolios.map(portfolio => [portfolio.id, closingRule(portfolio)]));

/** The entries of the portfolios, as they were recorded at `knownAt`, folded up to `asOf` (all of them without it). */
export function readLedger(
  db: Database,
  portfolios: readonly Portfolio[],
  options: Pick<FoldOptions, 'asOf' | 'reset'> & { readonly knownAt?: Instant | undefined } = {},
): StoredLedger {
  const entries = currentEntries(db, {
    portfolios: portfolios.map(portfolio => portfolio.id),
    knownAt: options.knownAt,
  });
  const { asOf, reset } = options;
  return { entries, ledger: foldLedger(entries, { asOf, reset, methods: methodsOf(portfolios) }) };
}

/**
 * For each code, the new units for one old one by splits and consolidations recorded after a day, up to `asOf` if given: what a
 * price of that day must be divided by to value today's units.
 */
export function unitFactors(
  entries: readonly Entry[],
  asOf: LocalDate | undefined,
): (code: Code) => (date: LocalDate) => Decimal {
  const actions = entries.flatMap(entry =>
    (entry.kind === 'split' || entry.kind === 'consolidation') && (asOf === undefined || entry.on <= asOf)
      ? [entry]
      : [],
  );
  return code => date => {
    // One action stands in several portfolios that hold the security: it is the same action.
    const days = new Map(actions.filter(each => each.code === code && each.on > date).map(each => [each.on, each]));
    let factor = decimal('1');
    for (const each of days.values()) factor = factor.times(reconstructionFactor(each));
    return factor;
  };
}

/** The splits and consolidations that the entries hold, by code. */
export function recordedSplits(entries: readonly Entry[]): (code: Code) => readonly SplitEvent[] {
  const events = entries.flatMap(entry => {
    if (entry.kind !== 'split' && entry.kind !== 'consolidation') return [];
    const { code, on, newUnits, oldUnits } = entry;
    return [{ code, date: on, newUnits, oldUnits }];
  });
  const byCode = Map.groupBy(events, event => event.code);
  return code => byCode.get(code) ?? [];
}
