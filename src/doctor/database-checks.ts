/** Whether what is recorded lies safely: the database file, its folder, the disk, the locks and the copies of it. */
import { dirname, join } from 'node:path';
import { listBackups } from '../db/backups.ts';
import { day, hour, isoInstant } from '../domain/date.ts';
import { formatBytes, formatCount, formatDate } from '../format.ts';
import { foundLocks } from '../host/lock.ts';
import { type Check, ok, type Patient, problem, some, unknown, warning } from './check.ts';

const none = ({ app }: Patient) =>
  unknown(`there is no database at ${app.databasePath} yet; the first command makes it`);

export const databaseChecks: readonly Check[] = [
  {
    id: 'database',
    looksAt: 'the database opens, and every page and row of it is whole',
    why: 'Everything you recorded is in it.',
    fix: 'asxos restore',
    look: patient => {
      const { file } = patient;
      if (file.kind === 'absent') return none(patient);
      if (file.kind === 'unreadable') {
        return problem(file.trouble, file.isBarred ? `chmod -R u+rwX ${patient.app.dataDir}` : undefined);
      }
      if (!file.isOurs)
        return problem(`${patient.app.databasePath} is of another program`, 'asxos config set dataDir FOLDER');
      if (file.troubles.length > 0) return problem(`damaged: ${some(file.troubles, 2)}`);
      return ok(`${formatBytes(file.bytes)}, whole`);
    },
  },
  {
    id: 'references',
    looksAt: 'every row refers to rows that are there',
    why: 'An entry without its portfolio is in no report.',
    fix: 'asxos restore',
    look: patient => {
      const { file } = patient;
      if (file.kind === 'absent') return none(patient);
      if (file.kind === 'unreadable') return unknown('the database cannot be read');
      if (file.troubles.length > 0) return unknown('the database is damaged');
      return file.orphans.length > 0 ? problem(some(file.orphans, 3)) : ok('all rows have what they refer to');
    },
  },
  {
    id: 'schema',
    looksAt: 'the database is of the schema that this program knows',
    why: 'A newer one cannot be opened; an older one is brought up to date by the next command, after a copy.',
    fix: 'asxos portfolio list',
    look: patient => {
      const { file } = patient;
      if (file.kind === 'absent') return none(patient);
      if (file.kind === 'unreadable' || !file.isOurs) return unknown('the database cannot be read');
      const { schema, known } = file;
      if (schema > known)
        return problem(`schema ${schema}, this program knows ${known}`, 'git pull && npm ci && npm run build');
      return schema < known ? warning(`schema ${schema}, this program has ${known}`) : ok(`schema ${schema}`);
    },
  },
  {
    id: 'permissions',
    looksAt: 'nobody else can read the data directory, the database, the backups, the key file and the settings',
    why: 'Others on this computer could read what you own, or your key.',
    fix: 'chmod 700 FOLDER',
    look: ({ app, machine }) => {
      if (machine.platform === 'win32') return unknown('Windows keeps no such bits; your profile folder is private');
      const folders = [app.dataDir, join(app.dataDir, 'backups')];
      const secret = ['account.json', 'sync.key', 'api-key'].map(name => join(app.dataDir, name));
      const files = [app.databasePath, app.config.keyPath, app.config.configPath, ...secret];
      const open = (paths: readonly string[]): string[] =>
        paths.filter(path => ((machine.modeOf(path) ?? 0) & 0o077) !== 0);
      const modes = (paths: readonly string[]): string =>
        some(paths.map(path => `${path} (${(machine.modeOf(path) ?? 0).toString(8).padStart(4, '0')})`));
      const [first] = open(folders);
      if (first !== undefined) return warning(`others may look into ${modes(open(folders))}`, `chmod 700 ${first}`);
      const readable = open(files);
      if (readable.length > 0) return warning(`others may read ${modes(readable)}`, `chmod 600 ${readable.join(' ')}`);
      return ok('yours alone');
    },
  },
  {
    id: 'writable',
    looksAt: 'the data directory can be written',
    why: 'Nothing can be recorded or refreshed otherwise.',
    fix: 'asxos config set dataDir FOLDER',
    look: ({ app, machine }) => {
      const folder = dirname(app.databasePath === ':memory:' ? join(app.dataDir, 'x') : app.databasePath);
      const why = machine.whyUnwritable(folder);
      return why === undefined ? ok(folder) : problem(`${folder} cannot be written (${why})`);
    },
  },
  {
    id: 'disk',
    looksAt: 'free space where the data is: 100 MB at least, and room for five copies of the database',
    why: 'On a full disk nothing is recorded, and no backup is made.',
    fix: 'df -h',
    look: ({ app, machine, file }) => {
      const free = machine.freeBytes(app.dataDir);
      if (free === undefined) return unknown('the system does not say how much is free');
      const size = file.kind === 'read' ? file.bytes : 0;
      const words = `${formatBytes(free)} free, the database has ${formatBytes(size)}`;
      if (free < Math.max(size, 20_000_000)) return problem(words);
      return free < Math.max(5 * size, 100_000_000) ? warning(words) : ok(words);
    },
  },
  {
    id: 'locks',
    looksAt: 'no lock of a process that has ended, and none that is held for hours',
    why: 'One that is held keeps others waiting; one that was left tells of a process that was killed, and is taken over.',
    fix: 'asxos refresh --if-due',
    look: ({ app }) => {
      const found = foundLocks(join(app.dataDir, 'locks'));
      const held = found.find(({ runs, age }) => runs && age > 2 * hour);
      if (held !== undefined) {
        const { name, pid, since } = held;
        return warning(`"${name}" is held by process ${pid} since ${isoInstant(Math.round(since))}`, `kill ${pid}`);
      }
      const dead = found.filter(({ runs }) => !runs).map(({ name, pid }) => `"${name}" by process ${pid}`);
      return dead.length > 0 ? warning(`left by processes that ended: ${some(dead)}`) : ok('none is left over');
    },
  },
  {
    id: 'backups',
    looksAt: 'a backup of the last two days is in backups/',
    why: 'What was recorded since the last one is lost with the disk or the file.',
    fix: 'asxos refresh --if-due',
    look: patient => {
      const { app, file } = patient;
      if (app.simulated) return ok('the demo is made anew at will, and has none');
      if (file.kind === 'absent') return none(patient);
      const [newest] = listBackups(app.databasePath).filter(each => each.day !== undefined && each.day <= app.today());
      if (newest?.day === undefined) return warning('there is none yet');
      const words = `the last is of ${formatDate(newest.day)}, ${formatBytes(newest.bytes)}`;
      const age = Math.round((Date.parse(app.today()) - Date.parse(newest.day)) / day);
      return age > 2 ? warning(`${words}: ${formatCount(age, 'day')} ago`) : ok(words);
    },
  },
];
