/** The machine and the settings around the program: Node, optional parts, config file, terminal, clock, time zone. */
import { lastStored } from '../db/last-stored.ts';
import { day, isoInstant, minute, sydneyOffset } from '../domain/date.ts';
import { formatCount } from '../format.ts';
import { type Check, ok, problem, unknown, warning } from './check.ts';

/** As package.json and the launcher have it. */
export const leastNode = '22.19';

const isAtLeast = (version: string, least: string): boolean => {
  const [[major = 0, minor = 0], [leastMajor = 0, leastMinor = 0]] = [version, least].map(text =>
    text.split('.').map(Number),
  ) as [number[], number[]];
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
};

/** Packages that npm may have left out, and what each is for. */
const parts: readonly { readonly any: readonly string[]; readonly use: string }[] = [
  { any: ['keytar'], use: 'the keychain' },
  { any: ['@node-rs/argon2'], use: 'asxos serve' },
  { any: ['@electric-sql/pglite', 'pg'], use: 'the store of asxos serve' },
];

const utf8 = /utf-?8/i;

export const machineChecks: readonly Check[] = [
  {
    id: 'node',
    looksAt: `Node is ${leastNode} or newer`,
    why: 'An older one cannot run the program, or not all of it.',
    fix: 'nvm install 24',
    look: ({ machine: { node } }) =>
      isAtLeast(node, leastNode) ? ok(`Node ${node}`) : problem(`Node ${node}, and ${leastNode} is needed`),
  },
  {
    id: 'optional-parts',
    looksAt: 'the packages that npm may leave out are there: keychain, password hashing, the embedded store',
    why: 'Without them the key goes into a file, and accounts cannot be served; the rest works.',
    fix: 'npm ci --include=optional',
    look: ({ machine }) => {
      const missing = parts.filter(({ any }) => !any.some(machine.hasPackage));
      return missing.length === 0
        ? ok('all there')
        : warning(`not installed: ${missing.map(({ any, use }) => `${any.join(' or ')} (${use})`).join(', ')}`);
    },
  },
  {
    id: 'settings',
    looksAt: 'the config file and the variables of the environment are as they may be',
    why: 'Every other command stops at a setting that it cannot read.',
    fix: 'asxos config list',
    look: ({ app: { config } }) => {
      const [first, ...others] = config.problems;
      if (first === undefined) return ok(config.configPath);
      const more = others.length > 0 ? `, and ${others.length} more` : '';
      return problem(`${first}${more}; the defaults were taken here`, `edit ${config.configPath}`);
    },
  },
  {
    id: 'terminal',
    looksAt: 'the terminal moves its cursor, has 50x12 cells or more, UTF-8 and colour',
    why: 'The console cannot be drawn otherwise, or not as it is meant.',
    fix: 'asxos config set chart block',
    look: ({ app: { env }, terminal }) => {
      if (terminal === undefined) return unknown('the output is no terminal');
      const { columns, rows } = terminal;
      const term = env['TERM'] ?? '';
      if (term === 'dumb') return warning('TERM is "dumb": the console cannot be opened', 'export TERM=xterm-256color');
      if (columns < 50 || rows < 12)
        return warning(`${columns}x${rows}, and the console needs 50x12`, 'make the window larger');
      // The first of these that is set decides (POSIX, XBD 8.2).
      const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find(each => each !== undefined && each !== '');
      if (locale !== undefined && !utf8.test(locale)) {
        return warning(`the locale "${locale}" is not UTF-8: lines and charts may be garbled`, 'export LC_ALL=C.UTF-8');
      }
      const colour = (env['NO_COLOR'] ?? '') !== '' ? 'no colour (NO_COLOR)' : 'colour';
      return ok(`${columns}x${rows}, ${term === '' ? 'TERM not set' : term}, ${colour}`);
    },
  },
  {
    id: 'clock',
    looksAt: "the clock is not behind what is stored, and with --online within two minutes of EODHD's",
    why: 'What is due, stale or paid is told by the clock; one that is wrong fetches nothing, or too much.',
    fix: 'timedatectl set-ntp true',
    look: async patient => {
      const { app } = patient;
      if (app.config.now !== undefined)
        return warning(`it stands still at ${isoInstant(app.config.now)}`, 'unset ASXOS_NOW');
      const answer = await patient.provider();
      const ahead = answer?.accepted ? answer.serverAhead : undefined;
      if (ahead !== undefined && Math.abs(ahead) > 2 * minute) {
        const minutes = formatCount(Math.round(Math.abs(ahead) / minute), 'minute');
        return problem(`${minutes} ${ahead > 0 ? 'behind' : 'ahead of'} EODHD's`);
      }
      const newest = lastStored(patient.db());
      if (newest !== undefined && newest > app.now() + 2 * minute) {
        return problem(`it is ${isoInstant(app.now())}, and something was stored at ${isoInstant(newest)}`);
      }
      return ok(
        ahead === undefined
          ? 'not behind anything stored'
          : `within ${Math.abs(Math.round(ahead / 1000))} s of EODHD's`,
      );
    },
  },
  {
    id: 'time-zone',
    looksAt: "this machine's time zone data has Sydney as the program does, daylight saving included, for a year",
    why: 'Session hours and the day of each entry are told by Sydney time.',
    fix: 'git pull && npm ci && npm run build',
    look: ({ app, machine }) => {
      const now = app.now();
      const days = Array.from({ length: 53 }, (_, week) => now + week * 7 * day);
      if (machine.sydneyOffset(now) === undefined) {
        return warning('it has none; the program goes by its own rule (NSW, since 2008)', 'install tzdata');
      }
      const differs = days.find(each => machine.sydneyOffset(each) !== sydneyOffset(each));
      return differs === undefined
        ? ok(`Sydney is ${sydneyOffset(now) / 60} h ahead of UTC`)
        : problem(
            `from ${isoInstant(differs).slice(0, 10)} it says ${(machine.sydneyOffset(differs) ?? 0) / 60} h, the program ${sydneyOffset(differs) / 60} h`,
          );
    },
  },
];
