/**
 * The grammar of entry lines: for each kind of entry its values in order, then its clauses in any order.
 *
 * `buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02` has the values `100`, `BHP`, `@ 43.21` and the clauses `fee` and `on`.
 * A value or a clause reads its words from a cursor into `Fields`; what the words may look like is for `entry-words` and
 * `entry-phrases` to say.
 */
import type { LocalDate } from '../date.ts';
import type { Decimal, Money, Price, Units } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { CashAmount, Declared, EntryKind, ParcelChoice, ParcelMethod } from './entry.ts';
import type { Cursor } from './entry-cursor.ts';
import {
  readAdjustment,
  readCash,
  readComponents,
  readCostShare,
  readDeclared,
  readInto,
  readMethod,
  readNote,
  readParcels,
  readPerUnit,
  readYear,
} from './entry-phrases.ts';
import * as words from './entry-words.ts';
import type { StatementComponents } from './statement.ts';

/** Everything a line may say; a kind uses some of it. */
export type Fields = {
  units?: Units | undefined;
  code?: Code | undefined;
  price?: Price | undefined;
  amount?: Money | undefined;
  cash?: CashAmount | undefined;
  ratio?: { newUnits: Decimal; oldUnits: Decimal } | undefined;
  brokerage?: Money | undefined;
  total?: Money | undefined;
  method?: ParcelMethod | undefined;
  parcels?: ParcelChoice[] | undefined;
  cost?: Money | undefined;
  acquiredOn?: LocalDate | undefined;
  frankedPct?: Decimal | undefined;
  credit?: Money | undefined;
  withheld?: Money | undefined;
  lic?: Money | undefined;
  declared?: Declared | undefined;
  residual?: Money | undefined;
  exDate?: LocalDate | undefined;
  recordDate?: LocalDate | undefined;
  financialYear?: number | undefined;
  newCode?: Code | undefined;
  costPct?: Decimal | undefined;
  cashPart?: Money | undefined;
  worth?: Money | undefined;
  adjustment?: Money | undefined;
  components?: StatementComponents | undefined;
  on?: LocalDate | undefined;
  note?: string | undefined;
};

export type LineContext = { readonly today: LocalDate };

type Part = {
  /** How it looks, for hints: `fee AMOUNT`. */
  readonly shape: string;
  readonly read: (line: Cursor, fields: Fields, context: LineContext) => void;
};

const part = <Field extends keyof Fields>(
  shape: string,
  field: Field,
  read: (line: Cursor, context: LineContext) => Fields[Field],
): Part => ({
  shape,
  read: (line, fields, context) => {
    fields[field] = read(line, context);
  },
});

/** A part whose value is one word. `shape` is the clause's name, if it has one, and what the word is. */
const wordPart = <Field extends keyof Fields>(
  shape: string,
  field: Field,
  parse: (text: string, today: LocalDate) => Fields[Field],
): Part =>
  part(shape, field, (line, { today }) => line.read(shape.replace(/^[a-z]+ /, ''), text => parse(text, today)));

const codePart = (shape: string, field: 'code' | 'newCode'): Part =>
  part(shape, field, line => line.read(shape.replace('to ', ''), words.readTradedCode, true));

export const values = {
  units: wordPart('UNITS', 'units', words.readUnits),
  code: codePart('CODE', 'code'),
  price: part('@ PRICE', 'price', line => readPerUnit(line, '@ PRICE', true)),
  perUnit: part('@ AMOUNT-PER-UNIT', 'price', line => readPerUnit(line, '@ AMOUNT-PER-UNIT', false)),
  cash: part('AMOUNT or @ PER-UNIT', 'cash', readCash),
  amount: wordPart('AMOUNT', 'amount', words.readPayment),
  ratio: wordPart('NEW:OLD', 'ratio', words.readRatio),
  into: part('into CODE2', 'newCode', readInto),
  costShare: part('cost P%', 'costPct', readCostShare),
  adjustment: wordPart('+/-AMOUNT', 'adjustment', readAdjustment),
  year: part('fy YEAR', 'financialYear', readYear),
  components: part('COMPONENT AMOUNT, ...', 'components', readComponents),
} satisfies Record<string, Part>;
export type ValueName = keyof typeof values;

export const clauses = {
  fee: wordPart('fee AMOUNT', 'brokerage', words.readDollars),
  total: wordPart('total AMOUNT', 'total', words.readSignedDollars),
  method: wordPart('method fifo|lifo|highest-cost|least-tax', 'method', readMethod),
  parcel: part('parcel ID-or-DATE:UNITS,...', 'parcels', (line, { today }) => readParcels(line, today)),
  cost: wordPart('cost AMOUNT|unknown', 'cost', words.readCost),
  acquired: wordPart('acquired DATE', 'acquiredOn', words.readDay),
  to: codePart('to CODE2', 'newCode'),
  units: wordPart('units UNITS', 'units', words.readUnits),
  cash: wordPart('cash AMOUNT', 'cashPart', words.readPayment),
  worth: wordPart('worth AMOUNT', 'worth', words.readPayment),
  dividend: part('dividend AMOUNT or @ PER-UNIT', 'cash', readCash),
  franked: wordPart('franked P%', 'frankedPct', words.readPercent),
  credit: wordPart('credit AMOUNT', 'credit', words.readDollars),
  withheld: wordPart('withheld AMOUNT', 'withheld', words.readDollars),
  lic: wordPart('lic AMOUNT', 'lic', words.readDollars),
  residual: wordPart('residual AMOUNT', 'residual', words.readDollars),
  declared: part('declared AMOUNT CUR at RATE', 'declared', readDeclared),
  ex: wordPart('ex DATE', 'exDate', words.readDay),
  record: wordPart('record DATE', 'recordDate', words.readDay),
  fy: wordPart('fy YEAR', 'financialYear', words.readFinancialYear),
  on: wordPart('on DATE', 'on', words.readDay),
  note: part('note TEXT', 'note', readNote),
} satisfies Record<string, Part>;
export type ClauseName = keyof typeof clauses;

/** The clause that a word begins. */
export function clauseNamed(word: string): ClauseName | undefined {
  const name = word.toLowerCase();
  if (name === 'brokerage') return 'fee';
  return Object.hasOwn(clauses, name) ? (name as ClauseName) : undefined;
}

type Shape = {
  readonly values: readonly ValueName[];
  /** Clauses that must be there. */
  readonly needed?: readonly ClauseName[];
  readonly optional: readonly ClauseName[];
};

const income: Shape = {
  values: ['code', 'cash'],
  optional: ['franked', 'credit', 'withheld', 'declared', 'ex', 'on', 'fy', 'note'],
};
const transferIn: Shape = { values: ['units', 'code'], optional: ['cost', 'acquired', 'on', 'note'] };
const reconstruction: Shape = { values: ['code', 'ratio'], optional: ['units', 'on', 'note'] };
const cashMovement: Shape = { values: ['amount'], optional: ['on', 'note'] };

export const grammar: Record<EntryKind, Shape> = {
  buy: { values: ['units', 'code', 'price'], optional: ['fee', 'total', 'on', 'note'] },
  sell: { values: ['units', 'code', 'price'], optional: ['fee', 'total', 'method', 'parcel', 'on', 'note'] },
  opening: transferIn,
  'transfer-in': transferIn,
  'transfer-out': { values: ['units', 'code'], optional: ['method', 'parcel', 'on', 'note'] },
  dividend: {
    values: income.values,
    optional: ['franked', 'credit', 'withheld', 'lic', 'declared', 'ex', 'on', 'fy', 'note'],
  },
  distribution: income,
  drp: {
    values: ['code', 'units', 'price'],
    needed: ['dividend'],
    optional: ['franked', 'credit', 'withheld', 'lic', 'residual', 'ex', 'on', 'fy', 'note'],
  },
  split: reconstruction,
  consolidation: reconstruction,
  bonus: { values: ['code', 'units'], optional: ['on', 'note'] },
  'return-of-capital': { values: ['code', 'perUnit'], optional: ['record', 'on', 'note'] },
  demerger: { values: ['code', 'into', 'units', 'costShare'], optional: ['on', 'note'] },
  rollover: { values: ['code', 'into', 'ratio'], optional: ['units', 'cash', 'worth', 'on', 'note'] },
  rename: { values: ['code'], needed: ['to'], optional: ['on', 'note'] },
  statement: { values: ['code', 'year', 'components'], optional: ['note'] },
  amit: { values: ['code', 'adjustment', 'year'], optional: ['note'] },
  deposit: cashMovement,
  withdraw: cashMovement,
  interest: cashMovement,
  fee: cashMovement,
};

/** How a line of this kind looks: `buy UNITS CODE @ PRICE [fee AMOUNT] ...`. */
export function shapeOf(kind: EntryKind): string {
  const { values: inOrder, needed = [], optional } = grammar[kind];
  const parts = [...inOrder.map(name => values[name].shape), ...needed.map(name => clauses[name].shape)];
  return `${kind} ${parts.join(' ')} ${optional.map(name => `[${clauses[name].shape}]`).join(' ')}`;
}
