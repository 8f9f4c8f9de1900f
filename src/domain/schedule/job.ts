/**
 * The job that keeps asxos up to date by itself: one command, every 15 minutes, for cron or for systemd.
 *
 * Model: a program, its arguments, and the variables without which it would read other files than the person who installs
 * it. Rule: `refresh --if-due` itself knows Sydney time, daylight saving, holidays and missed runs; so the schedule is the
 * same all year and in every time zone, and needs to know none of them. Trouble a user sees: a path with a line break or
 * another control character, which neither a crontab nor a unit can carry.
 */
import { Failure } from '../../failure.ts';

export type Job = {
  /** The absolute paths of Node and of the launcher, then the arguments. */
  readonly words: readonly [program: string, ...args: string[]];
  /** Variables that the job needs beside what cron and systemd give it. */
  readonly env: Readonly<Record<string, string>>;
};

export const jobArguments = ['refresh', 'all', '--if-due', '--quiet'] as const;

/** `Failure` names the text that cannot be written on one line. */
export function checkJob({ words, env }: Job): void {
  const found = [...words, ...Object.values(env)].find(text => /\p{Cc}/u.test(text));
  if (found === undefined) return;
  throw new Failure('invalid-input', `${JSON.stringify(found)} has a control character, which no schedule can carry`, {
    hint: 'Move or rename that folder.',
  });
}
