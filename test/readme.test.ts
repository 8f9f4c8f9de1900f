import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseLocalDate } from '../src/domain/date.ts';
import { parseEntryLine } from '../src/domain/ledger/entry-line.ts';
import { openTrader } from './support/cli.ts';
import { fridayEvening, openConsoleApp, openTestConsole, startTimeout } from './support/demo-console.ts';
import { answersOf } from './support/eodhd-answers.ts';
import { keyTable, mainKeyTable } from './support/key-table.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

/** The lines of the blocks in a language, without their comments. */
const linesIn = (language: string): string[] =>
  [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, named]) => named === language)
    .flatMap(([, , text = '']) => text.split('\n'))
    .map(line => line.replace(/\s+#.*$/, '').trim())
    .filter(line => line !== '');

/** To write them anew: DOCS=write vitest run test/readme.test.ts */
test.each([
  ['README.md', 'main keys', mainKeyTable()],
  ['docs/keys.md', 'keys', keyTable()],
])('the table of keys in %s is the one of the commands', (name, mark, wanted) => {
  const path = join(import.meta.dirname, '..', name);
  const text = readFileSync(path, 'utf8');
  const [begin, end] = [`<!-- ${mark} -->\n`, `\n<!-- /${mark} -->`];
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  if (process.env['DOCS'] === 'write') writeFileSync(path, text.slice(0, from) + wanted + text.slice(to));
  else expect(text.slice(from, to)).toBe(wanted);
});

test('every entry that is shown is read', () => {
  const entries = linesIn('');
  expect(entries.length).toBeGreaterThan(5);
  for (const line of entries) expect(parseEntryLine(line, { today: parseLocalDate('2026-12-01') })).toBeDefined();
});

const isOfDemo = (line: string): boolean => /^asxos (--demo|demo)\b/.test(line);

const answers = answersOf('2026-03-02', Date.UTC(2026, 2, 2, 23, 40));

const confirmations = [
  'Confirmation Number,Order Number,Trade Date,Buy/ Sell,Security,Units,Average Price ($),Brokerage (inc GST.),Net Proceeds ($),Settlement Date,Confirmation Status',
  '101,N101,2/02/2026,B,BHP,10,40.00,10.00,410.00,4/02/2026,Confirmed',
  '',
].join('\n');

test('every command line that is shown is done, one after another', async () => {
  const shown = linesIn('sh').filter(line => /^asxos\b/.test(line) && !isOfDemo(line));
  // Opening the console and pasting a key are conversations, with tests of their own.
  const lines = shown.filter(line => line !== 'asxos' && line !== 'asxos key set');
  expect(lines.length).toBeGreaterThan(6);
  const trader = await openTrader({ faults: answers });
  writeFileSync(join(trader.dataDir, 'Confirmations.csv'), confirmations);
  for (const line of lines) {
    const args = line
      .replace(/^asxos /, '')
      .replace(/[\w-]+[.](csv|db|jsonl)(?= --|$)/, name => `"${join(trader.dataDir, name)}"`);
    const { code, err } = await trader.asxos(args);
    const good = line === 'asxos doctor' ? [0, 1] : [0];
    expect({ line, code, err: good.includes(code) ? '' : err }).toEqual({
      line,
      code: expect.toBeOneOf(good),
      err: '',
    });
  }
  const { data } = JSON.parse((await trader.asxos('holdings --portfolio Main --json')).out);
  expect(data.holdings).toMatchObject([{ code: 'BHP', units: '110', price: '43.5' }]);
});

/** What stands between backquotes in a sentence, and the lines for cron. */
test('every other command that is named is known', async () => {
  const named = [...readme.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`(asxos [^`]+)`/g)].map(
    ([, line = '']) => line,
  );
  const scheduled = linesIn('cron').map(line => line.slice(line.indexOf('asxos ')));
  expect(scheduled).toHaveLength(1);
  const { asxos } = await openTrader({ faults: answers });
  for (const line of [...named, ...scheduled]) {
    const { code, err } = await asxos(line.replace(/^asxos /, ''), {
      screen: 'terminal',
      stdin: 'a-key-of-a-user',
      openConsole: async () => 0,
    });
    expect({ line, code, err: code === 0 ? '' : err }).toEqual({ line, code: 0, err: '' });
  }
});

describe('the tour', () => {
  test('shows on each screen what it says', { timeout: startTimeout }, async () => {
    const { app, close } = await openConsoleApp({ demo: true });
    onTestFinished(close);
    const t = openTestConsole(app, { columns: 112, rows: 34 });
    const table = /<!-- tour -->\n([\s\S]*?)\n<!-- \/tour -->/.exec(readme)?.[1] ?? '';
    const steps = [...table.matchAll(/^\| ((?:`[^`]+` ?)+)\| (.*) \|$/gm)];
    expect(steps.length).toBeGreaterThan(10);
    for (const [, keys = '', sees = ''] of steps) {
      t.press(...[...keys.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key));
      const wanted = [...sees.matchAll(/"([^"]+)"/g)].map(([, text]) => text);
      expect(wanted.length, keys).toBeGreaterThan(0);
      for (const text of wanted) {
        await expect
          .poll(() => t.frame().includes(String(text)), {
            message: `${keys} shows ${text}`,
            interval: 5,
            timeout: 5000,
          })
          .toBe(true);
      }
    }
  });

  test('is done by commands too', { timeout: startTimeout }, async () => {
    const lines = linesIn('sh').filter(isOfDemo);
    expect(lines.length).toBeGreaterThan(6);
    const { asxos } = await openTrader({ token: undefined, now: fridayEvening });
    for (const line of lines) {
      const { code, out } = await asxos(line.replace(/^asxos /, ''), { screen: 'none' });
      expect({ line, code, isSilent: out === '' }).toEqual({ line, code: 0, isSilent: false });
    }
  });
});
