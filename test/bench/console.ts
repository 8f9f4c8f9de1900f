/** The built console in a pseudo-terminal, with the time of every byte it writes. */
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

export type Size = { readonly columns: number; readonly rows: number };

export type Running = {
  readonly pid: number;
  readonly startedAt: number;
  /** When the last byte came; undefined before the first. */
  lastByteAt: () => number | undefined;
  bytes: () => number;
  screen: () => string;
  write: (text: string) => void;
  /** When the text stood on the screen, by the clock of `performance`. */
  shown: (text: string) => Promise<number>;
  /** When the screen was first like that. */
  until: (isLike: (screen: string) => boolean, what: string) => Promise<number>;
  /** Resolves when nothing was written for so long. */
  quiet: (milliseconds: number) => Promise<void>;
  end: () => Promise<void>;
};

const patience = 60_000;
const wait = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Starts Node with these arguments in a terminal of this size. End it with `end`. */
export function startNode(args: readonly string[], size: Size, env: NodeJS.ProcessEnv): Running {
  const emulator = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true, scrollback: 0 });
  const startedAt = performance.now();
  const program = spawn(process.execPath, [...args], {
    name: 'xterm-256color',
    cols: size.columns,
    rows: size.rows,
    cwd: process.cwd(),
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  });
  let lastByteAt: number | undefined;
  let bytes = 0;
  let ended = false;
  program.onData(text => {
    lastByteAt = performance.now();
    bytes += Buffer.byteLength(text);
    emulator.write(text);
  });
  emulator.onData(answer => {
    if (!ended) program.write(answer);
  });
  const exit = new Promise<void>(resolve => {
    program.onExit(() => {
      ended = true;
      resolve();
    });
  });
  const screen = (): string =>
    Array.from({ length: size.rows }, (_, y) => emulator.buffer.active.getLine(y)?.translateToString(true) ?? '').join(
      '\n',
    );
  const running: Running = {
    pid: program.pid,
    startedAt,
    lastByteAt: () => lastByteAt,
    bytes: () => bytes,
    screen,
    write: text => program.write(text),
    shown: text => running.until(shown => shown.includes(text), `"${text}"`),
    until: async (isLike, what) => {
      const until = performance.now() + patience;
      for (;;) {
        // The emulator parses later than the bytes come; what counts is when they came.
        const cameAt = lastByteAt;
        await new Promise<void>(resolve => emulator.write('', resolve));
        if (cameAt !== undefined && isLike(screen())) return cameAt;
        if (ended || performance.now() > until) throw new Error(`${what} was never shown, but:\n${screen()}`);
        await wait(1);
      }
    },
    quiet: async milliseconds => {
      for (;;) {
        const since = performance.now() - (lastByteAt ?? startedAt);
        if (since >= milliseconds) return;
        await wait(milliseconds - since);
      }
    },
    end: async () => {
      if (!ended) program.kill('SIGTERM');
      const hardly = setTimeout(() => {
        if (!ended) program.kill('SIGKILL');
      }, 5000);
      await exit;
      clearTimeout(hardly);
    },
  };
  return running;
}

/** Runs `work` with a started program, which is ended whatever happens. */
export async function withNode<T>(
  args: readonly string[],
  size: Size,
  env: NodeJS.ProcessEnv,
  work: (running: Running) => Promise<T>,
): Promise<T> {
  const running = startNode(args, size, env);
  try {
    return await work(running);
  } finally {
    await running.end();
  }
}

/** Stands at the foot of every screen, so with it the whole frame is there. */
export const footer = '? help';
