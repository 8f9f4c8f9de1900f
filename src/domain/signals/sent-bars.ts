/**
 * Bars as the provider sent them, read from one text: `2026-03-02 43.1 43.5 43 43.21 42.9 1000 2026-02-27 ...`, newest
 * first, each day with open, high, low, close, adjusted close and volume. SQLite writes a series into one text faster
 * than into rows, and a text is read faster than exact decimals are made of millions of numbers that become floats.
 *
 * Nearly all series are ordinary and are used as they are read. One with a bar that is impossible, a close that moved far
 * in a day, or an adjusted close that left the close behind wants judging by exact rules, and `wantsJudging` finds it.
 */
export type SentBars = {
  /** 20260302 for 2 March 2026, oldest first. */
  readonly days: Int32Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly adjusted: Float64Array;
  readonly volume: Float64Array;
};

const blank = 32;
const point = 46;
const zero = 48;
/** A number of so many digits is exact as a float, and so is the power of ten that it is divided by. */
const exactDigits = 15;
const powers = Array.from({ length: exactDigits + 1 }, (_, places) => 10 ** places);

/** `count` bars of the text. What is no number becomes NaN. */
export function readSentBars(text: string, count: number): SentBars {
  const days = new Int32Array(count);
  const columns = Array.from({ length: 6 }, () => new Float64Array(count));
  let at = 0;
  for (let bar = count - 1; bar >= 0; bar -= 1) {
    let day = 0;
    for (let digit = 0; digit < 10; digit += 1, at += 1) {
      if (digit !== 4 && digit !== 7) day = day * 10 + text.charCodeAt(at) - zero;
    }
    days[bar] = day;
    for (let column = 0; column < 6; column += 1) {
      const start = at + 1;
      let [digits, places, seen] = [0, 0, -1];
      for (at = start; at < text.length; at += 1) {
        const letter = text.charCodeAt(at);
        if (letter === blank) break;
        if (letter === point && seen < 0) seen = at;
        else if (letter >= zero && letter <= zero + 9) digits = digits * 10 + letter - zero;
        else seen = Number.POSITIVE_INFINITY;
      }
      places = seen < 0 ? 0 : at - seen - 1;
      const isShort = at > start && at - start <= exactDigits && places >= 0;
      (columns[column] as Float64Array)[bar] = isShort
        ? digits / (powers[places] as number)
        : numberOf(text.slice(start, at));
    }
    at += 1;
  }
  const [open, high, low, close, adjusted, volume] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return { days, open, high, low, close, adjusted, volume };
}

const numberOf = (text: string): number => (text === '' ? Number.NaN : Number(text));

/** Wider than the moves that are judged, so that none is missed for a rounding. */
const closeLook = 1.39;
const fewTicks = 9.9;

/** Whether a series has a bar that the rules for bars must judge. */
export const wantsJudging = (sent: SentBars): boolean => firstToJudge(sent) !== undefined;

/** The place of the first bar that the rules for bars must judge. */
export function firstToJudge({ open, high, low, close, adjusted, volume }: SentBars): number | undefined {
  let [before, adjustedBefore] = [0, 0];
  for (let bar = 0; bar < close.length; bar += 1) {
    const [bottom, top, first, last] = [low[bar], high[bar], open[bar], close[bar]] as [number, number, number, number];
    const level = adjusted[bar] as number;
    const isPossible = bottom > 0 && first >= bottom && first <= top && last >= bottom && last <= top;
    // Written so that NaN is not possible either.
    if (!isPossible || !(level > 0 && level < Number.POSITIVE_INFINITY) || !((volume[bar] as number) >= 0)) return bar;
    if (bar > 0 && (isFar(last, before) || isApart(last / before, level / adjustedBefore))) return bar;
    before = last;
    adjustedBefore = level;
  }
  return undefined;
}

/** Whether a close may have moved far both as a share and in ticks; counted at the lower price they are too many. */
function isFar(a: number, b: number): boolean {
  const [less, more] = a < b ? [a, b] : [b, a];
  return more > less * closeLook && more - less > fewTicks * tickAt(less);
}

/** The step of the ladder: `tick` for exact prices. */
const tickAt = (price: number): number => (price < 0.1 ? 0.001 : price < 2 ? 0.005 : 0.01);

const isApart = (move: number, adjustedMove: number): boolean =>
  move > adjustedMove * closeLook || adjustedMove > move * closeLook;
