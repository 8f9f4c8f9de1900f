/**
 * What is done to the inputs before trees see them: numbers beyond the 1st and 99th percentile of the training rows are
 * set to these, then each input is standardised over the securities of its date, so that a day is only ever compared
 * with itself. An input that is the same for all securities of a date is 0 there; what is unknown stays unknown.
 */

import { quantile } from '../winsorise.ts';

/** The 1st and 99th percentile of each feature; NaN where no training row knows it. */
export type Bounds = { readonly low: Float64Array; readonly high: Float64Array };

/** Of the first `count` rows. */
export function boundsOf(values: Float64Array, width: number, count: number): Bounds {
  const [low, high] = [new Float64Array(width), new Float64Array(width)];
  const column = new Float64Array(count);
  for (let feature = 0; feature < width; feature += 1) {
    let length = 0;
    for (let row = 0; row < count; row += 1) {
      const value = values[row * width + feature] as number;
      if (Number.isFinite(value)) column[length++] = value;
    }
    const known = column.subarray(0, length).sort();
    low[feature] = quantile(known, 0.01);
    high[feature] = quantile(known, 0.99);
  }
  return { low, high };
}

/** Where the rows of each date begin, and after the last one where they end. `dateOf` ascends from 0. */
export function startsOf(dateOf: Int32Array, dates: number): Int32Array {
  const starts = new Int32Array(dates + 1);
  for (const date of dateOf) starts[date + 1] = (starts[date + 1] as number) + 1;
  for (let date = 0; date < dates; date += 1) {
    starts[date + 1] = (starts[date + 1] as number) + (starts[date] as number);
  }
  return starts;
}

/** The rows as trees see them; those of date d lie from `starts[d]` to `starts[d + 1]`. */
export function prepared(values: Float64Array, width: number, starts: Int32Array, { low, high }: Bounds): Float64Array {
  const result = new Float64Array(values.length);
  for (let date = 0; date + 1 < starts.length; date += 1) {
    const [from, to] = [starts[date] as number, starts[date + 1] as number];
    for (let feature = 0; feature < width; feature += 1) {
      const [least, most] = [low[feature] as number, high[feature] as number];
      let [count, sum] = [0, 0];
      for (let at = from * width + feature; at < to * width; at += width) {
        const value = values[at] as number;
        const clamped = Number.isFinite(value) ? Math.min(Math.max(value, least), most) : Number.NaN;
        result[at] = clamped;
        if (Number.isNaN(clamped)) continue;
        count += 1;
        sum += clamped;
      }
      const mean = sum / count;
      let squares = 0;
      for (let at = from * width + feature; at < to * width; at += width) {
        const distance = (result[at] as number) - mean;
        if (!Number.isNaN(distance)) squares += distance * distance;
      }
      const deviation = Math.sqrt(squares / count);
      // What rounding leaves of equal numbers is no deviation.
      const isSpread = deviation > 1e-12 * Math.abs(mean);
      for (let at = from * width + feature; at < to * width; at += width) {
        const value = result[at] as number;
        if (!Number.isNaN(value)) result[at] = isSpread ? (value - mean) / deviation : 0;
      }
    }
  }
  return result;
}
