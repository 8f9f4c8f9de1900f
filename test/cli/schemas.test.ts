import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonSchemaOf, type SchemaName, schemaNames, schemaOf } from '../../src/cli/schemas.ts';
import { type Trader, traderAt } from '../support/cli.ts';
import { type EodhdServer, startEodhdServer } from '../support/eodhd-server.ts';
import { schedulersIn } from '../support/schedulers.ts';

const bhp = 'BHP';
const account = JSON.stringify({ apiRequests: 1, apiRequestsDate: '2026-03-03', dailyRateLimit: 100_000 });
const found = JSON.stringify([{ Code: bhp, Exchange: 'AU', Name: 'BHP Group', Type: 'Common Stock', Currency: 'AUD' }]);

/** One command for each schema, in an order in which each has something to say. FILE is a file of holdings. */
const commands: readonly (readonly [SchemaName, string])[] = [
  ['settings/1', 'config list'],
  ['setting/1', 'config get theme'],
  ['setting-changed/1', 'config set theme safe'],
  ['config-path/1', 'config path'],
  ['key-stored/1', 'key set'],
  ['key/1', 'key status'],
  ['key-removed/1', 'key remove'],
  ['api-key/1', 'api key'],
  ['api-key-removed/1', 'api key --remove'],
  ['api/1', 'api'],
  ['account/1', 'account status'],
  ['serve/1', 'serve --port 0'],
  ['serve/1', '--demo serve --migrate-only'],
  ['search/1', 'search bhp'],
  ['screen/1', 'search --where "not price>0 or roe>5"'],
  ['screen-fields/1', 'search --fields'],
  ['notifications/1', '--demo notifications list'],
  ['notifications-changed/1', '--demo notifications read 1'],
  ['delivery/1', 'notifications deliver'],
  ['deliveries/1', 'notifications log'],
  ['alert-preferences/1', 'alerts preferences'],
  ['alert-preferences/1', 'alerts preferences set all --frequency daily'],
  ['notifications-changed/1', '--demo notifications delete 1'],
  ['notifications-changed/1', 'notifications read-all'],
  ['alert/1', 'alerts add BHP above 45'],
  ['alerts/1', 'alerts list'],
  ['alerts-check/1', 'alerts check'],
  ['alerts-history/1', 'alerts history'],
  ['alerts-paused/1', 'alerts pause 3'],
  ['alerts-paused/1', 'alerts resume 3'],
  ['alerts-removed/1', 'alerts remove 3'],
  ['alerts/1', '--demo alerts list'],
  ['alerts-check/1', '--demo alerts check'],
  ['alerts-history/1', '--demo alerts history'],
  ['held-back-prices/1', 'prices suspects'],
  ['analyze/1', 'analyze'],
  ['performance/1', 'performance'],
  ['holdings/1', 'holdings'],
  ['dashboard/1', 'dashboard'],
  ['parcels/1', 'parcels'],
  ['portfolio/1', 'portfolio create Main'],
  ['portfolios/1', 'portfolio list'],
  ['portfolio/1', 'portfolio create Other'],
  ['compare/1', 'compare main other'],
  ['import/1', 'import FILE --dry-run'],
  ['import/1', 'import FILE'],
  ['imports/1', 'import list'],
  ['import-formats/1', 'import formats'],
  ['entry/1', 'add "buy 100 BHP @ 43.21 fee 9.95 on 2025-01-06"'],
  ['entry/1', 'add "sell 40 BHP @ 46 on 2026-03-02" --dry-run'],
  ['entry/1', 'add "dividend BHP 65 franked 100% on 2026-03-02"'],
  ['entries/1', 'entries list'],
  ['entry-deleted/1', 'entries delete LAST'],
  ['entry-restored/1', 'entries undo LAST'],
  ['entry-versions/1', 'entries show LAST'],
  ['import-undone/1', 'import undo BATCH'],
  ['watch-changed/1', 'watch add CBA --note why'],
  ['watchlist/1', 'watch list'],
  ['targets/1', 'rebalance targets set VAS=20'],
  ['targets/1', 'rebalance targets list'],
  ['targets/1', '--demo rebalance targets set BHP=1 CBA=9'],
  ['fundamentals/1', '--demo fundamentals BHP'],
  ['signals-run/1', '--demo signals run --universe held'],
  ['signals/1', '--demo signals latest'],
  ['signals/1', '--demo signals ensemble --no-conflict --limit 3'],
  ['signals/1', '--demo signals show BHP'],
  ['signals/1', '--demo signals compare BHP'],
  ['signals-drift/1', '--demo signals drift'],
  ['signals-score/1', '--demo signals score'],
  ['signal-runs/1', '--demo signals runs'],
  ['rebalance/1', '--demo rebalance --marginal-rate 39'],
  ['rebalance/1', '--demo rebalance --marginal-rate none --dry-run'],
  ['suggestions/1', '--demo rebalance list'],
  ['suggestion/1', '--demo rebalance accept SUGGESTION'],
  ['suggestion/1', '--demo rebalance reject SUGGESTION'],
  ['refresh-plan/1', 'refresh --plan'],
  ['refresh/1', 'refresh'],
  ['jobs/1', 'jobs'],
  ['jobs-summary/1', 'jobs --summary'],
  ['schedule/1', 'schedule show'],
  ['schedule-installed/1', 'schedule install'],
  ['schedule-removed/1', 'schedule remove'],
  ['quotes/1', 'quote BHP'],
  ['chart/1', 'chart BHP'],
  ['holdings/1', 'holdings'],
  ['dashboard/1', 'dashboard'],
  ['parcels/1', 'parcels BHP'],
  ['performance/1', 'performance'],
  ['history/1', 'history'],
  ['history-values/1', 'history --values'],
  ['history-comparison/1', 'history --compare-to 2026-01-30'],
  ['tax-cgt/1', 'tax cgt --fy 2026'],
  ['tax-income/1', 'tax income --fy 2026'],
  ['tax-pack/1', 'tax pack --fy 2026 --out FOLDER'],
  ['tax-facts/1', 'tax facts set marginal-rate-pct 39 --fy 2026'],
  ['tax-facts/1', 'tax facts list'],
  ['tax-cpi/1', 'tax cpi set 2027Q3 103.4'],
  ['tax-cpi/1', 'tax cpi list'],
  ['tax-market-values/1', 'tax market-value set BHP 45.20'],
  ['tax-market-values/1', 'tax market-value list'],
  ['sell-preview/1', 'sell-preview BHP 10'],
  ['tax-lock/1', 'tax lock --fy 2025'],
  ['tax-cgt/1', 'tax cgt --fy 2025'],
  ['tax-lock/1', 'tax unlock --fy 2025'],
  ['tax-cgt/1', 'tax cgt --fy 2026 --demo'],
  ['tax-income/1', 'tax income --fy 2026 --demo'],
  ['performance/1', 'performance --demo'],
  ['history/1', 'history --demo'],
  ['history-values/1', 'history --values --demo'],
  ['history-comparison/1', 'history --compare-to 2026-01-15 --demo'],
  ['analyze/1', 'analyze --demo'],
  ['performance/1', 'performance --demo --by holding'],
  ['performance/1', 'performance --demo --portfolio all --from 2025-07-01 --by month'],
  ['history/1', 'history --demo --limit 5'],
  ['history-values/1', 'history --demo --values --limit 5'],
  ['history-comparison/1', 'history --demo --compare-to 2025-06-30'],
  ['analyze/1', 'analyze --demo --portfolio all --from 2025-10-01'],
  ['compare/1', 'compare "family smsf" "long term" --demo'],
  ['holdings/1', 'holdings --demo'],
  ['dashboard/1', 'demo'],
  ['parcels/1', 'parcels --demo'],
  ['why/1', 'why gain BHP --demo'],
  ['doctor/1', '--demo doctor data'],
  ['doctor/1', 'doctor'],
  ['doctor/1', '--demo doctor'],
  ['backup/1', 'backup COPY --force'],
  ['restore/1', 'restore COPY'],
  ['backups/1', 'restore'],
  ['restore-drill/1', 'doctor --restore-drill'],
  ['export/1', 'export EXPORT --force'],
  ['import-export/1', 'import EXPORT --dry-run'],
  ['holdings/1', 'holdings --demo --explain'],
  ['income/1', 'income'],
  ['income/1', 'income --demo --portfolio all'],
  ['income-calendar/1', 'income calendar --demo'],
  ['income-forecast/1', 'income forecast --demo'],
  ['income-dismissed/1', 'income dismiss PROPOSAL --demo'],
  ['quotes/1', 'quote BHP ZZZ --demo'],
  ['watchlist/1', 'watch list --demo'],
  ['chart/1', 'chart BHP --demo'],
  ['entries/1', 'entries list --demo --portfolio all'],
  ['refresh-plan/1', 'refresh all --plan --demo'],
  ['refresh/1', 'refresh universe --demo'],
];

// One after another on the same books: what the first records, the others show.
describe('every command prints what its schema says, and rows as CSV', { shuffle: false }, () => {
  let folder: string;
  let server: EodhdServer;
  let trader: Trader;
  let env: Readonly<Record<string, string>>;
  const names = new Map<string, string>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'asxos-schemas-'));
    server = await startEodhdServer({
      faults: [
        { path: 'user', body: account },
        { path: 'search', body: found },
        {
          path: 'real-time',
          body: JSON.stringify({ code: 'BHP.AU', timestamp: 1_772_490_000, close: 45.5, previousClose: 45 }),
        },
      ],
    });
    trader = traderAt(folder, server);
    ({ env } = schedulersIn(folder, ['crontab']));
    writeFileSync(join(folder, 'file.csv'), 'ticker,shares,avg_cost\nVAS,50,88.40\nWES,x,1\n');
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const line = (command: string): string =>
    command
      .replace('FILE', join(folder, 'file.csv'))
      .replace('EXPORT', join(folder, 'export.jsonl'))
      .replace('COPY', join(folder, 'copy.db'))
      .replace('PROPOSAL', names.get('PROPOSAL') ?? '')
      .replace('FOLDER', join(folder, 'pack'))
      .replace('LAST', names.get('LAST') ?? '')
      .replace('SUGGESTION', names.get('SUGGESTION') ?? '')
      .replace('BATCH', names.get('BATCH') ?? '');

  // In order: each uses what the ones before it recorded.
  test.each(commands)('%s: asxos %s', { timeout: 60_000 }, async (name, command) => {
    const { out, err, code } = await trader.asxos(`${line(command)} --json`, { stdin: 'sesame42', env });
    expect(err.includes('asxos/error'), err).toBe(false);
    expect([0, 1, 3]).toContain(code);
    const answer: {
      data: {
        entry?: { id: string };
        batch?: string | null;
        proposals?: { id: string }[];
        suggestions?: { id: string }[];
      };
    } = JSON.parse(out);
    const checked = schemaOf(name).safeParse(answer);
    expect(checked.error?.issues ?? []).toEqual([]);
    if (answer.data.proposals?.[0]) names.set('PROPOSAL', answer.data.proposals[0].id);
    const [suggestion] = answer.data.suggestions ?? [];
    if (suggestion?.id !== undefined) names.set('SUGGESTION', suggestion.id);
    if (answer.data.entry) names.set('LAST', answer.data.entry.id);
    if (typeof answer.data.batch === 'string') names.set('BATCH', answer.data.batch);
  });

  const readOnly = commands.filter(
    ([, command]) =>
      !/ (create|set|read|delete|undo|remove|pause|resume|add|accept|reject|dismiss|lock|unlock)\b|^add|FILE$|--explain/.test(
        command,
      ),
  );
  test.each(readOnly)('%s as CSV: asxos %s', { timeout: 60_000 }, async (_name, command) => {
    const { out, code } = await trader.asxos(`${line(command)} --csv`, { env });
    expect([0, 1, 3]).toContain(code);
    const [header = '', ...rows] = out.trimEnd().split('\n');
    expect(header).toMatch(/^[A-Za-z]\w*(,[A-Za-z]\w*)*$/);
    const fields = header.split(',');
    expect(new Set(fields).size).toBe(fields.length);
    // No cell is empty because it shows what is unknown to people.
    for (const row of rows) expect(row).not.toContain('–');
  });

  test('there is a command here for every schema', () => {
    const tried = new Set(commands.map(([name]) => name));
    // A price is accepted in inbox.test.ts, after a refresh that brought one to accept.
    // Sync is tried in commands/sync.test.ts and the account in account.test.ts, which have a server.
    const elsewhere: SchemaName[] = ['error/1', 'price-accepted/1'];
    const isHere = (name: SchemaName) => !elsewhere.includes(name) && !/^(account-|sync)/.test(name);
    expect(schemaNames.filter(name => isHere(name) && !tried.has(name))).toEqual([]);
  });

  test('a failure has its schema too', async () => {
    const { err } = await trader.asxos('holdings --as-of never --json');
    expect(schemaOf('error/1').safeParse(JSON.parse(err)).success).toBe(true);
  });
});

describe('the schemas', () => {
  test.each(schemaNames)('%s is printed as JSON Schema', name => {
    expect(jsonSchemaOf(name)).toMatchObject({ type: 'object', additionalProperties: false });
  });

  test('they are strict: a field too few, too many or of another form is seen', () => {
    const envelope = { schema: 'asxos/watch-changed/1', asOf: '2026-03-03', warnings: [] };
    const passes = (data: unknown, more = {}): boolean =>
      schemaOf('watch-changed/1').safeParse({ ...envelope, ...more, data }).success;
    expect(passes({ changed: ['BHP'], unchanged: [] })).toBe(true);
    expect(passes({ changed: ['BHP'] })).toBe(false);
    expect(passes({ changed: ['BHP'], unchanged: [], extra: 1 })).toBe(false);
    expect(passes({ changed: ['bhp'], unchanged: [] })).toBe(false);
    expect(passes({ changed: [], unchanged: [] }, { schema: 'asxos/other/1' })).toBe(false);
  });

  test.each([
    ['1.5', true],
    ['-0.05', true],
    ['1.50', false],
    ['1e3', false],
    ['-0', false],
    ['+1', false],
    ['01', false],
    ['.5', false],
    [1, false],
    [null, false],
  ])('a decimal %j: %s', (units, isOne) => {
    const data = { batch: null, format: 'x', layoutVerified: true, portfolio: 'Main', written: false };
    const counts = { added: 0, duplicates: 0, rejected: [], skipped: [], warnings: [] };
    const holdings = [{ code: 'BHP', units, costBase: null, averageCost: null }];
    const answer = {
      schema: 'asxos/import/1',
      asOf: '2026-03-03',
      data: { ...data, ...counts, holdings },
      warnings: [],
    };
    expect(schemaOf('import/1').safeParse(answer).success).toBe(isOne);
  });
});
