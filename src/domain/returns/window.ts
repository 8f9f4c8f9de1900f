/** The days that returns and risk are asked of: up to today, the earlier one first. */
import { Failure } from '../../failure.ts';
import type { LocalDate } from '../date.ts';

export type AskedWindow = { readonly from?: LocalDate | undefined; readonly to?: LocalDate | undefined };

/** The window, checked; without a last day it ends today. */
export function windowUpTo(
  today: LocalDate,
  { from, to = today }: AskedWindow,
): { from: LocalDate | undefined; to: LocalDate } {
  for (const [option, day = today] of [['--from', from] as const, ['--to', to] as const]) {
    if (day <= today) continue;
    const hint = `A window ends today, ${today}, or before.`;
    throw new Failure('invalid-input', `${option} is ${day}, which is still to come`, { hint });
  }
  if (from !== undefined && from > to) {
    throw new Failure('invalid-input', `--from is ${from}, which is after --to, ${to}`, {
      hint: 'A window goes from the earlier day to the later one.',
    });
  }
  return { from, to };
}
