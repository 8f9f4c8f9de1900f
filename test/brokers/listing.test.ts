import { expect, test } from 'vitest';
import { findCode } from '../../src/brokers/listing.ts';
import { type Context, Refusal } from '../../src/brokers/reading.ts';
import { readCode } from '../../src/domain/market/security.ts';
import { today } from './reading-a-file.ts';

const context: Context = {
  today,
  dateOrder: 'day-first',
  readDay: () => today,
  findIsin: isin => (isin === 'AU000000BHP4' ? readCode('BHP') : undefined),
};
const find = (code: string, market = '', currency = '', isin = ''): string => {
  const found = findCode({ code, market, currency, isin }, context);
  return found instanceof Refusal ? `! ${found.reason}` : found;
};

test.each([
  [['bhp'], 'BHP'],
  [['BHP.AX'], 'BHP'],
  [['ASX:BHP'], 'BHP'],
  [['IVV.ASX', '', 'AUD'], 'IVV'],
  [['BHP', 'CXA', 'aud'], 'BHP'],
  [['BHP', 'AUS'], 'BHP'],
  [['', '', '', 'AU000000BHP4'], 'BHP'],
  [['AU000000BHP4'], 'BHP'],
  [['', '', '', 'US9220427424'], '! ISIN US9220427424 is not in the symbol list'],
  [['', '', 'USD', 'AU000000BHP4'], '! not an ASX security: BHP (USD)'],
  [['AMD.NAS', '', 'USD'], '! not an ASX security: AMD.NAS (USD)'],
  [['AVGO.US'], '! not an ASX security: AVGO.US (USD)'],
  [['XOM', 'NYSE', 'USD'], '! not an ASX security: XOM.NYSE (USD)'],
  [['NYSE:XOM'], '! not an ASX security: XOM.NYSE (USD)'],
  [['FPH', 'NZX'], '! not an ASX security: FPH.NZX (NZD)'],
  [['MSFT', '', 'USD'], '! not an ASX security: MSFT (USD)'],
  [['F'], '! "F" is not an ASX code'],
  [[''], '! no code'],
] as [string[], string][])('%j is %s', (listing, expected) => {
  const [code = '', market, currency, isin] = listing;
  expect(find(code, market, currency, isin)).toBe(expected);
});

test('an oversized code is cut', () => {
  expect(find('X'.repeat(9000)).length).toBeLessThan(80);
  expect(find('X'.repeat(9000), 'NYSE').length).toBeLessThan(80);
});
