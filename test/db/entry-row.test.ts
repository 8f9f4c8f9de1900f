import { describe, expect, test } from 'vitest';
import { currentEntries, insertEntries } from '../../src/db/entries.ts';
import { decimal, money, price, units } from '../../src/domain/decimal.ts';
import { type Draft, entryKinds } from '../../src/domain/ledger/entry.ts';
import { statementComponents } from '../../src/domain/ledger/statement.ts';
import { code, date, now, openWithPortfolios } from './open-database.ts';

const on = date('2026-03-02');
const bhp = code('BHP');
const parcels = [
  { parcel: '2024-02-29', units: units('10') },
  { parcel: '0190a', units: units('2.5') },
];

/** Of every kind: all its fields, and as few as it can have. */
const drafts: readonly Draft[] = [
  {
    kind: 'buy',
    on,
    code: bhp,
    units: units('100'),
    price: price('43.21'),
    brokerage: money('9.95'),
    total: money('4330.95'),
    note: 'first, with "quotes" and an é',
  },
  { kind: 'buy', on, code: bhp, units: units('0.0001'), price: price('0.005') },
  { kind: 'sell', on, code: bhp, units: units('12.5'), price: price('50'), method: 'specific', parcels },
  { kind: 'opening', on, code: bhp, units: units('7'), cost: money('0'), acquiredOn: date('1999-12-31') },
  { kind: 'opening', on, code: bhp, units: units('7') },
  { kind: 'transfer-in', on, code: bhp, units: units('7'), cost: money('123456789012.34') },
  { kind: 'transfer-out', on, code: bhp, units: units('7'), method: 'highest-cost' },
  { kind: 'transfer-out', on, code: bhp, units: units('12.5'), parcels },
  {
    kind: 'dividend',
    on,
    code: bhp,
    amount: { total: money('156.51') },
    frankedPct: decimal('0'),
    credit: money('67.08'),
    withheld: money('1.00'),
    lic: money('0.4'),
    declared: { amount: decimal('100.10'), currency: 'USD', rate: decimal('0.6396') },
    exDate: date('2026-02-12'),
  },
  { kind: 'dividend', on, code: bhp, amount: { perUnit: price('0.47') } },
  { kind: 'distribution', on, code: bhp, amount: { total: money('12') }, financialYear: 2025 },
  {
    kind: 'drp',
    on,
    code: bhp,
    units: units('12'),
    price: price('12.345'),
    dividend: { perUnit: price('0.47') },
    frankedPct: decimal('100'),
    credit: money('67.07'),
    withheld: money('0.5'),
    residual: money('11.57'),
    exDate: date('2026-02-12'),
  },
  { kind: 'drp', on, code: bhp, units: units('12'), price: price('12.345'), dividend: { total: money('156.51') } },
  { kind: 'split', on, code: bhp, newUnits: decimal('3'), oldUnits: decimal('2') },
  { kind: 'consolidation', on, code: bhp, newUnits: decimal('1'), oldUnits: decimal('10'), units: units('124') },
  { kind: 'bonus', on, code: bhp, units: units('50') },
  { kind: 'return-of-capital', on, code: bhp, perUnit: price('1.3'), recordDate: date('2026-02-20') },
  { kind: 'return-of-capital', on, code: bhp, perUnit: price('1.3') },
  { kind: 'demerger', on, code: bhp, newCode: code('WDS'), units: units('18'), costPct: decimal('16.8') },
  {
    kind: 'rollover',
    on,
    code: bhp,
    newCode: code('WDS'),
    newUnits: decimal('1'),
    oldUnits: decimal('2'),
    units: units('50'),
    cash: money('500'),
    worth: money('4500.5'),
  },
  { kind: 'rollover', on, code: bhp, newCode: code('WDS'), newUnits: decimal('1'), oldUnits: decimal('2') },
  {
    kind: 'statement',
    on,
    code: bhp,
    financialYear: 2025,
    components: Object.fromEntries(statementComponents.map((name, index) => [name, money(`${index}.05`)])),
  },
  { kind: 'statement', on, code: bhp, financialYear: 2025, components: { franked: money('0') } },
  { kind: 'amit', on, code: bhp, financialYear: 2025, adjustment: money('-12.34') },
  { kind: 'rename', on, code: bhp, newCode: code('BHG') },
  { kind: 'deposit', on, amount: money('10000') },
  { kind: 'withdraw', on, amount: money('0.01') },
  { kind: 'interest', on, amount: money('3.33'), note: 'June' },
  { kind: 'fee', on, amount: money('110') },
];

describe('an entry comes back as it was recorded', () => {
  test.each(drafts.map((draft, index) => [`${draft.kind} ${index}`, draft] as const))('%s', (_, draft) => {
    const db = openWithPortfolios();
    const entry = { ...draft, id: 'e1', portfolio: 'p1', sequence: 3, sourceKey: 'commsec:123' };
    const plain = { ...draft, id: 'e2', portfolio: 'p1' };
    db.transaction(() => insertEntries(db, [entry, plain], now));
    expect(currentEntries(db)).toEqual([entry, plain]);
  });

  test('every kind is among them', () => {
    expect(entryKinds.filter(kind => !drafts.some(draft => draft.kind === kind))).toEqual([]);
  });
});
