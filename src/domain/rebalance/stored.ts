/**
 * A suggestion as it is stored: the figures that were shown, as JSON, so that a later look sees what was suggested and not
 * what prices have made of it. Decimals are text; unknown is null.
 */
import type { LocalDate } from '../date.ts';
import { type Money, money, plain, type Units, units } from '../decimal.ts';
import type { Suggestion } from './suggestions.ts';

export type StoredDetails = {
  readonly name: string | undefined;
  readonly value: Money;
  readonly weightPct: number;
  readonly targetPct: number | undefined;
  readonly afterPct: number;
  readonly reason: string;
  readonly brokerage: Money;
  readonly tax: Money | undefined;
  /** The day of the price. */
  readonly pricedOn: LocalDate | undefined;
  readonly parcels: readonly { readonly id: string; readonly units: Units }[];
};

export const storedDetails = (row: Suggestion): Readonly<Record<string, unknown>> => ({
  name: row.name ?? null,
  value: plain(row.value),
  weightPct: row.weightPct,
  targetPct: row.targetPct ?? null,
  afterPct: row.afterPct,
  reason: row.reason,
  brokerage: plain(row.brokerage),
  tax: row.tax === undefined ? null : plain(row.tax),
  pricedOn: row.price.on,
  parcels: row.parcels.map(each => ({ id: each.parcel.id, units: plain(each.units) })),
});

type Json = Readonly<Record<string, unknown>>;

const text = (json: Json, name: string): string | undefined => {
  const value = json[name];
  return typeof value === 'string' ? value : undefined;
};
const number = (json: Json, name: string): number | undefined => {
  const value = json[name];
  return typeof value === 'number' ? value : undefined;
};

/** Reads what `storedDetails` wrote. */
export function readDetails(json: Json): StoredDetails {
  const tax = text(json, 'tax');
  const parcels = Array.isArray(json['parcels']) ? (json['parcels'] as Json[]) : [];
  return {
    name: text(json, 'name'),
    value: money(text(json, 'value') ?? '0'),
    weightPct: number(json, 'weightPct') ?? 0,
    targetPct: number(json, 'targetPct'),
    afterPct: number(json, 'afterPct') ?? 0,
    reason: text(json, 'reason') ?? '',
    brokerage: money(text(json, 'brokerage') ?? '0'),
    tax: tax === undefined ? undefined : money(tax),
    pricedOn: text(json, 'pricedOn') as LocalDate | undefined,
    parcels: parcels.map(each => ({ id: text(each, 'id') ?? '', units: units(text(each, 'units') ?? '0') })),
  };
}
