/**
 * Which alerts an account wants, and how. Settings that the user never touched are the defaults; those that were set are
 * shown as they were set, and merged with what is set later.
 */
import { and, asc, eq, sql } from 'drizzle-orm';
import {
  type AlertSettings,
  type AlertType,
  alertTypes,
  defaultAlertSettings,
  type PreferenceAnswer,
} from '../../account/messages.ts';
import type { Instant } from '../../domain/date.ts';
import { alertPreferences } from './schema.ts';
import type { Database } from './store.ts';

/** As they were given to the account while it has changed none, else by their names. */
export async function listPreferences(db: Database, userId: number): Promise<PreferenceAnswer[]> {
  const rows = await db
    .select()
    .from(alertPreferences)
    .where(eq(alertPreferences.userId, userId))
    .orderBy(asc(sql`${alertPreferences.alertType} collate "C"`));
  const isUntouched = rows.every(row => row.createdAt === row.updatedAt);
  const place = (type: AlertType): number => alertTypes.indexOf(type);
  const ordered = isUntouched ? rows.sort((a, b) => place(a.alertType) - place(b.alertType)) : rows;
  return ordered.map(preferenceOf);
}

export type PreferenceChange = {
  readonly alertType: AlertType;
  readonly enabled?: boolean | undefined;
  /** What it makes of the settings as they are. */
  readonly change: (before: AlertSettings | null) => AlertSettings | null;
};

/** Changes preferences, or makes those that are missing, while nobody else can change them. */
export async function changePreferences(
  db: Database,
  userId: number,
  changes: readonly PreferenceChange[],
  now: Instant,
): Promise<PreferenceAnswer[]> {
  const answers: PreferenceAnswer[] = [];
  // In one order everywhere, so that two requests never wait for each other.
  const sorted = changes.toSorted((a, b) => (a.alertType < b.alertType ? -1 : 1));
  for (const { alertType, enabled, change } of sorted) {
    const isIt = and(eq(alertPreferences.userId, userId), eq(alertPreferences.alertType, alertType));
    const [before] = await db.select().from(alertPreferences).where(isIt).for('update');
    const after = {
      enabled: enabled ?? before?.enabled ?? true,
      settings: change(before?.settings ?? null),
    };
    // A change is told apart from a default also where the clock stands still.
    const updatedAt = Math.max(now, (before?.createdAt ?? now - 1) + 1);
    await db
      .insert(alertPreferences)
      .values({ userId, alertType, ...after, createdAt: now, updatedAt })
      .onConflictDoUpdate({
        target: [alertPreferences.userId, alertPreferences.alertType],
        set: { ...after, updatedAt },
      });
    answers.push(preferenceOf({ alertType, ...after }));
  }
  return answers;
}

type Stored = Pick<typeof alertPreferences.$inferSelect, 'alertType' | 'enabled' | 'settings'>;

const preferenceOf = ({ alertType, enabled, settings }: Stored): PreferenceAnswer => ({
  alert_type: alertType,
  enabled,
  settings: settings ?? defaultAlertSettings,
});
