import { expect, onTestFinished, test } from 'vitest';
import { countTries, uncountTries } from '../../../src/server/store/limits.ts';
import { migrate } from '../../../src/server/store/migrate.ts';
import { openPostgresql } from '../../../src/server/store/postgresql.ts';
import { accountMigrations } from '../../support/account-server.ts';
import { describeOnPostgresql } from '../../support/describe-on-postgresql.ts';
import { query } from '../../support/postgresql.ts';

const [account, address] = ['login account 1', 'login address 192.0.2.0'];
const now = Date.UTC(2026, 2, 3);
const triesOf = (...subjects: readonly string[]) => subjects.map(subject => ({ subject, window: 60_000 }));

describeOnPostgresql('on PostgreSQL', postgresql => {
  test('a try that is counted and one that is taken back wait for each other, and not both', async () => {
    const url = await postgresql().newDatabase();
    const store = await openPostgresql(url, () => undefined);
    onTestFinished(() => store.close());
    await migrate(store, accountMigrations);
    const { db } = store;
    // In this order in the table: an update by itself would take the address first.
    await countTries(db, triesOf(address), now);
    await countTries(db, triesOf(account), now);
    let takenBack = Promise.resolve();
    // What is one statement on the server, stopped between its two rows.
    await db.transaction(async counting => {
      await countTries(counting, triesOf(account), now);
      takenBack = uncountTries(db, [account, address], now);
      const waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock'";
      await expect.poll(() => query(url, waiting), { timeout: 10_000 }).toHaveLength(1);
      await countTries(counting, triesOf(address), now);
    });
    await takenBack;
    expect(await query(url, 'select subject, tries from login_limits order by subject')).toEqual([
      { subject: account, tries: 1 },
      { subject: address, tries: 1 },
    ]);
  });
});
