/**
 * A suggestion as it is stored: the figures that were shown and what they rest on, as JSON, so that a later look sees what
 * was suggested and not what prices have made of it. Decimals are text; unknown is null.
 */
import type { LocalDate } from '../date.ts';
import { type Decimal, decimal, type Money, money, plain, type Units, units } from '../decimal.ts';
import type { SignalClass } from '../signals/classes.ts';
import type { Plan } from './plan.ts';
import type { SignalMove } from './situation.ts';
import type { Suggestion } from './suggestions.ts';

/** The units of a parcel that a sale takes, and what comes of them. */
export type StoredParcel = {
  readonly id: string;
  readonly acquiredOn: LocalDate | undefined;
  readonly units: Units;
  /** Undefined where the cost is unknown. */
  readonly gain: Money | undefined;
  readonly hasDiscount: boolean;
  /** Its part of the plan's tax; undefined where tax was not counted. */
  readonly tax: Money | undefined;
};

/** What was said of the security, and what the rules of mode `signals` ask for. */
export type StoredSignal = {
  /** Undefined where nothing was said, or a model abstained. */
  readonly signal: SignalClass | undefined;
  readonly score: number | undefined;
  readonly asOf: LocalDate | undefined;
  readonly version: string | undefined;
  /** The share of the units that is to be held, or the weight in percent; undefined where nothing is asked for. */
  readonly share: Decimal | undefined;
  readonly limitPct: Decimal | undefined;
};

/** The plan that a suggestion is part of. */
export type StoredPlan = {
  /** Securities, cash and new money before any trade. */
  readonly total: Money;
  /** Cash and new money. */
  readonly cash: Money;
  readonly amount: Money;
  /** Of all trades. */
  readonly brokerage: Money;
  readonly brokerageFlat: Money;
  readonly brokeragePct: Decimal;
  /** What the sales add to taxable income; undefined where a cost is unknown. */
  readonly taxableGain: Money | undefined;
  readonly marginalRatePct: Decimal | undefined;
};

export type StoredDetails = {
  readonly name: string | undefined;
  readonly value: Money;
  /** Units held before the trade. */
  readonly held: Units;
  readonly weightPct: number;
  readonly target: string | undefined;
  readonly targetPct: number | undefined;
  readonly bandPct: number | undefined;
  readonly afterPct: number;
  readonly reason: string;
  readonly brokerage: Money;
  readonly tax: Money | undefined;
  /** The day of the price, and whether it was a quote or a close. */
  readonly pricedOn: LocalDate | undefined;
  readonly priceSource: 'quote' | 'close';
  readonly parcels: readonly StoredParcel[];
  readonly plan: StoredPlan;
  /** Undefined in the other modes. */
  readonly signal: StoredSignal | undefined;
};

export const detailsOf = (row: Suggestion, { situation, brokerage, taxableGain }: Plan): StoredDetails => ({
  name: row.name,
  value: row.value,
  held: situation.moves.find(move => move.candidate.code === row.code)?.candidate.units ?? units('0'),
  weightPct: row.weightPct,
  target: row.target,
  targetPct: row.targetPct,
  bandPct: row.bandPct,
  afterPct: row.afterPct,
  reason: row.reason,
  brokerage: row.brokerage,
  tax: row.tax,
  pricedOn: row.price.on,
  priceSource: row.price.source,
  parcels: row.parcels.map(each => ({
    id: each.parcel.id,
    acquiredOn: each.parcel.acquiredOn,
    units: each.units,
    gain: each.gain,
    hasDiscount: each.hasDiscount,
    tax: each.tax,
  })),
  plan: {
    total: situation.total,
    cash: situation.cash,
    amount: situation.request.amount,
    brokerage,
    brokerageFlat: situation.request.brokerage.flat,
    brokeragePct: situation.request.brokerage.pct,
    taxableGain,
    marginalRatePct: situation.request.marginalRatePct,
  },
  signal: row.signal && storedSignal(row.signal),
});

const storedSignal = ({ said, asks }: SignalMove): StoredSignal => ({
  signal: said?.signal,
  score: said?.score,
  asOf: said?.asOf,
  version: said?.version,
  share: asks?.kind === 'share' ? asks.value : undefined,
  limitPct: asks?.kind === 'weight' ? asks.value : undefined,
});

type Json = Readonly<Record<string, unknown>>;

const orNull = (value: Decimal | undefined): string | null => (value === undefined ? null : plain(value));

export const writeDetails = ({ parcels, plan, signal, ...own }: StoredDetails): Json => ({
  ...own,
  name: own.name ?? null,
  value: plain(own.value),
  held: plain(own.held),
  target: own.target ?? null,
  targetPct: own.targetPct ?? null,
  bandPct: own.bandPct ?? null,
  brokerage: plain(own.brokerage),
  tax: orNull(own.tax),
  pricedOn: own.pricedOn ?? null,
  parcels: parcels.map(each => ({
    ...each,
    acquiredOn: each.acquiredOn ?? null,
    units: plain(each.units),
    gain: orNull(each.gain),
    tax: orNull(each.tax),
  })),
  plan: Object.fromEntries(Object.entries(plan).map(([name, value]) => [name, orNull(value)])),
  signal: signal === undefined ? null : writeSignal(signal),
});

const writeSignal = ({ signal, score, asOf, version, share, limitPct }: StoredSignal): Json => ({
  signal: signal ?? null,
  score: score ?? null,
  asOf: asOf ?? null,
  version: version ?? null,
  share: orNull(share),
  limitPct: orNull(limitPct),
});

const text = (json: Json, name: string): string | undefined => {
  const value = json[name];
  return typeof value === 'string' ? value : undefined;
};
const number = (json: Json, name: string): number | undefined => {
  const value = json[name];
  return typeof value === 'number' ? value : undefined;
};
const dollars = (json: Json, name: string): Money | undefined => {
  const value = text(json, name);
  return value === undefined ? undefined : money(value);
};
const sum = (json: Json, name: string): Money => dollars(json, name) ?? money('0');
const factor = (json: Json, name: string): Decimal | undefined => {
  const value = text(json, name);
  return value === undefined ? undefined : decimal(value);
};
const date = (json: Json, name: string): LocalDate | undefined => text(json, name) as LocalDate | undefined;

const readSignal = (json: Json): StoredSignal => ({
  signal: text(json, 'signal') as SignalClass | undefined,
  score: number(json, 'score'),
  asOf: date(json, 'asOf'),
  version: text(json, 'version'),
  share: factor(json, 'share'),
  limitPct: factor(json, 'limitPct'),
});

/** Reads what `writeDetails` wrote. */
export function readDetails(json: Json): StoredDetails {
  const parcels = Array.isArray(json['parcels']) ? (json['parcels'] as Json[]) : [];
  const plan = (json['plan'] ?? {}) as Json;
  const signal = (json['signal'] ?? undefined) as Json | undefined;
  return {
    name: text(json, 'name'),
    value: sum(json, 'value'),
    held: units(text(json, 'held') ?? '0'),
    weightPct: number(json, 'weightPct') ?? 0,
    target: text(json, 'target'),
    targetPct: number(json, 'targetPct'),
    bandPct: number(json, 'bandPct'),
    afterPct: number(json, 'afterPct') ?? 0,
    reason: text(json, 'reason') ?? '',
    brokerage: sum(json, 'brokerage'),
    tax: dollars(json, 'tax'),
    pricedOn: date(json, 'pricedOn'),
    priceSource: text(json, 'priceSource') === 'quote' ? 'quote' : 'close',
    parcels: parcels.map(each => ({
      id: text(each, 'id') ?? '',
      acquiredOn: date(each, 'acquiredOn'),
      units: units(text(each, 'units') ?? '0'),
      gain: dollars(each, 'gain'),
      hasDiscount: each['hasDiscount'] === true,
      tax: dollars(each, 'tax'),
    })),
    plan: {
      total: sum(plan, 'total'),
      cash: sum(plan, 'cash'),
      amount: sum(plan, 'amount'),
      brokerage: sum(plan, 'brokerage'),
      brokerageFlat: sum(plan, 'brokerageFlat'),
      brokeragePct: decimal(text(plan, 'brokeragePct') ?? '0'),
      taxableGain: dollars(plan, 'taxableGain'),
      marginalRatePct: factor(plan, 'marginalRatePct'),
    },
    signal: signal && readSignal(signal),
  };
}
