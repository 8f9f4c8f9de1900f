/**
 * Trades and transfers.
 *
 * Brokerage, GST inside, belongs to the cost base of a buy and is taken from the proceeds of a sale. The contract note's
 * total wins over units x price +/- brokerage; a difference of more than a cent is kept as a warning. A transfer in
 * brings its own acquisition date and cost base; a transfer out is no disposal: to another portfolio of the same owner, the
 * transfer in there states the date and the cost.
 */
import { financialYear } from '../date.ts';
import {
  absolute,
  add,
  allocate,
  compare,
  cost,
  type Money,
  money,
  noMoney,
  plain,
  roundCents,
  subtract,
} from '../decimal.ts';
import type { Entry, Trade, TransferIn, TransferOut } from './entry.ts';
import {
  type Disposal,
  type Fold,
  heldUnits,
  openParcel,
  oversold,
  type ParcelSale,
  refuse,
  setParcels,
  warn,
} from './fold.ts';
import { gainsSoFar } from './gain-tally.ts';
import { leastTaxPicks } from './least-tax.ts';
import {
  type Closing,
  closeNamedParcels,
  closeParcels,
  closePicked,
  type Parcel,
  type Taken,
  takeOldest,
} from './parcel.ts';
import { deemedSold } from './reset.ts';
import { adjustmentPerUnit, adjustTaken } from './year-end.ts';

const oneCent = money('0.01');

/** Dollars paid for a buy, or received for a sale: the stated total, else units x price +/- brokerage in cents. */
export function tradeTotal(trade: Trade): Money {
  return trade.total ?? computedTotal(trade);
}

function computedTotal(trade: Trade): Money {
  const gross = cost(trade.price, trade.units);
  const brokerage = trade.brokerage ?? noMoney;
  return roundCents(trade.kind === 'buy' ? add(gross, brokerage) : subtract(gross, brokerage));
}

/** Stated total less computed total, where the contract note states one. */
export function totalDifference(trade: Trade): Money | undefined {
  return trade.total === undefined ? undefined : subtract(trade.total, computedTotal(trade));
}

function warnOfDifference(fold: Fold, entry: Entry & Trade): void {
  const difference = totalDifference(entry);
  if (difference === undefined || compare(absolute(difference), oneCent) <= 0) return;
  warn(
    fold,
    entry,
    `${entry.code}: the total ${plain(tradeTotal(entry))} differs by ${plain(difference)} from units x price and brokerage`,
  );
}

export function applyBuy(fold: Fold, entry: Entry & Trade): void {
  const paid = tradeTotal(entry);
  const parcel = {
    id: entry.id,
    portfolio: entry.portfolio,
    code: entry.code,
    acquiredOn: entry.on,
    units: entry.units,
    cost: paid,
  };
  openParcel(fold, parcel, entry.on);
  fold.cash = subtract(fold.cash, paid);
  warnOfDifference(fold, entry);
}

/** Closes the parcels of a sale or transfer, or reports why it cannot. */
function close(fold: Fold, entry: Entry & (Trade | TransferOut), verb: string): readonly Taken[] | undefined {
  const parcels = fold.open.get(entry.code)?.parcels ?? [];
  const held = heldUnits(fold, entry.code);
  if (compare(entry.units, held) > 0) {
    refuse(fold, entry, oversold(fold, entry, verb, entry.units, held));
    return undefined;
  }
  const closing = closingOf(fold, entry, parcels);
  if ('problem' in closing) {
    refuse(fold, entry, `${entry.code}: ${verb} ${plain(entry.units)} on ${entry.on}: ${closing.problem}`);
    return undefined;
  }
  fold.unitEvents.push({ kind: 'exit', on: entry.on, code: entry.code, entry: entry.id, units: entry.units });
  setParcels(fold, entry.code, closing.left, subtract(held, entry.units), entry.on);
  return closing.taken;
}

/** A transfer makes no gain, so where the method is `least-tax` it takes the oldest first. */
function closingOf(fold: Fold, entry: Entry & (Trade | TransferOut), parcels: Parcel[]): Closing {
  if (entry.parcels) return closeNamedParcels(parcels, entry.units, entry.parcels);
  const method = entry.method ?? fold.rule.method;
  if (method === 'lifo' || method === 'highest-cost') return closeParcels(parcels, entry.units, method);
  if (method !== 'least-tax' || entry.kind === 'transfer-out')
    return { taken: takeOldest(parcels, entry.units), left: parcels };
  const picks = leastTaxPicks(parcels, {
    on: entry.on,
    units: entry.units,
    proceeds: tradeTotal(entry),
    costChange: adjustmentPerUnit(fold, entry, entry.units),
    taxpayer: fold.rule.taxpayer,
    soFar: fold.yearSoFar(entry) ?? gainsSoFar(fold, financialYear(entry.on)),
  });
  return closePicked(parcels, picks);
}

export function applySell(fold: Fold, entry: Entry & Trade): void {
  const taken = close(fold, entry, 'sell');
  if (!taken) return;
  const proceeds = tradeTotal(entry);
  const shares = allocate(
    proceeds,
    taken.map(part => part.units),
  );
  const adjusted = adjustTaken(fold, entry, taken);
  const parcels: ParcelSale[] = taken.map((part, index) => {
    const received = shares[index] as Money;
    const { parts = part, adjustment } = adjusted[index] ?? {};
    return {
      parcel: part.parcel.id,
      acquiredOn: part.parcel.acquiredOn,
      units: part.units,
      cost: parts.cost,
      proceeds: received,
      gain: parts.cost === undefined ? undefined : subtract(received, parts.cost),
      adjustment,
      unindexed: parts.unindexed,
      deemed: parts.deemed,
    };
  });
  const { id, portfolio, code, on, units, brokerage } = entry;
  fold.disposals.push({ entry: id, portfolio, code, on, units, proceeds, brokerage, parcels });
  fold.cash = add(fold.cash, proceeds);
  warnOfDifference(fold, entry);
}

/** What each parcel of a sale bears of its brokerage; undefined where none is stated. */
export const brokerageShares = ({ brokerage, parcels }: Disposal): readonly Money[] | undefined =>
  brokerage &&
  allocate(
    brokerage,
    parcels.map(part => part.units),
  );

export function applyTransferIn(fold: Fold, entry: Entry & TransferIn): void {
  const { id, portfolio, code, units } = entry;
  const parcel = { id, portfolio, code, acquiredOn: entry.acquiredOn ?? entry.on, units, cost: entry.cost };
  const { reset } = fold;
  openParcel(fold, reset !== undefined && entry.on >= reset.on ? deemedSold(parcel, reset) : parcel, entry.on);
  if (entry.cost === undefined) warn(fold, entry, `${code}: ${plain(units)} units of ${entry.on} have no known cost`);
}

export function applyTransferOut(fold: Fold, entry: Entry & TransferOut): void {
  close(fold, entry, 'transfer out');
}
