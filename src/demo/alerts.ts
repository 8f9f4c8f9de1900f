/** The demo's alert rules: one of nearly every form, about what the demo holds and watches. */
import type { Priority } from '../domain/alerts/notification.ts';

export type DemoAlert = { readonly rule: string; readonly priority: Priority };

export const demoAlerts = (): DemoAlert[] => [
  { rule: 'BHP above 75', priority: 'normal' },
  { rule: 'CBA below 150', priority: 'high' },
  { rule: 'any moves 7%', priority: 'normal' },
  { rule: 'NDQ 52w high', priority: 'low' },
  { rule: 'PLS volume > 3x', priority: 'normal' },
  { rule: 'any signal is STRONG_SELL', priority: 'high' },
  { rule: 'any ex-dividend in 7d', priority: 'normal' },
  { rule: 'any discount in 14d', priority: 'normal' },
  { rule: 'any stale > 5d', priority: 'low' },
];
