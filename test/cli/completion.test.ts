/** The scripts in the shells that they are for, and what they propose. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { byPlace } from '../../src/cli/completion/source.ts';
import { type CompletionTree, completionTree } from '../../src/cli/completion/tree.ts';
import { nouns } from '../../src/cli/nouns.ts';
import type { Noun } from '../../src/cli/program.ts';
import { temporaryFolder } from '../support/app.ts';
import { openTrader, type Trader, traderAt } from '../support/cli.ts';
import { type EodhdServer, startEodhdServer } from '../support/eodhd-server.ts';
import { startInTerminal } from '../support/pty.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];
const kinds = ['portfolios', 'owners', 'codes', 'jobs'] as const;
/** Blanks, quotes, a colon, what a shell expands, and what is not ASCII. */
const awkward = `Kid's "fun": $5 \`x\` Größe\\`;

let folder: string;
let server: EodhdServer;
let trader: Trader;
let tree: CompletionTree;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'asxos-completion-'));
  server = await startEodhdServer({ dataDir: undefined, faults: [] });
  const probe: Noun = {
    name: 'probe',
    load: async () => (program, context) => {
      program.command('probe').action(async () => {
        tree = completionTree(await context.wholeTree());
      });
    },
  };
  trader = traderAt(join(folder, 'data'), server, { nouns: [...nouns, probe] });
  expect((await trader.asxos('probe')).code).toBe(0);
  trader = traderAt(join(folder, 'data'), server);
  for (const name of ['Main', 'Family SMSF', 'Old', awkward]) await trader.asxos(['portfolio', 'create', name]);
  await trader.asxos(['portfolio', 'archive', 'Old']);
  await trader.asxos(['add', 'buy 100 BHP @ 43.21 on 2026-03-02']);
  await trader.asxos('watch add CSL');
  for (const shell of shells) writeFileSync(join(folder, shell), (await trader.asxos(`completion ${shell}`)).out);
  for (const kind of kinds) {
    writeFileSync(join(folder, kind), (await trader.asxos(`completion --names ${kind} --quiet`)).out);
  }
  writeFileSync(join(folder, 'trades 2026.csv'), '');
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const isInstalled = (shell: Shell): boolean => spawnSync(shell, ['-c', 'true']).status === 0;
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * In the shell `asxos` prints the names that the program answered above, and of anything else what it was given. `--demo`
 * and another data directory have none here.
 */
const stand = {
  posix: () =>
    `asxos() { if [ "$1" = completion ]; then [ $# -gt 4 ] || cat ${quoted(folder)}/"$3"; else printf '<%s>' "$@"; echo; fi; }`,
  fish: () =>
    `function asxos; test $argv[1] = completion; and test (count $argv) -lt 5; and cat ${quoted(folder)}/$argv[3]; end`,
};

/** What bash is told to put in the place of what is typed of the last word, for each line. */
function proposedByBash(lines: readonly string[], before = ''): string[][] {
  const asked = lines
    .map(
      line =>
        `COMP_LINE=${quoted(line)}; COMP_POINT=\${#COMP_LINE}; _asxos; printf '%s\\n' "\${COMPREPLY[@]}"; echo ==`,
    )
    .join('\n');
  const script = `cd ${quoted(folder)}; ${stand.posix()}\nsource ./bash\n${before}\n${asked}`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout
    .split('==\n')
    .slice(0, -1)
    .map(answer => answer.split('\n').filter(Boolean));
}

function proposedByFish(lines: readonly string[]): string[][] {
  const asked = lines.map(line => `complete -C ${`'${line.replaceAll(/['\\]/g, '\\$&')}'`}; echo ==`).join('\n');
  const script = `cd ${quoted(folder)}; ${stand.fish()}\nsource ./fish\n${asked}`;
  const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout
    .split('==\n')
    .slice(0, -1)
    .map(answer =>
      answer
        .split('\n')
        .filter(Boolean)
        .map(line => line.split('\t')[0] ?? ''),
    );
}

describe('what the scripts know', () => {
  test('is every command, option and choice that is registered, and no hidden one', () => {
    const paths = tree.pages.map(page => page.path);
    expect(paths).toEqual(
      expect.arrayContaining(['', 'holdings', 'alerts preferences set', 'rebalance targets remove']),
    );
    const chart = tree.pages.find(page => page.path === 'chart');
    expect(chart?.options.map(({ name }) => name)).toEqual(['--range', '--block', '--braille', '--width', '--height']);
    const choices = Object.fromEntries(tree.values.map(({ at, source }) => [at, source?.words]));
    expect(choices['chart=--range']).toEqual(['1M', '3M', '6M', '1Y', '5Y']);
    expect(choices['refresh:1:*']).toEqual(['prices', 'history', 'fundamentals', 'universe', 'all']);
    expect(choices['config set:2:theme']).toEqual(['auto', 'dark', 'light', 'safe', 'mono']);
    const completion = tree.pages.find(page => page.path === 'completion');
    expect(completion?.options).toEqual([]);
  });

  test('is of places that are there', () => {
    const all = tree.values.flatMap(({ at }) => {
      const [path = '', of = ''] = at.split(/(?<=^[^:=]*)[:=]/);
      return of.startsWith('--') ? [`${path} ${of}`] : of === '*' ? [`${path} 1+`] : [`${path} ${of.split(':')[0]}`];
    });
    expect(Object.keys(byPlace).filter(place => !all.includes(place))).toEqual([]);
  });

  test('needs no quotes in a script', () => {
    const words = tree.values.flatMap(({ source }) => source?.words ?? []);
    const names = tree.pages.flatMap(({ commands, options }) => [...commands, ...options].map(({ name }) => name));
    expect([...words, ...names].filter(word => !/^[\w./+-]+$/.test(word))).toEqual([]);
    const told = tree.pages.flatMap(({ commands, options }) => [...commands, ...options].map(({ about }) => about));
    expect(told.filter(about => /['\n\t\\]|\p{Cc}/u.test(about))).toEqual([]);
  });

  // Whoever adds a value decides whether something can be proposed for it: here, or in src/cli/completion/source.ts.
  test('is nothing of these alone', () => {
    const silent = tree.values.filter(({ source }) => source === undefined).map(({ at }) => at);
    const ofAmount =
      /(=--(as-of|known-at|from|to|on|fy|limit|offset|amount|franked|drp|price|fee|units|width|height|port|host|email|name|note|keep|band|min-confidence|loss-pct|gain-pct|marginal-rate|metrics-port|map|owners|where|compare-to))$/;
    expect(silent.filter(at => !ofAmount.test(at) && !at.startsWith('config set:2:'))).toMatchInlineSnapshot(`
      [
        "income confirm:1:*",
        "income dismiss:1:*",
        "search:1:*",
        "search:*",
        "rebalance accept:1:*",
        "rebalance reject:1:*",
        "tax facts set:2:*",
        "tax cpi set:1:*",
        "tax cpi set:2:*",
        "tax market-value set:2:*",
        "sell-preview:2:*",
        "alerts add:*",
        "alerts remove:1:*",
        "alerts remove:*",
        "alerts pause:1:*",
        "alerts pause:*",
        "alerts resume:1:*",
        "alerts resume:*",
        "notifications read:1:*",
        "notifications read:*",
        "notifications delete:1:*",
        "notifications delete:*",
        "import undo:1:*",
        "entries show:1:*",
        "entries edit:1:*",
        "entries edit:2:*",
        "entries edit:*",
        "entries delete:1:*",
        "entries undo:1:*",
        "portfolio create:1:*",
        "portfolio rename:2:*",
        "prices accept:2:*",
        "account register:1:*",
        "account login:1:*",
        "account settings:1:*",
        "account settings:2:*",
        "sync settle:1:*",
      ]
    `);
  });
});

describe.runIf(isInstalled('bash'))('bash', () => {
  test('goes on with what is typed', () => {
    const asked: Record<string, string[]> = {
      'asxos ref': ['refresh'],
      'asxos portfolio cr': ['create'],
      'asxos help portfolio cr': ['create'],
      'asxos --json hold': ['holdings'],
      'asxos chart BHP --ra': ['--range'],
      'asxos chart BHP --range ': ['1M', '3M', '6M', '1Y', '5Y'],
      'asxos chart BHP --range=5': ['5Y'],
      'asxos chart --data': ['--data-dir'],
      'asxos notifications --type sy': ['system'],
      'asxos refresh --universe a': ['asx200', 'all'],
      'asxos alerts preferences set port': ['portfolio_alert'],
      'asxos import --format commsec-tra': [
        'commsec-transactions',
        'commsec-transactions-older',
        'commsec-trades',
        'commsec-trades-net',
      ],
      'asxos config set notify.min': ['notify.minPriority'],
      'asxos config set notify.minPriority h': ['high'],
      'asxos config set benchmark ': ['none', 'BHP', 'CSL'],
      'asxos quote BHP c': ['CSL'],
      'asxos add sell 5 ': ['BHP', 'CSL'],
      'asxos import tr': ['trades\\ 2026.csv'],
      'asxos holdings --portfolio m': ['Main'],
      'asxos portfolio use "Fam': ['Family SMSF'],
      'asxos portfolio use Fam': ['Family\\ SMSF'],
      'asxos tax cgt --owner O': ['Old'],
      // Whose data it is goes with the question.
      'asxos --demo chart ': [],
      'asxos chart --data-dir /elsewhere ': [],
      // Nothing can be said.
      'asxos portfolio create ': [],
      'asxos nonsense ': [
        '--version',
        '--demo',
        '--json',
        '--csv',
        '--explain',
        '--portfolio',
        '--data-dir',
        '--quiet',
        '--no-color',
        '--help',
      ],
    };
    expect(proposedByBash(Object.keys(asked))).toEqual(Object.values(asked));
  });

  test('is told the words alone by others than readline', () => {
    const script = `${stand.posix()}; source ${quoted(folder)}/bash; COMP_WORDS=(asxos ref) COMP_CWORD=1; _asxos; echo "\${COMPREPLY[@]}"`;
    expect(spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout).toBe('refresh\n');
  });
});

describe.runIf(isInstalled('fish'))('fish', () => {
  test('goes on with what is typed', () => {
    const asked: Record<string, string[]> = {
      'asxos ref': ['refresh'],
      'asxos help portfolio cr': ['create'],
      'asxos chart BHP --range ': ['1M', '1Y', '3M', '5Y', '6M'],
      'asxos chart BHP --range=5': ['--range=5Y'],
      'asxos config set notify.minPriority h': ['high'],
      'asxos quote BHP C': ['CSL'],
      'asxos import tr': ['trades 2026.csv'],
      'asxos holdings --portfolio ': ['all', 'Family SMSF', awkward, 'Main'],
      'asxos --demo chart ': [],
    };
    expect(proposedByFish(Object.keys(asked))).toEqual(Object.values(asked));
  });
});

/** Types each line and Tab into a real shell, waits for what it ends in then, and answers what the program was given. */
async function typedIn(shell: 'bash' | 'zsh', lines: readonly (readonly [string, string])[]): Promise<string[]> {
  const start = shell === 'bash' ? ['--norc', '--noprofile'] : ['-f'];
  const env = { PS1: 'ready> ', HISTFILE: undefined, LC_ALL: 'C.UTF-8', ZDOTDIR: folder };
  const terminal = startInTerminal(shell, start, { columns: 160, rows: 50, env, cwd: folder });
  try {
    await terminal.waitForText(/[>%$#] ?$/);
    const compinit = shell === 'zsh' ? 'PS1="ready> "; autoload -Uz compinit && compinit -D -u; ' : '';
    terminal.write(`${compinit}${stand.posix()}; source ./${shell}; clear; echo set up\r`);
    await terminal.waitForText(/^set up\s+ready> ?$/m);
    for (const [index, [line, ending]] of lines.entries()) {
      terminal.write(`${line}\t`);
      await terminal.waitForText(screen => screen.trimEnd().endsWith(ending));
      terminal.write(` end${index}\r`);
      await terminal.waitForText(new RegExp(`<end${index}>\\s+ready>`));
    }
    return terminal
      .screen()
      .split('\n')
      .filter(line => line.startsWith('<'));
  } finally {
    terminal.kill();
    await terminal.exit;
  }
}

describe.each(['bash', 'zsh'] as const)('typed into %s', shell => {
  test.runIf(isInstalled(shell))('a name arrives as it is, however its quotes were begun', async () => {
    const given = await typedIn(shell, [
      ['asxos hold', 'holdings'],
      ['asxos holdings --portfolio Fam', 'SMSF'],
      ['asxos portfolio use Ki', 'Größe\\\\'],
      ['asxos portfolio use "Ki', '"'],
      ["asxos portfolio use 'Family", "'"],
      ['asxos chart --range=5', '=5Y'],
    ]);
    expect(given).toEqual([
      '<holdings><end0>',
      '<holdings><--portfolio><Family SMSF><end1>',
      `<portfolio><use><${awkward}><end2>`,
      `<portfolio><use><${awkward}><end3>`,
      '<portfolio><use><Family SMSF><end4>',
      '<chart><--range=5Y><end5>',
    ]);
  });
});

describe('what is asked at the Tab key', () => {
  const names = (from: Trader, kind = 'portfolios') => from.asxos(`completion --names ${kind}`);
  const nothing = { out: '', err: '', code: 0 };

  test('is answered a name a line', async () => {
    expect(await names(trader)).toEqual({ ...nothing, out: `Main\nFamily SMSF\n${awkward}\n` });
    expect((await names(trader, 'codes')).out).toBe('BHP\nCSL\n');
    expect(await names(trader, 'nonsense')).toEqual(nothing);
  });

  test('is nothing where there is no data, and none is made', async () => {
    const fresh = await openTrader({ dataDir: join(temporaryFolder(), 'none') });
    expect(await names(fresh)).toEqual(nothing);
    expect((await fresh.asxos('--demo completion --names codes')).out).toBe('');
    expect(existsSync(fresh.dataDir)).toBe(false);
  });

  test('is nothing where the settings are not in order', async () => {
    const config = join(temporaryFolder(), 'config.json');
    writeFileSync(config, '{');
    const env = { ASXOS_CONFIG: config, ASXOS_NOW: 'once' };
    expect(await trader.asxos('completion --names codes', { env })).toEqual(nothing);
    expect(await trader.asxos(['completion', '--names', 'codes', '--data-dir', ''])).toEqual(nothing);
  });

  test('is nothing of a database that is damaged, newer, another program’s or locked', async () => {
    const own = await openTrader();
    await own.asxos('portfolio create Main');
    const path = join(own.dataDir, 'asxos.db');
    const raw = new Sqlite(path);
    onTestFinished(() => {
      raw.close();
    });
    const version = raw.pragma('user_version', { simple: true });
    raw.pragma('user_version = 9999');
    expect(await names(own)).toEqual(nothing);
    raw.pragma(`user_version = ${version}`);
    raw.pragma('application_id = 7');
    expect(await names(own)).toEqual(nothing);
    raw.pragma(`application_id = ${0x41_53_58_4f}`);
    expect((await names(own)).out).toBe('Main\n');
    raw.pragma('journal_mode = DELETE');
    raw.exec('BEGIN EXCLUSIVE');
    const started = performance.now();
    expect(await names(own)).toEqual(nothing);
    expect(performance.now() - started).toBeLessThan(2_000);
    raw.exec('ROLLBACK');
    raw.close();
    writeFileSync(path, 'no database');
    expect(await names(own)).toEqual(nothing);
    expect(readdirSync(own.dataDir).filter(name => !/^asxos[.]db|^config/.test(name))).toEqual([]);
  });

  test('leaves the keychain alone', async () => {
    const keychain = new Proxy(
      {},
      {
        get: () => {
          throw new Error('the keychain was opened');
        },
      },
    ) as never;
    const careful = await openTrader({ keychain, token: undefined });
    expect(await names(careful, 'codes')).toEqual(nothing);
  });
});

describe('asxos completion', () => {
  test('of another shell', async () => {
    expect(await trader.asxos('completion tcsh')).toEqual({
      out: '',
      err: 'asxos: "tcsh" is not one of the choices of shell\nIt can be: bash, zsh, fish.\n',
      code: 64,
    });
  });

  test('without a shell tells how to install it, and names the login shell where it is told', async () => {
    const { out, err, code } = await trader.asxos('completion', { env: { SHELL: '/usr/bin/zsh' } });
    expect([err, code]).toEqual(['', 0]);
    expect(out).toContain('Your login shell is zsh ($SHELL is /usr/bin/zsh).');
    for (const shell of shells) expect(out).toContain(`asxos completion ${shell}`);
    expect((await trader.asxos('completion', { env: { SHELL: '/bin/tcsh' } })).out).not.toContain('login shell');
  });
});
