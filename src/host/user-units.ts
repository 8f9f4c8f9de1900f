/** The two units of the schedule among those of the user's systemd. */
import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { isOurUnit, type Units } from '../domain/schedule/units.ts';
import { Failure } from '../failure.ts';
import { wordsOf } from './crontab.ts';
import { findProgram } from './find-program.ts';
import { reasonOf, writePrivateFile } from './private-file.ts';
import { type Environment, runTool } from './tool.ts';

export const unitNames = { service: 'asxos-refresh.service', timer: 'asxos-refresh.timer' } as const;

/** Where systemd looks for units of this user. */
export function unitsFolder(env: Environment): string {
  const given = env['XDG_CONFIG_HOME'];
  const config = given !== undefined && isAbsolute(given) ? given : join(env['HOME'] || homedir(), '.config');
  return join(config, 'systemd', 'user');
}

/** The units that are there; absent ones are undefined. `Failure` names one of the same name that is not ours. */
export function readUnits(env: Environment): Partial<Units> {
  const folder = unitsFolder(env);
  const [service, timer] = [readUnit(join(folder, unitNames.service)), readUnit(join(folder, unitNames.timer))];
  return { ...(service === undefined ? {} : { service }), ...(timer === undefined ? {} : { timer }) };
}

function readUnit(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  let text = '';
  try {
    text = found.isFile() ? readFileSync(path, 'utf8') : '';
  } catch (cause) {
    throw new Failure('bad-file', `Cannot read ${path}: ${reasonOf(cause)}`, { cause });
  }
  // A link, like that of a masked unit, is not ours either.
  if (isOurUnit(text)) return text;
  throw new Failure('refused', `${path} was not made by asxos, so nothing was changed`, {
    hint: 'Rename or remove it, and try again.',
  });
}

export type UserUnits = {
  readonly install: (units: Units) => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** Undefined where `systemctl --user` does not answer. */
export async function openUserUnits(env: Environment, signal: AbortSignal): Promise<UserUnits | undefined> {
  const program = findProgram(env, 'systemctl');
  if (program === undefined) return undefined;
  const tell = (...args: readonly string[]) => runTool([program, '--user', ...args], { env, signal });
  if ((await tell('show', '--property=Version')).code !== 0) return undefined;
  const must = async (...args: readonly string[]): Promise<void> => {
    const said = await tell(...args);
    if (said.code !== 0) {
      throw new Failure('cannot-write', `systemctl --user ${args.join(' ')} failed: ${wordsOf(said)}`);
    }
  };
  return {
    install: async units => {
      const old = readUnits(env);
      try {
        putUnits(env, units);
        await must('daemon-reload');
        await must('enable', '--now', unitNames.timer);
      } catch (error) {
        putUnits(env, old);
        if (!signal.aborted) await tell('daemon-reload');
        throw error;
      }
    },
    remove: async () => {
      readUnits(env);
      await must('disable', '--now', unitNames.timer);
      putUnits(env, {});
      await must('daemon-reload');
    },
  };
}

function putUnits(env: Environment, units: Partial<Units>): void {
  const folder = unitsFolder(env);
  for (const kind of ['service', 'timer'] as const) {
    const [path, text] = [join(folder, unitNames[kind]), units[kind]];
    if (text === undefined) rmSync(path, { force: true });
    else writePrivateFile(path, text);
  }
}
