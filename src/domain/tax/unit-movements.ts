/**
 * The units of one security that came to an owner and left, over all portfolios and shares of joint ones.
 *
 * A security is one under all its names. Units transferred between two portfolios of the owner stay the owner's: such a
 * pair (the same units out of one and into another within ten days) is no movement. A transfer in brings the
 * date on which it was acquired. A sale of more than a portfolio holds has no effect, as in the ledger.
 *
 * A demerger's new units come in beside those of the head, a rollover's in the place of the old ones. They are taken to be
 * held at risk since the units they come from were acquired, which is the date they carry for capital gains (ITAA 1997
 * s 115-30(1) items 1 and 2). That this holds for the franking rule too is our assumption: the registry's date of issue
 * would begin the days anew. Days of the old code's own dividends end with the rollover, as with a sale.
 */
import { daysBetween } from '../date.ts';
import { add, allocate, compare, type Decimal, decimal, noUnits, subtract, sum, type Units } from '../decimal.ts';
import { reconstructedUnits } from '../ledger/actions.ts';
import { namesOf } from '../ledger/admit.ts';
import type { Demerger, Entry, Rollover } from '../ledger/entry.ts';
import { byEffect } from '../ledger/order.ts';
import type { Portfolio } from '../ledger/portfolio.ts';
import type { Code } from '../market/security.ts';
import { lotsHeld, places, type UnitMovement } from './holding-period.ts';

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
  const all = entries.filter(entry => shares.has(entry.portfolio)).toSorted(byEffect);
  const own = all.filter(
    entry => (entry.code !== undefined && family.has(entry.code)) || (isExchange(entry) && family.has(entry.newCode)),
  );
  const shareOf = ({ portfolio }: Entry, all: Units): Units => {
    const pct = shares.get(portfolio) ?? hundred;
    return pct.eq(hundred) ? all : (all.times(pct).div(hundred) as Units);
  };
  const inTransit = transfersWithin(own, shareOf);
  const held = new Map<string, { entry: Entry; units: Units }>();
  const movements: UnitMovement[] = [];
  for (const entry of own) {
    const before = held.get(entry.portfolio)?.units ?? noUnits;
    const change =
      isExchange(entry) && family.has(entry.newCode) ? arrivalOf(entry, before, all) : changeOf(entry, before);
    if (change === undefined) continue;
    held.set(entry.portfolio, { entry, units: change.after });
    if (inTransit.has(entry.id)) continue;
    const { on } = entry;
    if (change.kind === 'in') {
      for (const { acquiredOn, units } of change.lots)
        movements.push({ kind: 'in', on, acquiredOn, units: shareOf(entry, units) });
    } else if (change.kind === 'out') movements.push({ kind: 'out', on, units: shareOf(entry, change.moved) });
    else {
      const units = sum(
        [...held.values()].map(each => shareOf(each.entry, each.units)),
        noUnits,
      );
      movements.push({ kind: 'becomes', on, units });
    }
  }
  return movements;
}

type Lots = ReturnType<typeof lotsHeld>;

type Change =
  | { readonly kind: 'in'; readonly lots: Lots; readonly after: Units }
  | { readonly kind: 'out'; readonly moved: Units; readonly after: Units }
  | { readonly kind: 'becomes'; readonly after: Units };

/** What an entry does to the units of its portfolio; undefined where it does nothing. */
function changeOf(entry: Entry, before: Units): Change | undefined {
  const { on } = entry;
  switch (entry.kind) {
    case 'buy':
    case 'drp':
      return { kind: 'in', lots: [{ acquiredOn: on, units: entry.units }], after: add(before, entry.units) };
    case 'opening':
    case 'transfer-in': {
      const acquiredOn = entry.acquiredOn ?? on;
      return { kind: 'in', lots: [{ acquiredOn, units: entry.units }], after: add(before, entry.units) };
    }
    case 'sell':
    case 'transfer-out':
      return compare(entry.units, before) > 0
        ? undefined
        : { kind: 'out', moved: entry.units, after: subtract(before, entry.units) };
    case 'split':
    case 'consolidation':
      return before.eq(noUnits) ? undefined : { kind: 'becomes', after: reconstructedUnits(before, entry) };
    case 'bonus':
      return before.eq(noUnits) ? undefined : { kind: 'becomes', after: add(before, entry.units) };
    case 'rollover':
      return before.eq(noUnits) ? undefined : { kind: 'out', moved: before, after: noUnits };
    default:
      return undefined;
  }
}

type Exchange = Entry & (Demerger | Rollover);

const isExchange = (entry: Entry): entry is Exchange => entry.kind === 'demerger' || entry.kind === 'rollover';

/** The units that an exchange brings, with the dates of those that its portfolio held of the old code just before. */
function arrivalOf(entry: Exchange, before: Units, all: readonly Entry[]): Change | undefined {
  const { portfolio, code } = entry;
  const earlier = all.slice(0, all.indexOf(entry));
  const lots = lotsHeld(unitMovements(earlier, code, new Map([[portfolio, hundred]])));
  const weights = lots.map(lot => lot.units);
  const held = sum(weights, noUnits);
  if (held.eq(noUnits)) return undefined;
  const received = entry.kind === 'demerger' ? entry.units : reconstructedUnits(held, entry);
  const parts = allocate(received, weights, places);
  const arriving = lots.map(({ acquiredOn }, index) => ({ acquiredOn, units: parts[index] as Units }));
  return { kind: 'in', lots: arriving, after: add(before, received) };
}

/** The ids of transfers that only move units between the owner's own portfolios. */
function transfersWithin(entries: readonly Entry[], shareOf: (entry: Entry, all: Units) => Units): ReadonlySet<string> {
  const paired = new Set<string>();
  for (const out of entries) {
    if (out.kind !== 'transfer-out') continue;
    const arrival = entries.find(
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
