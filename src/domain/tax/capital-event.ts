/**
 * What happened to a parcel that makes a capital gain or loss, read from the ledger: a sale of it or of a part (CGT event
 * A1), a return of capital beyond its cost base (G1), a tax-deferred or AMIT amount beyond it (E4, E10).
 *
 * The ledger nets the sale's brokerage off the proceeds; for tax it belongs to the cost base, so it is put back: what was
 * received is the contract's price, and the brokerage is split over the parcels sold by their units.
 */
import { compareText } from '../compare-text.ts';
import type { LocalDate } from '../date.ts';
import { add, isZero, type Money, noMoney, type Units } from '../decimal.ts';
import type { Disposal, ExcessGain } from '../ledger/fold.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Taxpayer } from '../ledger/portfolio.ts';
import { brokerageShares } from '../ledger/trade.ts';
import type { Code } from '../market/security.ts';
import { isIndexed } from './rules.ts';

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
  /** Before brokerage; undefined where an excess over an unknown market value is. */
  readonly proceeds: Money | undefined;
  /** Of the sale. */
  readonly brokerage: Money;
  /** Of the parcel, without the sale's brokerage: since 1 July 2027 where it was deemed sold. Undefined is unknown. */
  readonly costBase: Money | undefined;
  /** The part of the cost base that is never indexed. */
  readonly unindexed: Money;
  readonly deemed: DeemedSale | undefined;
  /** The record of the ledger that it is read from. */
  readonly from?: EventRecord;
};

/** A parcel's place in a sale, from 0, or a payment beyond a cost base. */
export type EventRecord =
  | { readonly kind: 'sale'; readonly disposal: Disposal; readonly at: number }
  | { readonly kind: 'excess'; readonly excess: ExcessGain };

/** The deemed sale, where it counts for the taxpayer: one of 1 July 2027 and a real sale after it. */
const deemedFor = <Deemed>(taxpayer: Taxpayer, on: LocalDate, deemed: Deemed | undefined): Deemed | undefined =>
  isIndexed(taxpayer, on) ? deemed : undefined;

function eventsOfSale(disposal: Disposal, taxpayer: Taxpayer): CapitalEvent[] {
  const brokerages = brokerageShares(disposal);
  return disposal.parcels.map((part, index) => {
    const brokerage = brokerages?.[index] ?? noMoney;
    const deemed = deemedFor(taxpayer, disposal.on, part.deemed);
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
      costBase: deemed === undefined ? part.cost : deemed.cost,
      unindexed: part.unindexed ?? noMoney,
      deemed: deemed && { costBase: deemed.before, marketValue: deemed.value },
      from: { kind: 'sale', disposal, at: index },
    };
  });
}

/** None where the amount does not go beyond the cost base that counts for the taxpayer. */
function eventOfExcess(excess: ExcessGain, taxpayer: Taxpayer): CapitalEvent[] {
  const deemed = deemedFor(taxpayer, excess.on, excess.deemed);
  const proceeds = deemed === undefined ? excess.amount : deemed.amount;
  if (proceeds !== undefined && isZero(proceeds)) return [];
  return [
    {
      event: excess.event,
      entry: excess.entry,
      portfolio: excess.portfolio,
      code: excess.code,
      parcel: excess.parcel,
      acquiredOn: excess.acquiredOn,
      on: excess.on,
      units: undefined,
      proceeds,
      brokerage: noMoney,
      costBase: noMoney,
      unindexed: noMoney,
      deemed: undefined,
      from: { kind: 'excess', excess },
    },
  ];
}

/** The capital events of a ledger for a taxpayer, oldest first. */
export const capitalEvents = (ledger: Ledger, taxpayer: Taxpayer): CapitalEvent[] =>
  [
    ...ledger.disposals.flatMap(each => eventsOfSale(each, taxpayer)),
    ...ledger.excessGains.flatMap(each => eventOfExcess(each, taxpayer)),
  ].sort((a, b) => compareText(a.on, b.on));
