/** A program in a pseudo-terminal, with an emulator that shows its screen and answers its questions. */
import { spawn } from '@lydell/node-pty';
import {
  emulatorFor,
  readCell,
  type ScreenCell,
  screenText,
  type TerminalSize,
  type Wanted,
  waitForScreen,
} from './terminal.ts';

export type TerminalProgram = {
  readonly pid: number;
  screen: () => string;
  /** The rows of the screen, cell by cell. */
  cells: () => ScreenCell[][];
  write: (text: string) => void;
  resize: (columns: number, rows: number) => void;
  waitForText: (wanted: Wanted, milliseconds?: number) => Promise<string>;
  /** The exit code, and the number of the signal that ended it, if one did. */
  readonly exit: Promise<{ code: number; signal: number | undefined }>;
  /** Everything the program wrote, as bytes came. */
  raw: () => string;
  /** Rows that go on in the next one: what was written was wider than the terminal. */
  wrappedRows: () => number;
  /** `normal` or `alternate`: the screen buffer in use. */
  buffer: () => 'normal' | 'alternate';
  kill: (signal?: string) => void;
};
export type ProgramOptions = TerminalSize & {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
};

/** Ink paints nothing where CI is set, and colours depend on these. */
const hidden = ['CI', 'CONTINUOUS_INTEGRATION', 'NO_COLOR', 'FORCE_COLOR', 'NODE_ENV', 'VITEST', 'COLORTERM'];

function environment(own: ProgramOptions['env']): Record<string, string> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !hidden.includes(name)));
  const all = { ...inherited, TERM: 'xterm-256color', ...own };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Starts `command` in a terminal of this size. End it with `kill` where it does not end by itself. */
export function startInTerminal(command: string, args: readonly string[], options: ProgramOptions): TerminalProgram {
  const emulator = emulatorFor(options, false);
  const chunks: string[] = [];
  const program = spawn(command, [...args], {
    name: 'xterm-256color',
    cols: options.columns,
    rows: options.rows,
    cwd: options.cwd ?? process.cwd(),
    env: environment(options.env),
  });
  let ended = false;
  program.onData(text => {
    chunks.push(text);
    emulator.write(text);
  });
  emulator.onData(answer => {
    if (!ended) program.write(answer);
  });
  const exit = new Promise<{ code: number; signal: number | undefined }>(resolve => {
    program.onExit(({ exitCode, signal }) => {
      ended = true;
      // What the program wrote last may still be on its way through the emulator.
      emulator.write('', () => resolve({ code: exitCode, signal: signal === 0 ? undefined : signal }));
    });
  });
  return {
    pid: program.pid,
    screen: () => screenText(emulator),
    cells: () =>
      Array.from({ length: emulator.rows }, (_, y) =>
        Array.from({ length: emulator.cols }, (_, x) => readCell(emulator, x, y)),
      ),
    write: text => program.write(text),
    resize: (columns, rows) => {
      emulator.resize(columns, rows);
      program.resize(columns, rows);
    },
    waitForText: (wanted, milliseconds = 15_000) => waitForScreen(emulator, wanted, milliseconds),
    exit,
    raw: () => chunks.join(''),
    wrappedRows: () => {
      const { active } = emulator.buffer;
      const rows = Array.from({ length: emulator.rows }, (_, y) => active.getLine(active.baseY + y));
      return rows.filter(row => row?.isWrapped).length;
    },
    buffer: () => emulator.buffer.active.type,
    kill: signal => {
      if (!ended) program.kill(signal);
    },
  };
}
