import { cut } from './cell.ts';
import { Refusal } from './reading.ts';

/** What a row does to a holding. */
export type Side = 'buy' | 'sell' | 'transfer-in' | 'transfer-out' | 'drp' | 'opening' | 'bonus' | 'reconstruction';

const words: Record<string, Side> = {
  b: 'buy',
  buy: 'buy',
  bought: 'buy',
  purchase: 'buy',
  s: 'sell',
  sell: 'sell',
  sold: 'sell',
  sale: 'sell',
  in: 'transfer-in',
  'transfer in': 'transfer-in',
  out: 'transfer-out',
  'transfer out': 'transfer-out',
  drp: 'drp',
  'dividend reinvestment': 'drp',
  'dividend reinvestment plan': 'drp',
  reinvestment: 'drp',
  'opening balance': 'opening',
  opening: 'opening',
  bonus: 'bonus',
  'bonus issue': 'bonus',
  split: 'reconstruction',
  'share split': 'reconstruction',
  consolidation: 'reconstruction',
  'share consolidation': 'reconstruction',
};

const normalise = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[_-]+/g, ' ')
    .replace(/^(?:market|limit|stop(?: limit)?|trailing stop) (?=buy|sell)/, '');

/** What a row that is no trade is about, or undefined for one that may be a trade. */
export function asideOf(text: string): string | undefined {
  const word = normalise(text);
  return /^(?:cash |special )?(?:dividends?|distributions?|interest|deposit|withdrawal|fees?|tax|withholding tax)$/.test(
    word,
  )
    ? `"${cut(text)}" is no trade; add it by hand`
    : undefined;
}

/** The side that a broker's word names; without a word, negative units are a sale. */
export function readSide(text: string, units: string): Side | Refusal {
  if (text === '') return /^[\s$(]*[-\u2212]|^\$?\(/.test(units) ? 'sell' : 'buy';
  const side = words[normalise(text)];
  if (side !== undefined) return side;
  return /\(ca\.?\)|cancel|revers/i.test(text)
    ? new Refusal(`"${cut(text)}" cancels a trade; remove the trade it cancels`)
    : new Refusal(`"${cut(text)}" is not a kind of trade`);
}
