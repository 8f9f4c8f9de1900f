/**
 * The job as two units of a user's systemd: a service that runs once, and the timer that starts it.
 *
 * Model: a unit is ours when its first line is the mark; another of the same name is the user's. Rules: systemd.syntax(7)
 * and systemd.service(5), "Command lines": words in double quotes, C escapes, `%%` for a percent sign; `:` before the
 * program keeps `$` as it is; the program's own name may hold no quotes and no backslash, so env(1) starts such a one.
 * systemd.timer(5): `Persistent` makes up for a run that was missed while the machine was off.
 */
import { Failure } from '../../failure.ts';
import type { Job } from './job.ts';

export type Units = { readonly service: string; readonly timer: string };

const mark = '# Made by asxos schedule install; asxos schedule remove takes it away.';
export const isOurUnit = (text: string): boolean => text.startsWith(`${mark}\n`);

export function unitsOf(job: Job): Units {
  const variables = Object.entries(job.env).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`);
  return {
    service: unit(
      '[Unit]',
      'Description=asxos: fetch what is due',
      '',
      '[Service]',
      'Type=oneshot',
      ...variables,
      `ExecStart=${commandLine(job.words)}`,
      // Another asxos is at it, or the quota is spent: the next run is soon.
      'SuccessExitStatus=75',
    ),
    timer: unit(
      '[Unit]',
      'Description=asxos: fetch what is due, every 15 minutes',
      '',
      '[Timer]',
      'OnCalendar=*:0/15',
      'Persistent=true',
      '',
      '[Install]',
      'WantedBy=timers.target',
    ),
  };
}

const unit = (...lines: readonly string[]): string => `${[mark, ...lines].join('\n')}\n`;

function commandLine([program, ...args]: Job['words']): string {
  const isPlain = !/["'\\]/.test(program);
  if (!isPlain && program.includes('=')) {
    throw new Failure('invalid-input', `systemd cannot start ${JSON.stringify(program)}: it has quotes and "=" in it`, {
      hint: 'Move Node to a folder with a plainer name.',
    });
  }
  const words = isPlain ? [program, ...args] : ['/usr/bin/env', program, ...args];
  const [first = '', ...rest] = words;
  return [`${words.some(word => word.includes('$')) ? ':' : ''}${first}`, ...rest].map(quoted).join(' ');
}

/** In double quotes where need be. */
function quoted(text: string): string {
  const percent = text.replaceAll('%', '%%');
  return /^[\w./:@,+=%-]+$/.test(percent) ? percent : `"${percent.replaceAll(/["\\]/g, '\\$&')}"`;
}
