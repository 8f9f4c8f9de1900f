import { type Code, readCode } from '../domain/market/security.ts';
import { cut } from './cell.ts';
import { type Context, Refusal } from './reading.ts';

/** How a row names its security; empty text is not stated. */
export type Listing = {
  readonly code: string;
  readonly market?: string | undefined;
  readonly currency?: string | undefined;
  readonly isin?: string | undefined;
};

/** What brokers call the Australian market; Cboe Australia (CXA) trades ASX securities. */
const australian = new Set(['', 'ASX', 'AX', 'AU', 'AUS', 'XASX', 'CXA', 'CHIX', 'CHIA', 'AUSTRALIA']);

const currencies: Record<string, string> = {
  US: 'USD',
  USA: 'USD',
  NAS: 'USD',
  NASDAQ: 'USD',
  NYS: 'USD',
  NYSE: 'USD',
  ARCA: 'USD',
  AMEX: 'USD',
  BATS: 'USD',
  LSE: 'GBP',
  NZX: 'NZD',
  NZ: 'NZD',
  HK: 'HKD',
  HKEX: 'HKD',
  TSX: 'CAD',
};

/** `BHP.AX` and `ASX:BHP` name their market with the code. */
function split(code: string): { bare: string; market: string } {
  const prefixed = /^([A-Z]{2,8}):(.+)$/.exec(code);
  if (prefixed) return { bare: prefixed[2] ?? '', market: prefixed[1] ?? '' };
  const suffixed = /^(.+)\.([A-Z]{1,6})$/.exec(code);
  return suffixed ? { bare: suffixed[1] ?? '', market: suffixed[2] ?? '' } : { bare: code, market: '' };
}

function notAsx(bare: string, market: string, currency: string): Refusal {
  const known = currency !== '' ? currency : currencies[market];
  const place = australian.has(market) ? '' : `.${market}`;
  return new Refusal(`not an ASX security: ${cut(`${bare}${place}`)}${known === undefined ? '' : ` (${cut(known)})`}`);
}

/** The ASX code of a row, or why it has none: another exchange or currency, an unknown ISIN, no code at all. */
export function findCode(listing: Listing, context: Context): Code | Refusal {
  const text = listing.code.toUpperCase();
  const currency = (listing.currency ?? '').toUpperCase();
  const isin = /^[A-Z]{2}[A-Z0-9]{9}\d$/.test(text) ? text : (listing.isin ?? '').toUpperCase();
  if (text === '' || isin === text) {
    if (isin === '') return new Refusal('no code');
    const code = context.findIsin(isin);
    if (code === undefined) return new Refusal(`ISIN ${cut(isin)} is not in the symbol list`);
    return currency === '' || currency === 'AUD' ? code : notAsx(code, '', currency);
  }
  const named = split(text);
  const market = australian.has(named.market) ? (listing.market ?? '').toUpperCase() : named.market;
  const foreign = !australian.has(market) || (currency !== '' && currency !== 'AUD');
  if (foreign) return notAsx(named.bare, market, currency);
  return readCode(named.bare) ?? new Refusal(`"${cut(listing.code)}" is not an ASX code`);
}
