/** Why the figures of a parcel are what they are: the entries that made and changed it. */
import type { LocalDate } from '../date.ts';
import { compare, cost, type Money, noMoney, type Price, roundCents } from '../decimal.ts';
import type { Entry } from '../ledger/entry.ts';
import type { Parcel } from '../ledger/parcel.ts';
import { parcelHistory } from '../ledger/parcel-history.ts';
import { type ClosingRule, closingRule, type Portfolio } from '../ledger/portfolio.ts';
import type { KnownPrice } from '../market/known-price.ts';
import type { Explanation, Input, Rule } from './explanation.ts';
import { inputOf } from './explanation.ts';
import { priceInput } from './price.ts';

export const parcelFigures = ['units', 'costBase', 'costPerUnit', 'value', 'gain', 'gainPct'] as const;
export type ParcelFigure = (typeof parcelFigures)[number];

/** What the parcels' explanations are worked out from: the entries they rest on, and how each portfolio closes parcels. */
export type ParcelBooks = {
  readonly entries: readonly Entry[];
  readonly ruleOf: (portfolio: string) => ClosingRule;
};

/** The books of some portfolios up to a day (all entries without it). */
export function parcelBooks(
  entries: readonly Entry[],
  portfolios: readonly Portfolio[],
  upTo: LocalDate | undefined,
): ParcelBooks {
  const rules = new Map(portfolios.map(portfolio => [portfolio.id, closingRule(portfolio)]));
  return {
    entries: upTo === undefined ? entries : entries.filter(entry => entry.on <= upTo),
    ruleOf: portfolio => rules.get(portfolio) ?? { method: 'fifo', taxpayer: 'individual' },
  };
}

export type ExplainedParcel = {
  readonly parcel: Parcel;
  readonly perUnit: Price | undefined;
  readonly value: Money | undefined;
  readonly gain: Money | undefined;
  readonly gainPct: number | undefined;
  readonly price: KnownPrice | undefined;
};

export const costRule: Rule = {
  says: 'Brokerage, GST inside, belongs to the cost base; the contract note wins over units x price.',
  source: 'ITAA 1997 s 110-25, s 110-35',
};

/** Units or cost base of a parcel as the sum of what its entries did to it. */
export function explainParcelSum(parcel: Parcel, figure: 'units' | 'costBase', books: ParcelBooks): Explanation {
  const steps = parcelHistory(books.entries, parcel, books.ruleOf(parcel.portfolio));
  const unit = figure === 'units' ? 'units' : 'money';
  const value = figure === 'units' ? parcel.units : parcel.cost;
  const [only, second] = steps;
  if (only !== undefined && second === undefined) {
    const source = { kind: 'entry', entry: only.entry } as const;
    const paid = figure === 'costBase' ? explainPaid(parcel.cost, books, only.entry) : undefined;
    if (paid !== undefined) return { ...paid, figure };
    return {
      figure,
      of: parcel.code,
      unit,
      value,
      formula: 'stated',
      inputs: [{ name: 'stated', unit, value, source }],
      rules: [],
      ...(value === undefined ? { unknown: 'the entry states no cost' } : {}),
    };
  }
  const changes: Input = {
    name: 'changes',
    unit,
    value: steps.map(step => (figure === 'units' ? step.units : step.cost)),
    parts: steps.map(step => {
      const why =
        figure === 'costBase' && step.entry === parcel.id ? explainPaid(step.cost, books, step.entry) : undefined;
      const entry = books.entries.find(each => each.id === step.entry);
      const label = entry === undefined ? step.entry : `${entry.on} ${entry.kind}`;
      return { label, source: { kind: 'entry', entry: step.entry }, ...(why === undefined ? {} : { why }) };
    }),
  };
  return {
    figure,
    of: parcel.code,
    unit,
    value,
    formula: 'sum(changes)',
    inputs: [changes],
    rules: figure === 'costBase' ? [costRule] : [],
    ...(value === undefined ? { unknown: 'the cost of an entry is unknown' } : {}),
  };
}

/** What a buy put into the cost base; undefined where the entry states the amount itself. */
function explainPaid(paid: Money | undefined, books: ParcelBooks, id: string): Explanation | undefined {
  const entry = books.entries.find(each => each.id === id);
  if (paid === undefined || entry?.kind !== 'buy') return undefined;
  const source = { kind: 'entry', entry: id } as const;
  const brokerage = entry.brokerage ?? noMoney;
  const computed = roundCents(cost(entry.price, entry.units).plus(brokerage) as Money);
  const common = { figure: 'paid', of: entry.code, unit: 'money', value: paid, rules: [costRule] } as const;
  if (entry.total !== undefined && compare(entry.total, paid) === 0 && compare(computed, paid) !== 0) {
    return { ...common, formula: 'total', inputs: [{ name: 'total', unit: 'money', value: entry.total, source }] };
  }
  if (compare(computed, paid) !== 0) return undefined;
  return {
    ...common,
    formula: 'round(units * price + brokerage, 2)',
    inputs: [
      { name: 'units', unit: 'units', value: entry.units, source },
      { name: 'price', unit: 'price', value: entry.price, source },
      { name: 'brokerage', unit: 'money', value: brokerage, source },
    ],
  };
}

/** Why a figure of one parcel is what it is. */
export function explainParcel(row: ExplainedParcel, figure: ParcelFigure, books: ParcelBooks): Explanation {
  const { parcel } = row;
  const of = (name: ParcelFigure): Input => inputOf(explainParcel(row, name, books));
  const noPrice = row.value === undefined ? 'there is no price' : undefined;
  const noCost = parcel.cost === undefined ? 'the cost is unknown' : undefined;
  const common = { figure, of: parcel.code, rules: [] } as const;
  switch (figure) {
    case 'units':
    case 'costBase':
      return explainParcelSum(parcel, figure, books);
    case 'costPerUnit':
      return {
        ...common,
        unit: 'price',
        value: row.perUnit,
        formula: 'costBase / units',
        inputs: [of('costBase'), of('units')],
        unknown: noCost,
      };
    case 'value':
      return {
        ...common,
        unit: 'money',
        value: row.value,
        formula: 'round(units * price, 2)',
        inputs: [of('units'), priceInput(parcel.code, row.price)],
        unknown: noPrice,
      };
    case 'gain':
      return {
        ...common,
        unit: 'money',
        value: row.gain,
        formula: 'value - costBase',
        inputs: [of('value'), of('costBase')],
        unknown: noPrice ?? noCost,
      };
    case 'gainPct':
      return {
        ...common,
        unit: 'pct',
        value: row.gainPct,
        formula: 'percent(gain, costBase)',
        inputs: [of('gain'), of('costBase')],
        unknown: row.gainPct === undefined ? (noPrice ?? noCost ?? 'the cost base is nothing') : undefined,
      };
  }
}
