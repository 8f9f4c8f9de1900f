/** Filters and order that lists of signals share. */
import { z } from 'zod';
import { signalClasses } from '../domain/signals/classes.ts';
import { count } from '../http/query.ts';

const toClass = (text: string): string => text.trim().toUpperCase().replace(/[ -]/g, '_');

/** A class in any case; a blank one is none. */
export const signalFilter = z
  .preprocess(
    value => (typeof value === 'string' && value.trim() !== '' ? toClass(value) : undefined),
    z.enum(signalClasses).optional(),
  )
  .optional();

export const limit = (otherwise: number) => count({ least: 1, most: 1000, otherwise });

/** The best first; what has no rank comes last, by code. */
export const byRank =
  <Row extends { readonly code: string }>(rankOf: (row: Row) => number | undefined) =>
  (a: Row, b: Row): number =>
    (rankOf(a) ?? Number.POSITIVE_INFINITY) - (rankOf(b) ?? Number.POSITIVE_INFINITY) || (a.code < b.code ? -1 : 1);

export const runFirst = 'Run asxos signals run first.';
