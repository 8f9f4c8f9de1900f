/**
 * A console that is left open for weeks, in a process of its own: the whole of it is drawn by Ink on a terminal that
 * forgets what it is told, its market is an EODHD server on loopback, and its clock is driven. Its own timer finds every
 * refresh due. Prints, as JSON, what the heap held after each so many refreshes, everything that can be freed being freed.
 */
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { mock } from 'node:test';
import { render } from 'ink';
import { createElement } from 'react';
import { openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { startDemoMarket } from '../../src/demo/server.ts';
import { readInstant } from '../../src/domain/date.ts';
import { Console } from '../../src/tui/app.tsx';
import { openRuntime } from '../../src/tui/runtime.ts';
import { chooseTheme } from '../../src/tui/theme.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';

const [dir = '', migrationsDir = '', cyclesText = '', everyText = ''] = process.argv.slice(2);
const cycles = Number(cyclesText);
const sampleEvery = Number(everyText);
const { gc } = globalThis;
if (gc === undefined) throw new Error('needs --expose-gc');

class ForgetfulTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly columns = 120;
  readonly rows = 40;
  bytes = 0;
  write(chunk: string, ...rest: unknown[]): boolean {
    this.bytes += chunk.length;
    const done = rest.find(argument => typeof argument === 'function');
    if (done !== undefined) setImmediate(done as () => void);
    return true;
  }
}
class Keyboard extends PassThrough {
  readonly isTTY = true;
  setRawMode = (): this => this;
  ref = (): this => this;
  unref = (): this => this;
}

const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

// The console's own timers go when they are told to; those of the network stay real.
mock.timers.enable({ apis: ['setInterval'] });
const clock = { now: readInstant('2026-03-02T00:00Z') ?? 0 };
const market = await startDemoMarket({ now: () => clock.now });
const env = {
  ASXOS_DATA_DIR: join(dir, 'data'),
  ASXOS_CONFIG: join(dir, 'config.json'),
  ASXOS_EODHD_URL: market.url,
  EODHD_API_TOKEN: market.token,
};
const app = openApp(loadConfig({ env }), { env, migrationsDir }, { now: () => clock.now });
const codes = ['BHP', 'CBA', 'CSL', 'NAB', 'WBC', 'ANZ', 'WES', 'MQG', 'FMG', 'TLS', 'RIO', 'WOW', 'VAS', 'STO', 'TCL'];
for (const code of codes) recordEntry(app, `buy 100 ${code} @ 20 on 2025-03-03`);

const output = new ForgetfulTerminal();
const keyboard = new Keyboard();
const { columns, rows } = output;
const runtime = openRuntime(app, {
  size: { columns, rows },
  end: ending => {
    throw 'error' in ending ? ending.error : new Error(`the console ended with ${ending.exitCode}`);
  },
});
const theme = chooseTheme('dark', 'true');
const screen = createElement(Console, { runtime, theme, chart: 'braille', spareRows: 0, onReady: () => undefined });
const terminal = render(screen, {
  stdout: output as unknown as NodeJS.WriteStream,
  stdin: keyboard as unknown as NodeJS.ReadStream,
  interactive: true,
  alternateScreen: true,
  incrementalRendering: true,
  exitOnCtrlC: false,
  patchConsole: false,
  maxFps: 60,
});

let refreshes = 0;
let isRunning = false;
runtime.subscribe(() => {
  const { kind } = runtime.snapshot().state.task;
  if (isRunning && kind !== 'running') refreshes += 1;
  isRunning = kind === 'running';
});
await runtime.start();

const screens = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const samples: { refreshes: number; bytes: number }[] = [];
const startedAt = performance.now();
for (let turn = 0; refreshes <= cycles; turn += 1) {
  clock.now += 30_000;
  mock.timers.tick(30_000);
  do await nextTurn();
  while (isRunning);
  if (refreshes >= samples.length * sampleEvery) {
    // Always of the same screen: each keeps what it last showed.
    keyboard.write('1');
    await nextTurn();
    await terminal.waitUntilRenderFlush();
    for (let round = 0; round < 3; round += 1) {
      await nextTurn();
      gc();
    }
    const { heapUsed, external } = process.memoryUsage();
    samples.push({ refreshes, bytes: heapUsed + external });
  }
  // Somebody looks at it now and then.
  if (turn % 60 === 0) keyboard.write(`${screens[(turn / 60) % screens.length]}j`);
}
const seconds = (performance.now() - startedAt) / 1000;
process.stdout.write(
  JSON.stringify({ samples, seconds, drawn: output.bytes, resident: process.memoryUsage().rss }),
);
terminal.unmount();
await runtime.stop();
await app.close();
await market.close();
