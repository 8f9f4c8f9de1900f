/** All rules against all that is known, in one pass: what fires, what changes, and what cannot be judged and why. */
import type { Instant } from '../date.ts';
import type { Code } from '../market/security.ts';
import type { CheckTime, SecurityFacts } from './facts.ts';
import type { Priority } from './notification.ts';
import type { Rule } from './rule.ts';
import { type Standing, standingOf } from './standing.ts';
import { type AlertState, type Step, stepOf } from './step.ts';

export type Alert = {
  readonly id: number;
  readonly rule: Rule;
  /** The rule as `formatRule` writes it. */
  readonly text: string;
  readonly priority: Priority;
  readonly origin: 'user' | 'default';
  readonly createdAt: Instant;
};

/** A rule beside one security that it is of. */
export type Pair = { readonly alert: Alert; readonly code: Code };

export type Firing = Pair & { readonly standing: Standing; readonly step: Step };
export type Unjudged = Pair & { readonly why: string };
export type StateChange = Pair & { readonly state: AlertState };

export type Checked = {
  /** Pairs of a rule and a security, those that cannot be judged too. */
  readonly pairs: number;
  readonly firings: readonly Firing[];
  readonly changes: readonly StateChange[];
  readonly unjudged: readonly Unjudged[];
};

export type Known = {
  /** The securities that a rule is of. */
  readonly codesOf: (alert: Alert) => readonly Code[];
  readonly factsOf: (code: Code) => SecurityFacts;
  readonly stateOf: (alert: Alert, code: Code) => AlertState | undefined;
  readonly time: CheckTime;
};

export function checkRules(alerts: readonly Alert[], { codesOf, factsOf, stateOf, time }: Known): Checked {
  const firings: Firing[] = [];
  const changes: StateChange[] = [];
  const unjudged: Unjudged[] = [];
  let pairs = 0;
  for (const alert of alerts) {
    for (const code of codesOf(alert)) {
      pairs += 1;
      const standing = standingOf(alert.rule, factsOf(code), time, alert.createdAt);
      if (standing.is === 'unknown') {
        unjudged.push({ alert, code, why: standing.why });
        continue;
      }
      const step = stepOf(standing, stateOf(alert, code), time);
      if (step.next !== undefined) changes.push({ alert, code, state: step.next });
      if (step.fires) firings.push({ alert, code, standing, step });
    }
  }
  return { pairs, firings, changes, unjudged };
}
