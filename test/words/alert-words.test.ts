import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/domain/alerts/check.ts';
import { parseRule } from '../../src/domain/alerts/rule-grammar.ts';
import type { Standing } from '../../src/domain/alerts/standing.ts';
import { hour, parseLocalDate } from '../../src/domain/date.ts';
import { price } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { firedSentence, standingWords, stateWords } from '../../src/words/alert-words.ts';
import { at } from '../usecases/stored-market.ts';

const now = at('2026-03-03T00:00Z');
const today = parseLocalDate('2026-03-03');
const on = parseLocalDate;

describe('stateWords', () => {
  const words = (rule: string, hours: number | undefined, armed = false): string =>
    stateWords(
      hours === undefined ? undefined : { armed, value: undefined, firedAt: now - hours * hour, eventKey: undefined },
      parseRule(`BHP ${rule}`),
      now,
    );

  it.each([
    ['above 50', 'at 49.50 or below'],
    ['below 0.5', 'at 0.505 or above'],
    ['moves 5% in 5d', 'at 4.50% or less'],
    ['gain > 15%', 'at 13.50% or less'],
    ['weight drifts > 5%', 'within 4.50 points of its target'],
    ['52w high', '1% below the highest close'],
    ['52w low', '1% above the lowest close'],
    ['signal is BUY', 'by another class'],
    ['stale > 5d', 'by a newer price'],
  ])('%s is armed again %s', (rule, expected) =>
    expect(words(rule, 30)).toBe(`fired 2 Mar 2026 05:00 AEDT, armed again ${expected}`),
  );

  it('says until when it cools down, and when it fired before', () => {
    expect(words('above 50', 1)).toMatch(/armed again at 49.50 or below, after 4 Mar 2026 10:00 AEDT$/);
    expect(words('above 50', 30, true)).toBe('armed, fired 2 Mar 2026 05:00 AEDT');
    expect(words('above 50', undefined)).toBe('armed');
  });
});

const standings: readonly (readonly [rule: string, Standing, now: string, told: string])[] = [
  [
    'below 0.5',
    { is: 'price', price: price('0.495'), met: true, back: false },
    'at 0.495',
    'BHP is at 0.495, below 0.500.',
  ],
  [
    '52w low',
    { is: 'year', price: price('39.9'), level: 40.1, met: true, back: false },
    'at 39.90, against 40.10',
    'BHP is at 39.90, below its lowest close of 52 weeks, 40.10.',
  ],
  [
    'stale > 0d',
    { is: 'stale', on: on('2026-03-02'), sessions: 1, met: true, back: false },
    'priced on 2 Mar 2026, 1 session ago',
    'BHP has had no price since 2 Mar 2026, 1 session ago.',
  ],
  [
    'ex-dividend in 3d',
    { is: 'dates', within: [on('2026-03-04'), on('2026-03-06')], next: on('2026-03-04') },
    '4 Mar 2026, tomorrow',
    'BHP goes ex-dividend on 4 Mar 2026, tomorrow, and on 6 Mar 2026.',
  ],
];

it.each(standings)('%s in words', (rule, standing, words, told) => {
  expect(standingWords(standing, today)).toBe(words);
  const alert: Alert = {
    id: 1,
    rule: parseRule(`BHP ${rule}`),
    text: rule,
    priority: 'normal',
    origin: 'user',
    createdAt: now,
  };
  const step = { fires: true, ...(standing.is === 'dates' ? { dates: standing.within } : {}) };
  expect(firedSentence({ alert, code: parseCode('BHP'), standing, step }, today)).toBe(told);
});

it('what is not judged says why, with its days as people read them', () =>
  expect(standingWords({ is: 'unknown', why: 'no newer price than 2026-02-20' }, today)).toBe(
    'not judged: no newer price than 20 Feb 2026',
  ));
