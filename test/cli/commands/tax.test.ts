import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTrader, session } from '../../support/cli.ts';

/** The middle of August 2026: FY2026 is over. */
const august = Date.UTC(2026, 7, 17, 0);

test('a financial year at the command line', async () => {
  const trader = await openTrader({ now: august });
  const lines = [
    'tax cgt --fy 2026',
    'portfolio create Joint --owners "Ann 50, Bob 50"',
    'portfolio create Own --owner Ann',
    'portfolio use Joint',
    'tax cgt --fy 2026',
    'tax cgt --fy 2026 --owner Ann',
    'add "buy 100 BHP @ 40 fee 9.95 on 2024-08-05"',
    'add "opening 10 XYZ cost unknown on 2024-08-05"',
    'add "sell 60 BHP @ 46 fee 9.95 on 2026-02-02"',
    'add "sell 10 XYZ @ 3 on 2026-03-02"',
    'add "buy 20 BHP @ 47 on 2026-02-20"',
    'add "buy 50 CSL @ 250 on 2025-08-05" --portfolio Own',
    'add "sell 50 CSL @ 240 fee 9.95 on 2025-10-06" --portfolio Own',
    'add "buy 10 CSL @ 239 on 2025-10-20" --portfolio Own',
    'add "dividend BHP 130 franked 100% ex 2026-03-05 on 2026-03-26"',
    'add "distribution VAS 50 ex 2026-07-01 on 2026-07-16 fy 2026"',
    'tax cgt --fy 2026 --owner ann',
    'tax cgt --fy FY2025-26 --owner Bob --csv',
    'tax income --fy 2026 --owner Bob',
    'tax cgt --fy 2026 --owner Anne',
    'tax cgt --fy 2028 --owner Ann',
    'tax cgt --fy 26',
    'tax cgt --fy 2025-27',
    'tax facts set losses-brought-in 100 --fy 2026 --owner Bob',
    'tax facts set losses-brought-in --fy 2026 --owner Bob',
    'tax facts set marginal-rate-pct 140 --fy 2026 --owner Bob',
    'tax facts set losses 100 --fy 2026',
    'tax cgt --fy 2026 --owner Bob',
    'tax lock --fy 2026 --owner Bob',
    'tax lock --fy 2026 --owner Bob',
    'tax lock --fy 2027 --owner Bob',
    'tax facts set losses-brought-in --fy 2026 --owner Bob --unset',
    'tax cgt --fy 2026 --owner Bob',
    'tax unlock --fy 2026 --owner Bob',
    'tax unlock --fy 2026 --owner Bob',
    'tax cpi list',
    'tax cpi set 2027Q3 103.4',
    'tax cpi set 2027Q9 103.4',
    'tax cpi set 2027Q4',
    'tax cpi set 2027Q4 0',
    'tax market-value list',
    'tax market-value set BHP 45.20',
    'tax market-value set BHP zero',
    'sell-preview BHP 20',
    'sell-preview BHP 20 --price 48',
    'sell-preview BHP 500 --price 48',
    'sell-preview BHP 0',
  ];
  await expect(await session(trader, lines)).toMatchFileSnapshot('../transcripts/tax.txt');
}, 60_000);

test('a pack that is refused writes nothing', async () => {
  const trader = await openTrader({ now: august });
  await trader.asxos('portfolio create Main');
  const folder = join(trader.dataDir, 'pack');
  const answer = await trader.asxos(['tax', 'pack', '--fy', '2029', '--out', folder]);
  expect([answer.code, answer.out, existsSync(folder)]).toEqual([64, '', false]);
});
