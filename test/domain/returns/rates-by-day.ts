/** Daily returns for tests: rates on the days from 2 January 2024 on. */
import { addDays, type LocalDate } from '../../../src/domain/date.ts';
import type { DailyReturn, Figure } from '../../../src/domain/returns/figure.ts';
import { on } from '../../support/ledger.ts';

export const dayAt = (index: number): LocalDate => addDays(on('2024-01-02'), index);

export const daily = (rates: readonly number[], from = 0): DailyReturn[] =>
  rates.map((rate, index) => ({ date: dayAt(from + index), rate }));

/** The list, `times` times over. */
export const repeated = <T>(list: readonly T[], times: number): T[] => Array.from({ length: times }, () => list).flat();

/** Every figure is a finite number or a reason, never both and never neither. */
export function isWhole({ value, reason, observations }: Figure): boolean {
  const isKnown = value !== undefined && Number.isFinite(value) && !Object.is(value, -0) && reason === undefined;
  const isUnknown = value === undefined && typeof reason === 'string' && reason !== '';
  return (isKnown || isUnknown) && Number.isInteger(observations) && observations >= 0;
}
