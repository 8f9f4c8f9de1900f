/**
 * Dividends, distributions and reinvestment.
 *
 * Entitlement is the units held at the close of the day before the ex-date. The stated franking credit wins; else it is
 * franked amount x 30 / 70, the rate of a company that is not a base-rate entity, and flagged as assumed (ITAA 1997
 * s 202-60). A company dividend is assessed in the year it is paid, a distribution in the year it is attributed to. A
 * reinvested dividend is assessable whole, and opens a parcel whose cost is the dividend applied: units x price.
 */

import { financialYear } from '../date.ts';
import {
  add,
  compare,
  cost,
  decimal,
  type Money,
  money,
  noMoney,
  plain,
  price,
  roundCents,
  scale,
  subtract,
  type Units,
} from '../decimal.ts';
import type { CashAmount, Drp, Entry, Income } from './entry.ts';
import { type Fold, type IncomeReceived, openParcel, unitsBefore, warn } from './fold.ts';

const hundred = decimal('100');
/** A division takes many times as long as a multiplication. */
const percent = decimal('0.01');
const companyRate = decimal('30');

/** Dollars: the total stated, or the amount per unit times the units entitled, in cents. */
const amountOf = (amount: CashAmount, entitled: Units): Money =>
  'total' in amount ? amount.total : roundCents(cost(amount.perUnit, entitled));

/** The franking credit of a franked amount at the company rate of 30%. */
export const creditAtCompanyRate = (franked: Money): Money =>
  roundCents(scale(franked, companyRate).div(hundred.minus(companyRate)) as Money);

function received(fold: Fold, entry: Entry & (Income | Drp), cashAmount: CashAmount): IncomeReceived {
  const entitled = unitsBefore(fold, entry.code, entry.exDate ?? entry.on);
  if ('perUnit' in cashAmount && entry.exDate === undefined) {
    warn(
      fold,
      entry,
      `${entry.code}: no ex-date given, so the ${plain(entitled)} units held before ${entry.on} were used`,
    );
  }
  if (entry.exDate !== undefined && entitled.eq(noMoney)) {
    warn(fold, entry, `${entry.code}: none held before the ex-date ${entry.exDate}`);
  }
  const amount = amountOf(cashAmount, entitled);
  const franked =
    entry.frankedPct === undefined ? undefined : roundCents(scale(scale(amount, entry.frankedPct), percent));
  const assumed = entry.credit === undefined && franked !== undefined && !franked.eq(noMoney);
  const credit = entry.credit ?? (franked === undefined ? undefined : creditAtCompanyRate(franked));
  return {
    entry: entry.id,
    portfolio: entry.portfolio,
    code: entry.code,
    kind: entry.kind,
    on: entry.on,
    exDate: entry.exDate,
    units: entry.exDate === undefined ? undefined : entitled,
    amount,
    franked,
    credit,
    creditAssumed: assumed,
    withheld: entry.withheld,
    financialYear: entry.financialYear ?? financialYear(entry.on),
  };
}

export function applyIncome(fold: Fold, entry: Entry & Income): void {
  const income = received(fold, entry, entry.amount);
  fold.income.push(income);
  fold.cash = add(fold.cash, subtract(income.amount, income.withheld ?? noMoney));
}

export function applyDrp(fold: Fold, entry: Entry & Drp): void {
  const income = received(fold, entry, entry.dividend);
  fold.income.push(income);
  const { id, portfolio, code, units, on } = entry;
  warnOfCost(fold, entry, income);
  const parcel = { id, portfolio, code, acquiredOn: on, units, cost: roundCents(cost(entry.price, units)) };
  openParcel(fold, parcel, on);
}

/** More cannot be applied than the dividend and what was carried in, but for the rounding of the price that is told. */
function warnOfCost(fold: Fold, entry: Entry & Drp, income: IncomeReceived): void {
  const applied = roundCents(cost(entry.price, entry.units));
  const carried = fold.residuals.get(entry.code) ?? noMoney;
  fold.residuals.set(entry.code, entry.residual ?? noMoney);
  const had = subtract(add(income.amount, carried), income.withheld ?? noMoney);
  const places = Math.max(2, plain(entry.price).split('.')[1]?.length ?? 0);
  const rounding = cost(price(`0.${'0'.repeat(places)}5`), entry.units);
  if (compare(applied, add(had, add(rounding, aCent))) <= 0) return;
  const from = carried.eq(noMoney) ? 'nothing carried in' : `${plain(carried)} carried in`;
  warn(fold, entry, `${entry.code}: ${plain(applied)} applied from a dividend of ${plain(income.amount)} with ${from}`);
}
const aCent = money('0.01');
