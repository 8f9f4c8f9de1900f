import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerpt, plainLine, redactor } from '../../src/eodhd/redact.ts';

const token = '65f2a1/b+3c.99 é';

test.each([
  ['as written', token],
  ['percent-encoded', encodeURIComponent(token)],
  ['percent-encoded in lower case', encodeURIComponent(token).toLowerCase()],
  ['as a form', new URLSearchParams({ t: token }).toString().slice(2)],
  ['escaped in JSON', token.replace('/', '\\/')],
])('the key is hidden %s', (_name, written) => {
  expect(redactor(token)(`bad request URL: x=${written}, twice ${written}.`)).toBe(
    'bad request URL: x=[key], twice [key].',
  );
});

test('any api_token parameter is hidden, whoever it belongs to', () => {
  expect(redactor(undefined)('GET /eod/BHP.AU?api_token=abc.123&fmt=json failed')).toBe(
    'GET /eod/BHP.AU?api_token=[key]&fmt=json failed',
  );
  expect(redactor(undefined)('{"api_token":"abc.123"}')).toBe('{"api_token":"[key]"}');
});

test('law: no text holds the key after redaction', () => {
  const tokens = fc
    .string({ minLength: 6, maxLength: 40 })
    .filter(text => text.trim().length > 5 && !'[key]'.includes(text));
  fc.assert(
    fc.property(tokens, fc.string(), fc.string(), (key, before, after) => {
      const hidden = redactor(key)(`${before}${key}${after}`);
      expect(hidden.includes(key)).toBe(false);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('an excerpt has no tags, no control characters, one line and at most 200 characters', () => {
  const page = `<html><style>p{}</style><body>\x1b[31m<h1>502</h1>\n<p>Bad\u00a0gateway</p>${'x'.repeat(400)}`;
  const shown = excerpt(page, redactor(token));
  expect(shown.startsWith('502 Bad gateway xxx')).toBe(true);
  expect(shown).toHaveLength(200);
});

test('a key cut by the end of an excerpt is hidden before the cut', () => {
  const shown = excerpt(`${'x'.repeat(190)} secretsecretsecret`, redactor('secretsecretsecret'));
  expect(shown).toBe(`${'x'.repeat(190)} [key]`);
});

test('a line loses escape sequences, direction marks and odd blanks', () => {
  expect(plainLine(' \x1b[2J\x1b]0;title\x07BHP\u00a0Group\u202e  Ltd\x00 ')).toBe('BHP Group Ltd');
});
