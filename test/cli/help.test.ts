import { beforeEach, describe, expect, test } from 'vitest';
import { openTrader, type Trader } from '../support/cli.ts';

let trader: Trader;
let root: string;
beforeEach(async () => {
  trader = await openTrader();
  root = (await trader.asxos('--help')).out;
});

const nounsOf = (help: string): string[] =>
  [...help.matchAll(/^(?:\w[\w ]{0,6}|) {2,}([a-z]+) {2,}\S/gm)].map(([, name]) => name ?? '');
const commandsOf = (help: string): string[] => {
  const listed = help.split('\nCommands:\n')[1]?.split('\n\n')[0] ?? '';
  return [...listed.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name ?? '').filter(name => name !== 'help');
};

test('the first page lists every command of this version by its purpose, and is 80 wide', () => {
  expect(nounsOf(root)).toEqual(
    [
      'dashboard holdings parcels income performance history analyze compare quote chart signals fundamentals search why',
      'rebalance watch tax alerts notifications',
      'add import entries portfolio',
      'refresh schedule prices jobs doctor backup restore export demo',
      'key config account sync api serve completion schema',
    ].flatMap(purpose => purpose.split(' ')),
  );
  const lines = root.trimEnd().split('\n');
  expect(lines.length).toBeLessThan(50);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

test('every command has a sentence, its options and two to four examples', async () => {
  const pages: string[] = [root];
  for (const noun of nounsOf(root)) {
    const page = (await trader.asxos([noun, '--help'])).out;
    const own = commandsOf(page).map(name => [noun, name]);
    for (const path of [[noun], ...own]) {
      const { out, err, code } = await trader.asxos([...path, '--help']);
      expect([err, code]).toEqual(['', 0]);
      const examples = (out.split('\nExamples:\n')[1] ?? '').split('\n\n')[0]?.split('\n') ?? [];
      expect(examples.length, path.join(' ')).toBeGreaterThanOrEqual(2);
      expect(examples.length, path.join(' ')).toBeLessThanOrEqual(4);
      expect(out).toMatch(/^Usage: asxos .*\n\n[A-Z][\s\S]*?[.]\n/);
    }
    pages.push(page, ...(await Promise.all(own.map(async path => (await trader.asxos([...path, '--help'])).out))));
  }
  for (const line of pages.join('\n').split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  await expect(pages.join('\n')).toMatchFileSnapshot('transcripts/help.txt');
});

describe('asking for help', () => {
  test.each(['--help', '-h', 'help'])('%s is the first page, on stdout', async ask => {
    expect(await trader.asxos(ask)).toEqual({ out: root, err: '', code: 0 });
  });
  test('help COMMAND is the command’s own page', async () => {
    expect((await trader.asxos('help holdings')).out).toBe((await trader.asxos('holdings --help')).out);
  });
  test('help of what is no command', async () => {
    expect(await trader.asxos('help nothing')).toEqual({
      out: '',
      err: 'asxos: There is no command "nothing"\nSee asxos --help.\n',
      code: 64,
    });
  });
});

test('help goes as deep as the commands do', async () => {
  const page = (await trader.asxos('portfolio create --help')).out;
  expect(page).toContain('Usage: asxos portfolio create ');
  expect((await trader.asxos('help portfolio create')).out).toBe(page);
  expect((await trader.asxos('portfolio help create')).out).toBe(page);
});
