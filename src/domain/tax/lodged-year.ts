/**
 * A year as it was lodged, and what later edits made of it.
 *
 * Locking a year keeps the figures of its two reports, each under a key that does not change when other lines do: totals
 * by their name, disposals by sale, parcel and category, income by entry. An edit of an entry never touches them; a
 * figure that is another one now, or is new or gone, is shown as a difference with both values.
 */
import { type Decimal, plain } from '../decimal.ts';
import type { CapitalGains, ReportedLine } from './capital-gains.ts';
import type { IncomeYear } from './income-year.ts';
import { lossesCarriedIn, lossesCarriedOut } from './tax-year.ts';

/** `value` is a plain decimal or a word; null is unknown. */
export type LodgedFigure = { readonly key: string; readonly label: string; readonly value: string | null };

export type LodgedDifference = {
  readonly figure: string;
  /** Null is unknown, undefined is not there. */
  readonly locked: string | null | undefined;
  readonly now: string | null | undefined;
};

const text = (amount: Decimal | undefined): string | null => (amount === undefined ? null : plain(amount));
const figure = (key: string, label: string, amount: Decimal | undefined): LodgedFigure => ({
  key,
  label,
  value: text(amount),
});

const disposal = (line: ReportedLine): LodgedFigure[] => {
  const key = `${line.entry}/${line.parcel}/${line.event}/${line.category}`;
  const what = `${line.code} sold on ${line.disposedOn}, parcel of ${line.acquiredOn}, ${line.category}`;
  return [
    figure(`${key}/proceeds`, `${what}: proceeds`, line.proceeds),
    figure(`${key}/costBase`, `${what}: cost base`, line.costBase),
    figure(`${key}/gain`, `${what}: gain`, line.gain),
  ];
};

export function lodgedFigures(gains: CapitalGains, income: IncomeYear): LodgedFigure[] {
  const { year } = gains;
  return [
    figure('netCapitalGain', 'net capital gain', year.netCapitalGain),
    figure('discountGains', 'discountable gains', year.discountGains),
    figure('otherGains', 'other gains', year.otherGains),
    figure('losses', 'losses of the year', year.losses),
    figure('lossesCarriedIn', 'losses carried in', lossesCarriedIn(year)),
    figure('lossesCarriedOut', 'losses carried out', lossesCarriedOut(year)),
    ...year.lines.flatMap(disposal),
    ...Object.entries(income.totals).map(([name, amount]) => figure(`income/${name}`, `income: ${name}`, amount)),
    ...income.dividends.flatMap(line => {
      const what = `${line.code} paid on ${line.paidOn}`;
      return [
        figure(`${line.entry}/amount`, `${what}: amount`, line.amount),
        figure(`${line.entry}/creditAllowed`, `${what}: franking credit allowed`, line.creditAllowed),
      ];
    }),
  ];
}

/** What differs, in the order of the lodged figures, then what is new. */
export function lodgedDifferences(locked: readonly LodgedFigure[], now: readonly LodgedFigure[]): LodgedDifference[] {
  const nowByKey = new Map(now.map(each => [each.key, each]));
  const lockedKeys = new Set(locked.map(each => each.key));
  return [
    ...locked.flatMap(({ key, label, value }) => {
      const found = nowByKey.get(key);
      return found?.value === value ? [] : [{ figure: label, locked: value, now: found?.value }];
    }),
    ...now
      .filter(each => !lockedKeys.has(each.key))
      .map(each => ({ figure: each.label, locked: undefined, now: each.value })),
  ];
}

/** Reads what was stored; undefined where it is not of this form. */
export function readLodged(report: Readonly<Record<string, unknown>>): LodgedFigure[] | undefined {
  const { figures } = report;
  if (!Array.isArray(figures)) return undefined;
  return figures.every(isFigure) ? figures : undefined;
}

function isFigure(each: unknown): each is LodgedFigure {
  if (typeof each !== 'object' || each === null) return false;
  const { key, label, value } = each as Partial<Record<keyof LodgedFigure, unknown>>;
  return typeof key === 'string' && typeof label === 'string' && (value === null || typeof value === 'string');
}
