/**
 * The units of one security that came to an owner and left, over all portfolios and shares of joint ones.
 *
 * A security is one under all its names. Units transferred between two portfolios of the owner stay the owner's: such a
 * pair (the same units out of one and into another within ten days) is no movement. A transfer in brings the
 * date on which it was acquired. A sale of more than a portfolio holds has no effect, as in the ledger.
 */
import { daysBetween } from '../date.ts';
import { add, compare, type Decimal, decimal, noUnits, subtract, sum, type Units } from '../decimal.ts';
import { reconstructedUnits } from '../ledger/actions.ts';
import { namesOf } from '../ledger/admit.ts';
import type { Entry, TransferIn, TransferOut } from '../ledger/entry.ts';
import { byEffect } from '../ledger/order.ts';
import type { Portfolio } from '../ledger/portfolio.ts';
import type { Code } from '../market/security.ts';
import type { UnitMovement } from './holding-period.ts';

const hundred = decimal('100');
const daysInTransit = 10;

/** The percentage that an owner has of each portfolio, by the portfolio's id. */
export const sharesOf = (owner: string, portfolios: readonly Portfolio[]): ReadonlyMap<string, Decimal> =>
  new Map(
    portfolios.flatMap(({ id, owners }) => {
      const own = owners.find(each => each.id === owner);
      return own === undefined ? [] : [[id, own.pct] as const];
    }),
  );

/** `shares`: the owner's percentage of each portfolio; entries of other portfolios are left out. */
export function unitMovements(
  entries: readonly Entry[],
  code: Code,
  shares: ReadonlyMap<string, Decimal>,
): UnitMovement[] {
  const family = namesOf(code, entries);
  const own = entries
    .filter(entry => entry.code !== undefined && family.has(entry.code) && shares.has(entry.portfolio))
    .toSorted(byEffect);
  const shareOf = ({ portfolio }: Entry, all: Units): Units => {
    const pct = shares.get(portfolio) ?? hundred;
    return pct.eq(hundred) ? all : (all.times(pct).div(hundred) as Units);
  };
  const inTransit = transfersWithin(own, shareOf);
  const held = new Map<string, { entry: Entry; units: Units }>();
  const movements: UnitMovement[] = [];
  for (const entry of own) {
    const before = held.get(entry.portfolio)?.units ?? noUnits;
    const change = changeOf(entry, before);
    if (change === undefined) continue;
    held.set(entry.portfolio, { entry, units: change.after });
    if (inTransit.has(entry.id)) continue;
    const units = shareOf(entry, change.moved);
    const { on } = entry;
    if (change.kind === 'in') {
      const acquiredOn = ('acquiredOn' in entry ? entry.acquiredOn : undefined) ?? on;
      movements.push({ kind: 'in', on, acquiredOn, units });
    } else if (change.kind === 'out') movements.push({ kind: 'out', on, units });
    else {
      const all = sum(
        [...held.values()].map(each => shareOf(each.entry, each.units)),
        noUnits,
      );
      movements.push({ kind: 'becomes', on, units: all });
    }
  }
  return movements;
}

type Change = { readonly kind: UnitMovement['kind']; readonly moved: Units; readonly after: Units };

/** What an entry does to the units of its portfolio; undefined where it does nothing. */
function changeOf(entry: Entry, before: Units): Change | undefined {
  switch (entry.kind) {
    case 'buy':
    case 'drp':
    case 'opening':
    case 'transfer-in':
      return { kind: 'in', moved: entry.units, after: add(before, entry.units) };
    case 'sell':
    case 'transfer-out':
      return compare(entry.units, before) > 0
        ? undefined
        : { kind: 'out', moved: entry.units, after: subtract(before, entry.units) };
    case 'split':
    case 'consolidation':
      return before.eq(noUnits)
        ? undefined
        : { kind: 'becomes', moved: noUnits, after: reconstructedUnits(before, entry) };
    case 'bonus':
      return before.eq(noUnits) ? undefined : { kind: 'becomes', moved: noUnits, after: add(before, entry.units) };
    default:
      return undefined;
  }
}

type Transfer = Entry & (TransferIn | TransferOut);

/** The ids of transfers that only move units between the owner's own portfolios. */
function transfersWithin(entries: readonly Entry[], shareOf: (entry: Entry, all: Units) => Units): ReadonlySet<string> {
  const transfers = entries.filter(
    (entry): entry is Transfer => entry.kind === 'transfer-in' || entry.kind === 'transfer-out',
  );
  const paired = new Set<string>();
  for (const out of transfers.filter(each => each.kind === 'transfer-out')) {
    const arrival = transfers.find(
      each =>
        each.kind === 'transfer-in' &&
        !paired.has(each.id) &&
        each.portfolio !== out.portfolio &&
        Math.abs(daysBetween(out.on, each.on)) <= daysInTransit &&
        compare(shareOf(each, each.units), shareOf(out, out.units)) === 0,
    );
    if (arrival !== undefined) paired.add(out.id).add(arrival.id);
  }
  return paired;
}
