/** Capital gains of a ledger written as entry lines. */
import { decimal, plain } from '../../src/domain/decimal.ts';
import type { FoldOptions } from '../../src/domain/ledger/ledger.ts';
import { capitalEvents } from '../../src/domain/tax/capital-event.ts';
import { type GainLine, type GainOptions, gainLines } from '../../src/domain/tax/capital-gain.ts';
import { type CpiTable, parseQuarter } from '../../src/domain/tax/cpi.ts';
import { ledgerOf } from './ledger.ts';

export const cpiOf = (indexes: Readonly<Record<string, string>>): CpiTable =>
  new Map(Object.entries(indexes).map(([quarter, index]) => [parseQuarter(quarter), decimal(index)]));

export const alone = { pcts: [decimal('100')], at: 0 };
export const halves = [decimal('50'), decimal('50')];

export const gainsOf = (
  lines: readonly string[],
  options: Partial<GainOptions> & { fold?: FoldOptions } = {},
): GainLine[] =>
  capitalEvents(ledgerOf(lines, options.fold), options.taxpayer ?? 'individual').flatMap(event =>
    gainLines(event, { taxpayer: 'individual', share: alone, cpi: new Map(), ...options }),
  );

/** A line as `category gain`, with `*` where it has the discount and `?` for an unknown gain. */
export const gainText = (line: GainLine): string =>
  `${line.category} ${line.gain === undefined ? '?' : plain(line.gain)}${line.discountEligible ? '*' : ''}`;
