/**
 * A security and its ASX code.
 *
 * A security is known by its bare code (`BHP`): 3 to 6 letters or digits. People also write `bhp`, `BHP.AX`, `BHP.AU`,
 * `BHP.ASX` and `ASX:BHP`; all are accepted on input. The suffix is added only at the edge (EODHD, the HTTP API).
 *
 * An index is known by its bare code too, `AXJO` for the S&P/ASX 200; no security on the exchange has one of these.
 */
import { Failure } from '../../failure.ts';

declare const codeBrand: unique symbol;
export type Code = string & { readonly [codeBrand]: 'Code' };

/** EODHD's kinds of security, reduced to what the console treats differently. */
export type AssetKind = 'share' | 'etf' | 'fund' | 'preference' | 'note' | 'bond' | 'index' | 'other';

export type Security = {
  readonly code: Code;
  readonly name: string;
  readonly kind: AssetKind;
  readonly isin?: string | undefined;
  /** GICS sector where known. */
  readonly sector?: string | undefined;
  readonly currency?: string | undefined;
};

const bare = /^[A-Z0-9]{3,6}$/;
const indexCodes: ReadonlySet<string> = new Set(['AXJO', 'AORD']);

/** The code in `text`, or undefined when it is none. */
export function readCode(text: string): Code | undefined {
  const upper = text.trim().toUpperCase();
  const code = upper.replace(/^ASX:/, '').replace(/\.(AX|AU|ASX|INDX)$/, '');
  if (!bare.test(code) || (upper.endsWith('.INDX') && !indexCodes.has(code))) return undefined;
  return code as Code;
}

export function parseCode(text: string): Code {
  const code = readCode(text);
  if (code === undefined) {
    throw new Failure('invalid-input', `"${text}" is not an ASX code`, {
      hint: 'A code is 3 to 6 letters or digits, like BHP, VAS or CBAPG.',
    });
  }
  return code;
}

/** The S&P/ASX 200 and the All Ordinaries: no shares of them can be held, and they pay no dividends. */
export const isIndexCode = (code: Code): boolean => indexCodes.has(code);

const rateCodes: ReadonlyMap<string, Code> = new Map(
  ['USD', 'NZD', 'GBP', 'EUR', 'CAD', 'SGD', 'JPY', 'CNY', 'HKD', 'ZAR'].map(currency => [
    currency,
    `AUD${currency}` as Code,
  ]),
);
/** An exchange rate of the Australian dollar. */
export const isRateCode = (code: Code): boolean => code.startsWith('AUD') && rateCodes.get(code.slice(3)) === code;

/** Under which code the rate of the Australian dollar to a currency is stored: `AUDUSD`. No share has such a code. */
export const rateCode = (currency: string): Code | undefined => rateCodes.get(currency);

/** What can be held: neither an index nor an exchange rate. */
export const isSecurityCode = (code: Code): boolean => !isIndexCode(code) && !isRateCode(code);

export const isCode = (text: string): text is Code => bare.test(text);
