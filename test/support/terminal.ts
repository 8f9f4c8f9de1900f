/**
 * A terminal for tests: Ink paints on a fake TTY whose bytes go to a real terminal emulator (xterm), so tests read what
 * a person would see, and count what was written.
 */
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import xterm from '@xterm/headless';
import { render } from 'ink';
import type { ReactNode } from 'react';

type Emulator = InstanceType<typeof xterm.Terminal>;
export type ScreenCell = {
  readonly text: string;
  /** Columns it takes: 2 of a wide character, 0 of the cell behind it. */
  readonly width: number;
  /** `#rrggbb`, the number of a named colour, or undefined for the terminal's own. */
  readonly colour: string | number | undefined;
  readonly background: string | number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
};
export type TerminalSize = { readonly columns: number; readonly rows: number };
export type TestTerminal = {
  /** What stands on the screen: rows without trailing blanks. */
  screen: () => string;
  row: (y: number) => string;
  cellAt: (x: number, y: number) => ScreenCell;
  /** Sends keys as the terminal would, in one chunk, and waits until they were handled and painted. */
  keys: (text: string) => Promise<void>;
  paste: (text: string) => Promise<void>;
  resize: (columns: number, rows: number) => Promise<void>;
  /** Bytes written since the start. */
  bytes: () => number;
  /** Everything that was written. */
  output: () => string;
  waitFor: (wanted: string | RegExp | ((screen: string) => boolean), milliseconds?: number) => Promise<string>;
  /** Waits until what is under way has been painted. */
  settled: () => Promise<void>;
  unmount: () => Promise<void>;
};

class FakeOutput extends EventEmitter {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly #emulator: Emulator;
  readonly chunks: string[] = [];
  bytes = 0;

  constructor(emulator: Emulator, { columns, rows }: TerminalSize) {
    super();
    this.#emulator = emulator;
    this.columns = columns;
    this.rows = rows;
  }

  write(chunk: string, ...rest: unknown[]): boolean {
    this.chunks.push(chunk);
    this.bytes += Buffer.byteLength(chunk);
    const done = rest.find(argument => typeof argument === 'function');
    this.#emulator.write(chunk, () => done?.());
    return true;
  }
}

class FakeInput extends PassThrough {
  readonly isTTY = true;
  isRaw = false;
  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

export const emulatorFor = ({ columns, rows }: TerminalSize, convertEol: boolean): Emulator =>
  new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol, scrollback: 0 });

const rowText = (emulator: Emulator, y: number): string =>
  emulator.buffer.active.getLine(emulator.buffer.active.baseY + y)?.translateToString(true) ?? '';

export const screenText = (emulator: Emulator): string =>
  Array.from({ length: emulator.rows }, (_, y) => rowText(emulator, y))
    .join('\n')
    .trimEnd();

export function readCell(emulator: Emulator, x: number, y: number): ScreenCell {
  const cell = emulator.buffer.active.getLine(emulator.buffer.active.baseY + y)?.getCell(x);
  if (cell === undefined) throw new Error(`no cell at ${x},${y}`);
  const colour = (isDefault: boolean, isRgb: boolean, value: number): string | number | undefined =>
    isDefault ? undefined : isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
  return {
    text: cell.getChars(),
    width: cell.getWidth(),
    colour: colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
    background: colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    inverse: cell.isInverse() !== 0,
  };
}

export type Wanted = string | RegExp | ((screen: string) => boolean);

/** Resolves with the screen as soon as it shows what is wanted; rejects with the screen that was there instead. */
export function waitForScreen(emulator: Emulator, wanted: Wanted, milliseconds: number): Promise<string> {
  const shows = (screen: string): boolean =>
    typeof wanted === 'function'
      ? wanted(screen)
      : typeof wanted === 'string'
        ? screen.includes(wanted)
        : wanted.test(screen);
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const screen = screenText(emulator);
      if (!shows(screen)) return false;
      parsed.dispose();
      clearTimeout(timer);
      resolve(screen);
      return true;
    };
    const parsed = emulator.onWriteParsed(look);
    const timer = setTimeout(() => {
      if (look()) return;
      parsed.dispose();
      reject(
        new Error(
          `the screen never showed ${String(wanted)} in ${milliseconds} ms; it shows:\n${screenText(emulator)}`,
        ),
      );
    }, milliseconds);
    look();
  });
}

const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Mounts `node` full screen in a terminal of this size. Unmount it when done. */
export async function renderTerminal(node: ReactNode, size: TerminalSize): Promise<TestTerminal> {
  const emulator = emulatorFor(size, true);
  const output = new FakeOutput(emulator, size);
  const input = new FakeInput();
  const instance = render(node, {
    stdout: output as unknown as NodeJS.WriteStream,
    stderr: output as unknown as NodeJS.WriteStream,
    stdin: input as unknown as NodeJS.ReadStream,
    // Ink paints nothing under CI unless it is told that somebody is there.
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 1000,
  });
  const settled = async (): Promise<void> => {
    await nextTurn();
    await instance.waitUntilRenderFlush();
    await new Promise<void>(resolve => emulator.write('', resolve));
  };
  const send = async (text: string): Promise<void> => {
    input.write(text);
    await nextTurn();
    await settled();
  };
  await settled();
  return {
    screen: () => screenText(emulator),
    row: y => rowText(emulator, y),
    cellAt: (x, y) => readCell(emulator, x, y),
    keys: send,
    paste: text => send(`\u001b[200~${text}\u001b[201~`),
    resize: async (columns, rows) => {
      emulator.resize(columns, rows);
      output.columns = columns;
      output.rows = rows;
      output.emit('resize');
      await settled();
    },
    bytes: () => output.bytes,
    output: () => output.chunks.join(''),
    waitFor: (wanted, milliseconds = 5000) => waitForScreen(emulator, wanted, milliseconds),
    settled,
    unmount: async () => {
      instance.unmount();
      await instance.waitUntilExit();
      await new Promise<void>(resolve => emulator.write('', resolve));
    },
  };
}
