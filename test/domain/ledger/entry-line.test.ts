import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseLocalDate } from '../../../src/domain/date.ts';
import { decimal, money, price, units } from '../../../src/domain/decimal.ts';
import { type Draft, entryKinds } from '../../../src/domain/ledger/entry.ts';
import { entryLineProblems, parseEntryLine } from '../../../src/domain/ledger/entry-line.ts';
import { formatEntryLine } from '../../../src/domain/ledger/entry-text.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { Failure } from '../../../src/failure.ts';

const date = parseLocalDate;
const code = parseCode;
const today = date('2026-03-02');
const parse = (text: string): Draft => parseEntryLine(text, { today });
const read = (text: string) => entryLineProblems(text, { today });

function failureOf(text: string): Failure {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error(`"${text}" was accepted`);
}

const on = { on: today };
const accepted: [string, Draft][] = [
  [
    'buy 100 BHP @ 43.21 fee 9.95 on 2026-03-01',
    {
      kind: 'buy',
      code: code('BHP'),
      units: units('100'),
      price: price('43.21'),
      brokerage: money('9.95'),
      on: date('2026-03-01'),
    },
  ],
  [
    'SELL 1,050.5 asx:vas @$1,043.21 Brokerage $9.95 TOTAL $1,095,892.20 METHOD Highest-Cost On 1/3/2026',
    {
      kind: 'sell',
      code: code('VAS'),
      units: units('1050.5'),
      price: price('1043.21'),
      brokerage: money('9.95'),
      total: money('1095892.20'),
      method: 'highest-cost',
      on: date('2026-03-01'),
    },
  ],
  [
    'sell 150 BHP.AX @ 50 parcel 2/2/2024:100, 0190ABCD:50 on yesterday',
    {
      kind: 'sell',
      code: code('BHP'),
      units: units('150'),
      price: price('50'),
      method: 'specific',
      parcels: [
        { parcel: '2024-02-02', units: units('100') },
        { parcel: '0190abcd', units: units('50') },
      ],
      on: date('2026-03-01'),
    },
  ],
  [
    'sell 10 PEN @ 0.5 fee 9.95 total -4.95',
    {
      kind: 'sell',
      code: code('PEN'),
      units: units('10'),
      price: price('0.5'),
      brokerage: money('9.95'),
      total: money('-4.95'),
      ...on,
    },
  ],
  [
    'dividend BHP 156.51 franked 62.5% credit 41.93 withheld 0 ex 2026-02-10',
    {
      kind: 'dividend',
      code: code('BHP'),
      amount: { total: money('156.51') },
      frankedPct: decimal('62.5'),
      credit: money('41.93'),
      withheld: money('0'),
      exDate: date('2026-02-10'),
      ...on,
    },
  ],
  [
    'distribution VAS @ 0.8512 declared 120.5 usd at 0.6512 fy 2025',
    {
      kind: 'distribution',
      code: code('VAS'),
      amount: { perUnit: price('0.8512') },
      declared: { amount: decimal('120.5'), currency: 'USD', rate: decimal('0.6512') },
      financialYear: 2025,
      ...on,
    },
  ],
  [
    'drp TLS 12 @ 12.345 dividend 156.51 residual 11.57 franked 100',
    {
      kind: 'drp',
      code: code('TLS'),
      units: units('12'),
      price: price('12.345'),
      dividend: { total: money('156.51') },
      residual: money('11.57'),
      frankedPct: decimal('100'),
      ...on,
    },
  ],
  [
    'drp TLS 12 @ 12.345 franked 100% dividend @ 0.47',
    {
      kind: 'drp',
      code: code('TLS'),
      units: units('12'),
      price: price('12.345'),
      dividend: { perUnit: price('0.47') },
      frankedPct: decimal('100'),
      ...on,
    },
  ],
  ['split BHP 2:1', { kind: 'split', code: code('BHP'), newUnits: decimal('2'), oldUnits: decimal('1'), ...on }],
  [
    'consolidation XYZ 1:10 units 124',
    {
      kind: 'consolidation',
      code: code('XYZ'),
      newUnits: decimal('1'),
      oldUnits: decimal('10'),
      units: units('124'),
      ...on,
    },
  ],
  ['bonus BHP 25', { kind: 'bonus', code: code('BHP'), units: units('25'), ...on }],
  [
    'return-of-capital BHP 0.35 record 2026-02-20',
    {
      kind: 'return-of-capital',
      code: code('BHP'),
      perUnit: price('0.35'),
      recordDate: date('2026-02-20'),
      ...on,
    },
  ],
  ['return-of-capital BHP @0.35', { kind: 'return-of-capital', code: code('BHP'), perUnit: price('0.35'), ...on }],
  [
    'Demerger BHP INTO wds 18 cost 16.8% on 2022-06-01',
    {
      kind: 'demerger',
      code: code('BHP'),
      newCode: code('WDS'),
      units: units('18'),
      costPct: decimal('16.8'),
      on: date('2022-06-01'),
    },
  ],
  [
    'rollover syd into sya 1:2 cash $500 worth 4,500',
    {
      kind: 'rollover',
      code: code('SYD'),
      newCode: code('SYA'),
      newUnits: decimal('1'),
      oldUnits: decimal('2'),
      cash: money('500'),
      worth: money('4500'),
      ...on,
    },
  ],
  [
    'statement VAS fy 2025 franked 1,212.40, Franking-Credit 91.03 , amit-decrease 0.5 note from the registry',
    {
      kind: 'statement',
      code: code('VAS'),
      financialYear: 2025,
      components: { franked: money('1212.40'), 'franking-credit': money('91.03'), 'amit-decrease': money('0.5') },
      on: date('2025-06-30'),
      note: 'from the registry',
    },
  ],
  [
    'amit VAS +12.34 fy 2025',
    {
      kind: 'amit',
      code: code('VAS'),
      financialYear: 2025,
      adjustment: money('12.34'),
      on: date('2025-06-30'),
    },
  ],
  ['rename FXJ to NEC', { kind: 'rename', code: code('FXJ'), newCode: code('NEC'), ...on }],
  [
    'transfer-in 100 BHP cost 1,234.50 acquired 14/9/2009 on today',
    {
      kind: 'transfer-in',
      code: code('BHP'),
      units: units('100'),
      cost: money('1234.50'),
      acquiredOn: date('2009-09-14'),
      ...on,
    },
  ],
  ['transfer-in 100 BHP', { kind: 'transfer-in', code: code('BHP'), units: units('100'), ...on }],
  ['opening 100 BHP cost UNKNOWN', { kind: 'opening', code: code('BHP'), units: units('100'), ...on }],
  [
    'transfer-out 40 BHP method lifo',
    { kind: 'transfer-out', code: code('BHP'), units: units('40'), method: 'lifo', ...on },
  ],
  ['deposit $10,000', { kind: 'deposit', amount: money('10000'), ...on }],
  ['withdraw 250.55', { kind: 'withdraw', amount: money('250.55'), ...on }],
  ['interest 3.21', { kind: 'interest', amount: money('3.21'), ...on }],
  [
    'fee 20 note  Fee on  the account: @ 20 \u001b[31mred\u0007 ',
    { kind: 'fee', amount: money('20'), note: 'Fee on the account: @ 20 [31mred', ...on },
  ],
  ['buy 1 FEE @ 2', { kind: 'buy', code: code('FEE'), units: units('1'), price: price('2'), ...on }],
  ['buy\t1 BHP\u00a0at 2\n', { kind: 'buy', code: code('BHP'), units: units('1'), price: price('2'), ...on }],
];

describe('parseEntryLine', () => {
  test.each(accepted)('%s', (text, draft) => {
    expect(parse(text)).toStrictEqual(draft);
  });

  it('knows every kind of entry', () => {
    expect(new Set(accepted.map(([, draft]) => draft.kind))).toEqual(new Set(entryKinds));
  });

  test.each([
    // The word that is not what its place asks for.
    ['buy 100 BHPP1234', '"BHPP1234" is not an ASX code (word 3)', 'A code is 3 to 6 letters or digits'],
    ['buy 100bhp @ 43', '"100bhp" is not a number of units (word 2)', 'Units look like 100'],
    ['buy BHP 100 @ 43', '"BHP" is not a number of units (word 2)', 'Units look like'],
    ['buy 0 BHP @ 43', '"0" is not more than zero (word 2)', 'Units look like'],
    ['buy -5 BHP @ 43', '"-5" is not more than zero (word 2)', 'Units look like'],
    ['buy 1e3 BHP @ 43', '"1e3" is not a number of units (word 2)', 'Units look like'],
    ['buy 1.123456789 BHP @ 43', '"1.123456789" has more than 8 decimals', 'buy UNITS CODE @ PRICE'],
    ['buy 1234567890123 BHP @ 43', '"1234567890123" is too large', 'Units look like'],
    ['buy 100 BHP @ 0', '"0" is not more than zero (word 5)', 'A price looks like'],
    ['buy 100 BHP @0.00', '"0.00" is not more than zero (word 4)', 'A price looks like'],
    ['buy 100 BHP @ 1.12345678901', '"1.12345678901" has more than 10 decimals', ''],
    ['buy 100 BHP 43.21', '"43.21" needs "@" before it (word 4)', 'buy UNITS CODE @ PRICE'],
    ['buy 100 BHP @ 43 fee -1', '"-1" is less than zero (word 7)', 'An amount looks like'],
    ['buy 100 BHP @ 43 total -1', '"-1" is less than zero (word 7)', ''],
    ['buy 100 BHP @ 43 fee 9.955', '"9.955" has more than 2 decimals', ''],
    ['deposit 0', '"0" is not more than zero (word 2)', 'An amount looks like'],
    ['dividend BHP 10 franked 100.01', '"100.01" is more than 100% (word 5)', 'A percentage looks like'],
    ['dividend BHP 10 franked -1%', '"-1" is less than zero (word 5)', 'A percentage looks like'],
    ['dividend BHP 10 fy 26', '"26" is not a financial year (word 5)', 'the year it ends in'],
    ['dividend BHP 10 fy 2101', '"2101" is not a financial year', ''],
    ['dividend BHP 10 declared 5 dollars at 2', '"dollars" is not a currency (word 6)', 'three letters'],
    ['dividend BHP 10 declared 5 USD 2', '"at" is missing before "2" (word 7)', ''],
    ['split BHP 2', '"2" is not a ratio (word 3)', '2:1 is two for one'],
    ['split BHP 0:1', '"0" is not more than zero (word 3)', '2:1 is two for one'],
    ['deposit 5 on 2026-02-30', '"2026-02-30" is not a date (word 4)', 'YYYY-MM-DD'],
    ['deposit 5 on 3/25/2026', '"3/25/2026" is not a date', 'day first'],
    ['deposit 5 on 2031-03-03', '"2031-03-03" is more than five years ahead (word 4)', 'Today is 2026-03-02'],
    ['deposit 5 on 3/3/2062', '"3/3/2062" is more than five years ahead', ''],
    ['sell 5 BHP @ 1 parcel :5', '":5" is not a parcel and its units (word 7)', 'Name a parcel by its date'],
    ['sell 5 BHP @ 1 parcel 2024-02-30:5', '"2024-02-30" is not a date (word 7)', ''],
    ['demerger BHP WDS 5 cost 3%', '"into" is missing before "WDS" (word 3)', 'demerger CODE into CODE2'],
    ['demerger BHP into WDS 5', 'The line ends before cost P%', 'demerger CODE into CODE2 UNITS cost P%'],
    ['demerger BHP into WDS 5 cost 100%', '"100%" is not between 0% and 100% (word 7)', 'goes to the new entity'],
    ['demerger BHP into WDS 5 cost 0', '"0" is not between 0% and 100% (word 7)', ''],
    ['demerger BHP into BHP 5 cost 5%', '"BHP" is already the code (word 4)', ''],
    ['rollover BHP into WDS 1:2 cash 50', 'Cash takes its share of the cost base, which the value', 'worth 12,345.00'],
    ['rollover BHP into WDS', 'The line ends before NEW:OLD', ''],
    ['statement VAS fy 2025', 'The line ends before COMPONENT AMOUNT', 'statement CODE fy YEAR'],
    ['statement VAS fy 2025 frankd 5', '"frankd" is not a line of a tax statement (word 5)', 'Did you mean franked?'],
    ['statement VAS fy 2025 franked 5, franked 6', '"franked" is given twice (word 7)', ''],
    ['statement VAS fy 2025 franked 5%', '"5%" is not an amount in dollars (word 6)', ''],
    ['statement VAS fy 2025 franked 5 on 2025-06-30', '"on" is not a line of a tax statement (word 7)', ''],
    ['statement VAS 2025 franked 5', '"fy" is missing before "2025" (word 3)', ''],
    ['statement VAS fy 2027 franked 5', 'FY2027 has not begun (word 4)', ''],
    ['amit VAS 0 fy 2025', '"0" changes nothing (word 3)', '+12.34'],
    ['amit VAS +5 fy 2025 on 2025-06-30', '"on" does not belong in an amit entry', ''],
    ['sell 5 BHP @ 1 method average', '"average" is not a parcel method (word 7)', 'fifo, lifo, highest-cost'],
    // Words that do not belong.
    ['buuy 100 BHP @ 43', '"buuy" is not a kind of entry (word 1)', 'Did you mean buy?'],
    ['withdrawal 100', '"withdrawal" is not a kind of entry', 'Did you mean withdraw?'],
    ['hello', '"hello" is not a kind of entry (word 1)', 'A line begins with buy, sell'],
    ['sell 100 BHP @ 43 totl 5', '"totl" is not understood here (word 6)', 'Did you mean total?'],
    ['buy 100 BHP @ 43 brokrage 5', '"brokrage" is not understood here (word 6)', 'Did you mean brokerage?'],
    ['buy 100 BHP @ 43 zzz', '"zzz" is not understood here (word 6)', 'buy UNITS CODE @ PRICE'],
    ['buy 100 BHP @ 43 franked 100', '"franked" does not belong in a buy entry (word 6)', 'buy UNITS CODE'],
    ['buy 100 BHP @ 43 method fifo', '"method" does not belong in a buy entry', ''],
    ['buy 100 BHP @ 43 fee 1 fee 2', '"fee" is given twice (word 8)', ''],
    ['buy 100 BHP @ 43 fee 1 brokerage 2', '"brokerage" is given twice (word 8)', ''],
    ['rename ABC XYZ', '"XYZ" is not understood here (word 3)', 'rename CODE to CODE2'],
    // Words that contradict each other.
    ['split BHP 1:2', '"1:2" makes fewer units, which is a consolidation (word 3)', 'Use consolidation'],
    ['consolidation BHP 2:1', '"2:1" makes more units, which is a split (word 3)', 'Use split'],
    ['split BHP 3:3', '"3:3" changes nothing (word 3)', ''],
    ['rename ABC to asx:abc', '"ABC" is already the code (word 4)', ''],
    ['sell 100 BHP @ 1 method fifo parcel 2024-01-01:100', '"fifo" does not go with named parcels (word 7)', ''],
    ['sell 100 BHP @ 1 method specific', '"specific" needs its parcels (word 7)', 'parcel 2024-02-02:100'],
    ['sell 100 BHP @ 1 parcel a1:60', 'The parcels name 60 units, not the 100 of the entry (word 7)', ''],
    ['opening 1 BHP acquired 2026-03-01 on 2026-02-01', 'The acquisition date 2026-03-01 is after', ''],
    ['dividend BHP 5 on 2026-02-01 ex 2026-03-01', 'The ex-date 2026-03-01 is after the entry', ''],
    ['return-of-capital BHP 1 record 2026-03-02 on 2026-03-01', 'The record date 2026-03-02 is after', ''],
    // What is missing.
    ['', 'The entry is empty', 'A line begins with buy, sell'],
    ['   ', 'The entry is empty', ''],
    ['buy', 'The line ends before UNITS', 'buy UNITS CODE @ PRICE'],
    ['buy 100 BHP', 'The line ends before @ PRICE', ''],
    ['buy 100 BHP @', 'The line ends before PRICE', ''],
    ['buy 100 @ 43', 'CODE is missing before "@" (word 3)', 'buy UNITS CODE @ PRICE'],
    ['buy 100 BHP @ 43 fee on yesterday', 'AMOUNT is missing before "on" (word 7)', ''],
    ['buy 100 BHP fee 5', '@ PRICE is missing before "fee" (word 4)', ''],
    ['drp TLS 12 @ 3', 'The line ends before dividend AMOUNT or @ PER-UNIT', ''],
    ['rename ABC', 'The line ends before to CODE2', ''],
    ['deposit 5 note', 'The line ends before TEXT', ''],
    ['sell 5 BHP @ 1 parcel a:5,', 'The line ends before ID-or-DATE:UNITS', ''],
    ['dividend BHP 5 declared 5 USD', 'The line ends before at RATE', ''],
  ])('refuses %j: %s', (text, message, hint) => {
    const failure = failureOf(text);
    expect(failure.code).toBe('invalid-input');
    expect(failure.message).toContain(message);
    expect(failure.hint ?? '').toContain(hint);
  });

  it('quotes no control character and floods no message', () => {
    const failure = failureOf(`buy 100 \u001b[31m${'x'.repeat(500)} @ 1`);
    expect(failure.message).not.toMatch(/\p{Cc}/u);
    expect(failure.message.length).toBeLessThan(100);
  });
});

describe('entryLineProblems', () => {
  it('finds every problem and where it stands', () => {
    const text = 'buy 1x BHPP1234 @43.2.1 fee 9.95 fee 9.95 colour red on 2032-03-03';
    const { problems, draft } = read(text);
    expect(problems.map(({ start, end, word }) => [text.slice(start, end), word])).toEqual([
      ['1x', 2],
      ['BHPP1234', 3],
      ['43.2.1', 4],
      ['fee', 7],
      ['colour', 9],
      ['2032-03-03', 12],
    ]);
    expect(draft).toBeUndefined();
  });

  it('says when the word in trouble may be half typed', () => {
    expect(read('deposit 5 on 2026-0').problems.map(problem => problem.typing)).toEqual([true]);
    expect(read('deposit 5 on 2026-0 ').problems.map(problem => problem.typing)).toEqual([false]);
  });

  test.each([
    ['', 'buy, sell, opening'],
    ['b', 'buy, bonus'],
    ['buy', 'UNITS CODE @ PRICE'],
    ['buy 100', 'CODE @ PRICE'],
    ['buy 100 BHP @', 'PRICE'],
    ['buy 100 BHP @ 43.21', 'fee AMOUNT · total AMOUNT · on DATE · note TEXT'],
    ['buy 100 BHP @ 43.21 fee', 'AMOUNT'],
    ['buy 100 BHP @ 43.21 fee 9.95 ', 'total AMOUNT · on DATE · note TEXT'],
    ['buy 100 BHP @ 43.21 f', 'fee AMOUNT'],
    ['drp TLS 1', '@ PRICE dividend AMOUNT or @ PER-UNIT'],
    ['drp TLS 1 @ 2', 'dividend AMOUNT or @ PER-UNIT · franked P%'],
    ['demerger BHP', 'into CODE2 UNITS cost P%'],
    ['rollover BHP into', 'CODE2 NEW:OLD'],
    ['statement VAS', 'fy YEAR COMPONENT AMOUNT, ...'],
    ['amit VAS', '+/-AMOUNT fy YEAR'],
    ['rename ABC', 'to CODE2 · on DATE · note TEXT'],
  ])('after %j expects %s', (text, expecting) => {
    expect(read(text).expecting?.startsWith(expecting)).toBe(true);
  });

  it('expects nothing after a note, and a kind after one it does not know', () => {
    expect(read('buy 100 BHP @ 43.21 note x').expecting).toBeUndefined();
    expect(read('merger BHP').expecting).toContain('buy');
  });

  it('has no problem, and no draft, for a line that is only unfinished', () => {
    for (const text of ['', 'buy', 'buy 100', 'buy 100 BHP', 'buy 100 BHP @', 'buy 100 BHP @ 43.21 on']) {
      expect(read(text).problems).toEqual([]);
      expect(read(text).draft).toBeUndefined();
    }
    expect(read('buy 100 BHP @ 43.21').draft).toEqual(parse('buy 100 BHP @ 43.21'));
  });
});

describe('any text at all', () => {
  const vocabulary = fc.constantFrom(
    ...entryKinds,
    ...'into franked tax-deferred worth cash fee total method parcel on note to units dividend franked declared at ex fy @ @1 USD BHP XYZ'.split(
      ' ',
    ),
    ...'100 9.95 2:1 1:2 2026-01-05 2025-01-05:100 fifo unknown , 2024-01-01:5, 100% 2026 \u001b[2J'.split(' '),
  );
  const lines = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(vocabulary, { maxLength: 14 }).map(words => words.join(' ')),
  );

  it('gives either a draft or problems that stand inside the text, and parseEntryLine agrees', () => {
    let drafted = 0;
    fc.assert(
      fc.property(lines, text => {
        const { problems, draft } = read(text);
        for (const { start, end } of problems) expect(start < end && start >= 0 && end <= text.length).toBe(true);
        if (draft === undefined) expect(failureOf(text).code).toBe('invalid-input');
        else {
          drafted += 1;
          expect(problems).toEqual([]);
          expect(parse(text)).toStrictEqual(draft);
          expect(parse(formatEntryLine(draft))).toStrictEqual(draft);
        }
      }),
      { seed: 7, numRuns: 3000 },
    );
    expect(drafted).toBeGreaterThan(0);
  });
});
