/**
 * A layout a broker exports: a table of header names. The tables are `broker-formats` and `tracker-formats`, the one
 * place to change when a broker changes its file.
 *
 * A file is known by its header *names*, compared without case, blanks and punctuation (`Buy/ Sell` is `buysell`), never
 * by position. Every column of a format must be there, except the `optional` ones; among several formats that fit, the
 * one with the most columns wins. `verified` formats have been tried on a sample of the broker's own file.
 */
export type Field =
  | 'date'
  | 'side'
  | 'code'
  | 'market'
  | 'currency'
  | 'isin'
  | 'units'
  | 'price'
  | 'brokerage'
  | 'brokerageCurrency'
  | 'total'
  | 'amount'
  | 'reference'
  | 'status'
  | 'note'
  | 'averageCost'
  | 'value'
  | 'profit'
  | 'type'
  | 'details'
  | 'debit'
  | 'credit'
  | 'balance'
  | 'other';

export type Reader =
  | 'trades'
  | 'holdings'
  | 'commsec-transactions'
  | 'commsec-holdings'
  | 'selfwealth-cash'
  | 'selfwealth-portfolio'
  | 'nabtrade-cash'
  | 'ibkr-dividends'
  | 'ibkr-activity'
  | 'entry-lines'
  | 'ledger';

/** The names a column may have; the first is the one shown. */
type Columns = Partial<Record<Field, string | readonly string[]>>;

export type Format = {
  readonly id: string;
  readonly title: string;
  readonly verified: boolean;
  /** Prefix of the keys made of the broker's own numbers; files of one family share them. */
  readonly family: string;
  readonly reader: Reader;
  /** `total` is what changed hands; `amount` may be that, or units x price, and the figures of the row decide. */
  readonly columns: Columns;
  readonly optional?: Columns;
  /** Sales have negative units and totals. */
  readonly negativeSales?: boolean;
  /** Brokerage is written as a negative; `perhaps`: whatever its sign, it was paid. */
  readonly negativeFees?: boolean | 'perhaps';
};
