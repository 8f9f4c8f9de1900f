/** The notifications that the server writes itself: what happens to an account, told to its owner. */
import { isoInstant } from '../domain/date.ts';
import type { Client } from './client.ts';
import type { Parts } from './parts.ts';
import { insertNotifications } from './store/notifications.ts';
import type { Database } from './store/store.ts';

export type Happening = 'new-device' | 'password-changed' | 'token-reused' | 'device-enrolled';

const words: Readonly<
  Record<Happening, { title: string; message: string; advice: string; priority: 'normal' | 'high' | 'urgent' }>
> = {
  'new-device': {
    title: 'Sign-in from a new device',
    message: 'Your account was signed in to by',
    advice: 'If that was not you, change your password: it ends all sessions.',
    priority: 'high',
  },
  'password-changed': {
    title: 'Password changed',
    message: 'Your password was changed, and all sessions were ended, by',
    advice: 'If that was not you, ask whoever runs this server for help at once.',
    priority: 'high',
  },
  'token-reused': {
    title: 'A refresh token was used twice',
    message: 'A sign-in was ended, because its old refresh token was presented again by',
    advice: 'Somebody may have copied it: change your password if you do not know why.',
    priority: 'urgent',
  },
  'device-enrolled': {
    title: 'A device joined sync',
    message: 'A device was enrolled for sync by',
    advice: 'If that was not you, change your password and your passphrase.',
    priority: 'normal',
  },
};

/** Puts what happened into the account's notifications. */
export async function tell(
  db: Database,
  { now, newId }: Pick<Parts, 'now' | 'newId'>,
  event: { readonly userId: number; readonly happening: Happening; readonly client: Client },
): Promise<void> {
  const { title, message, advice, priority } = words[event.happening];
  const { deviceName, address } = event.client;
  const at = now();
  await insertNotifications(
    db,
    [
      {
        userId: event.userId,
        syncId: newId(),
        notificationType: 'system',
        title,
        message: `${message} ${deviceName} at ${address}. ${advice}`,
        data: { event: event.happening, device: deviceName, address, at: isoInstant(at) },
        priority,
        createdAt: at,
      },
    ],
    at,
  );
}
