/**
 * The dollars that an entry is about, as it says them.
 *
 * A trade: what changed hands, brokerage included. A transfer in: its cost base. Income: the amount, where it is stated
 * as a total; one stated per unit depends on the units held, which the ledger knows. A cost base adjustment:
 * its dollars, with their sign. A rollover: its cash part. Cash: its amount. Units alone, and a statement of many lines,
 * have no one figure.
 */
import type { Money } from '../decimal.ts';
import type { Draft } from './entry.ts';
import { tradeTotal } from './trade.ts';

/** Undefined where the entry states no dollars. */
export function entryAmount(draft: Draft): Money | undefined {
  switch (draft.kind) {
    case 'buy':
    case 'sell':
      return tradeTotal(draft);
    case 'opening':
    case 'transfer-in':
      return draft.cost;
    case 'dividend':
    case 'distribution':
      return 'total' in draft.amount ? draft.amount.total : undefined;
    case 'drp':
      return 'total' in draft.dividend ? draft.dividend.total : undefined;
    case 'rollover':
      return draft.cash;
    case 'amit':
      return draft.adjustment;
    case 'deposit':
    case 'withdraw':
    case 'interest':
    case 'fee':
      return draft.amount;
    default:
      return undefined;
  }
}
