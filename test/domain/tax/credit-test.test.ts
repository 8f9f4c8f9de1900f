import { describe, expect, it } from 'vitest';
import { money, plain } from '../../../src/domain/decimal.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { creditTest, type JudgedCredit } from '../../../src/domain/tax/credit-test.ts';
import { on } from '../../support/ledger.ts';
import { type BookOptions, booksOf } from '../../support/owner-books.ts';

const abc = parseCode('ABC');
const shown = ({ allowed, denied, open, reason }: JudgedCredit): string =>
  `${[allowed, denied, open].map(plain).join(' ')}${reason === undefined ? '' : `: ${reason}`}`;
const judged = (lines: readonly string[], today: string, options: BookOptions = {}): string => {
  const test = creditTest(booksOf(lines, options), on(today));
  return shown(test({ code: abc, exDate: on('2026-08-10') }, money('300')));
};

const bought = 'buy 100 ABC @ 10 on 2026-08-03';

describe('a credit of 300 for 100 units, bought on 3 August and ex on the 10th', () => {
  it.each([
    ['sold after 44 days', 'sell 100 ABC @ 9 on 2026-09-17', '0 300 0: held at risk for fewer than 45 days'],
    ['sold after 45 days', 'sell 100 ABC @ 9 on 2026-09-18', '300 0 0'],
    [
      'a third of them sold early',
      'sell 40 ABC @ 9 on 2026-08-11',
      '180 120 0: some of the units were held at risk for fewer than 45 days',
    ],
  ])('%s', (_, sale, outcome) => {
    expect(judged([bought, sale], '2027-01-01')).toBe(outcome);
  });

  it('is open until 45 days are over, whatever was lost of it already', () => {
    expect(judged([bought], '2026-09-17')).toBe('0 0 300: still open: a sale before 2026-09-18 loses the credit');
    expect(judged([bought], '2026-09-18')).toBe('300 0 0');
    expect(judged([bought, 'sell 40 ABC @ 9 on 2026-08-11'], '2026-08-12')).toBe(
      '0 120 180: still open: a sale before 2026-09-18 loses the credit',
    );
  });

  it('of preference shares asks for 90 days', () => {
    const preference = { kinds: { ABC: 'preference' } } as const;
    // 90 days after 3 August is 1 November: the day of the sale does not count.
    const sold = (day: string) => judged([bought, `sell 100 ABC @ 9 on ${day}`], '2027-01-01', preference);
    expect(sold('2026-11-01')).toBe('0 300 0: held at risk for fewer than 90 days');
    expect(sold('2026-11-02')).toBe('300 0 0');
  });
});

it('where there is nothing to ask, nothing is asked', () => {
  const test = creditTest(booksOf([bought]), on('2026-08-12'));
  const nothing = test({ code: abc, exDate: on('2026-08-10') }, money('0'));
  expect([shown(nothing), nothing.period]).toEqual(['0 0 0', undefined]);
  const undated = test({ code: abc, exDate: undefined }, money('5'));
  expect(shown(undated)).toBe('5 0 0: no ex-date is recorded: the 45-day rule was not asked');
  expect(undated.period).toBeUndefined();
});

it('each code is asked of its own units', () => {
  const test = creditTest(booksOf([bought, 'buy 100 XYZ @ 10 on 2024-01-05']), on('2026-08-12'));
  const of = (code: string) => shown(test({ code: parseCode(code), exDate: on('2026-08-10') }, money('7')));
  expect([of('XYZ'), of('ABC').slice(0, 5), of('XYZ')]).toEqual(['7 0 0', '0 0 7', '7 0 0']);
});
