/** Fills the demo's own database at first use, through the same doors that a trader uses, and keeps it up to date. */
import type { App } from '../app.ts';
import { insertAlert } from '../db/alerts.ts';
import { makeDefaultAlerts } from '../db/default-alerts.ts';
import { insertEntries } from '../db/entries.ts';
import { insertNotification } from '../db/notifications.ts';
import { insertOwner, insertPortfolio, listPortfolios } from '../db/portfolios.ts';
import { storePreference } from '../db/preferences.ts';
import { currentPortfolioKey } from '../db/scope.ts';
import { storeSecurities } from '../db/securities.ts';
import { writeSetting } from '../db/settings.ts';
import { watch } from '../db/watchlist.ts';
import { defaultAlertPreferences } from '../domain/alerts/preferences.ts';
import { parseRule } from '../domain/alerts/rule-grammar.ts';
import { decimal } from '../domain/decimal.ts';
import { parseEntryLine } from '../domain/ledger/entry-line.ts';

/** True where the demo was empty and has been filled. Prices are left to a refresh. */
export async function setUpDemo(app: App): Promise<boolean> {
  if (listPortfolios(app.db, { archived: true }).length > 0) return false;
  return app.lock('demo', 'setting up the demo', () => fill(app), 60_000);
}

async function fill(app: App): Promise<boolean> {
  const { db } = app;
  const { demoAlerts, demoNotifications, demoPortfolios, demoSecurities, demoWatchlist } = await app.demoSeed();
  const now = app.now();
  const today = app.today();
  return db.transaction(() => {
    if (listPortfolios(db, { archived: true }).length > 0) return false;
    // The exchange's list, which a refresh brings, has no sectors.
    storeSecurities(db, demoSecurities(), now);
    for (const [index, plan] of demoPortfolios(now).entries()) {
      const owner = { id: app.newId(), name: plan.owner, taxpayer: plan.taxpayer };
      insertOwner(db, owner);
      const id = app.newId();
      const { name, cash } = plan;
      const owners = [{ ...owner, pct: decimal('100') }];
      insertPortfolio(db, { id, name, owners, cashAccount: cash, method: 'fifo', createdAt: now });
      const entries = plan.lines.map(line => ({ ...parseEntryLine(line, { today }), id: app.newId(), portfolio: id }));
      insertEntries(db, entries, now);
      if (index === 0) writeSetting(db, currentPortfolioKey, id);
    }
    for (const code of demoWatchlist()) watch(db, { code, addedAt: now });
    for (const notification of demoNotifications(now)) insertNotification(db, notification);
    makeDefaultAlerts(db, now);
    for (const { rule, priority } of demoAlerts()) {
      insertAlert(db, { rule: parseRule(rule), priority, origin: 'user', createdAt: now });
    }
    for (const preference of defaultAlertPreferences) storePreference(db, preference);
    return true;
  });
}
