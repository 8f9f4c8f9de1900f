/** What an import can read: the formats, and the columns a user names. */
import { type FormatLine, formats, parseMap } from '../brokers/read.ts';

export type { FormatLine };

export const listFormats = (): readonly FormatLine[] => formats;

/** Reads `date=Trade Date,code=Ticker` for an import; a Failure points at the word that is none. */
export const parseColumns = (text: string): Readonly<Record<string, string>> => parseMap(text);
