/** The address of EODHD: which ones may be given the key, and the URL of a request. */
import { type Code, isIndexCode, isRateCode } from '../domain/market/security.ts';
import { isLoopbackHost } from '../domain/web-address.ts';
import { Failure } from '../failure.ts';
import { redactor } from './redact.ts';

/** A security's EODHD symbol: `BHP` is `BHP.AU`; indexes and rates stand on lists of their own, `AXJO.INDX`, `AUDUSD.FOREX`. */
export const symbolOf = (code: Code): string =>
  `${code}.${isIndexCode(code) ? 'INDX' : isRateCode(code) ? 'FOREX' : 'AU'}`;

/** The base address without a trailing slash. Throws when it is not https (plain http only on this machine). */
export function parseBase(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const hint = 'ASXOS_EODHD_URL is normally left alone; it is https://eodhd.com/api.';
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Failure('invalid-input', `"${redactor(undefined)(baseUrl)}" is not a web address`, { hint });
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    throw new Failure('invalid-input', `http://${url.host} would send the EODHD key unencrypted; use https`, { hint });
  }
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new Failure('invalid-input', `The EODHD address of ${url.host} must have no key, user or query in it`, {
      hint,
    });
  }
  return url.href.replace(/\/+$/, '');
}

/** `path` is below the base, its parts already safe; undefined parameters are left out. */
export function urlOf(
  base: string,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  token: string,
): string {
  const url = new URL(`${base}/${path}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  url.searchParams.set('fmt', 'json');
  url.searchParams.set('api_token', token);
  return url.href;
}
