import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCode } from '../../src/domain/market/security.ts';
import { openTrader, session, tuesday } from '../support/cli.ts';

/** Sessions as they stand in a terminal: `! ` marks what went to stderr. They read as documentation. */
const expectSession = (text: string, name: string): Promise<void> =>
  expect(text).toMatchFileSnapshot(`transcripts/${name}.txt`);

const plainHoldings = 'ticker,shares,avg_cost,date_acquired\nVAS,50,88.40,2024-02-01\nBHP,100,41.5,\n';
const trades = [
  'Day,Ticker,Action,Qty,Price,Fees',
  '02/02/2026,BHP,Buy,100,43.21,9.95',
  '03/02/2026,CSL,Buy,10,250.00,9.95',
  '04/02/2026,BHP,Sell,150,45.00,9.95',
  '05/02/2026,AMD.NAS,Buy,1,100,0',
  '06/02/2026,WES,Buy,five,60,9.95',
  '',
].join('\n');

describe('sessions', () => {
  test('recording trades, dividends and corporate actions', async () => {
    const trader = await openTrader();
    const lines = [
      'holdings',
      'add "buy 100 BHP @ 43.21 fee 9.95 on 2025-01-06" --dry-run',
      'add "buy 100 BHP @ 43.21 fee 9.95 on 2025-01-06"',
      'add buy 50 BHP @ 39.5 fee 9.95 on 2026-02-02',
      'add "sell 120 BHP @ 46 fee 9.95 on 2026-03-02"',
      'add "sell 500 BHP @ 46"',
      'add "dividend BHP 65.00 franked 100% ex 2026-02-26 on 2026-03-03"',
      'add "buy 10 VAS @ 101.2 on 2026-03-01"',
      'add "split BHP 2:1 on 2026-12-01"',
      'add "boy 1 BHP @ 2"',
      'holdings',
      'holdings --as-of 2026-02-10',
      'holdings --csv',
      'parcels',
      'parcels bhp --as-of 2026-02-10',
      'entries list',
      'entries list --code BHP --kind buy --from 2025-07-01',
      'entries list --limit 2 --csv',
    ];
    await expectSession(await session(trader, lines), 'record');
  });

  test('performance, and what was recorded when', async () => {
    const bars = (list: Record<string, number>) =>
      JSON.stringify(
        Object.entries(list).map(([date, close]) => ({
          date,
          open: close,
          high: close,
          low: close,
          close,
          adjusted_close: close,
          volume: 1000,
        })),
      );
    const trader = await openTrader({
      benchmark: parseCode('VAS'),
      faults: [
        { path: 'splits/', body: '[]' },
        { path: 'div/VAS.AU', body: '[{"date":"2025-07-01","value":1,"unadjustedValue":1,"currency":"AUD"}]' },
        { path: 'div/', body: '[]' },
        {
          path: 'eod/BHP.AU',
          body: bars({ '2025-01-06': 40, '2025-06-30': 44, '2025-07-01': 42, '2026-02-27': 50, '2026-03-02': 48 }),
        },
        {
          path: 'eod/VAS.AU',
          body: bars({ '2025-01-03': 100, '2025-06-30': 105, '2025-07-01': 104, '2026-02-27': 110, '2026-03-02': 108 }),
        },
        { path: 'eod/ZZZ.AU', status: 404, body: 'Ticker Not Found.' },
      ],
    });
    const lines = [
      'performance',
      'history',
      'add "buy 100 BHP @ 40 fee 10 on 2025-01-06"',
      'performance',
      'refresh history --quiet',
      'add "dividend BHP 60 on 2025-03-27"',
      'add "sell 20 BHP @ 50 fee 10 on 2026-02-27"',
      'performance',
      'performance --by holding',
      'performance --by month --from 2026-01-01 --csv',
      'performance --from 2026-02-28 --to 2026-03-01',
      'performance --from 2026-03-01 --to 2026-02-01',
      'performance --to 2027-01-01',
      'add "buy 10 ZZZ @ 5 on 2026-03-02"',
      'performance --from 2026-02-27 --by holding',
      'history --values --from 2026-02-26',
      'history --compare-to 2026-02-26',
      'history --compare-to 2026-02-26 --values',
    ];
    await expectSession(await session(trader, lines), 'performance');
  });

  test('alert rules', async () => {
    const bar = (date: string, close: number) => ({
      date,
      open: close,
      high: close,
      low: close,
      close,
      adjusted_close: close,
      volume: 1000,
    });
    const days = (...closes: number[]): string =>
      JSON.stringify(closes.map((close, index) => bar(['2026-02-26', '2026-02-27', '2026-03-02'][index] ?? '', close)));
    const trader = await openTrader({
      faults: [
        { path: 'splits/', body: '[]' },
        { path: 'div/', body: '[]' },
        { path: 'eod/BHP.AU', body: days(44, 44.2, 45.96) },
        { path: 'eod/CBA.AU', body: days(100, 101, 88) },
      ],
    });
    const lines = [
      'alerts',
      'alerts add "bhp above $45"',
      'alerts add BHP above 45 --priority high',
      'alerts add "BHP abov 45"',
      'alerts add "BHP ex-dividend in soon"',
      'alerts add "BHP volume"',
      'alerts add "BHP above 45" --priority loud',
      'alerts add "BHP weight drifts > 5%"',
      'alerts check',
      'add "buy 10 CBA @ 100 on 2026-02-02"',
      'add "buy 10 BHP @ 40 on 2025-03-10"',
      'refresh history --quiet',
      'alerts add "any discount in 10d"',
      'alerts list',
      'alerts check --exit-code',
      'alerts check --exit-code',
      'alerts list',
      'alerts list --csv',
      'notifications',
      'alerts history --limit 2',
      'alerts remove 3 9',
      'alerts remove 1 3',
      'alerts',
      'alerts history --csv',
    ];
    await expectSession(await session(trader, lines), 'alerts');
  });

  test('dividends that were declared and never recorded', async () => {
    const trader = await openTrader({
      faults: [
        { path: 'splits/NAB.AU', body: '[]' },
        {
          path: 'eod/NAB.AU',
          body: JSON.stringify([
            { date: '2026-03-02', open: 12, high: 13, low: 12, close: 12.5, adjusted_close: 12.5, volume: 1000 },
          ]),
        },
        {
          path: 'div/NAB.AU',
          body: JSON.stringify([
            { date: '2025-05-08', paymentDate: '2025-07-02', value: 0.4, unadjustedValue: 0.4, currency: 'AUD' },
            { date: '2025-11-10', paymentDate: '2025-12-12', value: 0.47, unadjustedValue: 0.47, currency: 'AUD' },
            { date: '2026-02-20', paymentDate: '2026-03-20', value: 0.5, unadjustedValue: 0.5, currency: 'USD' },
            { date: '2026-02-10', paymentDate: '2026-03-02', value: 0.1, unadjustedValue: 0.1, currency: 'AUD' },
          ]),
        },
      ],
    });
    const lines = [
      'income',
      'portfolio create Fund --taxpayer smsf',
      'add "buy 333 NAB @ 12 on 2025-01-06"',
      'add "drp NAB 1 @ 30 dividend 33.20 residual 3.20 ex 2025-01-10 on 2025-02-03"',
      'add "buy 66 NAB @ 12 on 2026-02-02"',
      'refresh history',
      'income',
      'income calendar',
      'income forecast',
      'income confirm NAB-2025-11-10 --drp 12.345 --franked 100% --dry-run',
      'income confirm NAB-2025-11-10 --drp 13@40',
      'income confirm NAB-2025-11-10 --drp 12.345 --franked 100%',
      'income confirm NAB-2025-11-10',
      'income dismiss NAB-2026-02-10',
      'income dismiss NAB-2026-02-10',
      'income confirm NAB-2026-02-10 --amount -5',
      'income confirm NAB-2026-02-10 --on never',
      'income confirm NAB-2026-02-10 --on 2026-02-01',
      'income confirm NAB-2026-02-10 --franked 120',
      'income confirm NONE',
      'income confirm NAB-2025-05-08 --amount 133.60',
      'income --fy 1800',
      'income --fy 2026',
      'income --csv',
    ];
    await expectSession(await session(trader, lines), 'income');
  });

  test('demergers, rollovers and the statements of a year', async () => {
    const trader = await openTrader();
    const lines = [
      'add "buy 100 BHP @ 30 on 2020-01-06"',
      'add "demerger BHP into WDS 18 cost 16.8% on 2022-06-01"',
      'add "rollover WDS into STO 2:1 cash 100 worth 900 on 2023-02-01"',
      'add "rollover STO into WDS 1:1 cash 100"',
      'add "buy 100 VAS @ 10 on 2023-08-01"',
      'add "sell 50 VAS @ 12 method least-tax on 2024-03-01"',
      'add "statement VAS fy 2024 franked 50, franking-credit 21.43, tax-deferred 6"',
      'add "statement VAS fy 2024 franked 51"',
      'add "amit VAS -1000 fy 2025"',
      'entries list',
      'entries list --code WDS --json',
      'entries delete 00000004',
      'parcels',
    ];
    await expectSession(await session(trader, lines), 'actions');
  });

  test('editing, deleting and bringing back', async () => {
    const trader = await openTrader();
    const lines = [
      'add "buy 100 BHP @ 43.21 fee 9.95 on 2025-01-06"',
      'add "sell 60 BHP @ 46 on 2026-03-02"',
      'entries edit 00000003 "buy 110 BHP @ 43.21 on 2025-01-06"',
      'entries edit 00000003 "buy 50 BHP @ 43.21 on 2025-01-06"',
      'entries delete 00000003',
      'entries delete 00000004',
      'entries undo 00000004',
      'entries show 00000003',
      'entries show 0000',
      'entries show none',
    ];
    await expectSession(await session(trader, lines), 'edit');
  });

  test('portfolios and owners', async () => {
    const trader = await openTrader();
    const lines = [
      'portfolio list',
      'portfolio create "Family SMSF" --taxpayer smsf --cash',
      'portfolio create Joint --owners "Ann 50, Bob 50" --method highest-cost',
      'portfolio create Joint',
      'portfolio create All',
      'portfolio create Other --owners "Ann 50, Bob 40"',
      'portfolio use joint',
      'add "deposit 1000"',
      'add "deposit 1000" --portfolio "family smsf"',
      'portfolio rename Joint "Ann and Bob"',
      'portfolio set "Ann and Bob" --cash --taxpayer company',
      'portfolio set "Family SMSF" --no-cash --taxpayer company',
      'portfolio set "Family SMSF"',
      'config set defaultPortfolio "ann and bob"',
      'portfolio rename "Ann and Bob" Ours',
      'config get defaultPortfolio',
      'portfolio archive ours',
      'config set defaultPortfolio --unset',
      'portfolio list --archived',
      'holdings --portfolio none',
      'holdings --portfolio famly',
      'add "buy 1 BHP @ 1" --portfolio all',
    ];
    await expectSession(await session(trader, lines), 'portfolio');
  });

  test('analysing a portfolio, and comparing two', async () => {
    const trader = await openTrader();
    const lines = [
      'analyze',
      'compare Main Super',
      'portfolio create Main',
      'portfolio create Super --taxpayer smsf --cash',
      'compare Main Super',
      'compare Main main',
      'compare Main Supr',
      'compare Main',
      'add "deposit 5000 on 2026-03-02" --portfolio Super',
      'analyze --portfolio Super',
      'add "buy 100 BHP @ 43.21 fee 9.95 on 2025-01-06"',
      'analyze',
      'analyze --from 2026-03-04',
      'analyze --from 2026-02-01 --to 2026-01-01',
      'compare main super',
      'analyze --csv --portfolio Super',
      'compare main super --csv --quiet',
    ];
    await expectSession(await session(trader, lines), 'analyze');
  });

  test('importing', async () => {
    const trader = await openTrader();
    writeFileSync(join(trader.dataDir, 'holdings.csv'), plainHoldings);
    writeFileSync(join(trader.dataDir, 'trades.csv'), trades);
    writeFileSync(join(trader.dataDir, 'notes.csv'), 'hello,world\n1,2\n');
    const map = '--map "date=Day,code=Ticker,side=Action,units=Qty,price=Price,fee=Fees"';
    const at = (name: string): string => join(trader.dataDir, name);
    const lines = [
      `import ${at('holdings.csv')} --dry-run`,
      `import ${at('holdings.csv')}`,
      `import ${at('holdings.csv')}`,
      `import ${at('trades.csv')}`,
      `import ${at('trades.csv')} ${map} --dry-run`,
      `import ${at('trades.csv')} ${map}`,
      `import ${at('trades.csv')} ${map} --csv`,
      `import ${at('trades.csv')} --map "day=Day"`,
      `import ${at('notes.csv')}`,
      `import ${at('none.csv')}`,
      `import ${trader.dataDir}`,
      `import ${at('holdings.csv')} --format nothing`,
      'import list',
      'import undo 00000010',
      'import undo 00000010',
      'import list',
      'import undo none',
      'holdings',
    ];
    await expectSession(await session(trader, lines), 'import');
  });

  test('settings, watchlist, key, jobs', async () => {
    const trader = await openTrader({ token: undefined });
    const lines = [
      'config path',
      'config set chart block',
      'config get chart',
      'config set chart dots',
      'config set chrat block',
      "config set chart ''",
      'config set chart',
      'config set theme --unset',
      'watch list',
      'watch add csl WES.AX --note "below 250"',
      'watch add CSL',
      'watch list',
      'watch remove CSL BHP',
      'key status',
      'refresh',
      'quote BHP',
      'search lynas',
      'chart BHP',
      'jobs',
      'schema nothing',
    ];
    await expectSession(await session(trader, lines, { env: { ASXOS_EODHD_URL: undefined } }), 'settings');
  });

  test('fundamentals', { timeout: 60_000 }, async () => {
    const trader = await openTrader();
    const lines = [
      'fundamentals CBA',
      'fundamentals BHP',
      'fundamentals SGR',
      'fundamentals VAS',
      'fundamentals BHP --as-of 2024-12-31',
      'fundamentals DXS --csv',
      'fundamentals QQQQQ',
      'why roe BHP',
      'why roe',
      'refresh fundamentals --plan',
      'refresh fundamentals --universe asx200 --plan',
      'refresh fundamentals --if-due',
      'refresh prices --universe all',
    ];
    const demo = lines.map(line => `${line} --demo`);
    await expectSession(await session(trader, demo), 'fundamentals');
  });

  test('the demo', { timeout: 60_000 }, async () => {
    const trader = await openTrader({ now: tuesday });
    const lines = [
      'demo',
      'holdings --demo --portfolio all',
      'parcels --demo CSL',
      'doctor data --demo',
      'doctor everything --demo',
      'why costPerUnit CSL --demo',
      'why proceeds CSL --units 10 --demo',
      'why sharedPct --against "long term" --demo',
      'why tax CSL --units none --demo',
      'why probability CSL --demo',
      'quote --demo BHP ZZZ',
      'watch list --demo',
      'chart --demo BHP --range 6M --height 6 --width 60',
      'chart --demo BHP --range 1M --height 4 --width 40 --block',
      'search --demo vanguard --limit 3',
      'entries list --demo --limit 3',
      'refresh --demo --plan',
      'refresh --demo',
      'jobs --demo',
      'key set --demo',
    ];
    await expectSession(await session(trader, lines, { env: { EODHD_API_TOKEN: undefined } }), 'demo');
  });
});

test('a refresh that fails is in the inbox, once', async () => {
  const { asxos } = await openTrader({ token: 'wrong-key-0815' });
  await asxos('add "buy 1 BHP @ 40 on 2026-02-02"');
  expect([(await asxos('refresh')).code, (await asxos('refresh')).code]).toEqual([77, 77]);
  const { out } = await asxos('notifications list --csv');
  expect(out.match(/A refresh failed/g)).toHaveLength(1);
});

test('a name that nobody knows is refused, and nothing is taken off the watchlist', async () => {
  const { asxos } = await openTrader();
  await asxos('watch add CSL');
  expect(await asxos('watch remove CSL ZZZ')).toEqual({
    out: '',
    err: 'asxos: ZZZ: not watched\nWhat is watched is listed by: asxos watch list.\n',
    code: 64,
  });
  expect((await asxos('watch list --csv')).out).toContain('CSL');
});

test('without a keychain the status of the key says what to do, and both ways', async () => {
  const { asxos } = await openTrader({ token: undefined, keychain: { available: false, reason: 'it is not there' } });
  expect((await asxos('key status')).out).toBe(
    'There is no EODHD key. Set EODHD_API_TOKEN, or store one in a file that only you can read: asxos key set --file\n' +
      'There is no keychain: it is not there.\n',
  );
});
