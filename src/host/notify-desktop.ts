/** Notifications on the desktop by `notify-send` (libnotify), where it is there. */
import type { DeliveryTrouble, OutboundMessage } from '../domain/alerts/delivery.ts';
import type { Priority } from '../domain/alerts/notification.ts';
import { findProgram } from './find-program.ts';
import { type Environment, runProgram } from './notify-program.ts';

const urgencies: Record<Priority, string> = { low: 'low', normal: 'normal', high: 'normal', urgent: 'critical' };
const timeoutMs = 5000;

/** The path of `notify-send`; undefined where the PATH has none. */
export const findDesktopSender = (env: Environment): string | undefined => findProgram(env, 'notify-send');

/** The body may be read as markup (Desktop Notifications Specification, "Markup"). */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Undefined when it was taken. */
export async function notifyDesktop(
  { title, message, priority }: OutboundMessage,
  { env, signal }: { readonly env: Environment; readonly signal: AbortSignal },
): Promise<DeliveryTrouble | undefined> {
  const sender = findDesktopSender(env);
  if (sender === undefined) {
    return { kind: 'absent', reason: 'notify-send is not there any more', isPermanent: true };
  }
  const urgency = `--urgency=${urgencies[priority]}`;
  return runProgram([sender, '--app-name=asxos', urgency, '--', title, escaped(message)], {
    ...{ env, signal, timeoutMs },
    name: 'notify-send',
  });
}
