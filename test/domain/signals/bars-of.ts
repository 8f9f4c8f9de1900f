/** Bars for tests of signals: from closes alone, or at random from a seed. */
import { addDays, type LocalDate } from '../../../src/domain/date.ts';
import { tradingDays } from '../../../src/domain/market/calendar.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { dayKey } from '../../../src/domain/returns/closes.ts';
import type { SignalBars } from '../../../src/domain/signals/bars.ts';
import { on } from '../../support/ledger.ts';

/** The trading days from 2 January 2019 on. */
const allDays = tradingDays(on('2019-01-02'), addDays(on('2019-01-02'), 2600));
export const dayAt = (index: number): LocalDate => {
  const day = allDays[index];
  if (day === undefined) throw new Error(`no day ${index}`);
  return day;
};

export type Made = {
  readonly code?: string;
  readonly open?: readonly number[];
  readonly high?: readonly number[];
  readonly low?: readonly number[];
  readonly volume?: readonly number[];
  readonly turnover?: readonly number[];
  readonly traded?: readonly number[];
  /** One for each close; trading days from 2 January 2019 on without it. */
  readonly days?: readonly LocalDate[];
  readonly confirmedLater?: readonly LocalDate[];
};

/** Bars of these closes; what is not said is the close, and a million units. */
export function barsOf(closes: readonly number[], made: Made = {}): SignalBars {
  const close = Float64Array.from(closes);
  const volume = Float64Array.from(made.volume ?? closes.map(() => 1_000_000));
  return {
    code: (made.code ?? 'AAA') as Code,
    days: Int32Array.from(made.days ?? closes.map((_, index) => dayAt(index)), dayKey),
    open: Float64Array.from(made.open ?? closes),
    high: Float64Array.from(made.high ?? closes),
    low: Float64Array.from(made.low ?? closes),
    close,
    volume,
    turnover: Float64Array.from(made.turnover ?? closes.map((value, index) => value * (volume[index] as number))),
    traded: Float64Array.from(made.traded ?? closes),
    confirmedLater: new Set((made.confirmedLater ?? []).map(dayKey)),
    troubles: [],
  };
}

/** Numbers from 0 (included) to 1 that follow from the seed alone. */
export function randomFrom(seed: number): () => number {
  let state = (Math.imul(seed, 2_654_435_761) + 12_345) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A walk of `count` bars with a range about each close and a volume; `drift` is added to each daily return. */
export function randomBars(seed: number, count: number, { code = 'AAA', drift = 0, first = 0 } = {}): SignalBars {
  const random = randomFrom(seed);
  let last = 1 + random() * 40;
  const closes = Array.from({ length: count }, () => (last *= 1 + drift + (random() - 0.5) * 0.04));
  return barsOf(closes, {
    code,
    open: closes.map(close => close * (1 + (random() - 0.5) * 0.01)),
    high: closes.map(close => close * (1.005 + random() * 0.01)),
    low: closes.map(close => close * (0.995 - random() * 0.01)),
    volume: closes.map(() => Math.floor(random() ** 3 * 5_000_000)),
    days: closes.map((_, index) => dayAt(first + index)),
  });
}

/** The same bars up to place `to`, included, as a reader that stops there would have them. */
export const until = (bars: SignalBars, to: number): SignalBars => part(bars, 0, to);

export function part(bars: SignalBars, from: number, to: number): SignalBars {
  const { days, open, high, low, close, volume, turnover, traded } = bars;
  return {
    ...bars,
    days: days.slice(from, to + 1),
    open: open.slice(from, to + 1),
    high: high.slice(from, to + 1),
    low: low.slice(from, to + 1),
    close: close.slice(from, to + 1),
    volume: volume.slice(from, to + 1),
    turnover: turnover.slice(from, to + 1),
    traded: traded.slice(from, to + 1),
  };
}
