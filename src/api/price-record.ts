/** Of when a price is. */
import { isoInstant } from '../domain/date.ts';
import type { KnownPrice } from '../domain/market/known-price.ts';

/** The instant of the last trade of a quote, the day of a close. */
export const priceDay = ({ stamp }: KnownPrice): string =>
  stamp.kind === 'quote' ? isoInstant(stamp.tradedAt) : stamp.on;
