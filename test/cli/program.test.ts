import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { openTrader, tuesday } from '../support/cli.ts';
import type { Fault } from '../support/eodhd-server.ts';

describe('without a command', () => {
  test('and without a terminal: help on stderr, 64, and nothing made', async () => {
    const trader = await openTrader();
    const { out, err, code } = await trader.asxos('');
    expect([out, code]).toEqual(['', 64]);
    expect(err).toMatch(/^Usage: asxos/);
    expect(existsSync(join(trader.dataDir, 'asxos.db'))).toBe(false);
  });

  test('on a terminal: the console, with its exit code', async () => {
    const trader = await openTrader();
    const opened: { app: App; portfolio: string | undefined }[] = [];
    const openConsole = async (app: App, { portfolio }: { portfolio: string | undefined }) => {
      opened.push({ app, portfolio });
      return 143;
    };
    const { out, err, code } = await trader.asxos('--portfolio Main', { screen: 'terminal', openConsole });
    expect([out, err, code]).toEqual(['', '', 143]);
    expect(opened.map(({ app, portfolio }) => [app.simulated, portfolio])).toEqual([[false, 'Main']]);
  });

  test('on a terminal that cannot move its cursor: what to use in its place', async () => {
    const trader = await openTrader();
    expect(await trader.asxos('', { screen: 'dumb' })).toEqual({
      out: '',
      err: 'asxos: The console needs a terminal that can move its cursor, and TERM is "dumb"\nUse single commands, like asxos holdings or asxos dashboard.\n',
      code: 64,
    });
  });

  test('demo on a terminal is the console on the demo’s own data', { timeout: 60_000 }, async () => {
    const trader = await openTrader({ token: undefined });
    const opened: string[] = [];
    const openConsole = async (app: App) => {
      opened.push(app.dataDir);
      return app.simulated ? 0 : 1;
    };
    expect(await trader.asxos('demo', { screen: 'terminal', openConsole })).toEqual({ out: '', err: '', code: 0 });
    expect(opened).toEqual([join(trader.dataDir, 'demo')]);
    expect(existsSync(join(trader.dataDir, 'asxos.db'))).toBe(false);
  });

  test('demo --reset throws the demo’s data away and nothing else', { timeout: 60_000 }, async () => {
    const trader = await openTrader({ token: undefined });
    await trader.asxos('add "buy 1 BHP @ 1 on 2026-03-02"');
    await trader.asxos('add --demo --portfolio "Long Term" "buy 1 BHP @ 1 note mine on 2026-03-02"');
    const open = { screen: 'terminal', openConsole: async () => 0 } as const;
    const mine = async () =>
      (await trader.asxos('entries list --demo --portfolio "Long Term" --csv')).out.includes('mine');
    await trader.asxos('demo', open);
    expect(await mine()).toBe(true);
    await trader.asxos('demo --reset', open);
    expect(await mine()).toBe(false);
    expect((await trader.asxos('entries list --csv')).out).toContain('buy 1 BHP @ 1');
  });
});

describe('bad usage is one sentence, the way out, and 64', () => {
  test.each([
    ['hodlings', 'asxos: Unknown command "hodlings"\nDid you mean holdings?\n'],
    ['hold', 'asxos: Unknown command "hold"\nDid you mean holdings?\n'],
    ['portfolio l', 'asxos: Unknown command "l"\nDid you mean list?\n'],
    ['p', 'asxos: Unknown command "p"\nSee asxos --help.\n'],
    ['perform-well', 'asxos: Unknown command "perform-well"\nSee asxos --help.\n'],
    ['portfolio crate', 'asxos: Unknown command "crate"\nDid you mean create?\n'],
    ['portfolio create', 'asxos: Missing required argument "name"\nSee asxos portfolio create --help.\n'],
    ['holdings --as-ov x', 'asxos: Unknown option "--as-ov"\nDid you mean --as-of?\n'],
    ['holdings BHP', 'asxos: asxos holdings takes no "BHP"\nSee asxos holdings --help.\n'],
    [
      'holdings --as-of 1/3/2026',
      'asxos: --as-of is "1/3/2026", which is not a date\nWrite dates as YYYY-MM-DD, like 2026-03-02.\n',
    ],
    [
      'refresh dividends',
      'asxos: "dividends" is not one of the choices of what\nIt can be: prices, history, fundamentals, universe, all.\n',
    ],
    ['chart BHP --range 2Y', 'asxos: --range is "2Y"\nIt can be: 1M, 3M, 6M, 1Y, 5Y.\n'],
    ['jobs --limit 0', 'asxos: --limit is "0", which is not a whole number from 1 to 10000\n'],
    ['quote B!', 'asxos: "B!" is not an ASX code\nA code is 3 to 6 letters or digits, like BHP, VAS or CBAPG.\n'],
    ['holdings --json --csv', undefined],
    ['key set SECRET', undefined],
    ['config set chart', undefined],
    ['config set chart block --unset', undefined],
  ])('asxos %s', async (line, said) => {
    const trader = await openTrader();
    const { out, err, code } = await trader.asxos(line);
    expect([out, code]).toEqual(['', 64]);
    if (said !== undefined) expect(err).toBe(said);
    expect(err).not.toContain('SECRET');
    expect(existsSync(join(trader.dataDir, 'asxos.db'))).toBe(false);
  });

  test('with --json it is one object on stderr', async () => {
    const trader = await openTrader();
    for (const line of ['hodlings --json', '--json portfolio', 'holdings --json --as-of x', 'add --json']) {
      const { out, err, code } = await trader.asxos(line);
      expect([out, code]).toEqual(['', 64]);
      expect(JSON.parse(err)).toMatchObject({ schema: 'asxos/error/1', error: { code: 'invalid-input' } });
    }
  });
});

describe('exit codes', () => {
  const answer = (status: number, body = 'no'): Fault[] => [{ status, body }];
  const held = 'add "buy 1 BHP @ 40 on 2026-03-02"';

  test.each([
    ['unauthorised', 77, answer(401, 'Unauthenticated')],
    ['offline', 69, [{ drop: true }]],
    ['server trouble', 69, answer(500)],
    ['quota', 75, answer(402, 'You exceeded your daily API requests limit.')],
  ] as [string, number, Fault[]][])('refresh, %s: %i', async (_what, code, faults) => {
    const trader = await openTrader({ faults });
    await trader.asxos(held);
    const answered = await trader.asxos('refresh prices');
    expect(answered).toMatchObject({ out: '', code });
    expect(answered.err).toMatch(/^asxos: .+\n/);
    expect(answered.err).not.toContain('recorded');
  });

  test('a file of another format: 65; a row refused: 3', async () => {
    const trader = await openTrader();
    const file = join(trader.dataDir, 'a.csv');
    writeFileSync(file, 'x,y\n1,2\n');
    expect((await trader.asxos(['import', file])).code).toBe(65);
    writeFileSync(file, 'ticker,shares,avg_cost\nBHP,10,40\nCBA,many,1\n');
    expect((await trader.asxos(['import', file])).code).toBe(3);
    expect((await trader.asxos('import -', { stdin: 'ticker,shares,avg_cost\nWES,10,40\n' })).code).toBe(0);
  });

  test('a damaged database: 65; a config file that is none: 65; a folder that cannot be made: 73', async () => {
    const trader = await openTrader();
    writeFileSync(join(trader.dataDir, 'asxos.db'), 'this is not a database, whatever its name may say'.repeat(50));
    expect((await trader.asxos('holdings')).code).toBe(65);
    writeFileSync(join(trader.dataDir, 'config.json'), '{');
    expect((await trader.asxos('holdings')).code).toBe(65);
    const broken = await openTrader();
    writeFileSync(join(broken.dataDir, 'file'), '');
    expect((await broken.asxos(['holdings', '--data-dir', join(broken.dataDir, 'file', 'below')])).code).toBe(73);
  });

  test('stopped by a signal: 130, in a word, with nothing half done', async () => {
    const stop = new AbortController();
    const trader = await openTrader({ faults: [{ delayMs: 60_000 }] });
    await trader.asxos(held);
    const running = trader.asxos('refresh', { signal: stop.signal });
    await expect.poll(() => trader.server.requests.length).toBeGreaterThan(0);
    stop.abort();
    expect(await running).toEqual({ out: '', err: 'asxos: stopped\n', code: 130 });
    expect((await trader.asxos('jobs --csv')).out).toContain('failed');
  });
});

describe('options of every command', () => {
  test('--data-dir beats the environment; --portfolio chooses; the setting stands in for it', async () => {
    const trader = await openTrader();
    const other = join(trader.dataDir, 'other');
    await trader.asxos('portfolio create First');
    await trader.asxos('portfolio create Second');
    await trader.asxos('add "buy 1 BHP @ 1 on 2026-03-02" --portfolio second');
    const name = async (line: string) => JSON.parse((await trader.asxos(line)).out).data.portfolio;
    expect(await name('holdings --json')).toBe('First');
    expect(await name('holdings --json --portfolio SECOND')).toBe('Second');
    expect(await name('--portfolio all --json holdings')).toBe('All portfolios');
    expect(await name(`holdings --json --data-dir ${other}`)).toBe('No portfolio yet');
    expect(existsSync(join(other, 'asxos.db'))).toBe(true);
    await trader.asxos('config set defaultPortfolio Second');
    expect(await name('holdings --json')).toBe('Second');
    expect((await trader.asxos('portfolio use First')).err).toContain(
      'The setting defaultPortfolio (Second) comes first',
    );
  });

  test('--quiet says nothing beside results, in any place', async () => {
    const trader = await openTrader();
    expect((await trader.asxos('--quiet add "buy 1 BHP @ 1 on 2026-03-01"')).err).toBe('');
    expect((await trader.asxos('holdings --quiet')).err).toBe('');
    expect((await trader.asxos('holdings')).err).toBe('1 of 1 unpriced: BHP; run asxos refresh\n');
  });

  test('colour is for terminals that want it', async () => {
    const trader = await openTrader();
    await trader.asxos('add "buy 1 BHP @ 1 on 2026-03-02"');
    const at = { columns: 80, color: true };
    expect((await trader.asxos('holdings', at)).out).toContain('\u001b[');
    expect((await trader.asxos('holdings --no-color', at)).out).not.toContain('\u001b[');
    expect((await trader.asxos('holdings --json', at)).out).not.toContain('\u001b[');
  });

  test('tables fit the terminal, and not the pipe', { timeout: 60_000 }, async () => {
    const trader = await openTrader({ token: undefined });
    for (const columns of [60, 80, 100]) {
      const { out } = await trader.asxos('holdings --demo', { columns });
      for (const line of out.split('\n').slice(2)) expect(line.length).toBeLessThanOrEqual(columns);
      expect(out).toMatch(/^VGS +.*▲/m);
    }
    expect((await trader.asxos('holdings --demo')).out).toMatch(/Vanguard MSCI Index International Shares ETF/);
  });

  test('a narrow terminal keeps the amount of an entry, which a deposit has nothing else to show for', async () => {
    const trader = await openTrader();
    await trader.asxos('portfolio create Main --cash');
    await trader.asxos('add "deposit 500,000 on 2026-03-02"');
    await trader.asxos('add "buy 1,000 CSL @ 243.21 fee 9.95 on 2026-03-02"');
    const { out } = await trader.asxos('entries list', { columns: 60 });
    expect(out).toMatch(/deposit +500,000\.00$/m);
    expect(out).toMatch(/buy +CSL +1,000 +243,219\.95$/m);
  });

  test('known-at shows what had been recorded by then', async () => {
    const trader = await openTrader();
    await trader.asxos('add "buy 1 BHP @ 1 on 2026-03-02"');
    trader.clock.now = tuesday + 86_400_000;
    await trader.asxos('add "buy 2 BHP @ 1 on 2026-03-02"');
    const units = async (line: string) => JSON.parse((await trader.asxos(line)).out).data.holdings[0].units;
    expect(await units('holdings --json')).toBe('3');
    expect(await units('holdings --json --known-at 2026-03-03')).toBe('1');
    expect(await units('holdings --json --known-at 2026-03-04T00:00Z')).toBe('3');
    expect((await trader.asxos('holdings --known-at 2026-03-02')).out).toBe('Nothing was recorded by 2 Mar 2026.\n');
  });
});

describe('the key', () => {
  const accepted: Fault[] = [
    { path: 'user', body: JSON.stringify({ apiRequests: 1, apiRequestsDate: '2026-03-03', dailyRateLimit: 100000 }) },
  ];

  test('is asked for without being shown, checked, stored, and found again', async () => {
    const trader = await openTrader({ token: undefined, faults: accepted });
    const prompts: string[] = [];
    const { out, code } = await trader.asxos('key set', { secret: 'sesame42', prompts });
    expect([out, code]).toEqual(['Stored the key in the keychain; EODHD accepted it.\n', 0]);
    expect(prompts).toEqual(['EODHD key (not shown): ']);
    expect(trader.server.requests.map(each => each.query['api_token'])).toEqual(['sesame42']);
    expect([...trader.secrets.values()]).toEqual(['sesame42']);
    const status = await trader.asxos('key status');
    expect(status.out).toBe('The EODHD key is in the keychain.\nThe keychain works.\n');
    expect((await trader.asxos('key remove')).out).toBe('Removed the key from: keychain.\n');
    expect(trader.secrets.size).toBe(0);
  });

  test('comes through a pipe; one that EODHD refuses is told and not stored', async () => {
    const trader = await openTrader({ token: undefined, faults: [{ status: 401, body: 'Unauthenticated' }] });
    const answered = await trader.asxos('key set', { stdin: 'wrong\n' });
    expect(answered).toMatchObject({ out: '', code: 77 });
    expect(answered.err).toContain('EODHD refused this key, so it was not stored');
    expect(answered.err).not.toContain('wrong');
    expect(trader.secrets.size).toBe(0);
  });

  test('is stored unchecked where EODHD cannot be asked', async () => {
    const trader = await openTrader({ token: undefined, faults: [{ drop: true }] });
    const { out, code } = await trader.asxos('key set', { stdin: 'sesame42' });
    expect(code).toBe(0);
    expect(out).toMatch(/^Stored the key in the keychain; not checked: .+\n$/);
    expect(out).not.toContain('sesame42');
  });

  test('goes into a private file where there is no keychain, when asked to', async () => {
    const keychain = { available: false, reason: 'none here' } as const;
    const trader = await openTrader({ token: undefined, faults: accepted, keychain });
    const refused = await trader.asxos('key set', { stdin: 'sesame42' });
    expect(refused).toMatchObject({ out: '', code: 64 });
    expect(refused.err).toContain('none here');
    expect((await trader.asxos('key set --file', { stdin: 'sesame42' })).code).toBe(0);
    expect((await trader.asxos('key status')).out).toContain(join(trader.dataDir, 'eodhd.key'));
  });

  test('nothing, or more than a word, is no key', async () => {
    const trader = await openTrader({ token: undefined });
    for (const stdin of ['', '\n', 'two words']) expect((await trader.asxos('key set', { stdin })).code).toBe(64);
    expect(trader.server.requests).toEqual([]);
  });
});
