/**
 * How an entry lies in its row. The figures that most kinds have are columns; what only some kinds have is one JSON
 * object of texts in `details`. Written by hand: the ledger is read on every start, thousands of rows at a time.
 *
 * | kind | units | price | brokerage | amount | details |
 * |---|---|---|---|---|---|
 * | buy, sell | units | price | brokerage | total | method, parcels |
 * | opening, transfer-in | units | | | cost | acquiredOn |
 * | transfer-out | units | | | | method, parcels |
 * | dividend, distribution | | amount per unit | | amount in total | frankedPct, credit, withheld, lic, declared, exDate, financialYear |
 * | drp | units | price | | dividend in total | perUnit (of the dividend), frankedPct, credit, withheld, lic, residual, exDate, financialYear |
 * | split, consolidation | units | | | | newUnits, oldUnits |
 * | bonus | units | | | | |
 * | return-of-capital | | per unit | | | recordDate |
 * | demerger | units of the new code | | | | newCode, costPct |
 * | rollover | units | | | cash part | newCode, newUnits, oldUnits, worth |
 * | rename | | | | | newCode |
 * | statement | | | | | financialYear, components |
 * | amit | | | | adjustment | financialYear |
 * | deposit, withdraw, interest, fee | | | | amount | |
 */
import type { LocalDate } from '../domain/date.ts';
import { type Decimal, decimal, type Money, money, price, units } from '../domain/decimal.ts';
import type { CashAmount, Declared, Draft, Entry, ParcelChoice, ParcelMethod } from '../domain/ledger/entry.ts';
import { type StatementComponents, statementComponents } from '../domain/ledger/statement.ts';
import type { Code } from '../domain/market/security.ts';
import { Failure } from '../failure.ts';
import { decimalText, known, knownText } from './columns.ts';

export type EntryRow = {
  readonly id: string;
  readonly portfolio_id: string;
  readonly kind: string;
  readonly code: string | null;
  readonly on_date: string;
  readonly sequence: number | null;
  readonly units: string | null;
  readonly price: string | null;
  readonly brokerage: string | null;
  readonly amount: string | null;
  readonly details: string | null;
  readonly note: string | null;
  readonly batch_id: string | null;
  readonly source_key: string | null;
};

export const entryColumns =
  'id, portfolio_id, kind, code, on_date, sequence, units, price, brokerage, amount, details, note, batch_id, source_key';

type Details = {
  readonly method?: ParcelMethod;
  readonly parcels?: readonly (readonly [parcel: string, units: string])[];
  readonly acquiredOn?: LocalDate;
  readonly perUnit?: string;
  readonly frankedPct?: string;
  readonly credit?: string;
  readonly withheld?: string;
  readonly lic?: string;
  readonly declared?: readonly [amount: string, currency: string, rate: string];
  readonly residual?: string;
  readonly exDate?: LocalDate;
  readonly financialYear?: number;
  readonly newUnits?: string;
  readonly oldUnits?: string;
  readonly recordDate?: LocalDate;
  readonly newCode?: Code;
  readonly costPct?: string;
  readonly worth?: string;
  readonly components?: { readonly [Name in keyof StatementComponents]?: string };
};

const none: Details = {};
const text = (value: Decimal | undefined): string | undefined => (value === undefined ? undefined : decimalText(value));
const read = <T>(value: string | null | undefined, make: (text: string) => T): T | undefined =>
  value === null || value === undefined ? undefined : make(value);

function required<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`no ${what}`);
  return value;
}

const parcelTexts = (parcels: readonly ParcelChoice[] | undefined) =>
  parcels?.map(choice => [choice.parcel, decimalText(choice.units)] as const);
const readParcels = (texts: Details['parcels']): readonly ParcelChoice[] | undefined =>
  texts?.map(([parcel, taken]) => ({ parcel, units: units(taken) }));

const total = (amount: CashAmount): Money | undefined => ('total' in amount ? amount.total : undefined);
const eachUnit = (amount: CashAmount) => ('perUnit' in amount ? amount.perUnit : undefined);
const readCash = (inTotal: string | null, perUnit: string | null | undefined): CashAmount =>
  inTotal !== null ? { total: money(inTotal) } : { perUnit: price(required(perUnit, 'amount')) };

const declaredTexts = (declared: Declared | undefined) =>
  declared && ([decimalText(declared.amount), declared.currency, decimalText(declared.rate)] as const);
const readDeclared = (texts: Details['declared']): Declared | undefined =>
  texts && { amount: decimal(texts[0]), currency: texts[1], rate: decimal(texts[2]) };

const componentTexts = (components: StatementComponents): Details['components'] =>
  Object.fromEntries(
    statementComponents.flatMap(name => {
      const amount = components[name];
      return amount === undefined ? [] : [[name, decimalText(amount)]];
    }),
  );
const readComponents = (texts: NonNullable<Details['components']>): StatementComponents =>
  Object.fromEntries(
    statementComponents.flatMap(name => {
      const amount = texts[name];
      return amount === undefined ? [] : [[name, money(amount)]];
    }),
  );

type Figures = {
  readonly units?: Decimal | undefined;
  readonly price?: Decimal | undefined;
  readonly brokerage?: Decimal | undefined;
  readonly amount?: Decimal | undefined;
};
/** JSON leaves out what is undefined. */
type Written = readonly [figures: Figures, details?: { readonly [Name in keyof Details]: Details[Name] | undefined }];

function write(entry: Draft): Written {
  switch (entry.kind) {
    case 'buy':
    case 'sell':
      return [
        { units: entry.units, price: entry.price, brokerage: entry.brokerage, amount: entry.total },
        { method: entry.method, parcels: parcelTexts(entry.parcels) },
      ];
    case 'opening':
    case 'transfer-in':
      return [{ units: entry.units, amount: entry.cost }, { acquiredOn: entry.acquiredOn }];
    case 'transfer-out':
      return [{ units: entry.units }, { method: entry.method, parcels: parcelTexts(entry.parcels) }];
    case 'dividend':
    case 'distribution':
      return [
        { amount: total(entry.amount), price: eachUnit(entry.amount) },
        {
          frankedPct: text(entry.frankedPct),
          credit: text(entry.credit),
          withheld: text(entry.withheld),
          lic: text(entry.lic),
          declared: declaredTexts(entry.declared),
          exDate: entry.exDate,
          financialYear: entry.financialYear,
        },
      ];
    case 'drp':
      return [
        { units: entry.units, price: entry.price, amount: total(entry.dividend) },
        {
          perUnit: text(eachUnit(entry.dividend)),
          frankedPct: text(entry.frankedPct),
          credit: text(entry.credit),
          withheld: text(entry.withheld),
          lic: text(entry.lic),
          residual: text(entry.residual),
          exDate: entry.exDate,
          financialYear: entry.financialYear,
        },
      ];
    case 'split':
    case 'consolidation':
      return [{ units: entry.units }, { newUnits: text(entry.newUnits), oldUnits: text(entry.oldUnits) }];
    case 'bonus':
      return [{ units: entry.units }];
    case 'return-of-capital':
      return [{ price: entry.perUnit }, { recordDate: entry.recordDate }];
    case 'demerger':
      return [{ units: entry.units }, { newCode: entry.newCode, costPct: text(entry.costPct) }];
    case 'rollover':
      return [
        { units: entry.units, amount: entry.cash },
        {
          newCode: entry.newCode,
          newUnits: text(entry.newUnits),
          oldUnits: text(entry.oldUnits),
          worth: text(entry.worth),
        },
      ];
    case 'statement':
      return [{}, { financialYear: entry.financialYear, components: componentTexts(entry.components) }];
    case 'amit':
      return [{ amount: entry.adjustment }, { financialYear: entry.financialYear }];
    case 'rename':
      return [{}, { newCode: entry.newCode }];
    case 'deposit':
    case 'withdraw':
    case 'interest':
    case 'fee':
      return [{ amount: entry.amount }];
  }
}

/** The values of `entryColumns`, in that order. */
export function entryValues(entry: Entry): readonly (string | number | null)[] {
  const [figures, details] = write(entry);
  const json = details && JSON.stringify(details);
  return [
    entry.id,
    entry.portfolio,
    entry.kind,
    entry.code ?? null,
    entry.on,
    entry.sequence ?? null,
    knownText(figures.units),
    knownText(figures.price),
    knownText(figures.brokerage),
    knownText(figures.amount),
    json === undefined || json === '{}' ? null : json,
    entry.note ?? null,
    entry.batch ?? null,
    entry.sourceKey ?? null,
  ];
}

/** The entry in a row; a row that makes no sense is a `Failure` that names it. */
export function readEntry(row: EntryRow): Entry {
  try {
    return Object.assign(readDraft(row), {
      id: row.id,
      portfolio: row.portfolio_id,
      sequence: known(row.sequence),
      batch: known(row.batch_id),
      sourceKey: known(row.source_key),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure('corrupt', `The stored entry ${row.id} (${row.kind} on ${row.on_date}) cannot be read: ${why}`, {
      hint: 'The database may be damaged: put a copy from backups/ in its place.',
      cause: error,
    });
  }
}

function readDraft(row: EntryRow): Draft {
  const on = row.on_date as LocalDate;
  const note = known(row.note);
  const details: Details = row.details === null ? none : JSON.parse(row.details);
  const code = (): Code => required(row.code, 'code') as Code;
  const heldUnits = () => units(required(row.units, 'units'));
  switch (row.kind) {
    case 'buy':
    case 'sell':
      return {
        kind: row.kind,
        on,
        note,
        code: code(),
        units: heldUnits(),
        price: price(required(row.price, 'price')),
        brokerage: read(row.brokerage, money),
        total: read(row.amount, money),
        method: details.method,
        parcels: readParcels(details.parcels),
      };
    case 'opening':
    case 'transfer-in': {
      const cost = read(row.amount, money);
      return { kind: row.kind, on, note, code: code(), units: heldUnits(), cost, acquiredOn: details.acquiredOn };
    }
    case 'transfer-out': {
      const parcels = readParcels(details.parcels);
      return { kind: row.kind, on, note, code: code(), units: heldUnits(), method: details.method, parcels };
    }
    case 'dividend':
    case 'distribution':
      return {
        kind: row.kind,
        on,
        note,
        code: code(),
        amount: readCash(row.amount, row.price),
        frankedPct: read(details.frankedPct, decimal),
        credit: read(details.credit, money),
        withheld: read(details.withheld, money),
        lic: read(details.lic, money),
        declared: readDeclared(details.declared),
        exDate: details.exDate,
        financialYear: details.financialYear,
      };
    case 'drp':
      return {
        kind: row.kind,
        on,
        note,
        code: code(),
        units: heldUnits(),
        price: price(required(row.price, 'price')),
        dividend: readCash(row.amount, details.perUnit),
        frankedPct: read(details.frankedPct, decimal),
        credit: read(details.credit, money),
        withheld: read(details.withheld, money),
        lic: read(details.lic, money),
        residual: read(details.residual, money),
        exDate: details.exDate,
        financialYear: details.financialYear,
      };
    case 'split':
    case 'consolidation':
      return {
        kind: row.kind,
        on,
        note,
        code: code(),
        newUnits: decimal(required(details.newUnits, 'ratio')),
        oldUnits: decimal(required(details.oldUnits, 'ratio')),
        units: read(row.units, units),
      };
    case 'bonus':
      return { kind: row.kind, on, note, code: code(), units: heldUnits() };
    case 'return-of-capital': {
      const perUnit = price(required(row.price, 'amount per unit'));
      return { kind: row.kind, on, note, code: code(), perUnit, recordDate: details.recordDate };
    }
    case 'demerger': {
      const costPct = decimal(required(details.costPct, 'percentage of the cost base'));
      const newCode = required(details.newCode, 'new code');
      return { kind: row.kind, on, note, code: code(), newCode, units: heldUnits(), costPct };
    }
    case 'rollover':
      return {
        kind: row.kind,
        on,
        note,
        code: code(),
        newCode: required(details.newCode, 'new code'),
        newUnits: decimal(required(details.newUnits, 'ratio')),
        oldUnits: decimal(required(details.oldUnits, 'ratio')),
        units: read(row.units, units),
        cash: read(row.amount, money),
        worth: read(details.worth, money),
      };
    case 'statement': {
      const financialYear = required(details.financialYear, 'financial year');
      const components = readComponents(required(details.components, 'components'));
      return { kind: row.kind, on, note, code: code(), financialYear, components };
    }
    case 'amit': {
      const financialYear = required(details.financialYear, 'financial year');
      const adjustment = money(required(row.amount, 'adjustment'));
      return { kind: row.kind, on, note, code: code(), financialYear, adjustment };
    }
    case 'rename':
      return { kind: row.kind, on, note, code: code(), newCode: required(details.newCode, 'new code') };
    case 'deposit':
    case 'withdraw':
    case 'interest':
    case 'fee':
      return { kind: row.kind, on, note, amount: money(required(row.amount, 'amount')) };
    default:
      throw new Error('its kind is unknown');
  }
}
