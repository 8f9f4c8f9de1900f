/** The user's crontab, read and written through crontab(1), byte for byte: one character of the text is one byte. */
import { harmless } from '../domain/text.ts';
import { Failure } from '../failure.ts';
import { findProgram } from './find-program.ts';
import { type Environment, runTool, type Said } from './tool.ts';

export type Crontab = {
  /** Empty where the user has none. */
  readonly read: () => Promise<string>;
  /** `Failure('cannot-write')` with the words of crontab(1), where it refuses. */
  readonly write: (text: string) => Promise<void>;
};

/** Undefined where the PATH has no `crontab`. */
export function openCrontab(env: Environment, signal: AbortSignal): Crontab | undefined {
  const program = findProgram(env, 'crontab');
  if (program === undefined) return undefined;
  const read = async (): Promise<string> => {
    const said = await runTool([program, '-l'], { env, signal });
    if (said.code === 0) return said.out;
    // Of cronie, Vixie and the BSDs; then of BusyBox.
    if (said.out === '' && /no crontab for|can't open .*: No such file/i.test(said.err)) return '';
    throw new Failure('unavailable', `crontab -l does not show your crontab: ${wordsOf(said)}`, {
      hint: 'Nothing was changed. Use asxos schedule install --systemd, or ask who looks after this computer.',
    });
  };
  return {
    read,
    write: async text => {
      const said = await runTool([program, '-'], { env, signal, input: text });
      if (said.code !== 0) {
        throw new Failure('cannot-write', `crontab refused the new text: ${wordsOf(said)}`, {
          hint: 'Your crontab is as it was.',
        });
      }
      if ((await read()) !== text) {
        throw new Failure('cannot-write', 'crontab took the new text, and now shows another', {
          hint: 'Look at it with crontab -l.',
        });
      }
    },
  };
}

/** What a tool complained of, as one line. */
export function wordsOf({ code, err, out }: Said): string {
  const text = Buffer.from(err.trim() === '' ? out : err, 'latin1').toString('utf8');
  return harmless(text.trim()) || `it ended with ${code}`;
}

/** Text as the bytes that `read` and `write` speak of. */
export const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
