/** The settings that clients keep of their user. */
import { eq } from 'drizzle-orm';
import type { Instant } from '../../domain/date.ts';
import { userSettings } from './schema.ts';
import type { Database } from './store.ts';

export type Settings = Pick<typeof userSettings.$inferSelect, 'settings' | 'updatedAt'>;

export async function findSettings(db: Database, userId: number): Promise<Settings> {
  const [found] = await db
    .select({ settings: userSettings.settings, updatedAt: userSettings.updatedAt })
    .from(userSettings)
    .where(eq(userSettings.userId, userId));
  if (found === undefined) throw new Error(`Account ${userId} has no settings`);
  return found;
}

/** Puts what `change` makes of the settings in their place, while nobody else can change them. */
export async function changeSettings(
  db: Database,
  userId: number,
  change: (before: Record<string, unknown>) => Record<string, unknown>,
  now: Instant,
): Promise<Settings> {
  return await db.transaction(async transaction => {
    const isIt = eq(userSettings.userId, userId);
    const [before] = await transaction
      .select({ settings: userSettings.settings })
      .from(userSettings)
      .where(isIt)
      .for('update');
    const settings = change(before?.settings ?? {});
    await transaction.update(userSettings).set({ settings, updatedAt: now }).where(isIt);
    return { settings, updatedAt: now };
  });
}
