/** The demo's inbox: a sample of every type and every priority of notification, about what the demo holds. */
import { day, hour, type Instant } from '../domain/date.ts';

export type DemoNotification = {
  readonly type: 'signal_change' | 'portfolio_alert' | 'system' | 'drift_detected' | 'model_update';
  readonly priority: 'low' | 'normal' | 'high' | 'urgent';
  readonly title: string;
  readonly message: string;
  readonly data: Readonly<Record<string, string | number>>;
  readonly createdAt: Instant;
};

/** Newest first. The texts tell of the simulated market and name no real event. */
export const demoNotifications = (now: Instant): DemoNotification[] => [
  {
    type: 'portfolio_alert',
    priority: 'urgent',
    title: 'SGR is suspended',
    message: 'It has not traded since; its last close values the holding.',
    data: { code: 'SGR', portfolio: 'Family SMSF' },
    createdAt: now - 2 * hour,
  },
  {
    type: 'signal_change',
    priority: 'high',
    title: 'BHP: HOLD to BUY',
    message: 'A sample of a signal that crossed HOLD since the last run.',
    data: { code: 'BHP', from: 'HOLD', to: 'BUY' },
    createdAt: now - 5 * hour,
  },
  {
    type: 'portfolio_alert',
    priority: 'high',
    title: 'VAS is over 10% of Family SMSF',
    message: 'A sample of a concentration alert: one holding has grown past the limit set for any one security.',
    data: { code: 'VAS', portfolio: 'Family SMSF', limitPct: 10 },
    createdAt: now - day,
  },
  {
    type: 'signal_change',
    priority: 'normal',
    title: 'JBH: BUY to HOLD',
    message: 'A sample of a signal that fell back to HOLD since the last run.',
    data: { code: 'JBH', from: 'BUY', to: 'HOLD' },
    createdAt: now - day - 3 * hour,
  },
  {
    type: 'drift_detected',
    priority: 'high',
    title: 'Model A: volatility has drifted',
    message: 'A sample of a drift notice: one input is distributed differently from when the model was trained.',
    data: { model: 'A', input: 'volatility', psi: 0.27 },
    createdAt: now - 3 * day,
  },
  {
    type: 'model_update',
    priority: 'normal',
    title: 'Model A has been trained again',
    message: 'A sample of a model notice: signals from here on come from the new version.',
    data: { model: 'A', version: 2 },
    createdAt: now - 6 * day,
  },
  {
    type: 'model_update',
    priority: 'low',
    title: 'Model B has new weights',
    message: 'A sample of a model notice of little weight: grades change by less than one step.',
    data: { model: 'B', version: 2 },
    createdAt: now - 9 * day,
  },
  {
    type: 'system',
    priority: 'low',
    title: 'The simulated market is ready',
    message: 'Every price in this demo is invented. Your own portfolio starts with an entry or an import.',
    data: {},
    createdAt: now - 12 * day,
  },
];
