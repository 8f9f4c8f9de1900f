/**
 * What a security has returned besides the gain of what is still held: realised gains and income, entry by entry.
 *
 * A realised gain is proceeds less cost base, and whatever of a return of capital exceeded a cost base; one of a parcel
 * of unknown cost is unknown. Income is before tax withheld. Both stand under the code that the security has now. Total
 * return is the gain of what is held, plus realised gains, plus income; in percent of all that was paid, which is the
 * cost base of what is held and of what was sold. It counts all of the ledger, not a period: see `performance` for one.
 */
import type { Money } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { Entry } from './entry.ts';
import { latestCodes } from './latest-code.ts';
import type { Ledger } from './ledger.ts';

type Part = { readonly entry: string; readonly amount: Money | undefined };

export type Returned = {
  readonly gains: readonly Part[];
  readonly income: readonly Part[];
  /** Cost bases of what was sold. */
  readonly costs: readonly Part[];
};

export const nothingReturned: Returned = { gains: [], income: [], costs: [] };

export function returnedByCode(
  ledger: Pick<Ledger, 'disposals' | 'excessGains' | 'income'>,
  entries: readonly Entry[],
): Map<Code, Returned> {
  const latestCode = latestCodes(entries);
  const byCode = new Map<Code, { gains: Part[]; income: Part[]; costs: Part[] }>();
  const of = (code: Code) => {
    const latest = latestCode(code);
    const returned = byCode.get(latest) ?? { gains: [], income: [], costs: [] };
    byCode.set(latest, returned);
    return returned;
  };
  for (const { code, entry, parcels } of ledger.disposals) {
    const { gains, costs } = of(code);
    for (const { gain, cost } of parcels) {
      gains.push({ entry, amount: gain });
      costs.push({ entry, amount: cost });
    }
  }
  for (const { code, entry, amount } of ledger.excessGains) of(code).gains.push({ entry, amount });
  for (const { code, entry, amount } of ledger.income) of(code).income.push({ entry, amount });
  return byCode;
}
