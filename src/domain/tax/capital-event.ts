/**
 * What happened to a parcel that makes a capital gain or loss, read from the ledger: a sale of it or of a part (CGT event
 * A1), a return of capital beyond its cost base (G1), a tax-deferred or AMIT amount beyond it (E4, E10).
 *
 * The ledger nets the sale's brokerage off the proceeds; for tax it belongs to the cost base, so it is put back: what was
 * received is the contract's price, and the brokerage is split over the parcels sold by their units.
 */
import type { LocalDate } from '../date.ts';
import { add, allocate, type Money, noMoney, type Units } from '../decimal.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Disposal, ExcessGain } from '../ledger/fold.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Code } from '../market/security.ts';

/** The deemed sale of 30 June 2027 of what was sold: undefined amounts are unknown. */
export type DeemedSale = { readonly costBase: Money | undefined; readonly marketValue: Money | undefined };

export type CapitalEvent = {
  readonly event: 'A1' | 'G1' | 'E4' | 'E10';
  readonly entry: string;
  readonly portfolio: string;
  readonly code: Code;
  /** The entry that opened the parcel. */
  readonly parcel: string;
  /** The real acquisition, which a deemed sale does not change. */
  readonly acquiredOn: LocalDate;
  readonly on: LocalDate;
  /** Undefined where nothing was sold. */
  readonly units: Units | undefined;
  /** Before brokerage. */
  readonly proceeds: Money;
  /** Of the sale. */
  readonly brokerage: Money;
  /** Of the parcel, without the sale's brokerage: since 1 July 2027 where it was deemed sold. Undefined is unknown. */
  readonly costBase: Money | undefined;
  /** The part of the cost base that is never indexed. */
  readonly unindexed: Money;
  readonly deemed: DeemedSale | undefined;
};

const brokerageOf = (entry: Entry | undefined): Money =>
  entry !== undefined && 'brokerage' in entry ? (entry.brokerage ?? noMoney) : noMoney;

function eventsOfSale(disposal: Disposal, entry: Entry | undefined): CapitalEvent[] {
  const brokerages = allocate(
    brokerageOf(entry),
    disposal.parcels.map(part => part.units),
  );
  return disposal.parcels.map((part, index) => {
    const brokerage = brokerages[index] ?? noMoney;
    return {
      event: 'A1',
      entry: disposal.entry,
      portfolio: disposal.portfolio,
      code: disposal.code,
      parcel: part.parcel,
      acquiredOn: part.acquiredOn,
      on: disposal.on,
      units: part.units,
      proceeds: add(part.proceeds, brokerage),
      brokerage,
      costBase: part.cost,
      unindexed: noMoney,
      deemed: undefined,
    };
  });
}

const eventOfExcess = (excess: ExcessGain): CapitalEvent => ({
  event: 'G1',
  entry: excess.entry,
  portfolio: excess.portfolio,
  code: excess.code,
  parcel: excess.entry,
  acquiredOn: excess.acquiredOn,
  on: excess.on,
  units: undefined,
  proceeds: excess.amount,
  brokerage: noMoney,
  costBase: noMoney,
  unindexed: noMoney,
  deemed: undefined,
});

/** The capital events of a ledger, oldest first. */
export function capitalEvents(ledger: Ledger, entries: readonly Entry[]): CapitalEvent[] {
  const sales = new Set(ledger.disposals.map(each => each.entry));
  const byId = new Map(entries.filter(entry => sales.has(entry.id)).map(entry => [entry.id, entry]));
  const events = [
    ...ledger.disposals.flatMap(each => eventsOfSale(each, byId.get(each.entry))),
    ...ledger.excessGains.map(eventOfExcess),
  ];
  return events.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
