/** What is in a database, in a few figures: by which a person tells a backup from what there is now. */
import type { Instant, LocalDate } from '../domain/date.ts';
import { add, type Money, noMoney } from '../domain/decimal.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { readLedger } from './ledger.ts';
import { listPortfolios } from './portfolios.ts';

export type Summary = {
  readonly portfolios: readonly { readonly name: string; readonly entries: number }[];
  /** Those that stand, of all portfolios. */
  readonly entries: number;
  readonly lastEntryOn: LocalDate | undefined;
  /** When an entry was last recorded, edited or deleted. */
  readonly changedAt: Instant | undefined;
  readonly holdings: number;
  /** Of what is held; what is of unknown cost is left out. */
  readonly costBase: Money;
  readonly watched: number;
  readonly alerts: number;
  readonly newestClose: LocalDate | undefined;
};

export function summarise(db: Database): Summary {
  const count = (table: 'watchlist' | 'alerts'): number =>
    db.statement<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  const all = listPortfolios(db, { archived: true });
  const { entries, ledger } = readLedger(db, all);
  const own = Map.groupBy(entries, entry => entry.portfolio);
  const changed = db.statement<{ at: Instant | null }>('SELECT max(recorded_at) AS at FROM entries').get();
  const closes = db.statement<{ last: LocalDate | null }>('SELECT max(last_date) AS last FROM price_histories').get();
  return {
    portfolios: all.map(({ id, name }) => ({ name, entries: own.get(id)?.length ?? 0 })),
    entries: entries.length,
    lastEntryOn: entries.at(-1)?.on,
    changedAt: known(changed?.at ?? null),
    holdings: new Set(ledger.parcels.map(parcel => `${parcel.portfolio} ${parcel.code}`)).size,
    costBase: ledger.parcels.reduce<Money>((sum, { cost = noMoney }) => add(sum, cost), noMoney),
    watched: count('watchlist'),
    alerts: count('alerts'),
    newestClose: known(closes?.last ?? null),
  };
}
