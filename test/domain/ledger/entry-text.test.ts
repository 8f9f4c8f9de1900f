import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addDays, type LocalDate, parseLocalDate } from '../../../src/domain/date.ts';
import { decimal, money, price, units } from '../../../src/domain/decimal.ts';
import { type Draft, entryKinds } from '../../../src/domain/ledger/entry.ts';
import { parseEntryLine } from '../../../src/domain/ledger/entry-line.ts';
import { formatEntryLine } from '../../../src/domain/ledger/entry-text.ts';
import { statementComponents } from '../../../src/domain/ledger/statement.ts';
import { parseCode as code } from '../../../src/domain/market/security.ts';

const today = parseLocalDate('2026-03-02');
const parse = (text: string): Draft => parseEntryLine(text, { today });

// Random entries, as any source may have recorded them.
const digits = (places: number, least: number) =>
  fc.tuple(fc.bigInt({ min: BigInt(least), max: 10n ** 11n }), fc.nat({ max: places })).map(([value, shift]) => {
    const text = String(value).padStart(shift + 1, '0');
    return shift === 0 ? text : `${text.slice(0, -shift)}.${text.slice(-shift)}`;
  });
const someUnits = digits(8, 1).map(units);
const somePrice = digits(10, 1).map(price);
const payment = digits(2, 1).map(money);
const dollars = digits(2, 0).map(money);
const past = fc.integer({ min: 0, max: 20_000 }).map(days => addDays(today, -days));
const someCode = fc
  .string({ unit: fc.constantFrom(...'ABCXYZ0123456789'), minLength: 3, maxLength: 6 })
  .map(text => code(text));
const percent = fc.integer({ min: 0, max: 10_000 }).map(value => decimal(String(value)).div(decimal('100')));
const cash = fc.oneof(
  payment.map(total => ({ total })),
  somePrice.map(perUnit => ({ perUnit })),
);
const word = fc.string({ unit: fc.constantFrom(...'aZ9@:,$-fee on'), minLength: 1, maxLength: 12 });
const note = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .map(parts => parts.join(' ').replace(/\s+/g, ' ').trim())
  .filter(text => text !== '');
const maybe = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.option(
    value.map(v => ({ [key]: v })),
    { nil: {} },
  );
const all = (...parts: fc.Arbitrary<object>[]) => fc.tuple(...parts).map(found => Object.assign({}, ...found) as Draft);
const dated = [past.map(day => ({ on: day })), maybe('note', note)];
const before =
  (key: string) =>
  (draft: Draft): fc.Arbitrary<Draft> =>
    fc
      .option(fc.nat({ max: 900 }))
      .map(days => (days === null ? draft : ({ ...draft, [key]: addDays(draft.on, -days) as LocalDate } as Draft)));
const kindOf = (...kinds: string[]) => fc.constantFrom(...kinds).map(kind => ({ kind }));
const codeAndUnits = fc.record({ code: someCode, units: someUnits });
const franking = [maybe('frankedPct', percent), maybe('credit', dollars), maybe('withheld', dollars)];
const chosen = fc
  .array(fc.tuple(fc.oneof(past, fc.uuid({ version: 7 })), someUnits), { minLength: 1, maxLength: 4 })
  .map(list => {
    const parcels = list.map(([parcel, held]) => ({ parcel: parcel as string, units: held }));
    const total = parcels.reduce((sum, choice) => sum.plus(choice.units), decimal('0'));
    return { parcels, method: 'specific', units: units(total.toFixed()) };
  });
const closing = fc.oneof(chosen, maybe('method', fc.constantFrom('fifo', 'lifo', 'highest-cost', 'least-tax')));
const ratio = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 })).map(([a, b]) => {
  const [small, large] = [decimal(String(Math.min(a, b))), decimal(String(Math.max(a, b + (a === b ? 1 : 0))))];
  return { small, large };
});

const noted = maybe('note', note);
const yearly = fc
  .tuple(someCode, fc.integer({ min: 1990, max: 2026 }))
  .map(([c, financialYear]) => ({ code: c, financialYear, on: parseLocalDate(`${financialYear}-06-30`) }));
const components = fc
  .subarray([...statementComponents], { minLength: 1 })
  .map(names => ({ components: Object.fromEntries(names.map((name, index) => [name, money(`${index}.05`)])) }));

const drafts: fc.Arbitrary<Draft> = fc.oneof(
  all(
    kindOf('buy'),
    codeAndUnits,
    somePrice.map(p => ({ price: p })),
    maybe('brokerage', dollars),
    maybe('total', dollars),
    ...dated,
  ),
  all(
    kindOf('sell'),
    codeAndUnits,
    somePrice.map(p => ({ price: p })),
    maybe('brokerage', dollars),
    maybe('total', dollars),
    closing,
    ...dated,
  ),
  all(kindOf('transfer-out'), codeAndUnits, closing, ...dated),
  all(kindOf('opening', 'transfer-in'), codeAndUnits, maybe('cost', dollars), ...dated).chain(before('acquiredOn')),
  all(
    fc.oneof(all(kindOf('dividend'), maybe('lic', dollars)), kindOf('distribution')),
    fc.record({ code: someCode, amount: cash }),
    ...franking,
    maybe(
      'declared',
      fc
        .tuple(payment, fc.constantFrom('USD', 'NZD'), somePrice)
        .map(([amount, currency, rate]) => ({ amount, currency, rate })),
    ),
    maybe('financialYear', fc.integer({ min: 1990, max: 2100 })),
    ...dated,
  ).chain(before('exDate')),
  all(
    kindOf('drp'),
    codeAndUnits,
    fc.record({ price: somePrice, dividend: cash }),
    ...franking,
    maybe('residual', dollars),
    ...dated,
  ).chain(before('exDate')),
  all(
    kindOf('split'),
    someCode.map(c => ({ code: c })),
    ratio.map(r => ({ newUnits: r.large, oldUnits: r.small })),
    maybe('units', someUnits),
    ...dated,
  ),
  all(
    kindOf('consolidation'),
    someCode.map(c => ({ code: c })),
    ratio.map(r => ({ newUnits: r.small, oldUnits: r.large })),
    maybe('units', someUnits),
    ...dated,
  ),
  all(kindOf('bonus'), codeAndUnits, ...dated),
  all(kindOf('return-of-capital'), fc.record({ code: someCode, perUnit: somePrice }), ...dated).chain(
    before('recordDate'),
  ),
  all(kindOf('rename'), fc.record({ code: someCode, newCode: fc.constant(code('NEWCO')) }), ...dated),
  all(
    kindOf('demerger'),
    codeAndUnits,
    fc.record({ newCode: fc.constant(code('NEWCO')), costPct: fc.constantFrom('0.01', '12.5', '99').map(decimal) }),
    ...dated,
  ),
  all(
    kindOf('rollover'),
    fc.record({ code: someCode, newCode: fc.constant(code('NEWCO')) }),
    ratio.map(({ small, large }) => ({ newUnits: small, oldUnits: large })),
    maybe('units', someUnits),
    fc.option(fc.record({ cash: payment, worth: payment })).map(paid => paid ?? {}),
    ...dated,
  ),
  all(kindOf('statement'), yearly, components, noted),
  all(kindOf('amit'), yearly, fc.record({ adjustment: fc.constantFrom('12.34', '-0.01').map(money) }), noted),
  all(kindOf('deposit', 'withdraw', 'interest', 'fee'), fc.record({ amount: payment }), ...dated),
);

const seeded = { seed: 20260302, numRuns: 2000 };

describe('formatEntryLine', () => {
  test.each([
    ['buy 1,000 bhp @$43.210 brokerage 9.95 on 2/3/2026', 'buy 1000 BHP @ 43.21 fee 9.95 on 2026-03-02'],
    ['transfer-in 5 BHP', 'transfer-in 5 BHP cost unknown on 2026-03-02'],
    ['dividend BHP @.5 note  paid  late', 'dividend BHP @ 0.5 on 2026-03-02 note paid late'],
    ['sell 5 BHP @ 1 parcel 2/2/2024:2, ab:3', 'sell 5 BHP @ 1 parcel 2024-02-02:2,ab:3 on 2026-03-02'],
  ])('writes %j as %j', (text, line) => {
    expect(formatEntryLine(parse(text))).toBe(line);
  });

  it('keeps a note on the line, without control characters', () => {
    const draft: Draft = { kind: 'fee', amount: money('5'), on: today, note: 'one\r\ntwo\u001b[2J\u2028three' };
    expect(formatEntryLine(draft)).toBe('fee 5 on 2026-03-02 note one two[2J three');
    expect(formatEntryLine({ ...draft, note: ' \n' })).toBe('fee 5 on 2026-03-02');
  });

  it('is the inverse of parseEntryLine, for every kind', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(drafts, draft => {
        seen.add(draft.kind);
        const line = formatEntryLine(draft);
        expect(line).not.toMatch(/[\r\n]/);
        expect(parse(line)).toStrictEqual(draft);
      }),
      seeded,
    );
    expect(seen).toEqual(new Set(entryKinds));
  });

  it('reads back the same in capitals and with wide spaces', () => {
    fc.assert(
      fc.property(drafts, draft => {
        const { note: _, ...plainDraft } = draft;
        const line = formatEntryLine(plainDraft as Draft);
        expect(parse(line.toUpperCase().replaceAll(' ', '   '))).toStrictEqual(plainDraft);
      }),
      { ...seeded, numRuns: 500 },
    );
  });
});
