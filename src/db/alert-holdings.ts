/** What alerts ask of what is held: gains, weights beside targets, and the dates that lie ahead. */
import type { SecurityFacts, Weight } from '../domain/alerts/facts.ts';
import type { DatedEvent } from '../domain/alerts/rule.ts';
import { whyUnpriced } from '../domain/alerts/standing.ts';
import type { LocalDate } from '../domain/date.ts';
import { isPositive, toFloat } from '../domain/decimal.ts';
import { type Holding, valueHoldings, worthOf } from '../domain/ledger/holding.ts';
import type { Ledger } from '../domain/ledger/ledger.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import type { KnownPrice } from '../domain/market/known-price.ts';
import type { Code } from '../domain/market/security.ts';
import { targetOf } from '../domain/rebalance/targets.ts';
import { discountEligibleFrom, hasDiscount } from '../domain/tax/discount.ts';
import type { Database } from './database.ts';
import { readLedger } from './ledger.ts';
import { keptCredits, readOpenFranking } from './owner-franking.ts';
import { securitiesOf } from './securities.ts';
import { targetsOf } from './targets.ts';

type Prices = ReadonlyMap<Code, KnownPrice>;
const noNames: ReadonlyMap<Code, string> = new Map();

/** The gain of each security over all the portfolios of the ledger. */
export const gainsOf = (ledger: Ledger, prices: Prices): Map<Code, SecurityFacts['gain']> =>
  new Map(
    [...Map.groupBy(ledger.parcels, parcel => parcel.code)].map(([code, parcels]) => [
      code,
      gainOf(prices.get(code), worthOf(parcels, prices.get(code))),
    ]),
  );

function gainOf(
  price: KnownPrice | undefined,
  { costBase, gainPct }: ReturnType<typeof worthOf>,
): SecurityFacts['gain'] {
  const why = whyUnpriced(price);
  if (why !== undefined) return { why };
  if (costBase === undefined) return { why: 'a parcel of it has an unknown cost' };
  return gainPct === undefined ? { why: 'its cost base is 0' } : { pct: gainPct };
}

/**
 * The weight of each held or wanted security beside its own target, portfolio by portfolio. It is judged by a price of
 * its own that is not stale; what else the portfolio holds counts at the last price there is, as in every view.
 */
export function readWeights(
  db: Database,
  portfolios: readonly Portfolio[],
  ledger: Ledger,
  prices: Prices,
): Map<Code, SecurityFacts['weights']> {
  const found = new Map<Code, Weight[]>();
  const reasons = new Map<Code, string>();
  for (const portfolio of portfolios) {
    const targets = targetsOf(db, portfolio.id);
    if (targets.length === 0) continue;
    const parcels = ledger.parcels.filter(parcel => parcel.portfolio === portfolio.id);
    const cash = portfolio.cashAccount ? readLedger(db, [portfolio]).ledger.cash : undefined;
    const { holdings, totals } = valueHoldings(parcels, { prices, names: noNames, cash });
    const held = new Map(holdings.map(holding => [holding.code, holding]));
    const wanted = targets.flatMap(target => (target.kind === 'code' ? [target.name as Code] : []));
    const sectors = securitiesOf(db, held.keys());
    for (const code of new Set([...held.keys(), ...wanted])) {
      const target = targetOf(targets, { code, sector: sectors.get(code)?.sector });
      if (target === undefined) continue;
      const why =
        target.kind === 'sector'
          ? `in ${portfolio.name} the target of ${target.name} is for its securities together`
          : whyNoWeight(held.get(code), portfolio.name, totals);
      if (why !== undefined) reasons.set(code, why);
      else {
        const weightPct = held.get(code)?.weightPct ?? 0;
        const weight = { portfolio: portfolio.name, weightPct, targetPct: toFloat(target.weightPct) };
        found.set(code, [...(found.get(code) ?? []), weight]);
      }
    }
  }
  const without = [...reasons].filter(([code]) => !found.has(code));
  return new Map<Code, SecurityFacts['weights']>([...found, ...without.map(([code, why]) => [code, { why }] as const)]);
}

function whyNoWeight(
  holding: Holding | undefined,
  portfolio: string,
  { unpriced, value, cash }: { unpriced: number; value: unknown; cash: unknown },
): string | undefined {
  if (holding !== undefined) {
    const why = whyUnpriced(holding.price);
    if (why !== undefined) return why;
  }
  if (unpriced > 0) return `${unpriced} of the holdings of ${portfolio} ${unpriced === 1 ? 'has' : 'have'} no price`;
  return value === undefined && cash === undefined ? `${portfolio} holds nothing` : undefined;
}

type Dates = Map<Code, LocalDate[]>;

const add = (dates: Dates, code: Code, date: LocalDate): void => {
  const list = dates.get(code);
  if (list === undefined) dates.set(code, [date]);
  else if (!list.includes(date)) list.push(date);
};

const exDates = 'SELECT DISTINCT ex_date AS date FROM dividends WHERE code = ? AND ex_date >= ? ORDER BY ex_date';

/** The dates of an event from today on, soonest first. */
export function readDates(
  db: Database,
  event: DatedEvent,
  codes: readonly Code[],
  { portfolios, ledger, today }: { portfolios: readonly Portfolio[]; ledger: Ledger; today: LocalDate },
): Dates {
  const dates: Dates = new Map();
  switch (event) {
    case 'ex-dividend': {
      const select = db.statement<{ date: LocalDate }>(exDates);
      for (const code of codes) for (const { date } of select.all(code, today)) add(dates, code, date);
      break;
    }
    case 'discount': {
      const owners = new Map(portfolios.map(portfolio => [portfolio.id, portfolio.owners]));
      for (const { code, portfolio, acquiredOn, units } of ledger.parcels) {
        const from = discountEligibleFrom(acquiredOn);
        const helps = owners.get(portfolio)?.some(owner => hasDiscount(owner.taxpayer, acquiredOn, from));
        if (helps && from >= today && isPositive(units)) add(dates, code, from);
      }
      break;
    }
    case '45-day':
      for (const { code, keepUntil } of keptCredits(readOpenFranking(db, portfolios, ledger, today))) {
        if (keepUntil >= today) add(dates, code, keepUntil);
      }
  }
  for (const list of dates.values()) list.sort();
  return dates;
}
