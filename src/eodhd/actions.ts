/** Dividends (`div`) and splits (`splits`), of one security or of one day of the whole exchange. */
import { z } from 'zod';
import { decimal, isNegative } from '../domain/decimal.ts';
import type { DeclaredDividend, SplitEvent } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import { field, isOtherCode, readNumber, readRows } from './responses.ts';

const hundred = decimal('100');

/** `"25.03%"`, 0 to 100; null is unknown, not unfranked. */
const franking = field.numberIfAny.transform(pct => (pct && !isNegative(pct) && pct.lte(hundred) ? pct : undefined));

/** `unadjustedValue` is the cash as paid; where it is missing, `value` (or bulk's `dividend`) is taken for it. */
const dividendRow = z
  .object({
    date: field.day,
    paymentDate: field.dayIfAny,
    recordDate: field.dayIfAny,
    declarationDate: field.dayIfAny,
    value: field.priceIfAny,
    dividend: field.priceIfAny,
    unadjustedValue: field.priceIfAny,
    currency: field.textIfAny,
    franking,
  })
  .transform((sent, context): Omit<DeclaredDividend, 'code'> => {
    const adjustedPerUnit = sent.value ?? sent.dividend;
    const perUnit = sent.unadjustedValue ?? adjustedPerUnit;
    if (perUnit === undefined) {
      context.addIssue({ code: 'custom', message: 'no amount' });
      return z.NEVER;
    }
    return {
      exDate: sent.date,
      paidOn: sent.paymentDate,
      recordDate: sent.recordDate,
      declaredOn: sent.declarationDate,
      perUnit,
      adjustedPerUnit,
      currency: sent.currency ?? 'AUD',
      frankedPct: sent.franking,
    };
  });

/** `"1.000000/20.000000"` or `"2000:3"`: new units, then old. */
const splitRow = z
  .object({ date: field.day, split: field.text })
  .transform(({ date, split }, context): Omit<SplitEvent, 'code'> => {
    const [newText, oldText, ...rest] = split.split(/[/:]/);
    const newUnits = readNumber(newText);
    const oldUnits = readNumber(oldText);
    if (rest.length > 0 || !newUnits?.gt(decimal('0')) || !oldUnits?.gt(decimal('0'))) {
      context.addIssue({ code: 'custom', message: 'no ratio' });
      return z.NEVER;
    }
    return { date, newUnits, oldUnits };
  });

const codeRow = z.object({ code: field.code });

const ofCode =
  (code: Code) =>
  <Row>(row: Row): Row & { code: Code } => ({ code, ...row });

export function dividendsOf(code: Code, list: readonly unknown[]): { dividends: DeclaredDividend[]; dropped: number } {
  const { rows, dropped } = readRows(list, dividendRow);
  return { dividends: rows.map(ofCode(code)), dropped };
}

export function splitsOf(code: Code, list: readonly unknown[]): { splits: SplitEvent[]; dropped: number } {
  const { rows, dropped } = readRows(list, splitRow);
  return { splits: rows.map(ofCode(code)), dropped };
}

const coded = <Row>(row: z.ZodType<Row>) =>
  z.intersection(codeRow, row).transform((both): Row & { code: Code } => both);

const codedDividend = coded(dividendRow);
const codedSplit = coded(splitRow);

/** As `dividendsOf`, each row with its own code; `ignored` counts funds and codes no longer used. */
export function bulkDividendsOf(list: readonly unknown[]): {
  dividends: DeclaredDividend[];
  dropped: number;
  ignored: number;
} {
  const ours = list.filter(row => !isOtherCode(row));
  const { rows, dropped } = readRows(ours, codedDividend);
  return { dividends: rows, dropped, ignored: list.length - ours.length };
}

export function bulkSplitsOf(list: readonly unknown[]): { splits: SplitEvent[]; dropped: number; ignored: number } {
  const ours = list.filter(row => !isOtherCode(row));
  const { rows, dropped } = readRows(ours, codedSplit);
  return { splits: rows, dropped, ignored: list.length - ours.length };
}
