/**
 * The two rules that everyone has until they remove them: `any loss > 10%`, of high priority, and `any gain > 15%`. The
 * preference for portfolio alerts may set other thresholds (`loss_pct`, `gain_pct`), which the rules then follow.
 */
import { type Decimal, decimal } from '../decimal.ts';
import type { AlertPreference, Priority } from './notification.ts';
import type { Rule } from './rule.ts';
import { readThreshold } from './rule-grammar.ts';

export const defaultSides = ['loss', 'gain'] as const;
export type DefaultSide = (typeof defaultSides)[number];

export type DefaultRule = { readonly side: DefaultSide; readonly rule: Rule; readonly priority: Priority };

const usual = { loss: decimal('10'), gain: decimal('15') } as const;
const settingOf = { loss: 'loss_pct', gain: 'gain_pct' } as const;
const priorityOf = { loss: 'high', gain: 'normal' } as const;

export const defaultRules = (preferences: readonly AlertPreference[]): DefaultRule[] => {
  const settings = preferences.find(each => each.type === 'portfolio_alert')?.settings ?? {};
  return defaultSides.map(side => ({
    side,
    rule: { of: 'any', kind: 'return', side, pct: thresholdOf(settings[settingOf[side]]) ?? usual[side] },
    priority: priorityOf[side],
  }));
};

/** Undefined for what is no percentage that a rule may have. */
const thresholdOf = (value: unknown): Decimal | undefined =>
  typeof value === 'number' || typeof value === 'string' ? readThreshold(String(value)) : undefined;

/** Which of the two a rule is. */
export const sideOf = (rule: Rule): DefaultSide | undefined => (rule.kind === 'return' ? rule.side : undefined);
