/** Units valued at a day's close; a close that was carried over a split of the ledger is restated first. */
import type { LocalDate } from '../date.ts';
import { cost, type Decimal, decimal, type Price, round, type Units } from '../decimal.ts';
import { type Cents, type Scaled, scaledUnits, toCents, valueInCents } from './cents.ts';
import { type Closes, dayKey } from './closes.ts';

/** Units at the close with this place in the list, as it stands on the day `index`. */
type Valuation = (units: Scaled | Units, close: number, index: number) => Cents;

type Priced = {
  readonly closes: Closes;
  readonly splits: readonly { readonly on: LocalDate; readonly newPerOld: Decimal }[];
};

/** How many units of the day `index` one unit of a close's day has become; undefined where no split lies between. */
type Restatement = (close: number, index: number) => Decimal | undefined;

export function restatement({ closes, splits }: Priced, keys: Int32Array): Restatement {
  const events = splits.map(({ on, newPerOld }) => ({ key: dayKey(on), newPerOld }));
  return (close, index) => {
    const [day, today] = [closes.days[close] as number, keys[index] as number];
    if (events.length === 0 || day >= today) return undefined;
    let factor: Decimal | undefined;
    for (const { key, newPerOld } of events) {
      if (key > day && key <= today) factor = (factor ?? decimal('1')).times(newPerOld);
    }
    return factor;
  };
}

export function valuer({ closes }: { readonly closes: Closes }, factorAt: Restatement): Valuation {
  return (units, close, index) => {
    const held = 'digits' in units ? units : scaledUnits(units);
    const price = closes.closes[close] as number;
    const factor = factorAt(close, index);
    if (factor === undefined) return valueInCents(held, price, closes.places);
    const restated = decimal(`${price}e-${closes.places}`).div(factor) as Price;
    return toCents(round(cost(restated, held.exact), 2));
  };
}
