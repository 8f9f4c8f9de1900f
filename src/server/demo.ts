/** The account of `serve --demo`: a user whose password everybody knows, and an inbox to look at. */
import type { NotificationType, Priority } from '../account/messages.ts';
import { day, hour, type Instant } from '../domain/date.ts';
import { Failure } from '../failure.ts';
import { isLoopback } from '../http/loopback.ts';
import type { Parts } from './parts.ts';
import { findAccount, insertAccount } from './store/accounts.ts';
import { insertNotifications } from './store/notifications.ts';

export const demoUser = { username: 'demo_user', email: 'demo@asxportfolio.com', password: 'testpass123' };

type Sample = {
  readonly type: NotificationType;
  readonly priority: Priority;
  readonly title: string;
  readonly message: string;
  readonly data: Record<string, unknown>;
  readonly age: number;
};

const samples: readonly Sample[] = [
  {
    type: 'signal_change',
    priority: 'high',
    title: 'BHP is now a STRONG BUY',
    message: 'Both models agree on BHP for the first time this month.',
    data: { ticker: 'BHP.AX', old_signal: 'BUY', new_signal: 'STRONG_BUY' },
    age: hour,
  },
  {
    type: 'portfolio_alert',
    priority: 'normal',
    title: 'CBA is above its alert price',
    message: 'CBA closed above the price that you asked to be told of.',
    data: { ticker: 'CBA.AX' },
    age: 5 * hour,
  },
  {
    type: 'drift_detected',
    priority: 'urgent',
    title: 'Model A has drifted',
    message: 'The features of today are unlike those that model A was trained on.',
    data: { model: 'model_a' },
    age: day,
  },
  {
    type: 'signal_change',
    priority: 'normal',
    title: 'CSL is now a HOLD',
    message: 'The ensemble moved CSL from BUY to HOLD.',
    data: { ticker: 'CSL.AX', old_signal: 'BUY', new_signal: 'HOLD' },
    age: 2 * day,
  },
  {
    type: 'model_update',
    priority: 'low',
    title: 'Model B was scored anew',
    message: 'Fundamentals of the last reporting season are in model B.',
    data: { model: 'model_b' },
    age: 4 * day,
  },
  {
    type: 'system',
    priority: 'low',
    title: 'Welcome to the demo',
    message: 'Everything here is simulated; the account is gone with its folder.',
    data: {},
    age: 7 * day,
  },
];

/** Refuses to serve the demo's account where others could reach it. */
export function checkDemo(databaseUrl: string | undefined, host: string): void {
  if (databaseUrl !== undefined) {
    throw new Failure('refused', '--demo serves an account whose password is public, and DATABASE_URL is set', {
      hint: 'Unset DATABASE_URL: the demo has a store of its own.',
    });
  }
  if (!isLoopback(host)) {
    throw new Failure('refused', `--demo serves an account whose password is public, and "${host}" is not loopback`, {
      hint: 'Leave --host out, or use 127.0.0.1.',
    });
  }
}

/** Makes the demo's account and its notifications, where they are not there. */
export async function seedDemo({ db, passwords, now, newId }: Parts): Promise<void> {
  if ((await findAccount(db, demoUser.username)) !== undefined) return;
  const passwordHash = await passwords.hash(demoUser.password);
  const at: Instant = now();
  await db.transaction(async transaction => {
    const { username, email } = demoUser;
    const account = { username, email, fullName: 'Demo User', passwordHash };
    const made = await insertAccount(transaction, account, { now: at, newId });
    if (made === undefined) return;
    const rows = samples.map(({ type, age, ...sample }) => ({
      ...sample,
      userId: made.userId,
      syncId: newId(),
      notificationType: type,
      createdAt: at - age,
    }));
    await insertNotifications(transaction, rows, at);
  });
}
