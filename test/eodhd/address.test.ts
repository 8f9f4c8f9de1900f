import { expect, test } from 'vitest';
import { parseCode } from '../../src/domain/market/security.ts';
import { parseBase, symbolOf, urlOf } from '../../src/eodhd/address.ts';

test.each(['https://eodhd.com/api', 'http://127.0.0.1:8799/api', 'http://localhost:1/api', 'http://[::1]:1/api'])(
  '%s may have the key',
  base => expect(parseBase(`${base}/`)).toBe(base),
);

test.each([
  ['http://eodhd.com/api', 'unencrypted'],
  ['http://127.0.0.1.example.com/api', 'unencrypted'],
  ['ftp://eodhd.com/api', 'not a web address'],
  ['eodhd.com', 'not a web address'],
  ['', 'not a web address'],
  ['https://user:pass@eodhd.com/api', 'no key, user or query'],
  ['https://eodhd.com/api?api_token=s3cret', 'no key, user or query'],
])('%s is refused', (base, words) => {
  expect(() => parseBase(base)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  expect(() => parseBase(base)).toThrow(words);
  expect(() => parseBase(base)).not.toThrow(/s3cret|pass/);
});

test('an index stands on a list of its own', () => {
  expect(['BHP', 'AXJO', 'AXJO.INDX'].map(parseCode).map(symbolOf)).toEqual(['BHP.AU', 'AXJO.INDX', 'AXJO.INDX']);
});

test('parameters are encoded, undefined ones left out', () => {
  expect(urlOf('https://eodhd.com/api', 'eod/BHP.AU', { from: '2024-01-01', to: undefined }, 'a b&c')).toBe(
    'https://eodhd.com/api/eod/BHP.AU?from=2024-01-01&fmt=json&api_token=a+b%26c',
  );
});
