/** The days that returns and risk are asked of: up to today, the earlier one first. */
import { Failure } from '../../failure.ts';
import type { LocalDate } from '../date.ts';

export type AskedWindow = { readonly from?: LocalDate | undefined; readonly to?: LocalDate | undefined };

/** The window, checked; without a last day it ends today. */
export function windowUpTo(
  today: LocalDate,
  { from, to }: AskedWindow,
): { from: LocalDate | undefined; to: LocalDate } {
  const hint = `A window ends today, ${today}, or before.`;
  if (from !== undefined && from > today)
    throw new Failure('invalid-input', `--from is ${from}, which is still to come`, { hint });
  if (to !== undefined && to > today)
    throw new Failure('invalid-input', `--to is ${to}, which is still to come`, { hint });
  if (from !== undefined && to !== undefined && from > to) {
    throw new Failure('invalid-input', `--from is ${from}, which is after --to, ${to}`, {
      hint: 'A window goes from the earlier day to the later one.',
    });
  }
  return { from, to: to ?? today };
}
