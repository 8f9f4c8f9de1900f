/** Bars as sent that open, close and range at one price each. */
import type { LocalDate } from '../../src/domain/date.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import type { Bar } from '../../src/domain/market/price.ts';

export type FlatBars = {
  /** The closes themselves without them. */
  readonly adjusted?: readonly string[];
  readonly volume?: string;
};

/** One bar for each close, on the days that `day` gives for their places. */
export const flatBars = (
  closes: readonly string[],
  { day, adjusted = closes, volume = '1000' }: FlatBars & { readonly day: (index: number) => LocalDate },
): Bar[] =>
  closes.map((close, index) => ({
    date: day(index),
    open: price(close),
    high: price(close),
    low: price(close),
    close: price(close),
    adjustedClose: price(adjusted[index] ?? close),
    volume: decimal(volume),
  }));
