/** Income: what was received and what it yields, what is to come, what waits to be recorded, and franking credits at stake. */
import type { App } from '../app.ts';
import { type ProposalState, readDeclaredIncome } from '../db/declared-income.ts';
import { type KeptCredit, keptCredits, readOwnerFranking } from '../db/owner-franking.ts';
import type { Scope } from '../db/scope.ts';
import { addMonths, financialYear, type LocalDate } from '../domain/date.ts';
import { add, type Money, noMoney } from '../domain/decimal.ts';
import { type ParcelBooks, parcelBooks } from '../domain/explain/parcel.ts';
import { expectedOn, type Payment, type PaymentTotal, paymentTotal } from '../domain/income/payment.ts';
import type { Proposal } from '../domain/income/proposal.ts';
import {
  type HeldValue,
  type HoldingIncome,
  isOfLastTwelveMonths,
  isPartYear,
  type Received,
  receivedSum,
  type Yields,
  yields,
} from '../domain/income/received.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import type { IncomeReceived } from '../domain/ledger/fold.ts';
import type { Holding } from '../domain/ledger/holding.ts';
import type { Ledger } from '../domain/ledger/ledger.ts';
import type { Code } from '../domain/market/security.ts';
import type { OwnerFranking } from '../domain/tax/franking-at-stake.ts';

/** What of a portfolio view the rest is worked out from. */
type PortfolioView = {
  readonly scope: Scope;
  readonly holdings: readonly Holding[];
  readonly ledger: Ledger;
  readonly entries: readonly Entry[];
  readonly upTo: LocalDate | undefined;
};

/** One month of the calendar; the three are never added together. */
export type IncomeMonth = {
  /** `2026-03`. */
  readonly month: string;
  readonly received: Money;
  /** What that sums. */
  readonly income: Received;
  readonly declared: PaymentTotal;
  readonly estimated: PaymentTotal;
};

export type IncomeView = {
  readonly portfolio: string;
  readonly asOf: LocalDate;
  readonly financialYear: number;
  /** The names of the portfolios, by id. */
  readonly portfolios: ReadonlyMap<string, string>;
  readonly year: Received;
  readonly lastTwelveMonths: Received;
  /** Of the holdings that have a price, or a known cost. */
  readonly yields: Yields;
  /** What those yields are of. */
  readonly yieldOf: HeldValue & { readonly income: Received };
  /** Holdings whose income is in the yields, of all held. */
  readonly priced: number;
  readonly held: number;
  /** Every financial year with income, newest first. */
  readonly years: readonly (Received & { readonly financialYear: number })[];
  /** Largest income of the year first. */
  readonly holdings: readonly HoldingIncome[];
  /** From the start of the year to its end, or to a year from today. */
  readonly months: readonly IncomeMonth[];
  readonly declared: readonly Payment[];
  readonly estimated: readonly Payment[];
  readonly declaredTotal: PaymentTotal;
  readonly estimatedTotal: PaymentTotal;
  readonly proposals: readonly Proposal[];
  /** How many were dismissed. */
  readonly dismissed: number;
  /** Of the financial year, for each owner. */
  readonly owners: readonly OwnerFranking[];
  /** Credits that a sale could still lose, soonest first. */
  readonly kept: readonly KeptCredit[];
  /** The part of the year's income whose franking is known, 0 to 1. */
  readonly coverage: number;
  readonly warnings: readonly string[];
  /** What cost bases are explained by. */
  readonly books: ParcelBooks;
};

export function viewIncome(
  app: App,
  view: PortfolioView,
  question: { readonly financialYear?: number | undefined } = {},
): IncomeView {
  const { db } = app;
  const today = app.today();
  const current = financialYear(today);
  const year = question.financialYear ?? current;
  const { portfolios } = view.scope;
  const { declared, estimated, proposals } = readDeclaredIncome(db, portfolios, view, today);
  const owners = readOwnerFranking(db, portfolios, [...new Set([year, current - 1, current, current + 1])], today);
  const received = underPresentCodes(view.entries, view.ledger.income).filter(each => each.on <= today);
  const ofYear = received.filter(each => each.financialYear === year);
  const recent = received.filter(each => isOfLastTwelveMonths(each.on, today));
  const sum = receivedSum(ofYear);
  const open = proposals.filter(each => each.state === 'open').map(each => each.proposal);
  return {
    portfolio: view.scope.name,
    asOf: today,
    financialYear: year,
    portfolios: new Map(portfolios.map(each => [each.id, each.name])),
    year: sum,
    lastTwelveMonths: receivedSum(recent),
    ...yieldsOfAll(view.holdings, recent),
    years: [...Map.groupBy(received, each => each.financialYear)]
      .map(([each, list]) => ({ financialYear: each, ...receivedSum(list) }))
      .sort((a, b) => b.financialYear - a.financialYear),
    holdings: holdingIncomes(view.holdings, ofYear, recent, today),
    months: monthsOf(year, received, declared, estimated, today),
    declared,
    estimated,
    declaredTotal: paymentTotal(declared),
    estimatedTotal: paymentTotal(estimated),
    proposals: open,
    dismissed: proposals.filter(each => each.state === 'dismissed').length,
    owners: owners.filter(each => each.financialYear === year),
    kept: keptCredits(owners),
    books: parcelBooks(view.entries, portfolios, view.upTo),
    coverage: sum.coverage,
    warnings: warningsOf(sum, proposals),
  };
}

/** What a security paid before it was renamed is its income all the same. */
function underPresentCodes(entries: readonly Entry[], income: readonly IncomeReceived[]): IncomeReceived[] {
  const renames = entries.filter(entry => entry.kind === 'rename');
  return income.map(each => ({
    ...each,
    code: renames.reduce<Code>((code, rename) => (rename.code === code ? rename.newCode : code), each.code),
  }));
}

const sinceOf = (holding: Holding, today: LocalDate): LocalDate =>
  holding.parcels.reduce((first, parcel) => (parcel.acquiredOn < first ? parcel.acquiredOn : first), today);

function holdingIncomes(
  holdings: readonly Holding[],
  ofYear: readonly IncomeReceived[],
  recent: readonly IncomeReceived[],
  today: LocalDate,
): HoldingIncome[] {
  const held = new Map(holdings.map(holding => [holding.code, holding]));
  const codes = new Set([...held.keys(), ...ofYear.map(each => each.code), ...recent.map(each => each.code)]);
  const rows = [...codes].map((code): HoldingIncome => {
    const holding = held.get(code);
    const lastTwelveMonths = receivedSum(recent.filter(each => each.code === code));
    const since = holding && sinceOf(holding, today);
    return {
      code,
      name: holding?.name,
      held: holding && {
        units: holding.units,
        value: holding.value,
        costBase: holding.costBase,
        since: sinceOf(holding, today),
        holding,
      },
      year: receivedSum(ofYear.filter(each => each.code === code)),
      lastTwelveMonths,
      yields: holding && yields(lastTwelveMonths, holding),
      partYear: since !== undefined && isPartYear(since, today),
    };
  });
  return rows.sort((a, b) => b.year.amount.cmp(a.year.amount) || (a.code < b.code ? -1 : 1));
}

/** The yields of what is held, over the holdings that have both a price and a cost. */
function yieldsOfAll(
  holdings: readonly Holding[],
  recent: readonly IncomeReceived[],
): Pick<IncomeView, 'yields' | 'yieldOf' | 'priced' | 'held'> {
  const whole = holdings.filter(each => each.value !== undefined && each.costBase !== undefined);
  const codes = new Set(whole.map(each => each.code));
  const total = (of: (holding: Holding) => Money | undefined): Money | undefined =>
    whole.length === 0 ? undefined : whole.reduce((all, each) => add(all, of(each) ?? noMoney), noMoney);
  const income = receivedSum(recent.filter(each => codes.has(each.code)));
  const held = { value: total(each => each.value), costBase: total(each => each.costBase) };
  return {
    yields: yields(income, held),
    yieldOf: { ...held, income },
    priced: whole.length,
    held: holdings.length,
  };
}

function monthsOf(
  year: number,
  received: readonly IncomeReceived[],
  declared: readonly Payment[],
  estimated: readonly Payment[],
  today: LocalDate,
): IncomeMonth[] {
  const first = `${year - 1}-07-01` as LocalDate;
  const ahead = addMonths(today, 12);
  const isCurrent = year === financialYear(today);
  const last = isCurrent ? ahead : (`${year}-06-30` as LocalDate);
  const months: IncomeMonth[] = [];
  for (let day = first; day <= last; day = addMonths(day, 1)) {
    const month = day.slice(0, 7);
    const inMonth = (list: readonly Payment[]) => list.filter(each => expectedOn(each).startsWith(month));
    const income = receivedSum(received.filter(each => each.on.startsWith(month)));
    months.push({
      month,
      received: income.amount,
      income,
      declared: paymentTotal(inMonth(declared)),
      estimated: paymentTotal(inMonth(estimated)),
    });
  }
  return months;
}

function warningsOf(year: Received, proposals: readonly ProposalState[]): string[] {
  const warnings: string[] = [];
  if (year.unknownFranking > 0) {
    const known = Math.round(year.coverage * 100);
    warnings.push(
      `The franking of ${year.unknownFranking} of ${year.payments} payments is unknown; credits are of the ${known}% of income whose franking is known`,
    );
  }
  const waiting = proposals.filter(each => each.state === 'open').length;
  if (waiting > 0) {
    const what = waiting === 1 ? '1 dividend is' : `${waiting} dividends are`;
    warnings.push(`${what} declared and paid but not recorded, and so in no figure of income`);
  }
  return warnings;
}
