/**
 * From what an entry line says to a draft: the checks between one word and another, and the record itself.
 */
import { financialYear, financialYearEnd, type LocalDate } from '../date.ts';
import { isNegative, noUnits, plain, sum } from '../decimal.ts';
import type { Draft, EntryKind } from './entry.ts';
import type { ClauseName, Fields, ValueName } from './entry-grammar.ts';

/** A conflict between words; `at` is the value or clause to point at. */
export type Conflict = { readonly at: ValueName | ClauseName; readonly message: string; readonly hint?: string };

/** What the words say that cannot be true together. */
export function conflictsIn(kind: EntryKind, fields: Fields): Conflict[] {
  return [
    ...reconstructionConflicts(kind, fields),
    ...cashPartConflicts(fields),
    ...yearConflicts(kind, fields),
    ...dateConflicts(fields),
    ...saleConflicts(kind, fields),
  ];
}

function yearConflicts(kind: EntryKind, { financialYear: year, on }: Fields): Conflict[] {
  if (kind !== 'statement' && kind !== 'amit') return [];
  const isAhead = year !== undefined && on !== undefined && year > financialYear(on);
  const hint = 'A financial year is the year it ends in: 2026 is July 2025 to June 2026.';
  return isAhead ? [{ at: 'year', message: `FY${year} has not begun`, hint }] : [];
}

function cashPartConflicts({ cashPart, worth }: Fields): Conflict[] {
  if (cashPart === undefined || worth !== undefined) return [];
  const message = 'Cash takes its share of the cost base, which the value of the scrip tells';
  const hint = 'Add the market value of all the scrip received: worth 12,345.00.';
  return [{ at: 'cash', message, hint }];
}

function reconstructionConflicts(kind: EntryKind, { ratio, code, newCode }: Fields): Conflict[] {
  const conflicts: Conflict[] = [];
  if (newCode !== undefined && newCode === code)
    conflicts.push({ at: kind === 'rename' ? 'to' : 'into', message: `"${newCode}" is already the code` });
  if (ratio === undefined || kind === 'rollover') return conflicts;
  const text = `"${plain(ratio.newUnits)}:${plain(ratio.oldUnits)}"`;
  const order = ratio.newUnits.cmp(ratio.oldUnits);
  if (order === 0) conflicts.push({ at: 'ratio', message: `${text} changes nothing` });
  if (order < 0 && kind === 'split') {
    const hint = 'Use consolidation for fewer units, or write the new units first: split BHP 2:1.';
    conflicts.push({ at: 'ratio', message: `${text} makes fewer units, which is a consolidation`, hint });
  }
  if (order > 0 && kind === 'consolidation') {
    const hint = 'Use split for more units, or write the new units first: consolidation BHP 1:10.';
    conflicts.push({ at: 'ratio', message: `${text} makes more units, which is a split`, hint });
  }
  return conflicts;
}

function dateConflicts({ on, acquiredOn, exDate, recordDate }: Fields): Conflict[] {
  if (on === undefined) return [];
  const notAfter = (at: ClauseName, date: LocalDate | undefined, what: string): Conflict[] =>
    date !== undefined && date > on ? [{ at, message: `${what} ${date} is after the entry's own date, ${on}` }] : [];
  return [
    ...notAfter('acquired', acquiredOn, 'The acquisition date'),
    ...notAfter('ex', exDate, 'The ex-date'),
    ...notAfter('record', recordDate, 'The record date'),
  ];
}

function saleConflicts(kind: EntryKind, { units, total, method, parcels }: Fields): Conflict[] {
  const conflicts: Conflict[] = [];
  if (kind === 'buy' && total !== undefined && isNegative(total)) {
    conflicts.push({ at: 'total', message: `"${plain(total)}" is less than zero` });
  }
  if (parcels === undefined && method === 'specific') {
    const hint = 'Add them: parcel 2024-02-02:100.';
    conflicts.push({ at: 'method', message: '"specific" needs its parcels', hint });
  }
  if (parcels !== undefined && method !== undefined && method !== 'specific') {
    conflicts.push({
      at: 'method',
      message: `"${method}" does not go with named parcels`,
      hint: 'Leave one of them out.',
    });
  }
  const named = sum(parcels?.map(choice => choice.units) ?? [], noUnits);
  if (parcels !== undefined && units !== undefined && !named.eq(units)) {
    conflicts.push({
      at: 'parcel',
      message: `The parcels name ${plain(named)} units, not the ${plain(units)} of the entry`,
    });
  }
  return conflicts;
}

/** The record without its undefined fields. */
function stated<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

/** The draft that the fields make, dated `today` unless they say when; undefined while something it needs is missing. */
export function draftFrom(kind: EntryKind, fields: Fields, today: LocalDate): Draft | undefined {
  const { units, code, price, amount, cash, ratio, newCode, parcels, method: said } = fields;
  const { frankedPct, credit, withheld, exDate, note, on = today } = fields;
  const method = parcels === undefined ? said : 'specific';
  switch (kind) {
    case 'buy':
    case 'sell': {
      if (!units || !code || !price) return undefined;
      const { brokerage, total } = fields;
      return stated({ kind, code, units, price, brokerage, total, method, parcels, on, note });
    }
    case 'opening':
    case 'transfer-in': {
      if (!units || !code) return undefined;
      const { cost, acquiredOn } = fields;
      return stated({ kind, code, units, cost, acquiredOn, on, note });
    }
    case 'transfer-out':
      return units && code ? stated({ kind, code, units, method, parcels, on, note }) : undefined;
    case 'dividend':
    case 'distribution': {
      if (!code || !cash) return undefined;
      const { declared, financialYear: year } = fields;
      const income = { frankedPct, credit, withheld, declared, exDate, financialYear: year };
      return stated({ kind, code, amount: cash, ...income, lic: fields.lic, on, note });
    }
    case 'drp': {
      if (!code || !units || !price || !cash) return undefined;
      const { residual, financialYear, lic } = fields;
      const income = { frankedPct, credit, withheld, lic, residual, exDate, financialYear };
      return stated({ kind, code, units, price, dividend: cash, ...income, on, note });
    }
    case 'split':
    case 'consolidation':
      return code && ratio ? stated({ kind, code, ...ratio, units, on, note }) : undefined;
    case 'bonus':
      return code && units ? stated({ kind, code, units, on, note }) : undefined;
    case 'return-of-capital':
      return code && price
        ? stated({ kind, code, perUnit: price, recordDate: fields.recordDate, on, note })
        : undefined;
    case 'demerger': {
      const { costPct } = fields;
      return code && newCode && units && costPct
        ? stated({ kind, code, newCode, units, costPct, on, note })
        : undefined;
    }
    case 'rollover': {
      const { cashPart, worth } = fields;
      return code && newCode && ratio
        ? stated({ kind, code, newCode, ...ratio, units, cash: cashPart, worth, on, note })
        : undefined;
    }
    case 'statement': {
      const { financialYear: year, components } = fields;
      return code && year && components
        ? stated({ kind, code, financialYear: year, components, on: financialYearEnd(year), note })
        : undefined;
    }
    case 'amit': {
      const { financialYear: year, adjustment } = fields;
      return code && year && adjustment
        ? stated({ kind, code, financialYear: year, adjustment, on: financialYearEnd(year), note })
        : undefined;
    }
    case 'rename':
      return code && newCode ? stated({ kind, code, newCode, on, note }) : undefined;
    case 'deposit':
    case 'withdraw':
    case 'interest':
    case 'fee':
      return amount ? stated({ kind, amount, on, note }) : undefined;
  }
}
