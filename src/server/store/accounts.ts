/** Accounts: who has a name, what it is called, and whether it is open. */
import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm';
import { alertTypes } from '../../account/messages.ts';
import type { Instant } from '../../domain/date.ts';
import { alertPreferences, userAccounts, userPreferences, userSettings } from './schema.ts';
import type { Database } from './store.ts';

export type Account = typeof userAccounts.$inferSelect;

const hasUsername = (username: string): SQL => sql`lower(${userAccounts.username}) = lower(${username})`;
const hasEmail = (email: string): SQL => sql`lower(${userAccounts.email}) = lower(${email})`;

/** The account of a username or an email address. A username has no `@`, so that one name means one account. */
export async function findAccount(db: Database, name: string): Promise<Account | undefined> {
  const [found] = await db
    .select()
    .from(userAccounts)
    .where(name.includes('@') ? hasEmail(name) : hasUsername(name));
  return found;
}

export async function findAccountById(db: Database, userId: number): Promise<Account | undefined> {
  const [found] = await db.select().from(userAccounts).where(eq(userAccounts.userId, userId));
  return found;
}

/** Which of the two is taken, by an account other than `userId`. */
export async function findTaken(
  db: Database,
  { username, email, userId }: { username?: string | undefined; email: string; userId?: number },
): Promise<'username' | 'email' | undefined> {
  const same = username === undefined ? hasEmail(email) : or(hasUsername(username), hasEmail(email));
  const found = await db
    .select({ username: userAccounts.username })
    .from(userAccounts)
    .where(userId === undefined ? same : and(same, ne(userAccounts.userId, userId)));
  if (found.length === 0) return undefined;
  const wanted = username?.toLowerCase();
  return found.some(each => each.username.toLowerCase() === wanted) ? 'username' : 'email';
}

export type NewAccount = {
  readonly username: string;
  readonly email: string;
  readonly fullName: string | null;
  readonly passwordHash: string;
};

/** What a client finds in the settings of a new account. */
const firstSettings = { theme: 'dark', risk_tolerance: 'moderate', notifications_enabled: true };

/** Opens an account with its default settings and alert preferences; undefined where a name was taken meanwhile. */
export async function insertAccount(
  db: Database,
  account: NewAccount,
  { now, newId }: { now: Instant; newId: () => string },
): Promise<Account | undefined> {
  const stamps = { createdAt: now, updatedAt: now };
  const [made] = await db
    .insert(userAccounts)
    .values({ ...account, ...stamps, syncId: newId() })
    .onConflictDoNothing()
    .returning();
  if (made === undefined) return undefined;
  const { userId } = made;
  await db.insert(userPreferences).values({ userId, syncEpoch: newId(), ...stamps });
  await db.insert(userSettings).values({ userId, settings: firstSettings, ...stamps });
  await db
    .insert(alertPreferences)
    .values(alertTypes.map(alertType => ({ userId, alertType, enabled: true, ...stamps })));
  return made;
}

export type AccountChange = Partial<
  Pick<Account, 'email' | 'fullName' | 'passwordHash' | 'isActive' | 'lastLoginAt'>
> & { readonly endSessions?: boolean };

/** Changes an account; with `endSessions` no token that was given out so far is good any more. */
export async function updateAccount(
  db: Database,
  userId: number,
  { endSessions = false, ...change }: AccountChange,
  now: Instant,
): Promise<Account> {
  const version = endSessions ? { sessionVersion: sql`${userAccounts.sessionVersion} + 1` } : {};
  const [changed] = await db
    .update(userAccounts)
    .set({ ...change, ...version, updatedAt: now })
    .where(eq(userAccounts.userId, userId))
    .returning();
  if (changed === undefined) throw new Error(`Account ${userId} is gone`);
  return changed;
}

/** Whether a statement failed because a name was taken while it ran. */
export function isTaken(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause && cause.code === '23505';
}
