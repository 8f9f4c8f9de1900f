/**
 * Somebody who presses everything: random keys, pasted text of every script, strange sequences and another size of the
 * terminal every few moments. The same seed does the same, as far as the program answers in the same time.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { TerminalProgram } from './pty.ts';

/** Keys but for those that leave: q, ctrl-C, ctrl-D, ctrl-\ and ctrl-Z. */
const keys = [
  ...'123456789hjklgGsraiwedux:?!nmyN%+-=fRtpco[] .0,/'.split(''),
  ...['\r', '\t', '\u001b', '\u007f', '\u001b[A', '\u001b[B', '\u001b[C', '\u001b[D', '\u001b[5~', '\u001b[6~'],
  ...['\u001b[H', '\u001b[F', '\u001b[Z', '\u001b[3~', '\u001bOP', '\u0010', '\u0015', '\u000c', 'jj', 'jjjkG', '2\r'],
];
/** What terminals also send: a mouse, an answer to a question that nobody asked, a cut sequence, a lone surrogate's bytes. */
const strange = [
  ...[
    '\u001b[M !!',
    '\u001b[<0;10;10M',
    '\u001b[I',
    '\u001b[O',
    '\u001b[?1;2c',
    '\u001b[12;40R',
    '\u001b[',
    '\u001b]11;rgb:0/0/0\u0007',
  ],
  ...['\u0000', '\u009b31m', '\ufffd', '\u200d', '\u0301'],
];
const texts = [
  ...[
    'buy 100 BHP @ 43.21',
    '株式会社 日本',
    '👨‍👩‍👧‍👦🏳️‍🌈',
    'é̂̃ à',
    'مرحبا',
    '\u202eright to left',
    '\u001b[31mred\u001b[0m',
  ],
  ...[
    'a'.repeat(500),
    'two\nlines\r\nof text',
    '\u001b[2J\u001b[3J\u001b[H',
    '%s%n$(date)`id`',
    '\u001b]0;title\u0007',
    ' ',
  ],
];

export type Wild = {
  readonly actions: number;
  readonly resizes: number;
  /** What was wrong, with what was done last. */
  readonly trouble: readonly string[];
};

/** A generator with a seed (Numerical Recipes' constants). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Acts for so long, and looks at the screen after each new size. Ends early when the program does. */
export async function actWildly(
  program: TerminalProgram,
  { seed, milliseconds }: { readonly seed: number; readonly milliseconds: number },
): Promise<Wild> {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const done: string[] = [];
  const trouble: string[] = [];
  let [actions, resizes] = [0, 0];
  let isEnded = false;
  void program.exit.then(({ code }) => {
    isEnded = true;
    trouble.push(`it ended with ${code} after ${done.slice(-8).join(', ')}\n${program.screen()}`);
  });
  const write = (text: string): void => {
    done.push(JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text));
    program.write(text);
  };
  for (const until = performance.now() + milliseconds; performance.now() < until && !isEnded; ) {
    const dice = random();
    actions += 1;
    if (dice < 0.75) write(pick(keys));
    else if (dice < 0.82) write(pick(strange));
    else if (dice < 0.88) write(`\u001b[200~${pick(texts)}\u001b[201~`);
    else {
      const [columns, rows] = [between(40, 250), between(12, 70)];
      done.push(`${columns}x${rows}`);
      resizes += 1;
      program.resize(columns, rows);
      await settled(program, () => isEnded);
      const wrapped = program.wrappedRows();
      if (wrapped > 0) trouble.push(`${wrapped} rows too wide after ${done.slice(-8).join(', ')}\n${program.screen()}`);
    }
    // A person is no quicker than this; the program reads several keys at once now and then.
    if (random() < 0.5) await wait(5);
  }
  return { actions, resizes, trouble };
}

/** Until nothing more is written for a moment. */
async function settled(program: TerminalProgram, isEnded: () => boolean): Promise<void> {
  let [length, quiet] = [-1, 0];
  for (let look = 0; look < 400 && quiet < 6 && !isEnded(); look += 1) {
    await wait(15);
    const now = program.raw().length;
    quiet = now === length ? quiet + 1 : 0;
    length = now;
  }
}
