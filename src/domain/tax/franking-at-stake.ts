/**
 * One owner's franking credits under the holding period rule, over all portfolios and shares of joint ones.
 *
 * Each dividend with an ex-date is judged once for the owner: recorded ones by their credits, and a declared one that is
 * not recorded yet by the credit at the company rate. Whether the owner is exempt depends on all credits of a financial
 * year, recorded and declared; it is told apart, so that a caller shows what would be lost only where it matters. Of a
 * trust's tax statement the figure wins: it is divided over the year's payments by their cash, as in the tax report.
 */
import { compareText } from '../compare-text.ts';
import { addDays, financialYear, type LocalDate } from '../date.ts';
import {
  add,
  allocate,
  cost,
  type Decimal,
  decimal,
  isPositive,
  type Money,
  noMoney,
  noUnits,
  roundCents,
  sum,
} from '../decimal.ts';
import { creditOf } from '../income/payment.ts';
import { unitsHeldBefore } from '../ledger/dividend-match.ts';
import type { Entry } from '../ledger/entry.ts';
import type { IncomeReceived, StatementRecord } from '../ledger/fold.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Owner, Ownership, Portfolio } from '../ledger/portfolio.ts';
import type { DeclaredDividend } from '../market/price.ts';
import type { AssetKind, Code } from '../market/security.ts';
import { remembered } from '../remembered.ts';
import {
  type CreditSplit,
  daysAtRisk,
  type HoldingPeriod,
  holdingPeriod,
  isSmallHolder,
  splitCredit,
} from './holding-period.ts';
import { sharesOf, unitMovements } from './unit-movements.ts';

export type JudgedDividend = {
  readonly owner: string;
  readonly code: Code;
  readonly exDate: LocalDate;
  /** The financial year that it is assessed in. */
  readonly financialYear: number;
  /** The owner's credit; undefined where the franking is unknown. */
  readonly credit: Money | undefined;
  readonly split: CreditSplit | undefined;
  readonly period: HoldingPeriod;
  /** The entries that recorded it; none where it is only declared. */
  readonly entries: readonly string[];
};

export type OwnerFranking = {
  readonly owner: Owner;
  readonly financialYear: number;
  /** All known credits of the year, the owner's share. */
  readonly creditsOfYear: Money;
  /** Those of payments without an ex-date and of statements without a payment, which the rule cannot be asked of. */
  readonly undatedCredits: Money;
  readonly unknownFranking: number;
  /** An individual with credits of at most $5,000: the rule is not asked. */
  readonly exempt: boolean;
  readonly allowed: Money;
  readonly denied: Money;
  readonly open: Money;
  /** Newest ex-date first. */
  readonly dividends: readonly JudgedDividend[];
};

type Market = {
  /** Declared dividends of a code from a day on. */
  readonly declared: (code: Code, from: LocalDate) => readonly DeclaredDividend[];
  readonly kindOf: (code: Code) => AssetKind | undefined;
};

const hundred = decimal('100');

/** The owner's dividends of a financial year. `ledger` and `entries` are of all portfolios, at least the owner's own. */
export function ownerFranking(
  owner: Owner,
  year: number,
  books: { readonly portfolios: readonly Portfolio[]; readonly entries: readonly Entry[]; readonly ledger: Ledger },
  market: Market,
  today: LocalDate,
): OwnerFranking {
  const shares = sharesOf(owner.id, books.portfolios);
  const holders = new Map(books.portfolios.map(each => [each.id, each.owners]));
  // By largest remainder, so that the shares of joint owners sum to the credit.
  const share = (portfolio: string, amount: Money): Money => {
    const owners = holders.get(portfolio) as readonly Ownership[];
    const at = owners.findIndex(each => each.id === owner.id);
    const parts = allocate(
      amount,
      owners.map(each => each.pct),
    );
    return parts[at] as Money;
  };
  const income = books.ledger.income.filter(each => shares.has(each.portfolio) && each.financialYear === year);
  const groups = Map.groupBy(income, each => `${each.code} ${each.exDate ?? each.entry}`);
  const movementsOf = remembered((code: Code) => unitMovements(books.entries, code, shares));
  const judge = (
    code: Code,
    exDate: LocalDate,
    credit: Money | undefined,
    entries: readonly string[],
  ): JudgedDividend => {
    const daysNeeded = daysAtRisk(market.kindOf(code));
    const period = holdingPeriod(movementsOf(code), { exDate, daysNeeded }, today);
    const split = credit === undefined ? undefined : splitCredit(credit, period);
    return { owner: owner.name, code, exDate, financialYear: year, credit, split, period, entries };
  };
  const statements = books.ledger.statements.filter(each => shares.has(each.portfolio) && each.financialYear === year);
  const stated = statedCredits(statements, income, share);
  let withoutExDate = stated.unpaid;
  const creditOfPayment = ({ entry, portfolio, credit }: IncomeReceived): Money | undefined =>
    stated.byEntry.get(entry) ?? (credit && share(portfolio, credit));
  const recorded = [...groups.values()].flatMap(group => {
    const [first] = group as [IncomeReceived, ...IncomeReceived[]];
    const credits = group.map(creditOfPayment);
    const credit = credits.every(each => each === undefined) ? undefined : total(credits);
    if (first.exDate === undefined) {
      withoutExDate = add(withoutExDate, credit ?? noMoney);
      return [];
    }
    return [
      judge(
        first.code,
        first.exDate,
        credit,
        group.map(each => each.entry),
      ),
    ];
  });
  const known = new Set(recorded.map(each => `${each.code} ${each.exDate}`));
  const toCome = heldCodes(books.ledger, shares).flatMap(code =>
    market
      .declared(code, addDays(today, -120))
      .filter(each => each.exDate <= today && financialYear(each.paidOn ?? each.exDate) === year)
      .filter(each => each.currency === 'AUD' && !known.has(`${code} ${each.exDate}`))
      .flatMap(each => {
        const units = entitled(books.ledger, shares, code, each.exDate);
        const credit = creditOf(roundCents(cost(each.perUnit, units)), each.frankedPct);
        return isPositive(units) ? [judge(code, each.exDate, credit, [])] : [];
      }),
  );
  const dividends = [...recorded, ...toCome].sort((a, b) => compareText(b.exDate, a.exDate));
  const creditsOfYear = add(total(dividends.map(each => each.credit)), withoutExDate);
  const exempt = isSmallHolder(owner.taxpayer, creditsOfYear);
  const denied = exempt ? noMoney : total(dividends.map(each => each.split?.denied));
  const open = exempt ? noMoney : total(dividends.map(each => each.split?.open));
  return {
    owner: { id: owner.id, name: owner.name, taxpayer: owner.taxpayer },
    financialYear: year,
    creditsOfYear,
    undatedCredits: withoutExDate,
    unknownFranking: income.filter(each => creditOfPayment(each) === undefined).length,
    exempt,
    allowed: creditsOfYear.minus(denied).minus(open) as Money,
    denied,
    open,
    dividends,
  };
}

/** The credits of tax statements by the payments that they speak of, and those of statements without a payment. */
function statedCredits(
  statements: readonly StatementRecord[],
  income: readonly IncomeReceived[],
  share: (portfolio: string, amount: Money) => Money,
): { byEntry: ReadonlyMap<string, Money>; unpaid: Money } {
  const byEntry = new Map<string, Money>();
  let unpaid = noMoney;
  for (const { portfolio, code, components } of statements) {
    const credit = share(portfolio, components['franking-credit'] ?? noMoney);
    const paid = income.filter(each => each.portfolio === portfolio && each.code === code);
    if (paid.length === 0) unpaid = add(unpaid, credit);
    const parts = allocate(
      credit,
      paid.map(each => each.amount),
    );
    paid.forEach((each, index) => {
      byEntry.set(each.entry, parts[index] ?? noMoney);
    });
  }
  return { byEntry, unpaid };
}

const total = (amounts: readonly (Money | undefined)[]): Money =>
  sum(
    amounts.map(amount => amount ?? noMoney),
    noMoney,
  );

const heldCodes = (ledger: Ledger, shares: ReadonlyMap<string, Decimal>): Code[] => [
  ...new Set(ledger.unitCloses.filter(each => shares.has(each.portfolio)).map(each => each.code)),
];

/** The owner's share of the units held before an ex-date. */
const entitled = (ledger: Ledger, shares: ReadonlyMap<string, Decimal>, code: Code, exDate: LocalDate) =>
  ledger.unitCloses
    .filter(each => each.code === code)
    .reduce((all, { portfolio, closes }) => {
      const pct = shares.get(portfolio);
      return pct === undefined
        ? all
        : add(all, unitsHeldBefore([closes], exDate).times(pct).div(hundred) as typeof all);
    }, noUnits);

/**
 * Whether a dividend that went ex lately has units that were bought less than the longest period ago: without one there
 * is nothing open, and no need to judge.
 */
export const mayBeOpen = (ledger: Ledger, today: LocalDate): boolean => {
  const since = addDays(today, -91);
  return ledger.parcels.some(parcel => parcel.acquiredOn >= since);
};
