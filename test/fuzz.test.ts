/**
 * Whatever is typed, imported or sent: it is read, or refused in words. Nothing else is thrown, and nothing hangs. A
 * failure names its input, and the seed that leads to it.
 */
import { expect, onTestFinished, test } from 'vitest';
import { formats, readBrokerFile } from '../src/brokers/read.ts';
import { parseRule } from '../src/domain/alerts/rule-grammar.ts';
import { entryLineProblems, parseEntryLine } from '../src/domain/ledger/entry-line.ts';
import { parseCode } from '../src/domain/market/security.ts';
import { parseScreen } from '../src/domain/screen/parse.ts';
import { bulkDividendsOf, bulkSplitsOf, dividendsOf, splitsOf } from '../src/eodhd/actions.ts';
import { barsOf, bulkBarsOf } from '../src/eodhd/bars.ts';
import { exchangeDetailsOf, securitiesOf, userOf } from '../src/eodhd/exchange.ts';
import { fundamentalsOf, membersOf } from '../src/eodhd/fundamentals.ts';
import { quotesOf } from '../src/eodhd/quotes.ts';
import { readList } from '../src/eodhd/responses.ts';
import { describe as describeError, Failure } from '../src/failure.ts';
import { exportData } from '../src/usecases/export-data.ts';
import { importOwn } from '../src/usecases/import-own.ts';
import { listEntries } from '../src/usecases/list-entries.ts';
import { recordEntry } from '../src/usecases/record-entry.ts';
import { openTestServer, openTestStore, register } from './support/account-server.ts';
import { openTestApp } from './support/app.ts';
import { on } from './support/ledger.ts';
import { openLocalApi } from './support/local-api.ts';
import { mangled } from './support/mangled.ts';
import { randomOf } from './support/random.ts';
import { howMany } from './support/soak.ts';

const today = on('2026-03-02');
const code = parseCode('BHP');
const seed = Date.now() % 1_000_000_000;

/** Runs `work` on so many mangled samples; a Failure is an answer. */
function fuzz(samples: readonly string[], count: number, work: (text: string) => void): void {
  const random = randomOf(seed);
  for (let turn = 0; turn < count; turn += 1) {
    const text = mangled(samples[turn % samples.length] ?? '', random);
    const started = performance.now();
    try {
      work(text);
    } catch (error) {
      if (!(error instanceof Failure)) throw new Error(`seed ${seed}, input ${JSON.stringify(text)}`, { cause: error });
      expect(describeError(error).message).not.toBe('');
    }
    const taken = performance.now() - started;
    if (taken > 2000) throw new Error(`seed ${seed}: ${taken} ms for ${JSON.stringify(text)}`);
  }
}

const rowsOf: Readonly<Record<string, readonly string[]>> = {
  date: ['02/01/2024', '2024-01-02', '2-Jan-24'],
  text: [
    'Buy',
    'SELL',
    'BHP',
    'BHP.AX',
    'BHP GROUP LIMITED',
    '100',
    '-100',
    '45.00',
    '"4,500.00"',
    '9.95',
    '',
    'AUD',
    'AU000000BHP4',
  ],
};
const samplesOfBrokers = formats.map(({ headers }) => {
  const random = randomOf(headers.length * 31 + 7);
  const cell = (index: number): string => {
    const list = rowsOf[index % 5 === 0 ? 'date' : 'text'] ?? [];
    return list[Math.floor(random() * list.length)] ?? '';
  };
  const row = (): string => headers.map((_, index) => cell(index)).join(',');
  return `${headers.join(',')}\n${row()}\n${row()}\n${row()}\n`;
});
const handmade = [
  'ticker,shares,avg_cost,date_acquired\nBHP,100,43.21,2024-02-01\nVAS,10,90.5,\n',
  'Date,Reference,Details,Debit($),Credit($),Balance($)\n27/10/2025,C1,B 625000 AXI @ 0.040000,25029.95,,1.00\n',
  'Trade Date,Settlement Date,Action,Reference,Code,Name,Units,Average Price,Consideration,Brokerage,Total\n2024-01-02,2024-01-04,Buy,1,BHP,BHP,100,45,4500,9.5,4509.5\n',
];

/** A statement of many tables, and dividends of Interactive Brokers. */
const statements = [
  'Statement,Header,Field Name,Field Value\nTrades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code\nTrades,Data,Order,Stocks,AUD,BHP,"2023-05-22, 10:15:00",95,45,45,-4275,-6,4281,0,0,O\n',
  '"Type","SettleDate","ISIN","Description","Amount","CurrencyPrimary"\n"Dividends","20240328","AU000000BHP4","BHP","72","AUD"\n"Withholding Tax","20240328","AU000000BHP4","BHP","-10.80","AUD"\n',
  'buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02\nsell 10 BHP @ 45 on 2026-03-02\n',
];

test('every broker’s file', () => {
  const samples = [...samplesOfBrokers, ...handmade, ...statements];
  // Each is read as what it looks like, and as what the user may say it is.
  const wanted = ['auto', ...formats.map(({ id }) => id)];
  let turn = 0;
  fuzz(samples, howMany(2500, 250_000), text => {
    turn += 1;
    const format = turn % 2 === 0 ? 'auto' : wanted[turn % wanted.length];
    const { rows, rejected, skipped } = readBrokerFile(text, { today, format });
    for (const { reason, line } of [...rejected, ...skipped]) {
      expect([reason === '', line >= 1]).toEqual([false, true]);
    }
    expect(new Set(rows.map(row => row.sourceKey)).size).toBe(rows.length);
  });
}, 3_600_000);

test('the entry line, whole and while it is typed', () => {
  const samples = [
    ...['buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02', 'sell 10 VAS @ $90 method highest-cost parcel 2024-01-02:5,x:5'],
    ...['dividend BHP 120.50 franked 100% credit 51.64 ex 2026-02-01', 'drp VAS 3 @ 95.1 dividend 290 residual 4.7'],
    ...[
      'split BHP 3:1 units 300 on 2026-01-05',
      'demerger BHP into S32 100 cost 7% on 2026-01-05',
      'amit VAS -12.30 fy 2026',
    ],
    ...[
      'statement VAS fy 2025 franked 10, amit-decrease 3',
      'transfer-in 5 CSL cost unknown acquired 2019-01-01 on 2026-01-01',
    ],
  ];
  fuzz(samples, howMany(2000, 250_000), text => {
    expect(entryLineProblems(text, { today }).problems.every(each => each.message !== '')).toBe(true);
    parseEntryLine(text, { today });
  });
}, 3_600_000);

test('the alert grammar', () => {
  const samples = [
    ...[
      'BHP above 45',
      'CBA moves 5% in 3d',
      'any 52w low',
      'VAS volume > 3x',
      'BHP signal is STRONG_BUY',
      'any loss > 10%',
    ],
    ...['CSL weight drifts > 5%', 'any ex-dividend in 5d', 'BHP stale > 3d', 'WOW 45-day in 10d'],
  ];
  fuzz(samples, howMany(1500, 150_000), text => {
    parseRule(text);
  });
}, 3_600_000);

test('the screener', () => {
  const samples = [
    ...[
      'pe<15 and roe>12 and grade<=B',
      'not (pe < 15 or sector = "Health Care") and mom_12_1 > 20%',
      'name contains gold',
    ],
    ...[`${'('.repeat(30)}pe<1${')'.repeat(30)}`, 'signal=strong_buy and turnover>=500k'],
  ];
  fuzz(samples, howMany(1500, 150_000), text => {
    parseScreen(text);
  });
}, 3_600_000);

test('the answers of EODHD', () => {
  const bar = { date: '2026-03-02', open: 1, high: '2.5', low: 'NA', close: 1.5, adjusted_close: 1.5, volume: 10 };
  const samples = [
    ...[
      [bar],
      { '0': bar },
      [{ ...bar, code: 'BHP', name: 'BHP' }],
      { code: 'BHP.AU', timestamp: 1_772_000_000, gmtoffset: 0, close: 51 },
    ],
    ...[
      [
        {
          date: '2026-02-01',
          declarationDate: null,
          paymentDate: '2026-03-01',
          value: 0.6,
          unadjustedValue: 0.6,
          currency: 'AUD',
        },
      ],
    ],
    ...[
      [{ date: '2026-02-01', split: '3.000000/1.000000' }],
      [{ Code: 'BHP', Name: 'BHP', Type: 'Common Stock', Currency: 'AUD' }],
    ],
    ...[
      {
        Name: 'ASX',
        ExchangeHolidays: { '0': { Date: '2026-01-01', Holiday: 'New Year', Type: 'official' } },
        TradingHours: {},
      },
    ],
    ...[{ apiRequests: 10, apiRequestsDate: '2026-03-02', dailyRateLimit: 100_000, extraLimit: 0 }],
    {
      General: { Code: 'BHP', Type: 'Common Stock', GicSector: 'Materials', CurrencyCode: 'AUD' },
      Highlights: { MarketCapitalization: 1e11, PERatio: 12 },
      Financials: {
        Income_Statement: {
          currency_symbol: 'USD',
          yearly: { '2025-06-30': { date: '2025-06-30', filing_date: '2025-08-20', totalRevenue: '5e10' } },
        },
      },
    },
  ].map(each => JSON.stringify(each));
  fuzz(samples, howMany(1500, 150_000), text => {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return;
    }
    const list = readList(json) ?? [];
    const { bars } = barsOf(list);
    for (const each of bars) expect(Number.isFinite(Number(each.close))).toBe(true);
    for (const read of [bulkBarsOf, bulkDividendsOf, bulkSplitsOf, securitiesOf]) read(list);
    dividendsOf(code, list);
    splitsOf(code, list);
    quotesOf(list, [code]);
    fundamentalsOf(code, json);
    membersOf(json);
    exchangeDetailsOf(json);
    userOf(json);
  });
}, 3_600_000);

type Sample = readonly [method: string, path: string, body: string];
type Send = (method: string, path: string, text: string | undefined) => Promise<{ status: number; body: unknown }>;

/** Requests of which the body is mangled, or where there is none the path: each is answered, and a refusal says why. */
async function fuzzRequests(samples: readonly Sample[], count: number, send: Send): Promise<void> {
  const random = randomOf(seed);
  const statuses = new Set<number>();
  for (let turn = 0; turn < count; turn += 1) {
    const [method, path, body] = samples[turn % samples.length] as Sample;
    const where = body === '' ? `/${encodeURI(mangled(path.slice(1), random).toWellFormed())}` : path;
    const text = body === '' ? undefined : mangled(body, random).toWellFormed();
    const sent = await send(method, where, text);
    const found = `${method} ${where} ${text} -> ${sent.status}`;
    if (sent.status >= 500 || sent.status < 200) throw new Error(`seed ${seed}: ${found} ${JSON.stringify(sent.body)}`);
    if (sent.status >= 400)
      expect([found, (sent.body as { detail?: unknown }).detail === undefined]).toEqual([found, false]);
    statuses.add(sent.status);
  }
  expect([...statuses]).toEqual(expect.arrayContaining([200, 422]));
}

test('bodies, paths and queries sent to the account server', async () => {
  const store = await openTestStore();
  onTestFinished(() => store.close());
  const env = { LOGIN_LIMIT_ADDRESS: '999999999', LOGIN_LIMIT_ACCOUNT: '999999999' };
  const server = await openTestServer(store, { env });
  const { access_token: token } = await register(server, 'ann');
  const row = { id: '019cb000-0000-7000-8000-000000000001', kind: 'entry', clock: 'a', blob: 'b3Ro', deleted: false };
  const samples: readonly Sample[] = [
    ['PUT', '/users/me/settings', JSON.stringify({ settings: { theme: 'dark', deep: { a: [1, null, true] } } })],
    ['PATCH', '/users/me', JSON.stringify({ email: 'ann@example.com', full_name: 'Ann' })],
    ['PUT', '/alerts/preferences', JSON.stringify([{ alert_type: 'signal_change', enabled: true, settings: {} }])],
    ['POST', '/sync/push', JSON.stringify({ rows: [row] })],
    ['GET', '/sync/pull?since=0&limit=10', ''],
    ['GET', '/notifications?unread_only=true&limit=50&offset=0', ''],
    ['PUT', '/notifications/1/read', ''],
    ['POST', '/auth/refresh', JSON.stringify({ refresh_token: token })],
    [
      'POST',
      '/auth/register',
      JSON.stringify({ username: 'bob', email: 'bob@example.com', password: 'securepass123' }),
    ],
    ['POST', '/auth/login', JSON.stringify({ username: 'ann', password: 'password of ann' })],
    ['PATCH', '/alerts/preferences/signal_change', JSON.stringify({ enabled: false, settings: { min: 1 } })],
  ];
  await fuzzRequests(samples, howMany(550, 20_000), (method, path, text) =>
    server.send(method, path, { token, ...(text === undefined ? {} : { text }) }),
  );
}, 3_600_000);

test('bodies, paths and queries sent to the local API', async () => {
  const { app } = await openTestApp({ now: Date.UTC(2026, 2, 2, 10) });
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
  const api = openLocalApi(app);
  const samples: readonly Sample[] = [
    ['POST', '/watchlist', JSON.stringify({ ticker: 'BHP.AX', note: 'why' })],
    ['PUT', '/alerts/preferences', JSON.stringify([{ alert_type: 'signal_change', enabled: true, settings: {} }])],
    ['PATCH', '/alerts/preferences/signal_change', JSON.stringify({ enabled: false, settings: {} })],
    ['GET', '/prices/BHP/history?period=1M&start_date=2026-01-01&end_date=2026-03-01', ''],
    ['GET', '/signals/ensemble/latest?signal_filter=BUY&limit=10&agreement_only=true', ''],
    ['GET', '/portfolio/rebalancing?mode=targets&amount=1000', ''],
    ['GET', '/search?q=bhp&limit=5', ''],
    ['GET', '/notifications?unread_only=true&limit=50&offset=0', ''],
    ['DELETE', '/watchlist/BHP', ''],
  ];
  await fuzzRequests(samples, howMany(400, 28_000), (method, path, text) =>
    api.send(method, path, text === undefined ? {} : { text }),
  );
  expect(app.db.raw.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(listEntries(app).count).toBe(1);
}, 3_600_000);

test('exports of its own that were mangled on their way', async () => {
  const { app } = await openTestApp({ now: Date.UTC(2026, 2, 2, 10) });
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
  let exported = '';
  const out = (text: string): void => {
    exported += text;
  };
  exportData(app, { format: 'jsonl' }, { out });
  const lines = exported.split('\n');
  const random = randomOf(seed);
  for (let turn = 0; turn < howMany(50, 2_000); turn += 1) {
    const at = Math.floor(random() * lines.length);
    const text = lines.with(at, mangled(lines[at] ?? '', random)).join('\n');
    try {
      await importOwn(app, text, { dryRun: true });
    } catch (error) {
      if (!(error instanceof Failure)) throw new Error(`seed ${seed}, input ${JSON.stringify(text)}`, { cause: error });
    }
  }
  expect(listEntries(app).count).toBe(1);
  expect(app.db.raw.pragma('foreign_key_check')).toEqual([]);
}, 3_600_000);
