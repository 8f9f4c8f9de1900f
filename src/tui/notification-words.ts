/** What a notification is called in the console, and what it leads to. */
import type { Notification, NotificationType, Priority } from '../domain/alerts/notification.ts';
import { readCode } from '../domain/market/security.ts';
import type { Screen } from './state.ts';

export const typeWords: Readonly<Record<NotificationType, string>> = {
  signal_change: 'signal',
  portfolio_alert: 'alert',
  system: 'system',
  drift_detected: 'drift',
  model_update: 'model',
};

/** Beside the mark of what is unread: one look tells what is urgent. */
export const priorityGlyphs: Readonly<Record<Priority, string>> = { low: '↓', normal: '', high: '!', urgent: '!!' };

/** The screen that a notification is about; undefined where it is about none. */
export function screenOf({ type, data }: Pick<Notification, 'type' | 'data'>): Screen | undefined {
  if (type === 'drift_detected') return { kind: 'signals', tab: 'drift' };
  if (type === 'model_update') return { kind: 'signals', tab: 'card' };
  // What the system calls a code is that of a failure.
  const code = type === 'system' || typeof data['code'] !== 'string' ? undefined : readCode(data['code']);
  if (code === undefined) return undefined;
  return type === 'signal_change' ? { kind: 'security', code, tab: 'votes' } : { kind: 'security', code };
}

/** `enter opens BHP`. */
export function leadWords(notification: Notification): string {
  const screen = screenOf(notification);
  if (screen === undefined) return 'enter shows it whole';
  if (screen.kind !== 'security')
    return `enter opens ${screen.kind === 'signals' ? signalWords[screen.tab ?? ''] : ''}`;
  return screen.tab === 'votes' ? `enter opens the signals of ${screen.code}` : `enter opens ${screen.code}`;
}

const signalWords: Readonly<Record<string, string>> = { drift: 'the drift of the signals', card: 'the model card' };
