/**
 * A process to be killed: `node work-in-a-child.ts import FILE`, or `refresh`, on the data directory and the EODHD that
 * its environment names. It says `begun` before the work and `done` after it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { importEntries } from '../../src/usecases/import-entries.ts';
import { refresh } from '../../src/usecases/refresh-prices.ts';

const [what, file] = process.argv.slice(2);
const env = process.env;
// As the other test apps: what is refreshed is what the test recorded, and no benchmark beside it.
const config = { ...loadConfig({ env }), benchmark: undefined };
const app = openApp(config, { env, migrationsDir: join(import.meta.dirname, '../../migrations') });
const text = file === undefined ? '' : readFileSync(file, 'utf8');
app.callsLeft();
process.stdout.write('begun\n');
if (what === 'import') importEntries(app, { text, fileName: 'trades.csv' });
else await refresh(app, { target: 'history' });
process.stdout.write('done\n');
await app.close();
