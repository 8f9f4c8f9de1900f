/**
 * An alert rule: of which security, and what it waits for. `formatRule` writes the one form that is stored, and
 * `parseRule` (rule-grammar) reads it back.
 *
 *   CODE above|below PRICE            CODE moves P% [in Nd]             CODE 52w high|low
 *   CODE volume > Nx                  CODE signal changes               CODE signal is CLASS
 *   CODE gain|loss > P%               CODE weight drifts > P%           CODE stale > Nd
 *   CODE ex-dividend|discount|45-day in Nd
 *
 * CODE may be `any`: of gain, loss, weight and the three dates all that is held, of the others all that is held or
 * watched. Days of a move and of `stale` are sessions of the exchange, those before a date are days of the calendar.
 */
import { type Decimal, type Price, plain } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { SignalClass } from '../signals/classes.ts';

export const datedEvents = ['ex-dividend', 'discount', '45-day'] as const;
/** The ex-date, the first day of the CGT discount, the first day on which a sale keeps the franking credits. */
export type DatedEvent = (typeof datedEvents)[number];

export type Condition =
  | { readonly kind: 'price'; readonly side: 'above' | 'below'; readonly price: Price }
  | { readonly kind: 'move'; readonly pct: Decimal; readonly sessions: number }
  | { readonly kind: 'year'; readonly side: 'high' | 'low' }
  | { readonly kind: 'volume'; readonly times: Decimal }
  | { readonly kind: 'signal-change' }
  | { readonly kind: 'signal'; readonly signal: SignalClass }
  | { readonly kind: 'return'; readonly side: 'gain' | 'loss'; readonly pct: Decimal }
  /** Percentage points from the target. */
  | { readonly kind: 'weight'; readonly pct: Decimal }
  | { readonly kind: 'date'; readonly event: DatedEvent; readonly days: number }
  | { readonly kind: 'stale'; readonly sessions: number };

export type Rule = { readonly of: Code | 'any' } & Condition;

/** Whether `any` means what is held alone. */
export const isOfHoldings = ({ kind }: Condition): boolean => kind === 'return' || kind === 'weight' || kind === 'date';

export function formatRule(rule: Rule): string {
  // A security with the code ANY is told from the word by its exchange.
  const subject = rule.of === 'ANY' ? 'ASX:ANY' : rule.of;
  return `${subject} ${formatCondition(rule)}`;
}

export function formatCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'price':
      return `${condition.side} ${plain(condition.price)}`;
    case 'move':
      return `moves ${plain(condition.pct)}%${condition.sessions === 1 ? '' : ` in ${condition.sessions}d`}`;
    case 'year':
      return `52w ${condition.side}`;
    case 'volume':
      return `volume > ${plain(condition.times)}x`;
    case 'signal-change':
      return 'signal changes';
    case 'signal':
      return `signal is ${condition.signal}`;
    case 'return':
      return `${condition.side} > ${plain(condition.pct)}%`;
    case 'weight':
      return `weight drifts > ${plain(condition.pct)}%`;
    case 'date':
      return `${condition.event} in ${condition.days}d`;
    case 'stale':
      return `stale > ${condition.sessions}d`;
  }
}
