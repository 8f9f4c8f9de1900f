/** What EODHD tells about the exchange itself: its securities, its holidays, and the account that asks. */
import { z } from 'zod';
import type { LocalDate } from '../domain/date.ts';
import type { AssetKind, Security } from '../domain/market/security.ts';
import { field, isOtherCode, readDay, readList, readRows } from './responses.ts';

const kinds: Readonly<Record<string, AssetKind>> = {
  'common stock': 'share',
  etf: 'etf',
  fund: 'fund',
  'mutual fund': 'fund',
  'preferred stock': 'preference',
  'preferred share': 'preference',
  'capital notes': 'note',
  note: 'note',
  notes: 'note',
  bond: 'bond',
  index: 'index',
};

const isin = /^[A-Z]{2}[A-Z0-9]{9}[0-9]$/;

const securityRow = z
  .object({
    Code: field.code,
    Name: field.textIfAny,
    Type: field.textIfAny,
    Currency: field.textIfAny,
    Isin: field.textIfAny,
    ISIN: field.textIfAny,
  })
  .transform((sent): Security => {
    const number = sent.Isin ?? sent.ISIN;
    return {
      code: sent.Code,
      name: sent.Name ?? sent.Code,
      kind: kinds[sent.Type?.toLowerCase() ?? ''] ?? 'other',
      ...(number !== undefined && isin.test(number) ? { isin: number } : {}),
      ...(sent.Currency === undefined ? {} : { currency: sent.Currency }),
    };
  });

export type SecurityList = {
  readonly securities: Security[];
  readonly dropped: number;
  /** Rows of funds with 10-character codes, of codes no longer used, and of other exchanges. */
  readonly ignored: number;
};

const exchangeRow = z.object({ Exchange: field.text });
const isElsewhere = (row: unknown): boolean => {
  const read = exchangeRow.safeParse(row);
  return read.success && read.data.Exchange !== 'AU';
};

export function securitiesOf(list: readonly unknown[]): SecurityList {
  const ours = list.filter(row => !isElsewhere(row) && !isOtherCode(row));
  const { rows, dropped } = readRows(ours, securityRow);
  return { securities: rows, dropped, ignored: list.length - ours.length };
}

export type ExchangeDetails = {
  /** `official` is false for a bank holiday, on which the exchange may trade. */
  readonly holidays: { readonly date: LocalDate; readonly name: string; readonly official: boolean }[];
  readonly earlyCloses: { readonly date: LocalDate }[];
  /** An IANA name, like Australia/Sydney. */
  readonly timezone: string | undefined;
};

const dayRow = z
  .object({
    Date: field.dayIfAny,
    date: field.dayIfAny,
    Holiday: field.textIfAny,
    Name: field.textIfAny,
    Type: field.textIfAny,
  })
  .transform((sent, context) => {
    const date = sent.Date ?? readDay(sent.date);
    if (date === undefined) {
      context.addIssue({ code: 'custom', message: 'no date' });
      return z.NEVER;
    }
    return { date, name: sent.Holiday ?? sent.Name ?? 'Holiday', type: sent.Type?.toLowerCase() };
  });

const detailsAnswer = z.object({
  Timezone: field.textIfAny,
  ExchangeHolidays: z.unknown().optional(),
  ExchangeEarlyCloseDays: z.unknown().optional(),
});

/** Undefined when the answer is not shaped like the details of an exchange. */
export function exchangeDetailsOf(json: unknown): ExchangeDetails | undefined {
  const read = detailsAnswer.safeParse(json);
  if (!read.success || (read.data.Timezone === undefined && read.data.ExchangeHolidays === undefined)) return undefined;
  const listed = readList(read.data.ExchangeHolidays ?? []);
  const early = readList(read.data.ExchangeEarlyCloseDays ?? []);
  if (listed === undefined || early === undefined) return undefined;
  const days = readRows(listed, dayRow).rows;
  const isEarly = (type: string | undefined) => type === 'earlyclose';
  const earlyDays = [...days.filter(({ type }) => isEarly(type)), ...readRows(early, dayRow).rows];
  return {
    holidays: days
      .filter(({ type }) => !isEarly(type))
      .map(({ date, name, type }) => ({ date, name, official: type !== 'bank' })),
    earlyCloses: earlyDays.map(({ date }) => ({ date })),
    timezone: read.data.Timezone,
  };
}

/** The account's plan and use. Its name and address are not kept. */
export type User = {
  readonly subscription: string | undefined;
  readonly requestsToday: number;
  /** The UTC day that `requestsToday` counts; the last active one until the first call after midnight. */
  readonly requestsDate: LocalDate | undefined;
  readonly dailyLimit: number;
  /** Bonus calls, used once the daily limit is gone. */
  readonly extraLimit: number | undefined;
};

const userAnswer = z
  .object({
    subscriptionType: field.textIfAny,
    apiRequests: field.count,
    apiRequestsDate: field.dayIfAny,
    dailyRateLimit: field.count,
    extraLimit: field.numberIfAny,
  })
  .transform(
    (sent): User => ({
      subscription: sent.subscriptionType,
      requestsToday: sent.apiRequests,
      requestsDate: sent.apiRequestsDate,
      dailyLimit: sent.dailyRateLimit,
      extraLimit: sent.extraLimit === undefined ? undefined : Number(sent.extraLimit.toFixed()),
    }),
  );

/** Undefined when the answer is not shaped like an account. */
export function userOf(json: unknown): User | undefined {
  const read = userAnswer.safeParse(json);
  return read.success ? read.data : undefined;
}
