/**
 * What one entry would change: the difference of two folds, as the entries stand and with it (or with it in the place
 * of the one it edits).
 *
 * Troubles a user sees: an entry that cannot take effect, or that takes the units from under a later sale, is refused in
 * the words of the ledger.
 */
import { Failure } from '../../failure.ts';
import { add, type Money, noMoney, noUnits, plain, type Units } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { Entry } from './entry.ts';
import type { Disposal, ExcessGain, IncomeReceived, LedgerProblem } from './fold.ts';
import { type FoldOptions, foldLedger, type Ledger } from './ledger.ts';
import { type Parcel, parcelUnits } from './parcel.ts';

/** A holding before or after. `cost` is undefined where a parcel's cost is unknown. */
export type HoldingState = { readonly units: Units; readonly cost: Money | undefined };

/** One code before and after. */
type CodeChange = { readonly code: Code; readonly before: HoldingState; readonly after: HoldingState };
/** A recorded sale whose parcels' cost the entry changes. */
type SaleChange = { readonly before: Disposal; readonly after: Disposal };

export type Effect = {
  readonly code: Code | undefined;
  readonly before: HoldingState;
  readonly after: HoldingState;
  /** The code that a demerger or rollover brings. */
  readonly received: CodeChange | undefined;
  /** Sales of the year that a cost base adjustment reaches back to. */
  readonly sales: readonly SaleChange[];
  readonly disposal: Disposal | undefined;
  readonly income: IncomeReceived | undefined;
  readonly excessGains: readonly ExcessGain[];
  readonly cashBefore: Money;
  readonly cashAfter: Money;
  readonly warnings: readonly string[];
};

const stateOf = (ledger: Ledger, code: Code | undefined): HoldingState => {
  const parcels: readonly Parcel[] = ledger.parcels.filter(parcel => parcel.code === code);
  const known = parcels.every(parcel => parcel.cost !== undefined);
  const cost = known ? parcels.reduce((total, parcel) => add(total, parcel.cost ?? noMoney), noMoney) : undefined;
  return { units: parcels.length === 0 ? noUnits : parcelUnits(parcels), cost };
};

/** The problems of `after` whose entries had none in `before`. One that only changed its figures is not new. */
function newProblems(before: Ledger, after: Ledger): LedgerProblem[] {
  const known = new Set(before.problems.map(problem => problem.entry));
  return after.problems.filter(problem => !known.has(problem.entry));
}

/** Refuses a change that brings new problems, or leaves one to the entries of the change itself (`own`). */
export function refuseProblems(before: Ledger, after: Ledger, own: ReadonlySet<string>, hint: string): void {
  const problem = after.problems.find(each => own.has(each.entry)) ?? newProblems(before, after)[0];
  if (!problem) return;
  const message = own.has(problem.entry)
    ? problem.message
    : `A recorded entry would lose its units: ${problem.message}`;
  throw new Failure('refused', message, { hint });
}

function changedSales(before: Ledger, after: Ledger, code: Code): SaleChange[] {
  const old = new Map(before.disposals.map(sale => [sale.entry, sale]));
  const adjusted = (sale: Disposal): string => sale.parcels.map(part => plain(part.adjustment ?? noMoney)).join(' ');
  return after.disposals.flatMap(sale => {
    const earlier = old.get(sale.entry);
    if (earlier === undefined || sale.code !== code || adjusted(earlier) === adjusted(sale)) return [];
    return [{ before: earlier, after: sale }];
  });
}

/** What `entry` (new, or in the place of one with its id) does to the portfolio that `entries` make. */
export function effectOf(entries: readonly Entry[], entry: Entry, options: FoldOptions): Effect {
  const others = entries.filter(each => each.id !== entry.id);
  const before = foldLedger(entries, options);
  const after = foldLedger([...others, entry], options);
  refuseProblems(before, after, new Set([entry.id]), 'Nothing was written. See what is held: asxos parcels.');
  const code = entry.kind === 'rename' ? entry.newCode : entry.code;
  return {
    code,
    before: stateOf(before, entry.code),
    after: stateOf(after, code),
    received:
      entry.kind === 'demerger' || entry.kind === 'rollover'
        ? { code: entry.newCode, before: stateOf(before, entry.newCode), after: stateOf(after, entry.newCode) }
        : undefined,
    sales: entry.kind === 'amit' || entry.kind === 'statement' ? changedSales(before, after, entry.code) : [],
    disposal: after.disposals.find(each => each.entry === entry.id),
    income: after.income.find(each => each.entry === entry.id),
    excessGains: after.excessGains.filter(each => each.entry === entry.id),
    cashBefore: before.cash,
    cashAfter: after.cash,
    warnings: after.warnings.filter(each => each.entry === entry.id).map(each => each.message),
  };
}
