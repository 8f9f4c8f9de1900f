/** What selling would bring and cost: proceeds, the gain by each parcel method, tax, and what waiting saves. */
import type { App } from '../app.ts';
import { readPrices } from '../db/known-prices.ts';
import { readLedger, recordedSplits, unitFactors } from '../db/ledger.ts';
import { readOwnerBooks } from '../db/owner-books.ts';
import { readScope } from '../db/scope.ts';
import type { LocalDate } from '../domain/date.ts';
import { compare, isNegative, type Money, noMoney, type Price, plain, type Units } from '../domain/decimal.ts';
import type { Entry, ParcelMethod } from '../domain/ledger/entry.ts';
import { parcelUnits } from '../domain/ledger/parcel.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { tradeTotal } from '../domain/ledger/trade.ts';
import type { KnownPrice } from '../domain/market/known-price.ts';
import type { Code } from '../domain/market/security.ts';
import { type MethodPreview, type PlannedSale, previewSale } from '../domain/tax/sale-preview.ts';
import { Failure } from '../failure.ts';

export type SaleQuestion = {
  readonly code: Code;
  readonly units: Units;
  readonly portfolio?: string | undefined;
  readonly price?: Price | undefined;
  /** Of the sale; the last trade's of the portfolio where absent. */
  readonly brokerage?: Money | undefined;
  readonly on?: LocalDate | undefined;
  /** All of them where absent. */
  readonly method?: ParcelMethod | undefined;
};

export type SalePreview = {
  readonly portfolio: Portfolio;
  readonly code: Code;
  readonly units: Units;
  readonly held: Units;
  readonly on: LocalDate;
  readonly price: Price;
  /** Undefined where the user gave the price. */
  readonly known: KnownPrice | undefined;
  readonly brokerage: Money;
  readonly brokerageFrom: 'user' | 'last trade' | 'none';
  /** Net of brokerage. */
  readonly proceeds: Money;
  readonly methods: readonly MethodPreview[];
  readonly warnings: readonly string[];
};

const methods: readonly ParcelMethod[] = ['fifo', 'lifo', 'highest-cost', 'least-tax'];

function portfolioOf(app: App, name: string | undefined): Portfolio {
  const scope = readScope(app.db, name);
  const [portfolio, ...others] = scope.portfolios;
  if (portfolio === undefined) throw new Failure('not-found', 'There is no portfolio yet, so nothing to sell');
  if (others.length > 0) {
    throw new Failure('invalid-input', 'A sale is of one portfolio, not of all', {
      hint: 'Name one with --portfolio.',
    });
  }
  return portfolio;
}

function priceOf(app: App, code: Code, entries: readonly Entry[]): KnownPrice {
  const prices = readPrices(app.db, [code], {
    now: app.now(),
    unitFactors: unitFactors(entries, undefined),
    recordedSplits: recordedSplits(entries),
  });
  const found = prices.get(code);
  if (found) return found;
  throw new Failure('not-found', `There is no price of ${code} yet`, {
    hint: 'Give one with --price, or fetch it: asxos refresh.',
  });
}

/** The brokerage of the portfolio's last trade. */
function lastBrokerage(entries: readonly Entry[]): Money | undefined {
  const stated = entries.flatMap(entry =>
    (entry.kind === 'buy' || entry.kind === 'sell') && entry.brokerage !== undefined ? [entry.brokerage] : [],
  );
  return stated.at(-1);
}

export function viewSalePreview(app: App, question: SaleQuestion): SalePreview {
  const { code, units } = question;
  const on = question.on ?? app.today();
  const portfolio = portfolioOf(app, question.portfolio);
  const { entries } = readLedger(app.db, [portfolio]);
  const { ledger } = readLedger(app.db, [portfolio], { asOf: on });
  const held = parcelUnits(ledger.parcels.filter(parcel => parcel.code === code));
  if (compare(units, held) > 0) {
    throw new Failure('refused', `${code}: sell ${plain(units)}, held ${plain(held)} on ${on} in ${portfolio.name}`, {
      hint: `See what is held: asxos parcels ${code}.`,
    });
  }
  const known = question.price === undefined ? priceOf(app, code, entries) : undefined;
  const price = question.price ?? known?.price;
  if (price === undefined) throw new Error('a price is given or known');
  const last = lastBrokerage(entries);
  const brokerage = question.brokerage ?? last ?? noMoney;
  const id = app.newId();
  const sale: PlannedSale = { kind: 'sell', code, units, price, brokerage, on, id, portfolio: portfolio.id };
  const owners = portfolio.owners.map(({ id: owner, name, taxpayer }) =>
    readOwnerBooks(app.db, { id: owner, name, taxpayer }),
  );
  const wanted = question.method === undefined ? methods : [question.method];
  const previews = wanted.map(method => previewSale(owners, sale, method));
  return {
    portfolio,
    code,
    units,
    held,
    on,
    price,
    known,
    brokerage,
    brokerageFrom: question.brokerage !== undefined ? 'user' : last === undefined ? 'none' : 'last trade',
    proceeds: tradeTotal(sale),
    methods: previews,
    warnings: warningsOf(previews, code, known),
  };
}

function warningsOf(previews: readonly MethodPreview[], code: Code, known: KnownPrice | undefined): string[] {
  const washes = previews.flatMap(each => each.owners.flatMap(owner => owner.washSales));
  const bought = [...new Set(washes.map(each => each.boughtOn))].sort();
  const losing = previews
    .flatMap(each => each.owners.flatMap(owner => owner.lines))
    .some(line => line.gain !== undefined && isNegative(line.gain));
  return [
    ...(known?.reason === undefined ? [] : [`${code}: ${known.reason}`]),
    ...(bought.length > 0
      ? [`${code} was bought on ${bought.join(', ')}, within 30 days of this sale at a loss: a wash sale (TR 2008/1)`]
      : losing
        ? [`This sale makes a loss: a buy of ${code} within 30 days would make it a wash sale (TR 2008/1)`]
        : []),
    ...(previews.some(each => each.gain === undefined)
      ? [`A cost of ${code}, or its market value of 30 June 2027, is unknown, so some gains are too`]
      : []),
  ];
}
