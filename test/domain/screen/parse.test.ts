import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findField, screenFields } from '../../../src/domain/screen/fields.ts';
import { type Expression, fieldsOf, parseScreen } from '../../../src/domain/screen/parse.ts';
import { Failure } from '../../../src/failure.ts';

/** With every group in parentheses. */
const written = (each: Expression): string =>
  each.kind === 'comparison'
    ? `${each.field.name}${each.operator}${each.value}`
    : each.kind === 'not'
      ? `not(${written(each.part)})`
      : `(${each.parts.map(written).join(` ${each.kind} `)})`;
const read = (text: string): string => written(parseScreen(text));

describe('an expression', () => {
  test.each([
    ['pe<15 and roe>12 and grade<=B', '(pe<15 and roe>12 and grade<=1)'],
    ['pe<15 or roe>12 and pb<1', '(pe<15 or (roe>12 and pb<1))'],
    ['(pe<15 or roe>12) and pb<1', '((pe<15 or roe>12) and pb<1)'],
    ['not pe<15 and pb<1', '(not(pe<15) and pb<1)'],
    ['not (pe<15 and pb<1)', 'not((pe<15 and pb<1))'],
    ['not not pe < 15', 'not(not(pe<15))'],
    ['PE <15 AND RoE>= 12%', '(pe<15 and roe>=12)'],
    ['roe > 12 %', 'roe>12'],
    ['revenueGrowth>-5.5', 'revenueGrowth>-5.5'],
    ['marketCap>2.5b and turnover>=500k and price<1,000', '(marketCap>2500000000 and turnover>=500000 and price<1000)'],
    ['signal=strong_buy', 'signal=STRONG_BUY'],
    ['signal<>"strong buy"', 'signal!=STRONG_BUY'],
    ['sector = "Health Care"', 'sector=health care'],
    ["sector==Materials and name contains 'gold'", '(sector=materials and namecontainsgold)'],
    [
      'mom_12_1>20 and mom121>20 and profit_margin>5 and adv_20_median>1m',
      '(mom_12_1>20 and mom_12_1>20 and margin>5 and turnover>1000000)',
    ],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('names each field that it asks about once, in its order', () => {
    expect(fieldsOf(parseScreen('roe>1 and (pe<2 or not roe<9)')).map(field => field.name)).toEqual(['roe', 'pe']);
  });
});

describe('trouble', () => {
  const troubleOf = (text: string): Failure => {
    try {
      parseScreen(text);
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
    throw new Error(`${text} was read`);
  };
  test.each([
    ['pee<15', 'There is no field "pee"\n  pee<15\n  ^^^', 'Did you mean pe?'],
    ['pe<15 and rooe>1', 'There is no field "rooe"\n  pe<15 and rooe>1\n            ^^^^', 'Did you mean roe?'],
    ['pe', 'A comparison is missing after pe\n  pe\n    ^', 'Compare it by'],
    ['pe<', 'A value is missing after pe <\n  pe<\n     ^', 'Give a number'],
    ['pe<cheap', 'pe cannot be "cheap"\n  pe<cheap\n     ^^^^^', 'Give a number'],
    ['pe<15%', 'pe cannot be "15%"\n  pe<15%\n     ^^^', 'Give a number'],
    ['grade<=E', 'grade cannot be "E"\n  grade<=E\n         ^', 'The grades are A, B, C, D, F.'],
    ['signal=SELLING', 'signal cannot be "SELLING"', 'The signals are STRONG_BUY, BUY, HOLD, SELL, STRONG_SELL.'],
    ['signal>BUY', 'signal is not compared by >\n  signal>BUY\n        ^', 'Compare it like signal=BUY'],
    ['name<5', 'name is not compared by <', 'contains gold'],
    ['pe contains 5', 'pe is not compared by contains', 'Compare it by'],
    ['(pe<15', 'A closing parenthesis is missing here\n  (pe<15\n        ^', undefined],
    ['pe<15)', 'An and or an or is missing here\n  pe<15)\n       ^', 'Write it like'],
    ['pe<15 roe>1', 'An and or an or is missing here\n  pe<15 roe>1\n        ^^^', 'Write it like'],
    ['', 'A comparison is missing here', 'Write it like'],
    ['and', 'There is no field "and"', undefined],
    ['sector="Materials', 'This text has no closing quote\n  sector="Materials\n         ^', undefined],
    ['pe<15; drop', 'This is no part of an expression\n  pe<15; drop\n       ^', undefined],
    ['pe<1.2.3', 'This is no part of an expression', undefined],
  ])('%s', (text, message, hint) => {
    const failure = troubleOf(text);
    expect(failure.message).toContain(message);
    if (hint !== undefined) expect(failure.hint).toContain(hint);
    expect(failure.code).toBe('invalid-input');
  });

  test('an expression that is too long or too deep', () => {
    expect(troubleOf(`pe<${'1'.repeat(500)}`).message).toContain('has 503 characters, and may have 500');
    expect(troubleOf(`${'('.repeat(40)}pe<1${')'.repeat(40)}`).message).toContain('more than 30 deep');
    expect(troubleOf(`${'not '.repeat(40)}pe<1`).message).toContain('more than 30 deep');
    expect(read(`${'('.repeat(30)}pe<1${')'.repeat(30)}`)).toBe('pe<1');
  });

  test('10,000 random inputs are read or refused in words, at once', () => {
    const words = fc.constantFrom(
      ...['pe', 'roe', 'grade', 'signal', 'name', 'and', 'or', 'not', 'contains', '(', ')', '<', '<=', '=', '!=', '15'],
      ...['12%', 'B', 'BUY', '"gold"', "'", '"', '-', '.', ',', '1e9', '2b', '\u0000', '\u202e', '💥', '((((', 'nan'],
    );
    const condition = fc.tuple(
      fc.constantFrom('pe', 'roe'),
      fc.constantFrom('<', '>='),
      fc.integer({ min: 0, max: 99 }),
    );
    const anyInput = fc.oneof(
      fc.array(condition, { minLength: 1, maxLength: 5 }).map(all => all.map(each => each.join(' ')).join(' and ')),
      fc.array(words, { maxLength: 40 }).map(all => all.join(' ')),
      fc.array(words, { maxLength: 40 }).map(all => all.join('')),
      fc.string({ maxLength: 600, unit: 'binary' }),
    );
    let readable = 0;
    fc.assert(
      fc.property(anyInput, text => {
        try {
          parseScreen(text);
          readable += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
      { numRuns: 10_000 },
    );
    expect(readable).toBeGreaterThan(1000);
  }, 20_000);
});

test('fields have one name each, and are found by it', () => {
  const names = screenFields.map(field => field.name);
  expect(new Set(names).size).toBe(names.length);
  for (const field of screenFields) expect(findField(field.name.toUpperCase())).toBe(field);
});
