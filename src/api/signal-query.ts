/** Filters and order that lists of signals share. */
import { z } from 'zod';
import { signalClasses } from '../domain/signals/classes.ts';
import { grades } from '../domain/signals/model-b.ts';
import { count } from '../http/query.ts';

const wordOf = (text: string): string => text.trim().toUpperCase().replace(/[ -]/g, '_');

/** One of some words, written in any case; a blank is none. */
const oneOf = <Word extends string>(words: readonly Word[]) =>
  z
    .preprocess(
      value => (typeof value === 'string' && value.trim() !== '' ? wordOf(value) : undefined),
      z.enum(words).optional(),
    )
    .optional()
    .meta({ type: 'string', enum: [...words] });

export const signalFilter = oneOf(signalClasses);
export const gradeFilter = oneOf(grades);

export const limit = (otherwise: number) => count({ least: 1, most: 1000, otherwise });

/** The best first; what has no rank comes last, by code. */
export const byRank =
  <Row extends { readonly code: string }>(rankOf: (row: Row) => number | undefined) =>
  (a: Row, b: Row): number =>
    (rankOf(a) ?? Number.POSITIVE_INFINITY) - (rankOf(b) ?? Number.POSITIVE_INFINITY) || (a.code < b.code ? -1 : 1);

export const runFirst = 'Run asxos signals run first.';
