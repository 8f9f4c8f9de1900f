/**
 * What the documents tell people to type is typed, page by page and in the order of the page: on a ledger of its own,
 * with a loopback EODHD, a real account server, and the crontab of a folder. `README.md` has a test of its own.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../src/server/store/store.ts';
import { emptyStore, listenOnLoopback, openTestServer, openTestStore } from './support/account-server.ts';
import { temporaryFolder } from './support/app.ts';
import { type Answer, openTrader, words } from './support/cli.ts';
import { commandsOf, pages } from './support/documents.ts';
import { answersOf } from './support/eodhd-answers.ts';
import { schedulersIn } from './support/schedulers.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

/** The first morning after an index was published that a trader has to enter. */
const now = Date.UTC(2027, 10, 3, 0);
const password = 'correct-horse-battery-staple';

type Typed = (line: string) => Promise<Answer>;

/** A trader with a ledger, an import, a backup and an account on which this device syncs; `fresh` has no account yet. */
async function atWork(fresh: boolean): Promise<{ type: Typed; values: readonly [RegExp, string][] }> {
  const trader = await openTrader({ now, faults: answersOf('2027-11-02', Date.UTC(2027, 10, 2, 23, 40)) });
  await emptyStore(store);
  const server = await listenOnLoopback(await openTestServer(store, { clock: trader.clock }));
  const { env } = schedulersIn(trader.dataDir, ['crontab']);
  const type: Typed = line =>
    trader.asxos(words(line).slice(1), {
      env: { ...env, ASXOS_ACCOUNT_URL: server.url },
      secret: [password, password, password],
    });
  const done = async (line: string): Promise<string> => {
    const { out, err, code } = await type(line);
    if (![0, 3].includes(code)) throw new Error(`${line} ended with ${code}: ${err}`);
    return out;
  };
  const folder = temporaryFolder();
  const trades = join(folder, 'trades.csv');
  writeFileSync(trades, 'ticker,shares,avg_cost,date_acquired\nBHP,10,41.5,2025-03-03\n');
  const { data: added } = JSON.parse(await done('asxos add "buy 100 BHP @ 40 on 2025-02-03" --json'));
  const { data: imported } = JSON.parse(await done(`asxos import "${trades}" --json`));
  await done('asxos refresh');
  if (!fresh) {
    await done('asxos account register ann --email ann@example.com');
    await done('asxos sync enrol');
  }
  await done(`asxos backup "${join(folder, 'asxos.db')}"`);
  return {
    type,
    values: [
      [/https:\/\/accounts[.]example[.]com/, server.url],
      [/\/media\/usb\/asxos[.]db/, `"${join(folder, 'usb.db')}"`],
      [/(?<= )(asxos|prices)[.](db|jsonl)/, `"${join(folder, '$1.$2')}"`],
      [/\/tmp\/trial/, `"${trader.dataDir}"`],
      [/\bFOLDER\b/, `"${join(folder, 'data')}"`],
      [/\b(ENTRY|ID)\b/, added.entry.id],
      [/\bBATCH\b/, imported.batch],
      [/\bVERSION\b/, '1'],
      [/(?<=login )NAME\b/, 'ann'],
      [/\b(NAME|CODE)\b/, 'BHP'],
      [/\bPRICE\b/, '41.20'],
      [/\bAMOUNT\b/, '1,000'],
      [/\bDATE\b/, '2026-03-02'],
      [/\bQUARTER INDEX\b/, '2027Q3 103.4'],
      [/\bTOPIC\b/, 'shares'],
    ],
  };
}

/** What ends otherwise than with 0, and is right to: a check that finds something, and what there is no cause for here. */
const otherwise: readonly [RegExp, readonly number[]][] = [
  [/^asxos doctor( --online| --json| --quiet| data)?$/, [0, 1]],
  [/^asxos prices accept/, [64]],
  [/^asxos sync settle/, [64]],
  [/^asxos sync recover/, [64]],
];

/** A command that a sentence names without what it needs, as `asxos import`. */
const isNamedAlone = ({ code, err }: Answer): boolean => code === 64 && /Missing required argument/.test(err);

test.for(pages.filter(({ path, text }) => path !== 'README.md' && commandsOf(text).length > 0))(
  'the commands of $path are done, one after another',
  { timeout: 60_000 },
  async ({ path, text }) => {
    const { type, values } = await atWork(text.includes('asxos account register'));
    for (const shown of commandsOf(text)) {
      const line = values.reduce((told, [name, value]) => told.replace(name, value), shown);
      const answer = await type(line);
      if (isNamedAlone(answer)) continue;
      const expected = otherwise.find(([which]) => which.test(shown))?.[1] ?? [0];
      const { code, err } = answer;
      expect({ path, line, code, err: expected.includes(code) ? '' : err }).toEqual({
        ...{ path, line, err: '' },
        code: expect.toBeOneOf([...expected]),
      });
    }
  },
);
