import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCode } from '../../src/domain/market/security.ts';
import { fetchMissingFundamentals } from '../../src/usecases/refresh-fundamentals.ts';
import { type ConsoleApp, openConsoleApp } from '../support/demo-console.ts';
import { type LocalApi, openLocalApi, type Reply } from '../support/local-api.ts';
import { fillRecordedSignals } from '../support/recorded-signals.ts';

type Exchange = {
  readonly name: string;
  readonly request: { method: string; path: string; body: unknown; auth: 'api-key' | 'bearer' | null };
  readonly response: { status: number; body: unknown };
};

const path = resolve(import.meta.dirname, '../../../shared/data/http-api/console.json');
const recorded: Exchange[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
const noRecordings = recorded.length === 0 ? 'the recordings are not beside this checkout' : undefined;

type Where = 'new' | 'demo';
type Difference = {
  readonly names: readonly string[];
  /** On a console that is new, on the demo, or on both. */
  readonly on: readonly Where[];
  /** Fields by their path, or `status`. */
  readonly fields: readonly string[];
  readonly recorded: string;
  readonly ours: string;
};

const both: readonly Where[] = ['new', 'demo'];
const ofHolding = (...names: string[]): string[] => names.map(name => `holdings[].${name}`);

/** Where ours differs on purpose; docs/local-api.md says why. Types: a field that is not there is `absent`. */
const differences: readonly Difference[] = [
  { names: ['register'], on: both, fields: ['status'], recorded: '200', ours: '404' },
  { names: ['portfolio', 'analyze'], on: ['new'], fields: ['last_synced_at'], recorded: 'string', ours: 'null' },
  {
    names: ['portfolio', 'analyze'],
    on: ['demo'],
    fields: ['total_value', 'total_pl', 'total_pl_pct'],
    recorded: 'null',
    ours: 'number',
  },
  {
    names: ['portfolio', 'analyze'],
    on: ['demo'],
    fields: ofHolding('current_price', 'current_value', 'unrealized_pl', 'unrealized_pl_pct'),
    recorded: 'null',
    ours: 'number',
  },
  {
    names: ['portfolio', 'analyze'],
    on: ['demo'],
    fields: ofHolding('current_signal'),
    recorded: 'null',
    ours: 'null or string',
  },
  {
    names: ['portfolio', 'analyze'],
    on: ['demo'],
    fields: ofHolding('signal_confidence'),
    recorded: 'null',
    ours: 'null or number',
  },
  {
    names: ['rebalancing'],
    on: ['demo'],
    fields: [
      'suggestions',
      'mode',
      'generated_at',
      'total_value',
      'cash',
      'cash_after',
      'brokerage',
      'taxable_gain',
      'tax',
      'warnings',
    ],
    recorded: 'empty or absent',
    ours: 'filled',
  },
  { names: ['risk'], on: ['demo'], fields: ['status'], recorded: '404', ours: '200' },
  {
    names: ['upload ok'],
    on: ['new'],
    fields: ['batch', 'added', 'holdings', 'duplicates', 'rejected', 'skipped', 'warnings'],
    recorded: 'absent',
    ours: 'there',
  },
  { names: ['metrics'], on: ['demo'], fields: ['industry'], recorded: 'string', ours: 'null' },
  {
    names: ['metrics nulls'],
    on: ['demo'],
    fields: ['metrics.financial_health.debt_to_equity', 'metrics.financial_health.free_cash_flow'],
    recorded: 'null',
    ours: 'number',
  },
  {
    names: ['model b latest'],
    on: ['demo'],
    fields: ['signals[].fundamentals.debt_to_equity'],
    recorded: 'null or number',
    ours: 'number',
  },
];

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

/** The types of each field by its path, over all rows of a list. */
function shapeOf(value: unknown, at = '', shape: Map<string, Set<string>> = new Map()): Map<string, Set<string>> {
  if (at !== '') shape.set(at, (shape.get(at) ?? new Set<string>()).add(typeOf(value)));
  if (Array.isArray(value)) for (const each of value) shapeOf(each, `${at}[]`, shape);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) shapeOf(each, at === '' ? name : `${at}.${name}`, shape);
  }
  return shape;
}

const typesAt = (shape: Map<string, Set<string>>, at: string): string =>
  [...(shape.get(at) ?? ['absent'])].sort().join(' or ');

/** `field: recorded -> ours` of all that differs. */
function differing(response: Exchange['response'], reply: Reply): string[] {
  if (response.status !== reply.status) return [`status: ${response.status} -> ${reply.status}`];
  const [theirs, ours] = [shapeOf(response.body), shapeOf(reply.body)];
  return [...new Set([...theirs.keys(), ...ours.keys()])]
    .filter(at => typesAt(theirs, at) !== typesAt(ours, at))
    .map(at => `${at}: ${typesAt(theirs, at)} -> ${typesAt(ours, at)}`);
}

/** Whether the table tells of a difference: of the field itself, or of a field that it lies in. */
const isTold = (line: string, { fields, recorded: theirs, ours }: Difference): boolean => {
  const [field = '', types = ''] = line.split(': ');
  return fields.some(
    told =>
      (field === told && (types === `${theirs} -> ${ours}` || /^(there|filled)$/.test(ours))) ||
      (/^(there|filled)$/.test(ours) && (field.startsWith(`${told}[`) || field.startsWith(`${told}.`))),
  );
};

function send(api: LocalApi, { request }: Exchange): Promise<Reply> {
  const isForm = typeof request.body === 'string';
  const boundary = isForm ? /^--([^\r]+)\r\n/.exec(String(request.body))?.[1] : undefined;
  return api.send(request.method, request.path, {
    ...(request.auth === null ? { key: null } : {}),
    ...(isForm ? { text: String(request.body) } : request.body === null ? {} : { body: request.body }),
    ...(boundary === undefined ? {} : { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }),
  });
}

function replay(where: Where, names: readonly string[], api: () => LocalApi): void {
  // In order: each goes on where the one before it ended.
  test.each(recorded.filter(({ name }) => names.includes(name)))('$name', async exchange => {
    const reply = await send(api(), exchange);
    const told = differences.filter(each => each.names.includes(exchange.name) && each.on.includes(where));
    const found = differing(exchange.response, reply);
    expect(found.filter(line => !told.some(each => isTold(line, each)))).toEqual([]);
    // What the table tells of is really so.
    const unseen = told.flatMap(each =>
      each.fields.filter(field => !found.some(line => isTold(line, { ...each, fields: [field] }))),
    );
    expect(unseen).toEqual([]);
  });
}

const onNew = [
  ...['register', 'upload ok', 'upload missing col', 'upload neg', 'upload nonnum', 'upload empty'],
  ...['portfolio', 'analyze', 'rebalancing', 'risk', 'watch del', 'drift', 'ensemble nokey'],
  ...['ensemble missing', 'compare missing', 'metrics missing', 'quality missing', 'model b missing'],
];

describe.skipIf(noRecordings)(
  `the recorded exchanges, on a new console${noRecordings ? ` (${noRecordings})` : ''}`,
  { shuffle: false },
  () => {
    let opened: ConsoleApp;
    let api: LocalApi;
    beforeAll(async () => {
      opened = await openConsoleApp({ demo: false });
      api = openLocalApi(opened.app);
    });
    afterAll(() => opened?.close());

    replay('new', onNew, () => api);

    test('the portfolio is the recorded one, number by number, and was not uploaded twice', async () => {
      const { response } = recorded.find(({ name }) => name === 'portfolio') as Exchange;
      const body = response.body as { holdings: { ticker: string }[] };
      const byTicker = (a: { ticker: string }, b: { ticker: string }): number => (a.ticker < b.ticker ? -1 : 1);
      const again = await send(api, recorded.find(({ name }) => name === 'upload ok') as Exchange);
      expect(again.body).toMatchObject({
        status: 'success',
        portfolio_id: 1,
        holdings_count: 2,
        added: 0,
        duplicates: 2,
      });
      const ours = await api.get('/portfolio');
      expect({ ...ours, holdings: ours.holdings.sort(byTicker) }).toEqual({
        ...body,
        user_id: '1',
        last_synced_at: null,
        holdings: body.holdings.toSorted(byTicker),
      });
    });

    test('refusals say the recorded words, but for a suffix that was doubled and for words of Python', async () => {
      for (const exchange of recorded.filter(({ name }) => onNew.includes(name) && name !== 'register')) {
        const detail = (exchange.response.body as { detail?: string }).detail?.replace('.AX.AU', '.AU');
        if (detail === undefined) continue;
        const { body } = await send(api, exchange);
        if (exchange.name === 'upload neg') expect(body.detail).toContain('line 2: units are -1');
        else if (exchange.name === 'upload nonnum')
          expect(body.detail).toContain('line 2: units "abc" is not a number');
        else expect(body.detail).toBe(detail);
      }
    });
  },
);

const onDemo = [
  ...['ensemble latest', 'ensemble agreement', 'ensemble no conflict', 'ensemble filter', 'ensemble nokey'],
  ...['ensemble ticker', 'ensemble ticker bare', 'ensemble missing', 'compare', 'compare missing'],
  ...['metrics', 'metrics nulls', 'metrics missing', 'quality', 'quality missing', 'model b latest'],
  ...['model b latest buy', 'model b ticker', 'model b missing', 'live', 'register'],
  ...['portfolio', 'analyze', 'rebalancing', 'risk', 'watch del', 'drift'],
];

describe.skipIf(noRecordings)(
  `the recorded exchanges, on the demo${noRecordings ? ` (${noRecordings})` : ''}`,
  { shuffle: false },
  () => {
    let opened: ConsoleApp;
    let api: LocalApi;
    beforeAll(async () => {
      opened = await openConsoleApp({ demo: true });
      for (const code of ['BHP', 'CBA', 'CSL']) await fetchMissingFundamentals(opened.app, parseCode(code));
      fillRecordedSignals(opened.app);
      api = openLocalApi(opened.app);
    }, 60_000);
    afterAll(() => opened?.close());

    replay('demo', onDemo, () => api);

    test('signals are the recorded ones, value by value; the companies are those of the demo', async () => {
      const own = /^(created_at|fundamentals|fundamentals_snapshot)$/;
      const plain = (value: unknown): unknown =>
        JSON.parse(JSON.stringify(value, (key, each) => (own.test(key) ? 0 : each)));
      const signals = recorded.filter(
        ({ name }) => /^(ensemble|compare|quality|model b|live)/.test(name) && !/missing|nokey/.test(name),
      );
      expect(signals).toHaveLength(12);
      for (const exchange of signals) {
        expect(plain((await send(api, exchange)).body)).toEqual(plain(exchange.response.body));
      }
      expect((await api.get('/signals/ensemble/bhp.asx')).created_at).toBe('2026-01-28T10:00:00Z');
    });
  },
);

test('every exchange is replayed, and the document lists the differences of the table here', () => {
  const all = recorded.map(({ name }) => name);
  expect(all.filter(name => !onNew.includes(name) && !onDemo.includes(name))).toEqual([]);
  const text = readFileSync(join(import.meta.dirname, '../../docs/local-api.md'), 'utf8');
  const code = (words: readonly string[]): string => words.map(word => `\`${word}\``).join(', ');
  const rows = differences.map(
    ({ names, on, fields, recorded: theirs, ours }) =>
      `| ${names.join(', ')} | ${on.join(', ')} | ${code(fields)} | ${theirs} | ${ours} |`,
  );
  const listed = text.split('\n').filter(line => /^\| [a-z ,]+ \| (new|demo)(, demo)? \|/.test(line));
  expect(listed.map(line => line.split('|').slice(0, 6).join('|').concat('|'))).toEqual(rows);
});
