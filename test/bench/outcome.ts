/**
 * What a bench says: a figure, what it was measured against in the same run, and whether it is good enough. A target
 * holds either the figure itself or its ratio to the floor.
 */

export type Unit = 'ms' | 's' | 'MB' | 'bytes' | '%' | 'rows/s' | 'requests/s' | 'round trips';

export type Target = {
  readonly of: 'ratio' | 'measured';
  readonly is: '<=' | '>=' | '<';
  readonly value: number;
};

export type Measured = {
  readonly name: string;
  readonly unit: Unit;
  readonly measured: number;
  /** The floor or the peer of the same run, in the same unit. */
  readonly against?: { readonly name: string; readonly value: number };
  /** Undefined where the figure is told for its own sake. */
  readonly target?: Target;
  /** One clause more, such as what the figure is made of. */
  readonly note?: string;
};

export type Skipped = { readonly name: string; readonly skipped: string };
export type Outcome = Measured | Skipped;

export const isSkipped = (outcome: Outcome): outcome is Skipped => 'skipped' in outcome;

/** Measured over floor; undefined where there is no floor, or none to divide by. */
export const ratioOf = ({ measured, against }: Measured): number | undefined =>
  against === undefined || against.value === 0 ? undefined : measured / against.value;

/** Undefined where there is no target. A target on a ratio that could not be made is missed. */
export function isMet(outcome: Measured): boolean | undefined {
  const { target, measured } = outcome;
  if (target === undefined) return undefined;
  const figure = target.of === 'ratio' ? ratioOf(outcome) : measured;
  if (figure === undefined) return false;
  if (target.is === '<') return figure < target.value;
  return target.is === '<=' ? figure <= target.value : figure >= target.value;
}

/** False where a target is missed; what was skipped, or has no target, holds. */
export const isHeld = (outcome: Outcome): boolean => isSkipped(outcome) || isMet(outcome) !== false;

/** The outcome as plain fields, for `--json`. */
export function outcomeJson(outcome: Outcome): Record<string, unknown> {
  if (isSkipped(outcome)) return { name: outcome.name, verdict: 'skipped', reason: outcome.skipped };
  const met = isMet(outcome);
  return {
    name: outcome.name,
    unit: outcome.unit,
    measured: outcome.measured,
    against: outcome.against ?? null,
    ratio: ratioOf(outcome) ?? null,
    target: outcome.target ?? null,
    verdict: met === undefined ? 'told' : met ? 'ok' : 'short',
    note: outcome.note ?? null,
  };
}
