/** Run as a process of its own: opens the database at argv[2] and sets argv[3]. */
import { openDatabase } from '../../src/db/database.ts';
import { writeSetting } from '../../src/db/settings.ts';

const [path = '', name = ''] = process.argv.slice(2);
const migrationsDir = new URL('../../migrations', import.meta.url).pathname;
const db = openDatabase(path, { migrationsDir, now: () => 0 });
db.transaction(() => writeSetting(db, name, name));
db.close();
process.stdout.write('written');
