import { expect, test } from 'vitest';
import { parseCode } from '../../src/domain/market/security.ts';
import { Failure } from '../../src/failure.ts';
import { jobNews } from '../../src/usecases/job-news.ts';
import { openTestApp } from '../support/app.ts';

const refused = new Failure('unauthorised', 'EODHD did not accept the API key', { hint: 'Store another one' });
const partly = {
  failed: [
    { code: parseCode('BHP'), reason: 'no answer' },
    { code: undefined, reason: 'no list' },
  ],
};

test('a failure is news once, in part or whole, until a refresh works', async () => {
  const { app } = await openTestApp();
  const words = (outcome: Parameters<typeof jobNews>[2]) => {
    const news = jobNews(app, 'refresh', outcome);
    return news && `${news.title}: ${news.message}`;
  };
  expect(words(refused)).toBe('A refresh failed: EODHD did not accept the API key. Store another one');
  expect(words(refused)).toBeUndefined();
  expect(words(partly)).toBe('A refresh failed in part: BHP: no answer, and 1 more');
  expect(words(partly)).toBeUndefined();
  expect(words({ failed: [] })).toBeUndefined();
  expect([words(partly), words(refused)].every(each => each !== undefined)).toBe(true);
});

test('that another one is at it is none', async () => {
  const { app } = await openTestApp();
  expect(jobNews(app, 'refresh', new Failure('locked', 'Another refresh is running'))).toBeUndefined();
});
