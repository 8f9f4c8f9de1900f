/**
 * Wash sales: a loss sale with a buy of the same code by the same owner within 30 days before or after it.
 *
 * They are warned of, never denied: whether Part IVA applies is a matter of purpose (Taxation Ruling TR 2008/1). The buys
 * that opened the parcels sold do not count, nor does one by another owner.
 */
import { addDays, type LocalDate } from '../date.ts';
import { isNegative } from '../decimal.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Code } from '../market/security.ts';
import type { GainLine } from './capital-gain.ts';

export type WashSale = {
  /** The loss sale's entry and day. */
  readonly entry: string;
  readonly code: Code;
  readonly soldOn: LocalDate;
  /** The buy's. */
  readonly buy: string;
  readonly boughtOn: LocalDate;
};

const window = 30;

/** `entries` are those of the owner's portfolios. */
export function washSales(lines: readonly GainLine[], entries: readonly Entry[]): WashSale[] {
  const losses = lines.filter(line => line.event === 'A1' && line.gain !== undefined && isNegative(line.gain));
  if (losses.length === 0) return [];
  const sold = Map.groupBy(losses, line => line.entry);
  const codes = new Set(losses.map(line => line.code));
  const buys = Map.groupBy(
    entries.filter(entry => entry.kind === 'buy' && codes.has(entry.code)),
    entry => entry.code as Code,
  );
  return [...sold].flatMap(([entry, parts]) => {
    const [{ code, disposedOn: soldOn }] = parts as [GainLine, ...GainLine[]];
    const parcels = new Set(lines.filter(line => line.entry === entry).map(line => line.parcel));
    const [from, to] = [addDays(soldOn, -window), addDays(soldOn, window)];
    return (buys.get(code) ?? [])
      .filter(buy => buy.on >= from && buy.on <= to && !parcels.has(buy.id))
      .map(buy => ({ entry, code, soldOn, buy: buy.id, boughtOn: buy.on }));
  });
}
