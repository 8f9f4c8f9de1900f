/**
 * How a simulated security trades through one session: a price a minute that starts at the day's open, touches its high
 * and its low, and ends, by the closing auction, at its close. The same minute always has the same price.
 */
import type { AssetKind } from '../domain/market/security.ts';
import { normalsFrom, randomFrom } from '../domain/random.ts';
import type { DayBar } from './history.ts';
import { nearestTick } from './tick.ts';

export type TradingDay = ReturnType<typeof simulateTradingDay>;

/** What a screen shows at one minute; prices in mills. */
type Traded = {
  readonly high: number;
  readonly low: number;
  readonly price: number;
  readonly volume: number;
};

type Pin = { readonly minute: number; readonly price: number };

const auctionShare = 0.18;

/** The share of the day's volume that has traded: brisk after the open, slow at midday. */
const volumeShare = (progress: number): number =>
  (1 - auctionShare) * (0.65 * progress + 0.35 * (1 - (1 - progress) * (1 - progress)));

export function simulateTradingDay(bar: DayBar, minutes: number, kind: AssetKind, seed: number) {
  const random = randomFrom(seed);
  const normal = normalsFrom(random);
  const clamp = (mills: number): number => Math.min(bar.high, Math.max(bar.low, nearestTick(mills, kind)));
  const early = 1 + Math.floor(random() * (minutes / 2 - 2));
  const late = Math.floor(minutes / 2) + Math.floor(random() * (minutes / 2 - 2));
  const highFirst = random() < 0.5;
  const range = Math.max(1, bar.high - bar.low);
  const pins: Pin[] = [
    { minute: 0, price: bar.open },
    { minute: early, price: highFirst ? bar.high : bar.low },
    { minute: late, price: highFirst ? bar.low : bar.high },
    { minute: minutes, price: clamp(bar.close + normal() * range * 0.05) },
  ];

  const path = [bar.open];
  for (let leg = 1; leg < pins.length; leg += 1) {
    const from = pins[leg - 1] ?? { minute: 0, price: bar.open };
    const to = pins[leg] ?? from;
    let drift = 0;
    for (let minute = from.minute + 1; minute < to.minute; minute += 1) {
      const done = (minute - from.minute) / (to.minute - from.minute);
      drift += normal() * range * 0.025;
      path.push(clamp(from.price + (to.price - from.price) * done + drift * (1 - done)));
    }
    if (to.minute > from.minute) path.push(to.price);
  }

  return {
    /** The state `minute` minutes after the open, and during the auction that of its last minute. */
    at: (minute: number): Traded => {
      const upTo = Math.min(Math.max(0, Math.floor(minute)), minutes);
      let high = bar.open;
      let low = bar.open;
      for (let index = 0; index <= upTo; index += 1) {
        high = Math.max(high, path[index] ?? high);
        low = Math.min(low, path[index] ?? low);
      }
      const volume = Math.floor(bar.volume * volumeShare(upTo / minutes));
      return { high, low, price: path[upTo] ?? bar.open, volume };
    },
  };
}
