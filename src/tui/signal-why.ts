/** Why a security has the signal it has, in the few words that a list has room for. */
import { isBearish, isBullish, type SignalClass } from '../domain/signals/classes.ts';
import type { LoggedSignal } from '../domain/signals/logged.ts';
import type { Reason } from '../domain/signals/model-a.ts';
import { categories, categoryWeights } from '../domain/signals/quality-anchors.ts';
import { datesInWords, formatNumber } from '../format.ts';
import type { SignalRow } from '../usecases/view-signals.ts';
import { categoryTitles } from '../words/fundamentals-words.ts';
import { formatFeature, isYesOrNo, shortFeature } from '../words/signal-words.ts';

/** `mom 12-1 +1.8σ`: how far it lies from the mean of the day; a yes or no as it is. */
function reasonWords({ feature, value, standardised }: Reason): string {
  const name = shortFeature(feature);
  if (standardised === undefined || isYesOrNo(feature)) return `${name} ${formatFeature(feature, value)}`;
  return `${name} ${formatNumber(standardised, { places: 1, sign: true })}σ`;
}

/** The inputs that speak most for the class; for a HOLD those that speak at all. */
function reasonsFor({ signal, details }: LoggedSignal<'A'>): readonly Reason[] {
  const own = details.reasons ?? [];
  if (signal !== undefined && isBullish(signal)) return own.filter(each => each.logOdds > 0);
  return signal !== undefined && isBearish(signal) ? own.filter(each => each.logOdds < 0) : own;
}

const strongest = 2;

/** `roe` is not in the log, the categories are: the best one of a good grade, the worst of a poor one. */
function categoryWords({ signal, details }: LoggedSignal<'B'>): string[] {
  const known = categories.flatMap(name => {
    const score = details.categories[name];
    return score === undefined || categoryWeights[name] === 0 ? [] : [{ name, score }];
  });
  const isPoor = signal !== undefined && isBearish(signal);
  const [first] = known.sort((a, b) => (isPoor ? a.score - b.score : b.score - a.score));
  return first === undefined ? [] : [`${categoryTitles[first.name].toLowerCase()} ${Math.round(first.score)}`];
}

export function whyA(row: LoggedSignal<'A'> | undefined): string {
  if (row === undefined) return 'model A was not asked';
  if (row.signal === undefined) return datesInWords(row.abstained ?? '');
  return reasonsFor(row).slice(0, strongest).map(reasonWords).join(', ');
}

export const whyB = (row: LoggedSignal<'B'> | undefined): string =>
  row === undefined
    ? 'model B was not asked'
    : row.signal === undefined
      ? datesInWords(row.abstained ?? '')
      : categoryWords(row).join(', ');

const classWords = (signal: SignalClass): string => signal.replace('_', ' ');

/** Of both models, or what keeps the ensemble from a word. */
export function whyBoth({ signal, conflict, a, b, said, reason }: SignalRow): string {
  if (signal === undefined) return datesInWords(reason ?? '');
  if (conflict && a.signal !== undefined && b.signal !== undefined) {
    return `conflict: A ${classWords(a.signal)}, B ${classWords(b.signal)}`;
  }
  return [whyA(said.a), whyB(said.b)].filter(each => each !== '').join(', ');
}
