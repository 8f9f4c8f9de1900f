/** Columns by what they hold: the words in which the tables are written. */
import { integer, text } from 'drizzle-orm/sqlite-core';
import type { Instant, LocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';

export const date = (name: string) => text(name).$type<LocalDate>();
export const code = (name: string) => text(name).$type<Code>();
export const instant = (name: string) => integer(name).$type<Instant>();
export const boolean = (name: string) => integer(name, { mode: 'boolean' });
export const json = (name: string) => text(name, { mode: 'json' }).$type<unknown>();
export const jsonObject = (name: string) => text(name, { mode: 'json' }).$type<Readonly<Record<string, unknown>>>();
