/**
 * Declared dividends beside the income that was recorded.
 *
 * What a dividend is due is its amount per unit times the units held at the close of the day before its ex-date, which
 * is who the company pays. A recorded payment belongs to the dividend of its ex-date, and where two have it (an ordinary
 * and a special one) to the one nearest in dollars. Without an ex-date it belongs to the dividend whose payment date is
 * nearest, at most ten days away: registries pay a few days late, and banks book on the next business day. A payment
 * that fits none stands alone.
 *
 * Troubles a user sees: a dividend due and nothing recorded beside it; one paid in another currency, whose Australian
 * dollars are not known until it is recorded.
 */
import { compareText } from '../compare-text.ts';
import { daysBetween, type LocalDate } from '../date.ts';
import { absolute, compare, cost, type Money, noUnits, roundCents, subtract, sum, type Units } from '../decimal.ts';
import type { DeclaredDividend } from '../market/price.ts';
import type { IncomeReceived, UnitClose } from './fold.ts';

export type DividendRow = {
  /** Undefined where a payment fits no declared dividend. */
  readonly declared: DeclaredDividend | undefined;
  /** Held at the close of the day before the ex-date; undefined without a declared dividend. */
  readonly units: Units | undefined;
  /** Dollars due on them; undefined where the dividend is unknown or of another currency. */
  readonly due: Money | undefined;
  readonly recorded: readonly IncomeReceived[];
};

const nearEnough = 10;

/** The units held at the close of the day before `day`, over all the lists of closes. */
export function unitsHeldBefore(closes: readonly (readonly UnitClose[])[], day: LocalDate): Units {
  return sum(
    closes.map(list => list.findLast(close => close.on < day)?.units ?? noUnits),
    noUnits,
  );
}

const paymentDistance = ({ paidOn }: DeclaredDividend, on: LocalDate): number =>
  paidOn === undefined ? Number.POSITIVE_INFINITY : Math.abs(daysBetween(paidOn, on));

function ofExDate(declared: readonly DeclaredDividend[], payment: IncomeReceived): DeclaredDividend | undefined {
  const distance = ({ perUnit }: DeclaredDividend): Money =>
    absolute(subtract(cost(perUnit, payment.units ?? noUnits), payment.amount));
  return declared.filter(each => each.exDate === payment.exDate).sort((a, b) => compare(distance(a), distance(b)))[0];
}

function ofPaymentDate(declared: readonly DeclaredDividend[], payment: IncomeReceived): DeclaredDividend | undefined {
  const [nearest] = declared
    .filter(each => paymentDistance(each, payment.on) <= nearEnough)
    .sort((a, b) => paymentDistance(a, payment.on) - paymentDistance(b, payment.on));
  return nearest;
}

/** Every declared dividend of one security with what was recorded of it, and the payments that fit none; newest first. */
export function matchDividends(
  declared: readonly DeclaredDividend[],
  income: readonly IncomeReceived[],
  closes: readonly (readonly UnitClose[])[],
): DividendRow[] {
  const paymentOf = (payment: IncomeReceived): DeclaredDividend | undefined =>
    payment.exDate === undefined ? ofPaymentDate(declared, payment) : ofExDate(declared, payment);
  const recorded = Map.groupBy(income, paymentOf);
  const rows = declared.map((each): DividendRow => {
    const units = unitsHeldBefore(closes, each.exDate);
    const due = each.currency === 'AUD' ? roundCents(cost(each.perUnit, units)) : undefined;
    return { declared: each, units, due, recorded: recorded.get(each) ?? [] };
  });
  const others = (recorded.get(undefined) ?? []).map(
    (payment): DividendRow => ({ declared: undefined, units: undefined, due: undefined, recorded: [payment] }),
  );
  return [...rows, ...others].sort((a, b) => compareText(dayOf(b), dayOf(a)));
}

const dayOf = ({ declared, recorded }: DividendRow): string =>
  declared?.exDate ?? recorded[0]?.exDate ?? recorded[0]?.on ?? '';
