import { describe, expect, it } from 'vitest';
import type { CheckTime, SecurityFacts } from '../../../src/domain/alerts/facts.ts';
import { parseRule } from '../../../src/domain/alerts/rule-grammar.ts';
import { standingMet, standingOf } from '../../../src/domain/alerts/standing.ts';
import { type Instant, parseLocalDate } from '../../../src/domain/date.ts';
import { decimal, price } from '../../../src/domain/decimal.ts';
import type { KnownPrice } from '../../../src/domain/market/known-price.ts';
import { parseCode } from '../../../src/domain/market/security.ts';

const on = parseLocalDate;
const bhp = parseCode('BHP');
const now: Instant = Date.UTC(2026, 2, 3, 1);
const session = on('2026-03-03');
const time: CheckTime = { now, today: session, session, sessionBefore: () => on('2026-02-24') };

const priced = (text: string, more: Partial<KnownPrice> = {}): KnownPrice => ({
  price: price(text),
  stamp: { kind: 'quote', tradedAt: now, fetchedAt: now },
  source: 'quote',
  on: session,
  previousClose: price('40'),
  stale: false,
  reason: undefined,
  ...more,
});
const factsWith = (facts: Partial<SecurityFacts>): SecurityFacts => ({
  code: bhp,
  price: priced('44'),
  age: 0,
  splits: [],
  ...facts,
});
const standing = (rule: string, facts: Partial<SecurityFacts> = {}) =>
  standingOf(parseRule(`BHP ${rule}`), factsWith(facts), time, now);
const why = (rule: string, facts: Partial<SecurityFacts>): string => {
  const found = standing(rule, facts);
  return found.is === 'unknown' ? found.why : 'it is judged';
};

describe('a price', () => {
  it.each([
    ['above 45', '45.01', true, false],
    ['above 45', '45', false, false],
    // 1% of 45 is 0.45: the band ends at 44.55.
    ['above 45', '44.56', false, false],
    ['above 45', '44.55', false, true],
    ['below 45', '44.99', true, false],
    ['below 45', '45', false, false],
    ['below 45', '45.44', false, false],
    ['below 45', '45.45', false, true],
  ])('%s at %s is met %s, back %s', (rule, at, met, back) =>
    expect(standing(rule, { price: priced(at) })).toMatchObject({ met, back }),
  );

  it('is not judged where it is not there, stale or held back', () => {
    expect(why('above 1', { price: undefined })).toBe('it has no price');
    const reason = 'no newer price than 2026-02-20';
    expect(why('above 1', { price: priced('44', { stale: true, reason }) })).toBe(reason);
    const heldBack = 'a quote is held back: trades at 4.4 after 44';
    for (const rule of ['below 40', 'moves 5%', '52w low', 'volume > 1x']) {
      expect(why(rule, { price: priced('44', { stale: true, reason: heldBack }) })).toBe(heldBack);
    }
  });

  it('is not compared with a level from before a split', () => {
    const splits = [{ code: bhp, date: on('2026-03-04'), newUnits: decimal('2'), oldUnits: decimal('1') }];
    expect(why('below 30', { splits })).toContain('split of 2:1 on 2026-03-04, after the rule was made');
    expect(standing('below 30', { splits: [{ ...splits[0]!, date: on('2026-03-03') }] })).toMatchObject({ met: false });
  });
});

describe('a move', () => {
  it.each([
    ['moves 10%', '44', true, 10],
    ['moves 10%', '43.99', false, 9.975],
    ['moves 10%', '36', true, -10],
  ])('%s from 40 to %s', (rule, at, met, pct) =>
    expect(standing(rule, { price: priced(at) })).toMatchObject({ is: 'day-move', met, pct, session }),
  );

  it('over some sessions is from the close before them, and is back within nine tenths', () => {
    const facts = (at: string) => ({ price: priced(at), closeBefore: () => 40 });
    expect(standing('moves 10% in 5d', facts('44'))).toMatchObject({ is: 'move', met: true, back: false, pct: 10 });
    expect(standing('moves 10% in 5d', facts('43.64'))).toMatchObject({ met: false, back: false });
    expect(standing('moves 10% in 5d', facts('43.6'))).toMatchObject({ met: false, back: true });
    expect(standing('moves 10% in 5d', facts('36.4'))).toMatchObject({ met: false, back: true });
  });

  it('is of the running session alone, and of a close that is known', () => {
    const yesterday = { price: priced('44', { on: on('2026-03-02') }) };
    expect(why('moves 1%', yesterday)).toBe('it has no price of the session of 2026-03-03 yet');
    expect(why('moves 1% in 5d', {})).toBe('its close of 2026-02-24 is not stored');
    expect(why('moves 1%', { price: priced('44', { previousClose: undefined }) })).toContain('is not stored');
  });
});

describe('52 weeks', () => {
  const year = { low: 30, high: 44, first: on('2025-03-03'), isWhole: true };
  it.each([
    ['52w high', '44.01', true, false],
    ['52w high', '44', false, false],
    ['52w high', '43.56', false, true],
    ['52w low', '29.99', true, false],
    ['52w low', '30', false, false],
    ['52w low', '30.3', false, true],
  ])('%s at %s is met %s, back %s', (rule, at, met, back) =>
    expect(standing(rule, { price: priced(at), year })).toMatchObject({ met, back }),
  );

  it('needs closes of 52 weeks', () => {
    expect(why('52w high', {})).toBe('no closes of the last 52 weeks are stored');
    expect(why('52w high', { year: { ...year, first: on('2025-12-01'), isWhole: false } })).toBe(
      'its closes are stored from 2025-12-01 on, and 52 weeks are needed',
    );
  });
});

describe('volume', () => {
  const volumes = Array.from({ length: 20 }, (_, index) => (index + 1) * 100);
  it('is compared with the median of 20 sessions', () => {
    expect(standing('volume > 3x', { volumes, volume: 3151 })).toMatchObject({ met: true, median: 1050 });
    expect(standing('volume > 3x', { volumes, volume: 3150 })).toMatchObject({ met: false, times: 3 });
  });

  it('needs 20 sessions that traded, and one that runs', () => {
    expect(why('volume > 3x', { volumes: volumes.slice(1), volume: 1 })).toBe(
      '19 of the 20 sessions of its median volume are stored',
    );
    expect(why('volume > 3x', { volumes: volumes.map(() => 0), volume: 1 })).toContain('is 0');
    expect(why('volume > 3x', { volumes })).toContain('no price of the session');
  });
});

describe('a signal', () => {
  const said = {
    code: bhp,
    asOf: on('2026-03-02'),
    signalA: undefined,
    signalB: undefined,
    signal: 'STRONG_BUY',
    score: 0.7,
    probability: undefined,
    expectedReturn: undefined,
    quality: undefined,
    version: '1',
    grade: undefined,
    abstained: undefined,
    isOld: false,
  } as const;
  it('meets a weaker class of its own side', () => {
    expect(standing('signal is BUY', { said })).toMatchObject({ met: true, back: false });
    expect(standing('signal is SELL', { said })).toMatchObject({ met: false, back: true });
    expect(standing('signal is STRONG_BUY', { said: { ...said, signal: 'BUY' } })).toMatchObject({ met: false });
  });

  it('is not judged where it is old, missing or withheld', () => {
    expect(why('signal is BUY', {})).toBe('it has no signal');
    expect(why('signal changes', { said: { ...said, isOld: true } })).toBe('its last signal is of 2026-03-02');
    const abstained = { ...said, signal: undefined, abstained: 'too little history' };
    expect(why('signal changes', { said: abstained })).toBe('it has no signal: too little history');
  });
});

describe('what is held', () => {
  it.each([
    ['loss > 10%', -10.1, true, false],
    ['loss > 10%', -10, false, false],
    ['loss > 10%', -9.1, false, false],
    ['loss > 10%', -9, false, true],
    ['loss > 10%', 30, false, true],
    ['gain > 15%', 15.1, true, false],
    ['gain > 15%', 13.5, false, true],
    ['gain > 15%', -20, false, true],
  ])('%s at %s%% is met %s, back %s', (rule, pct, met, back) =>
    expect(standing(rule, { gain: { pct } })).toMatchObject({ met, back }),
  );

  it('drifts to either side, in the portfolio where it is furthest', () => {
    const weights = [
      { portfolio: 'Main', weightPct: 12, targetPct: 10 },
      { portfolio: 'Super', weightPct: 4, targetPct: 10 },
    ];
    expect(standing('weight drifts > 5%', { weights })).toMatchObject({ met: true, furthest: { portfolio: 'Super' } });
    expect(standing('weight drifts > 6%', { weights })).toMatchObject({ met: false, back: false });
    expect(standing('weight drifts > 7%', { weights })).toMatchObject({ met: false, back: true });
  });

  it('says why it cannot be judged', () => {
    expect(why('gain > 1%', {})).toBe('it is not held');
    expect(why('gain > 1%', { gain: { why: 'a parcel of it has an unknown cost' } })).toContain('unknown cost');
    expect(why('weight drifts > 1%', {})).toBe('no portfolio has a target for it');
    expect(why('weight drifts > 1%', { weights: { why: '1 of the holdings of Main has no price' } })).toContain('Main');
  });
});

describe('dates and age', () => {
  const dates = { 'ex-dividend': [on('2026-03-05'), on('2026-03-20')], discount: [], '45-day': [] };
  it('are those within the days, the last one included', () => {
    expect(standing('ex-dividend in 2d', { dates })).toMatchObject({ within: ['2026-03-05'], next: '2026-03-05' });
    expect(standing('ex-dividend in 1d', { dates })).toMatchObject({ within: [], next: '2026-03-05' });
    expect(standing('ex-dividend in 17d', { dates })).toMatchObject({ within: ['2026-03-05', '2026-03-20'] });
    expect(standing('discount in 30d', { dates })).toMatchObject({ within: [], next: undefined });
  });

  it('a price is stale by sessions, whether or not it may be used', () => {
    const old = priced('44', { on: on('2026-02-25'), stale: true, reason: 'no newer price than 2026-02-25' });
    expect(standing('stale > 3d', { price: old, age: 4 })).toMatchObject({ met: true, sessions: 4 });
    expect(standing('stale > 4d', { price: old, age: 4 })).toMatchObject({ met: false, back: true });
    expect(why('stale > 4d', { price: undefined, age: undefined })).toBe('it has no price');
  });
});

it('standingMet is true, false or not known', () => {
  expect(standingMet(standing('above 40'))).toBe(true);
  expect(standingMet(standing('above 50'))).toBe(false);
  expect(standingMet(standing('above 50', { price: undefined }))).toBeUndefined();
});
