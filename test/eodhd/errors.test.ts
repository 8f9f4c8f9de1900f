import { describe, expect, test } from 'vitest';
import { judge, quotaGone, quotaTooSmall } from '../../src/eodhd/errors.ts';
import { redactor } from '../../src/eodhd/redact.ts';

const asked = {
  what: 'the prices of BHP.AU',
  now: Date.UTC(2024, 8, 30, 10),
  redact: redactor('s3cret'),
};
const judged = (status: number, body: unknown) => {
  const outcome = judge({ status, text: typeof body === 'string' ? body : JSON.stringify(body) }, asked);
  return 'json' in outcome ? { json: outcome.json } : { ...outcome, code: outcome.failure.code };
};
const said = (status: number, body: unknown) => {
  const outcome = judged(status, body);
  if ('json' in outcome) throw new Error('expected a failure');
  return outcome.failure.message;
};

const quotaSentence = 'You exceeded your daily API requests limit.  Please contact support@eodhistoricaldata.com';
const planSentence =
  'Only EOD data allowed for free users. Please, contact our support team: support@eodhistoricaldata.com';

describe('each status has its code and its words', () => {
  test.each([
    [401, 'Unauthenticated', 'unauthorised', 'EODHD did not accept the API key'],
    [402, quotaSentence, 'quota', 'The EODHD quota of the day is used up'],
    [403, planSentence, 'not-in-plan', `Your EODHD plan does not include the prices of BHP.AU: ${planSentence}`],
    [404, 'Ticker Not Found.', 'not-found', 'EODHD does not have the prices of BHP.AU: Ticker Not Found.'],
    [404, '', 'not-found', 'EODHD does not have the prices of BHP.AU'],
    [400, 'Bad', 'bad-response', 'EODHD refused the request for the prices of BHP.AU (400): Bad'],
    [422, { errors: { filter: ['The filter field is required.'] } }, 'bad-response', 'The filter field is required.'],
    [429, '<h1>Too Many Requests</h1>', 'rate-limited', 'too many requests this minute'],
    [408, '', 'offline', 'EODHD is not available (408)'],
    [
      502,
      '<html><h1>Bad Gateway</h1></html>',
      'offline',
      'EODHD is not available (502) for the prices of BHP.AU: Bad Gateway',
    ],
    [504, '', 'offline', 'EODHD is not available (504)'],
    [500, 'Server Error', 'bad-response', 'EODHD failed on the prices of BHP.AU (500): Server Error'],
    [302, 'Found', 'bad-response', 'redirect (302), which is not followed'],
    [418, 'teapot', 'bad-response', 'EODHD failed on the prices of BHP.AU (418): teapot'],
    [200, '<html><body>Hello</body></html>', 'bad-response', 'not the JSON expected: Hello'],
    [200, '[{"date":"2024-', 'bad-response', 'not the JSON expected: [{"date":"2024-'],
    [200, '', 'bad-response', 'an empty answer'],
  ])('%i %j is %s', (status, body, code, words) => {
    expect(judged(status, body)).toMatchObject({ code });
    expect(said(status, body)).toContain(words);
  });
});

describe('every shape of a JSON error', () => {
  test.each([
    [{ error: 'Forbidden for your plan', code: 403 }, 'not-in-plan'],
    [{ status: 404, error: 'Not Found', message: 'No such ticker' }, 'not-found'],
    [{ code: 'FORBIDDEN_PLAN', errorMessage: 'Upgrade' }, 'not-in-plan'],
    [{ message: 'bad request URL: /eod?api_token=s3cret' }, 'bad-response'],
    [{ errors: { date: ['is wrong'] } }, 'bad-response'],
    [{ error: true }, 'bad-response'],
    [{ message: quotaSentence }, 'quota'],
    [JSON.stringify(quotaSentence), 'quota'],
  ])('%j under status 200 is %s', (body, code) => {
    expect(judged(200, body)).toMatchObject({ code });
    expect(said(200, body)).not.toContain('s3cret');
  });
});

test('the sentence of the quota counts under any status, plain or in HTML', () => {
  for (const status of [200, 402, 403, 429]) expect(judged(status, quotaSentence)).toMatchObject({ status: 402 });
  expect(judged(200, `<p>${quotaSentence}</p>`)).toMatchObject({ status: 402 });
});

test('plain words under status 200 keep their meaning', () => {
  expect(judged(200, 'Unauthenticated')).toMatchObject({ status: 401 });
  expect(judged(200, 'Ticker Not Found.')).toMatchObject({ status: 404 });
  expect(judged(200, planSentence)).toMatchObject({ status: 403 });
});

test('good answers pass, whatever words are inside their rows', () => {
  for (const body of [
    [],
    {},
    null,
    5,
    [{ Name: quotaSentence }],
    { data: [], message: 'ok' },
    { errors: [], code: 'BHP.AU' },
  ]) {
    expect(judged(200, body)).toEqual({ json: body });
  }
});

test('what EODHD said is shown without tags, without the key, cut at 200 characters', () => {
  const message = said(400, `<p>bad request URL: /eod/BHP.AU?api_token=s3cret&x=1</p>${'y'.repeat(500)}`);
  expect(message).toContain('api_token=[key]&x=1');
  expect(message).not.toContain('s3cret');
  expect(message.length).toBeLessThan(280);
});

test('the quota says when it resets, on a Sydney clock in winter and summer', () => {
  expect(quotaGone(Date.UTC(2024, 6, 1, 5)).hint).toContain('00:00 UTC, 10:00 AEST in Sydney');
  expect(quotaGone(Date.UTC(2024, 11, 1, 5)).hint).toContain('00:00 UTC, 11:00 AEDT in Sydney');
  expect(quotaTooSmall('the prices of all ASX securities', 100, 20, asked.now).message).toBe(
    'EODHD: the prices of all ASX securities costs 100 calls, and 20 are left today',
  );
});
