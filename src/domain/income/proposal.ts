/**
 * Proposals: dividends that were declared and paid on what a portfolio held, and that no recorded entry matches.
 *
 * The units are those held at the close of the day before the ex-date. A proposal is known by its code, ex-date and
 * portfolio (a second dividend of an ex-date by a number after them). Confirmed, it becomes a dividend; a distribution
 * where the security is a fund or its last recorded payment was one, with the year it is attributed to; or, reinvested,
 * units of the plan.
 *
 * A plan adds the residual carried from the issue before to the dividend, issues whole units at its price, and carries
 * the rest: 333 units x 0.47 + 3.20 carried at 12.345 is 12 units, cost 148.14, residual 11.57, assessable 156.51.
 *
 * Troubles a user sees: a dividend in another currency needs the dollars that arrived; one without a payment date needs
 * the day; a plan price that buys no whole unit, or stated units that cost more than there was.
 */
import { Failure } from '../../failure.ts';
import type { LocalDate } from '../date.ts';
import {
  add,
  cost,
  type Decimal,
  isNegative,
  isPositive,
  isZero,
  type Money,
  money,
  noMoney,
  type Price,
  plain,
  round,
  roundCents,
  subtract,
  type Units,
  wholeUnitsDown,
} from '../decimal.ts';
import type { DividendRow } from '../ledger/dividend-match.ts';
import type { Drp, Entry, Income } from '../ledger/entry.ts';
import type { AssetKind, Code } from '../market/security.ts';
import { attributedYear } from './attributed-year.ts';
import { isToCome, type Payment, payment } from './payment.ts';

export type Proposal = Payment & {
  readonly id: string;
  /** Tells the dividends of one ex-date apart, from 0. */
  readonly ordinal: number;
  /** What it would be recorded as. */
  readonly entryKind: Income['kind'];
};

const proposalId = (portfolio: string, code: Code, exDate: LocalDate, ordinal: number): string =>
  `${code}-${exDate}-${portfolio.slice(-8)}${ordinal === 0 ? '' : `-${ordinal + 1}`}`;

/** What is proposed, and what else is known of the same dividend: the recorded entries where there are any. */
export type Candidate = { readonly proposal: Proposal; readonly recorded: readonly string[] };

/**
 * Every dividend of one security that is due to a portfolio, recorded or not. `rows` are its declared dividends beside
 * the recorded income.
 */
export function proposalCandidates(
  portfolio: string,
  rows: readonly DividendRow[],
  entryKind: Income['kind'],
  today: LocalDate,
): Candidate[] {
  const seen = new Map<LocalDate, number>();
  return rows.flatMap(({ declared, units, recorded }) => {
    if (declared === undefined) return [];
    const ordinal = seen.get(declared.exDate) ?? 0;
    seen.set(declared.exDate, ordinal + 1);
    if (units === undefined || !isPositive(units) || isToCome(declared, today)) return [];
    const due = payment(portfolio, declared, units);
    if (!isPositive(due.declaredAmount)) return [];
    const id = proposalId(portfolio, declared.code, declared.exDate, ordinal);
    return [{ proposal: { ...due, id, ordinal, entryKind }, recorded: recorded.map(each => each.entry) }];
  });
}

/** A fund pays distributions; of other securities the last recorded payment tells. */
export function incomeKind(entries: readonly Entry[], code: Code, kind: AssetKind | undefined): Income['kind'] {
  const last = entries.findLast(
    entry => entry.code === code && (entry.kind === 'dividend' || entry.kind === 'distribution'),
  );
  if (last?.kind === 'dividend' || last?.kind === 'distribution') return last.kind;
  return kind === 'etf' || kind === 'fund' ? 'distribution' : 'dividend';
}

/** Cash that a reinvestment plan carries: the residual of the last issue before a day. */
export function carriedResidual(entries: readonly Entry[], code: Code, before: LocalDate): Money {
  const issues = entries.filter((entry): entry is Entry & Drp => entry.kind === 'drp' && entry.code === code);
  const last = issues
    .filter(entry => entry.on < before)
    .reduce<Drp | undefined>(
      (latest, entry) => (latest === undefined || entry.on >= latest.on ? entry : latest),
      undefined,
    );
  return last?.residual ?? noMoney;
}

/** A plan issue as the user states it: the price, and the units where the registry's differ. */
export type PlanIssue = { readonly price: Price; readonly units?: Units | undefined };

/** The units that a plan issues for a dividend and the residual carried in, and the residual carried on. */
export function reinvested(dividend: Money, carried: Money, issue: PlanIssue): { units: Units; residual: Money } {
  const available = add(dividend, carried);
  const units = issue.units ?? wholeUnitsDown(available.div(issue.price) as Units);
  const { price } = issue;
  if (isZero(units)) {
    throw new Failure('refused', `$${plain(available)} does not buy one unit at ${plain(price)}`, {
      hint: 'Without --drp it is recorded as paid in cash.',
    });
  }
  const residual = subtract(available, roundCents(cost(price, units)));
  if (isNegative(residual) && !residual.eq(minusOneCent)) {
    const message = `${plain(units)} units at ${plain(price)} cost $${plain(roundCents(cost(price, units)))}, more than the $${plain(available)} there was`;
    throw new Failure('refused', message, { hint: 'Give the units and the price of the plan statement.' });
  }
  return { units, residual: isNegative(residual) ? noMoney : residual };
}

/** A price of four decimals may cost a cent more than the dividend. */
const minusOneCent = money('-0.01');

/** What a user may say of a proposal when confirming it. */
export type Confirmation = {
  readonly amount?: Money | undefined;
  readonly frankedPct?: Decimal | undefined;
  readonly on?: LocalDate | undefined;
  readonly kind?: Income['kind'] | undefined;
  readonly issue?: PlanIssue | undefined;
};

/** The entry that a confirmed proposal is. `carried` is the plan's residual from before. */
export function confirmedDraft(proposal: Proposal, said: Confirmation, carried: Money): Income | Drp {
  const { code, exDate, currency, declaredAmount } = proposal;
  const on = said.on ?? proposal.paidOn;
  if (on === undefined) {
    throw new Failure('invalid-input', `The payment date of ${code} ex ${exDate} is not known`, {
      hint: 'Say when it was paid: --on 2026-03-26.',
    });
  }
  if (on < exDate) {
    throw new Failure('invalid-input', `${on} is before the ex-date of ${code}, ${exDate}`, {
      hint: 'A dividend is paid after its ex-date.',
    });
  }
  const amount = said.amount ?? proposal.amount;
  if (amount === undefined) {
    throw new Failure(
      'invalid-input',
      `${code} declared ${plain(declaredAmount)} ${currency}, not Australian dollars`,
      {
        hint: 'Say what arrived in Australian dollars: --amount 123.45.',
      },
    );
  }
  const kind = said.kind ?? proposal.entryKind;
  const facts = {
    code,
    on,
    frankedPct: said.frankedPct ?? proposal.frankedPct,
    exDate,
    financialYear: kind === 'distribution' ? attributedYear(exDate, on) : undefined,
  };
  if (said.issue !== undefined) {
    const { units, residual } = reinvested(amount, carried, said.issue);
    const dividend = { total: amount };
    return { kind: 'drp', ...facts, units, price: said.issue.price, dividend, residual };
  }
  const declared =
    currency === 'AUD' ? undefined : { amount: declaredAmount, currency, rate: round(declaredAmount.div(amount), 10) };
  return { kind, ...facts, amount: { total: amount }, declared };
}
