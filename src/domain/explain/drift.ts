/** Why the figures of drift are what they are: the stability index of an input from its bins. */
import type { DriftReading } from '../signals/drift.ts';
import type { Explanation, Rule } from './explanation.ts';
import { explained, fact, list, missing, words } from './made.ts';

const indexRule: Rule = {
  says: 'The population stability index: under .10 stable, to .25 moderate, over it large; shares count as 1e-6 at least.',
  source: 'Siddiqi, Credit Risk Scorecards, 2006',
};
const usualRule: Rule = {
  says: 'Drift is said only over .25 and above the 95th percentile of the training period’s own windows of 21 sessions: inputs of one market move together, and a large index is nothing unusual of 21 sessions.',
};

export const driftFigures = ['psi', 'usual'] as const;

export function explainDrift(reading: DriftReading, figure: (typeof driftFigures)[number]): Explanation {
  const { input, psi, usual, bins, reason, securities } = reading;
  if (figure === 'usual') {
    return fact(figure, input, {
      unit: 'ratio',
      value: usual,
      source: words('the 95th percentile over the windows of the training period'),
      rules: [usualRule],
      unknown: reason,
    });
  }
  const shares = (name: 'baseline' | 'latest') =>
    list(
      name,
      'ratio',
      bins.map((bin, index) => ({ label: wordsOfBin(bins, index), value: bin[name] })),
      name === 'baseline'
        ? 'shares of the training period'
        : `shares of the latest 21 sessions, ${securities} securities`,
    );
  const unknown = reason ?? 'there is nothing to compare';
  return explained(figure, input, {
    unit: 'ratio',
    value: psi,
    formula:
      'sum((atLeast(latest, 0.000001) - atLeast(baseline, 0.000001)) * ln(atLeast(latest, 0.000001) / atLeast(baseline, 0.000001)))',
    inputs: [shares('baseline'), psi === undefined ? missing('latest', 'ratio', unknown) : shares('latest')],
    rules: [indexRule, usualRule],
    unknown,
  });
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** `-0.12 to 0.05`; the outer bins are open. */
export function wordsOfBin(bins: DriftReading['bins'], index: number): string {
  const from = bins[index - 1]?.upTo;
  const to = bins[index]?.upTo;
  if (from === undefined) return to === undefined ? 'all' : `to ${short(to)}`;
  return to === undefined ? `over ${short(from)}` : `${short(from)} to ${short(to)}`;
}
