import { describe, expect, it } from 'vitest';
import { decimal, money, price, units } from '../../../src/domain/decimal.ts';
import { type EntryKind, entryKinds } from '../../../src/domain/ledger/entry.ts';
import { conflictsIn, draftFrom } from '../../../src/domain/ledger/entry-draft.ts';
import type { Fields } from '../../../src/domain/ledger/entry-grammar.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { on } from '../../support/ledger.ts';

const today = on('2026-03-02');
const given = {
  units: units('10'),
  code: parseCode('BHP'),
  newCode: parseCode('WDS'),
  price: price('2'),
  cash: { total: money('5') },
  amount: money('5'),
  ratio: { newUnits: decimal('2'), oldUnits: decimal('1') },
  costPct: decimal('16.8'),
  financialYear: 2025,
  components: { franked: money('1') },
  adjustment: money('-3'),
} as const satisfies Fields;
type Given = keyof typeof given;

const trade: Given[] = ['units', 'code', 'price'];
const needed: Record<EntryKind, readonly Given[]> = {
  buy: trade,
  sell: trade,
  opening: ['units', 'code'],
  'transfer-in': ['units', 'code'],
  'transfer-out': ['units', 'code'],
  dividend: ['code', 'cash'],
  distribution: ['code', 'cash'],
  drp: [...trade, 'cash'],
  split: ['code', 'ratio'],
  consolidation: ['code', 'ratio'],
  bonus: ['code', 'units'],
  'return-of-capital': ['code', 'price'],
  demerger: ['code', 'newCode', 'units', 'costPct'],
  rollover: ['code', 'newCode', 'ratio'],
  statement: ['code', 'financialYear', 'components'],
  amit: ['code', 'financialYear', 'adjustment'],
  rename: ['code', 'newCode'],
  deposit: ['amount'],
  withdraw: ['amount'],
  interest: ['amount'],
  fee: ['amount'],
};
const only = (names: readonly Given[]): Fields => Object.fromEntries(names.map(name => [name, given[name]]));

describe('a draft', () => {
  it.each(entryKinds)('of %s is made of what it needs, and of nothing less', kind => {
    const names = needed[kind];
    const isOfYear = kind === 'statement' || kind === 'amit';
    expect(draftFrom(kind, only(names), today)).toMatchObject({ kind, on: isOfYear ? '2025-06-30' : '2026-03-02' });
    for (const missing of names) {
      expect(draftFrom(kind, only(names.filter(name => name !== missing)), today)).toBeUndefined();
    }
  });

  it('has no word of what was not said', () => {
    expect(Object.keys(draftFrom('buy', only(trade), today) ?? {}).sort()).toEqual([
      'code',
      'kind',
      'on',
      'price',
      'units',
    ]);
  });

  it('with named parcels closes by them', () => {
    const parcels = [{ parcel: on('2024-02-02'), units: units('10') }];
    expect(draftFrom('sell', { ...only(trade), parcels }, today)).toMatchObject({ method: 'specific', parcels });
    expect(draftFrom('sell', { ...only(trade), method: 'lifo' }, today)).toMatchObject({ method: 'lifo' });
  });
});

describe('words that cannot be true together', () => {
  const messages = (kind: EntryKind, fields: Fields): string[] => conflictsIn(kind, fields).map(each => each.message);

  it('of a year that has not begun on the day of its statement', () => {
    const fields = { ...only(['code', 'adjustment']), on: on('2026-06-30') };
    expect(messages('amit', { ...fields, financialYear: 2027 })).toEqual(['FY2027 has not begun']);
    expect(messages('amit', { ...fields, financialYear: 2026 })).toEqual([]);
    expect(messages('statement', { ...fields, financialYear: 2027 })).toEqual(['FY2027 has not begun']);
    expect(messages('dividend', { ...fields, financialYear: 2027 })).toEqual([]);
    expect(messages('amit', { financialYear: 2027 })).toEqual([]);
    expect(messages('amit', { on: on('2026-06-30') })).toEqual([]);
  });

  it('of a split and a consolidation, and of a ratio that changes nothing', () => {
    const ratio = (newUnits: string, oldUnits: string): Fields => ({
      ratio: { newUnits: decimal(newUnits), oldUnits: decimal(oldUnits) },
    });
    expect(messages('split', ratio('3', '3'))).toEqual(['"3:3" changes nothing']);
    expect(messages('consolidation', ratio('1', '1'))).toEqual(['"1:1" changes nothing']);
    expect(messages('split', ratio('1', '10'))).toEqual(['"1:10" makes fewer units, which is a consolidation']);
    expect(messages('consolidation', ratio('10', '1'))).toEqual(['"10:1" makes more units, which is a split']);
    expect([messages('split', ratio('2', '1')), messages('consolidation', ratio('1', '2'))]).toEqual([[], []]);
    for (const [newUnits, oldUnits] of [
      ['1', '1'],
      ['1', '4'],
      ['4', '1'],
    ] as const) {
      expect(messages('rollover', ratio(newUnits, oldUnits))).toEqual([]);
    }
  });

  it('of cash for scrip whose worth is not told', () => {
    const cashPart = money('3');
    expect(messages('rollover', { cashPart })).toEqual([
      'Cash takes its share of the cost base, which the value of the scrip tells',
    ]);
    expect(messages('rollover', { cashPart, worth: money('100') })).toEqual([]);
    expect(messages('rollover', { worth: money('100') })).toEqual([]);
  });

  it('of a day after the entry’s own', () => {
    const day = on('2026-03-02');
    const after = on('2026-03-03');
    expect(messages('opening', { on: day, acquiredOn: after })).toEqual([
      "The acquisition date 2026-03-03 is after the entry's own date, 2026-03-02",
    ]);
    expect(messages('dividend', { on: day, exDate: after, recordDate: after })).toEqual([
      "The ex-date 2026-03-03 is after the entry's own date, 2026-03-02",
      "The record date 2026-03-03 is after the entry's own date, 2026-03-02",
    ]);
    expect(messages('dividend', { on: day, exDate: day, recordDate: day, acquiredOn: day })).toEqual([]);
    expect(messages('dividend', { exDate: after })).toEqual([]);
  });

  it('of a total, a method and parcels', () => {
    const parcels = [
      { parcel: 'abc', units: units('4') },
      { parcel: 'def', units: units('5') },
    ];
    expect(messages('buy', { total: money('-1') })).toEqual(['"-1" is less than zero']);
    expect(messages('buy', { total: money('0') })).toEqual([]);
    expect(messages('sell', { total: money('-1') })).toEqual([]);
    expect(messages('sell', { method: 'specific' })).toEqual(['"specific" needs its parcels']);
    expect(messages('sell', { method: 'specific', parcels, units: units('9') })).toEqual([]);
    expect(messages('sell', { method: 'fifo', parcels, units: units('9') })).toEqual([
      '"fifo" does not go with named parcels',
    ]);
    expect(messages('sell', { parcels, units: units('10') })).toEqual([
      'The parcels name 9 units, not the 10 of the entry',
    ]);
    expect(messages('sell', { parcels })).toEqual([]);
    expect(messages('sell', { units: units('10') })).toEqual([]);
  });
});
