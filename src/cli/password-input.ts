/** Passwords of a command: asked for on a terminal without showing them, read from standard input in a pipe. */
import { Failure } from '../failure.ts';
import type { Outside } from './program.ts';

/** What takes extra arguments only to refuse them: a password would stand in the shell's history and in `ps`. */
export function refuseArguments(args: readonly string[], expected: number, command: string): void {
  if (args.length <= expected) return;
  throw new Failure('invalid-input', 'A password is never given as an argument: others could see it there', {
    hint: `Run ${command} and type it, or pipe it with --password-stdin. Clear it from your shell history.`,
  });
}

/** One password for each prompt; on standard input each stands on a line of its own. */
export async function readPasswords(
  outside: Pick<Outside, 'stdinIsTerminal' | 'readSecret' | 'readStdin'>,
  prompts: readonly string[],
  isPiped: boolean,
): Promise<string[]> {
  if (outside.stdinIsTerminal) {
    const typed: string[] = [];
    for (const prompt of prompts) typed.push(await outside.readSecret(`${prompt} (not shown): `));
    return typed;
  }
  if (!isPiped) {
    throw new Failure('invalid-input', 'A password is asked for on a terminal, and there is none', {
      hint: 'Pipe it, and add --password-stdin.',
    });
  }
  const { decodeText } = await import('../usecases/read-file.ts');
  const lines = decodeText(await outside.readStdin()).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === prompts.length) return lines;
  throw new Failure(
    'invalid-input',
    `Standard input has ${lines.length === 1 ? '1 line' : `${lines.length} lines`}, and ${prompts.length} ${prompts.length === 1 ? 'is' : 'are'} asked for`,
    { hint: `Write: ${prompts.map(prompt => prompt.toLowerCase()).join(', then ')}; each on a line of its own.` },
  );
}

/** A new password: on a terminal it is typed twice. */
export async function readNewPassword(
  outside: Pick<Outside, 'stdinIsTerminal' | 'readSecret' | 'readStdin'>,
  isPiped: boolean,
): Promise<string> {
  if (!outside.stdinIsTerminal) {
    const [given = ''] = await readPasswords(outside, ['Password'], isPiped);
    return given;
  }
  const [first = '', second] = await readPasswords(
    outside,
    ['Password, 8 characters or more', 'The same again'],
    false,
  );
  if (first === second) return first;
  throw new Failure('invalid-input', 'The two passwords are not the same', { hint: 'Type it again.' });
}
