/** The channels by which notifications leave the console, as the settings and the machine have them. */
import type { Config } from './config.ts';
import type { Outbox } from './db/database.ts';
import type { Channel } from './domain/alerts/delivery.ts';
import { findDesktopSender } from './host/notify-desktop.ts';

type Around = { readonly env: Readonly<Record<string, string | undefined>>; readonly simulated: boolean };

/** Nothing of a simulated market goes to where its owner takes what arrives for true. */
export function outboxOf(config: Config, { env, simulated }: Around): Outbox {
  const channels: Channel[] = [];
  if (config['notify.desktop'] === 'auto' && findDesktopSender(env) !== undefined) channels.push('desktop');
  if (config['notify.exec'] !== undefined) channels.push('command');
  if (config['notify.webhook'] !== undefined) channels.push('webhook');
  return { channels: simulated ? [] : channels, minPriority: config['notify.minPriority'] };
}
