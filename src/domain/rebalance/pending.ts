/**
 * The run of suggestions that is open: the newest one, what is still to decide of it, and the cash that it comes to.
 *
 * The cash after a run is that of the plan while all of it stands; a trade that was rejected is taken out of it.
 */
import type { Instant } from '../date.ts';
import { add, type Decimal, type Money, subtract, type Units } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { StoredDetails } from './stored.ts';
import type { Action } from './suggestions.ts';

/** What of a stored suggestion is counted. */
export type RunRow = {
  readonly code: Code;
  readonly action: Action;
  readonly units: Units;
  readonly price: Decimal | undefined;
  readonly position: number;
  readonly status: 'pending' | 'executed' | 'rejected';
  readonly createdAt: Instant;
  readonly details: StoredDetails;
};

/** The rows of the newest run. */
export function newestRun<Row extends RunRow>(rows: readonly Row[]): Row[] {
  const newest = rows.reduce((last, row) => Math.max(last, row.createdAt), Number.NEGATIVE_INFINITY);
  return rows.filter(row => row.createdAt === newest);
}

export const isSale = ({ action }: Pick<RunRow, 'action'>): boolean => action === 'SELL' || action === 'TRIM';
export const isTrade = ({ action }: Pick<RunRow, 'action'>): boolean => action !== 'HOLD';
/** Trades that count: those that were not rejected. */
export const standing = <Row extends RunRow>(run: readonly Row[]): Row[] =>
  run.filter(row => isTrade(row) && row.status !== 'rejected');

/** Cash before the run and after the trades of it that stand; undefined without a run. */
export function cashOf(run: readonly RunRow[]): { readonly before: Money; readonly after: Money } | undefined {
  const [first] = run;
  if (first === undefined) return undefined;
  const before = first.details.plan.cash;
  const after = standing(run).reduce((cash, row) => {
    const { value, brokerage } = row.details;
    return subtract(isSale(row) ? add(cash, value) : subtract(cash, value), brokerage);
  }, before);
  return { before, after };
}
