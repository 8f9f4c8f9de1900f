/** Run as a process of its own: writes pairs of settings that are always equal into the database at argv[2], until it is killed. */
import { openDatabase } from '../../src/db/database.ts';
import { writeSetting } from '../../src/db/settings.ts';

const [path = ''] = process.argv.slice(2);
const migrationsDir = new URL('../../migrations', import.meta.url).pathname;
const db = openDatabase(path, { migrationsDir, now: () => 0 });
for (let count = 1; ; count++) {
  db.transaction(() => {
    writeSetting(db, 'one', count);
    writeSetting(db, `row ${count % 500}`, 'x'.repeat(500));
    writeSetting(db, 'other', count);
  });
  if (count === 1) process.stdout.write('writing');
}
