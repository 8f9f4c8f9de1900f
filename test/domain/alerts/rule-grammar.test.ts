import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, datedEvents, formatRule, type Rule } from '../../../src/domain/alerts/rule.ts';
import { parseRule, storedRules } from '../../../src/domain/alerts/rule-grammar.ts';
import { type Decimal, decimal, price } from '../../../src/domain/decimal.ts';
import type { Code } from '../../../src/domain/market/security.ts';
import { signalClasses } from '../../../src/domain/signals/classes.ts';
import { Failure } from '../../../src/failure.ts';

const canonical = (text: string): string => formatRule(parseRule(text));

describe('parseRule', () => {
  it.each([
    ['BHP above 50', 'BHP above 50'],
    ['bhp ABOVE $1,050.50', 'BHP above 1050.5'],
    ['ASX:CBA below 90', 'CBA below 90'],
    ['CBA.AX below 90', 'CBA below 90'],
    ['BHP moves 5%', 'BHP moves 5%'],
    ['BHP moves 5', 'BHP moves 5%'],
    ['any moves 7.5% in 5d', 'any moves 7.5% in 5d'],
    ['BHP moves 5 % in 1 day', 'BHP moves 5%'],
    ['BHP 52w high', 'BHP 52w high'],
    ['BHP 52-week LOW', 'BHP 52w low'],
    ['BHP volume > 3x', 'BHP volume > 3x'],
    ['BHP volume>2.5X', 'BHP volume > 2.5x'],
    ['BHP volume 3 times', 'BHP volume > 3x'],
    ['BHP signal changes', 'BHP signal changes'],
    ['BHP signal is strong_buy', 'BHP signal is STRONG_BUY'],
    ['any signal is strong sell', 'any signal is STRONG_SELL'],
    ['any gain > 0%', 'any gain > 0%'],
    ['Any loss > 10%', 'any loss > 10%'],
    ['any gain>150%', 'any gain > 150%'],
    ['BHP weight drifts > 5%', 'BHP weight drifts > 5%'],
    ['BHP ex-dividend in 7d', 'BHP ex-dividend in 7d'],
    ['any discount in 30 days', 'any discount in 30d'],
    ['any 45-day in 5d', 'any 45-day in 5d'],
    ['BHP stale > 3d', 'BHP stale > 3d'],
    ['asx:any above 2', 'ASX:ANY above 2'],
  ])('reads %s', (text, expected) => expect(canonical(text)).toBe(expected));

  it.each([
    ['', 'The rule ends before a code, or any', ' '],
    ['B above 50', '"B" is not an ASX code', 'B'],
    ['BHP', 'The rule ends before what it waits for', ' '],
    ['BHP abov 50', '"abov" is nothing that a rule waits for', 'abov'],
    ['BHP above', 'The rule ends before a price', ' '],
    ['BHP above fifty', '"fifty" is not a price per unit', 'fifty'],
    ['BHP above -5', '"-5" is not more than zero', '-5'],
    ['BHP above 50 soon', '"soon" is not understood here', 'soon'],
    ['BHP moves 0%', '"0%" is not a percentage above 0, up to 10000, with at most 4 decimals', '0%'],
    ['any loss > -1%', '"-1%" is not a percentage from 0, up to 10000, with at most 4 decimals', '-1%'],
    ['BHP moves 5% in 0d', '"0d" is not a whole number of days from 1 to 250, like 5d', '0d'],
    ['BHP 52w middle', '"middle" is not high or low', 'middle'],
    ['BHP volume > x', '"x" is not a number of times above 0, up to 10000, with at most 4 decimals', 'x'],
    ['BHP signal is GREAT', '"GREAT" is no class of a signal', 'GREAT'],
    ['BHP signal turns BUY', '"turns" is not changes or is', 'turns'],
    ['BHP weight > 5%', '">" is not drifts', '>'],
    ['BHP discount 30d', '"30d" is not in', '30d'],
    ['BHP stale > soon', '"soon" is not a whole number of days from 0 to 1000, like 5d', 'soon'],
  ])('refuses %j and points at the word', (text, message, word) => {
    try {
      parseRule(text);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      expect(error.code).toBe('invalid-input');
      const [sentence, shown = '', caret = ''] = error.message.split('\n  ');
      expect(sentence).toBe(message);
      expect(shown).toBe(text);
      const at = caret.indexOf('^');
      expect(word === ' ' ? ' ' : shown.slice(at, at + caret.trim().length)).toBe(word);
      expect(error.hint).toMatch(/\.$/);
    }
  });

  it('names the nearest condition', () => {
    expect(() => parseRule('BHP abov 50')).toThrow(
      expect.objectContaining({ hint: 'Did you mean above? The rule is: CODE above PRICE.' }),
    );
  });

  it('refuses a rule that no person writes', () => {
    expect(() => parseRule(`BHP above ${'5'.repeat(200)}`)).toThrow('210 characters');
  });
});

const amount = (most: number): fc.Arbitrary<Decimal> =>
  fc.integer({ min: 1, max: most * 10_000 }).map(count => decimal(String(count)).div('10000'));
const conditions: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant('price' as const),
    side: fc.constantFrom('above' as const, 'below' as const),
    price: fc.integer({ min: 1, max: 9_999_999 }).map(count => price((count / 1000).toFixed(3))),
  }),
  fc.record({ kind: fc.constant('move' as const), pct: amount(10_000), sessions: fc.integer({ min: 1, max: 250 }) }),
  fc.record({ kind: fc.constant('year' as const), side: fc.constantFrom('high' as const, 'low' as const) }),
  fc.record({ kind: fc.constant('volume' as const), times: amount(10_000) }),
  fc.record({ kind: fc.constant('signal-change' as const) }),
  fc.record({ kind: fc.constant('signal' as const), signal: fc.constantFrom(...signalClasses) }),
  fc.record({
    kind: fc.constant('return' as const),
    side: fc.constantFrom('gain' as const, 'loss' as const),
    pct: fc.oneof(fc.constant(decimal('0')), amount(10_000)),
  }),
  fc.record({ kind: fc.constant('weight' as const), pct: amount(10_000) }),
  fc.record({
    kind: fc.constant('date' as const),
    event: fc.constantFrom(...datedEvents),
    days: fc.integer({ min: 0, max: 366 }),
  }),
  fc.record({ kind: fc.constant('stale' as const), sessions: fc.integer({ min: 0, max: 1000 }) }),
);
const codes = fc.stringMatching(/^[A-Z0-9]{3,6}$/).map(text => text as Code);
const rules: fc.Arbitrary<Rule> = fc
  .tuple(fc.oneof(fc.constant('any' as const), fc.constant('ANY' as Code), codes), conditions)
  .map(([of, condition]) => ({ of, ...condition }));

describe('laws', () => {
  it('a rule that is written and read is the same rule', () => {
    fc.assert(
      fc.property(rules, rule => {
        const text = formatRule(rule);
        const read = parseRule(text);
        expect({ ...read, text: formatRule(read) }).toEqual({ ...rule, text });
      }),
    );
  });

  it('many that were stored are read as each by itself', () => {
    fc.assert(
      fc.property(fc.array(rules, { maxLength: 5 }), list => {
        const read = storedRules();
        for (const text of list.map(formatRule)) expect(formatRule(read(text))).toBe(text);
      }),
    );
  });

  it('neither case nor the signs tell two rules apart', () => {
    fc.assert(
      fc.property(rules, rule => {
        const text = formatRule(rule);
        expect(canonical(text.toLowerCase().replace('>', ''))).toBe(text);
      }),
    );
  });

  it('whatever is typed is a rule or one Failure', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('BHP', 'above', '5%', 'in', '>', '52w')), { maxLength: 6 }),
        words => {
          try {
            parseRule(words.join(' '));
          } catch (error) {
            expect(error).toBeInstanceOf(Failure);
          }
        },
      ),
    );
  });
});
