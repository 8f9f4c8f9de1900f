/** The console under random keys, pastes and sizes, on data whose names try to act on the terminal. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { refresh } from '../../src/usecases/refresh-prices.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';
import { startEodhdServer } from '../support/eodhd-server.ts';
import { startInTerminal, type TerminalProgram } from '../support/pty.ts';
import { howMany } from '../support/soak.ts';
import { actWildly } from '../support/wild-session.ts';
import { evening, json, listed, quoteRow, record, user } from '../usecases/scripted-market.ts';

const root = join(import.meta.dirname, '../..');
const launcher = join(root, 'bin/asxos.js');
const isBuilt = existsSync(join(root, 'dist/main.js'));

const nasty = {
  BHP: '\u001b[31mBHP\u001b[2J\u001b[3J Group\u0007',
  CSL: '株式会社シーエスエル 👨‍👩‍👧 Ltd',
  WOW: 'Wo\u0301o\u0302l\u202eworths\u200d\n\tGroup '.repeat(12),
};
const codes = Object.keys(nasty) as (keyof typeof nasty)[];
const market = [
  user(0, 100_000),
  json(
    'exchange-symbol-list',
    codes.map(Code => ({ Code, Name: nasty[Code], Type: 'Common Stock', Currency: 'AUD', Isin: null })),
  ),
  json('exchange-details', { Name: 'ASX', ExchangeHolidays: {}, TradingHours: {} }),
  json(
    'real-time',
    codes.map(code => quoteRow(code, 50, evening / 1000)),
  ),
  ...codes.flatMap(code => listed(code)),
];

/** esc takes a dialog away and q leaves, one after the other: together they would be alt-q. */
async function leave(program: TerminalProgram): Promise<void> {
  let hasEnded = false;
  void program.exit.then(() => {
    hasEnded = true;
  });
  let turn = 0;
  const isLeft = () => {
    if (hasEnded) return 'left';
    turn += 1;
    program.write(turn % 2 === 0 ? 'q' : '\u001b');
    return program.screen();
  };
  await expect.poll(isLeft, { timeout: 20_000, interval: 150 }).toBe('left');
}

describe.skipIf(!isBuilt)('the bundled console', () => {
  test('survives everything at once, and gives the terminal back', async () => {
    const server = await startEodhdServer({ faults: market });
    onTestFinished(() => server.close());
    const dataDir = temporaryFolder();
    const env = {
      ASXOS_DATA_DIR: dataDir,
      ASXOS_CONFIG: join(dataDir, 'config.json'),
      ASXOS_EODHD_URL: server.url,
      EODHD_API_TOKEN: 'recorded',
      ASXOS_NOW: new Date(evening).toISOString(),
    };
    const { app } = await openTestApp({ now: evening, dataDir, server });
    createPortfolio(app, '株 \u202e e\u0301 👨‍👩‍👧 fund');
    for (const code of codes) record(app, `buy 100 ${code} @ 40 on 2026-02-02 note ${nasty[code]}`);
    await refresh(app, { target: 'all' });
    await app.close();
    const program = startInTerminal(process.execPath, [launcher], { columns: 100, rows: 30, cwd: root, env });
    onTestFinished(() => program.kill('SIGKILL'));
    await program.waitForText('Dashboard', 30_000);
    const seed = Date.now() % 1_000_000;
    const { actions, resizes, trouble } = await actWildly(program, { seed, milliseconds: howMany(30_000, 300_000) });
    expect({ seed, trouble }).toEqual({ seed, trouble: [] });
    expect([actions > 200, resizes > howMany(10, 50)]).toEqual([true, true]);
    await leave(program);
    expect((await program.exit).code).toBe(0);
    expect(program.buffer()).toBe('normal');
    // Neither the scrollback nor the terminal's state is ever thrown away, be it by a name.
    expect(program.raw()).not.toMatch(/\u001b\[3J|\u001bc|\u001b\]0;/);
  }, 600_000);
});
