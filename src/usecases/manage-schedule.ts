/** The schedule: what would be installed for this program and this data, what is, installing it and removing it. */
import { join } from 'node:path';
import type { App } from '../app.ts';
import { loadConfig } from '../config.ts';
import { cronBody, cronLine, givesKey, readBlock, withBlock, withoutBlock } from '../domain/schedule/crontab.ts';
import { checkJob, type Job, jobArguments } from '../domain/schedule/job.ts';
import { type Units, unitsOf } from '../domain/schedule/units.ts';
import { Failure } from '../failure.ts';
import { bytesOf, openCrontab } from '../host/crontab.ts';
import { findToken, type TokenSource } from '../host/token.ts';
import { openUserUnits, readUnits, unitNames, unitsFolder } from '../host/user-units.ts';

export type Scheduler = 'cron' | 'systemd';

export type ScheduleKey = {
  /** Where this program finds the key here and now. */
  readonly source: TokenSource | undefined;
  /** Where the job finds it without the keychain; undefined where it does not. */
  readonly job: 'crontab' | 'file' | undefined;
  /** The file that `key set --file` writes. */
  readonly file: string;
  /** Why a key that is there is not used. */
  readonly problem: string | undefined;
};

export type ScheduleView = {
  readonly cron: string;
  readonly systemd: Units;
  /** The paths of the two units. */
  readonly units: Units;
  readonly installed: Scheduler | undefined;
  /** Whether what is installed is what would be installed now. */
  readonly isCurrent: boolean | undefined;
  readonly key: ScheduleKey;
  /** What keeps from knowing what is installed, or from changing it. */
  readonly problems: readonly string[];
};

export async function viewSchedule(app: App, signal: AbortSignal): Promise<ScheduleView> {
  const job = jobOf(app);
  const units = unitsOf(job);
  const problems: string[] = [];
  const tried = async <T>(work: () => Promise<T> | T): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(error.message);
      return undefined;
    }
  };
  const crontab = await tried(async () => (await openCrontab(app.env, signal)?.read()) ?? '');
  const block = await tried(() => readBlock(crontab ?? ''));
  const own = await tried(() => readUnits(app.env));
  const installed = block !== undefined ? 'cron' : own?.timer !== undefined ? 'systemd' : undefined;
  if (block !== undefined && own?.timer !== undefined) {
    problems.push('It is installed twice, in cron and in systemd: asxos schedule remove takes both out');
  }
  const isCurrent = {
    cron: block?.body === bytesOf(cronBody(job)),
    systemd: own?.timer === units.timer && own.service === units.service,
  };
  const folder = unitsFolder(app.env);
  return {
    cron: cronLine(job),
    systemd: units,
    units: { service: join(folder, unitNames.service), timer: join(folder, unitNames.timer) },
    installed,
    isCurrent: installed === undefined ? undefined : isCurrent[installed],
    key: await keyOf(app, crontab ?? ''),
    problems,
  };
}

export type ScheduleInstalled = {
  readonly scheduler: Scheduler;
  /** False where it was there already, as it is now. */
  readonly isChanged: boolean;
  readonly key: ScheduleKey;
};

/** Installs it in cron where there is one, else in systemd; or where it is already, or in `wanted`. */
export async function installSchedule(
  app: App,
  wanted: Scheduler | undefined,
  signal: AbortSignal,
): Promise<ScheduleInstalled> {
  if (app.simulated) {
    throw new Failure('refused', "The demo's market needs no schedule", {
      hint: 'Leave --demo out to install it for the real market.',
    });
  }
  const job = jobOf(app);
  const crontab = openCrontab(app.env, signal);
  const units = unitsOf(job);
  const own = ownUnits(app);
  // Before anything is written: a crontab that cannot be read, or is damaged, is said first.
  const text = wanted === 'systemd' ? await crontab?.read().catch(unreadable) : await crontab?.read();
  const block = text === undefined ? undefined : readBlock(text);
  const installed = block !== undefined ? 'cron' : own.timer !== undefined ? 'systemd' : undefined;
  const chosen = wanted ?? installed ?? (crontab === undefined ? 'systemd' : 'cron');
  if (installed !== undefined && installed !== chosen) {
    throw new Failure('refused', `The schedule is installed in ${installed} already`, {
      hint: `Take it out first: asxos schedule remove. Then: asxos schedule install --${chosen}.`,
    });
  }
  const key = await keyOf(app, chosen === 'cron' ? (text ?? '') : '');
  if (chosen === 'cron') {
    if (crontab === undefined || text === undefined) throw noCrontab();
    const changed = withBlock(text, bytesOf(cronBody(job)));
    if (changed !== text) await crontab.write(changed);
    return { scheduler: 'cron', isChanged: changed !== text, key };
  }
  const systemd = await openUserUnits(app.env, signal);
  if (systemd === undefined) throw wanted === undefined ? noScheduler() : noSystemd();
  await systemd.install(units);
  const isChanged = own.timer !== units.timer || own.service !== units.service;
  return { scheduler: 'systemd', isChanged, key };
}

/** Takes it out wherever it is; where it was. Nothing is changed unless all of it can be read. */
export async function removeSchedule(app: App, signal: AbortSignal): Promise<Scheduler[]> {
  const crontab = openCrontab(app.env, signal);
  const text = (await crontab?.read()) ?? '';
  const rest = withoutBlock(text);
  const own = ownUnits(app);
  const isInSystemd = own.timer !== undefined || own.service !== undefined;
  const systemd = isInSystemd ? await openUserUnits(app.env, signal) : undefined;
  if (isInSystemd && systemd === undefined) throw noSystemd();
  const removed: Scheduler[] = [];
  if (rest !== text) {
    await crontab?.write(rest);
    removed.push('cron');
  }
  if (systemd !== undefined) {
    await systemd.remove();
    removed.push('systemd');
  }
  return removed;
}

/** Units of the same name that are not ours are none of ours. */
function ownUnits(app: App): Partial<Units> {
  try {
    return readUnits(app.env);
  } catch (error) {
    if (error instanceof Failure && error.code === 'refused') return {};
    throw error;
  }
}

/** Whoever wants systemd may have no use of cron. */
function unreadable(error: unknown): undefined {
  if (!(error instanceof Failure)) throw error;
  return undefined;
}

/** The job, with the variables without which it would not read what this program reads. */
function jobOf({ config, program }: App): Job {
  const { node, launcher } = program();
  const ASXOS_CONFIG = config.configPath;
  const isUsualConfig = loadPlaces({}).configPath === ASXOS_CONFIG;
  const told = isUsualConfig ? {} : { ASXOS_CONFIG };
  const seen = loadPlaces(told);
  const job: Job = {
    words: [node, launcher, ...jobArguments],
    env: {
      ...told,
      ...(seen.dataDir === config.dataDir ? {} : { ASXOS_DATA_DIR: config.dataDir }),
      ...(seen.eodhdUrl === config.eodhdUrl ? {} : { ASXOS_EODHD_URL: config.eodhdUrl }),
    },
  };
  checkJob(job);
  return job;
}

/** The settings of a process with nothing else in its environment. */
const loadPlaces = (env: Readonly<Record<string, string>>) => loadConfig({ env });

async function keyOf({ tokenPlaces }: App, crontab: string): Promise<ScheduleKey> {
  const openKeychain = async () => ({ available: false, reason: 'a job has none' }) as const;
  const file = tokenPlaces.keyPath;
  try {
    const filed = await findToken({ env: {}, keyPath: file, openKeychain });
    const here = await findToken(tokenPlaces);
    const job = givesKey(crontab) ? 'crontab' : filed === undefined ? undefined : 'file';
    return { source: here?.source, job, file, problem: undefined };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { source: undefined, job: givesKey(crontab) ? 'crontab' : undefined, file, problem: error.message };
  }
}

const noCrontab = (): Failure =>
  new Failure('unavailable', 'There is no crontab program on the PATH, so nothing was installed', {
    hint: 'Install cron, or use: asxos schedule install --systemd.',
  });
const noSystemd = (): Failure =>
  new Failure('unavailable', 'systemctl --user does not answer, so nothing was changed', {
    hint: 'Log in as the user whose schedule it is, or use: asxos schedule install --cron.',
  });
const noScheduler = (): Failure =>
  new Failure('unavailable', 'There is neither a crontab program on the PATH nor a systemctl --user that answers', {
    hint: 'Install cron, or have your own scheduler run what asxos schedule show prints, every 15 minutes.',
  });
