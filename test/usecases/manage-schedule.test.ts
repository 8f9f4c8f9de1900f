import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/failure.ts';
import { installSchedule, removeSchedule, viewSchedule } from '../../src/usecases/manage-schedule.ts';
import { openTestApp, type TestAppOptions, temporaryFolder } from '../support/app.ts';
import { schedulersIn } from '../support/schedulers.ts';

const { signal } = new AbortController();
const both = ['crontab', 'systemctl'] as const;

async function open(have: readonly ('crontab' | 'systemctl')[] = both, options: TestAppOptions = {}) {
  const schedulers = schedulersIn(temporaryFolder(), have);
  const { app } = await openTestApp({ ...options, env: { ...schedulers.env, ...options.env } });
  return { app, ...schedulers };
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Failure)) throw new Error(`No failure: ${error}`);
  return error;
}

const unit = (folder: string, kind: 'service' | 'timer'): string => join(folder, `asxos-refresh.${kind}`);

describe('in cron', () => {
  it('is installed once however often, beside what is there, byte for byte, and taken out again', async () => {
    const { app, crontab, setCrontab } = await open();
    // Latin-1 bytes that are no UTF-8, a carriage return, no line break at the end.
    const before = '# caf\xe9 \xff\r\nMAILTO=""\n0 1 * * * date +\\%F';
    setCrontab(before);
    expect(await installSchedule(app, undefined, signal)).toMatchObject({ scheduler: 'cron', isChanged: true });
    const after = crontab() ?? '';
    expect(after.startsWith(`${before}\n# >>> asxos schedule`)).toBe(true);
    expect(after).toContain(
      `ASXOS_DATA_DIR=${app.config.dataDir} ASXOS_EODHD_URL=${app.config.eodhdUrl} /usr/bin/node /opt/asxos/bin/asxos.js refresh all`,
    );
    expect(await installSchedule(app, 'cron', signal)).toMatchObject({ isChanged: false });
    expect(crontab()).toBe(after);
    expect(await viewSchedule(app, signal)).toMatchObject({ installed: 'cron', isCurrent: true, problems: [] });
    expect(await removeSchedule(app, signal)).toEqual(['cron']);
    expect(crontab()).toBe(before);
    expect(await removeSchedule(app, signal)).toEqual([]);
  });
  it('replaces the block of another install, and says so before', async () => {
    const { app, crontab, setCrontab } = await open();
    await installSchedule(app, 'cron', signal);
    const now = crontab() ?? '';
    setCrontab(`a\n${now.replace('/opt/', '/old/')}b\n`);
    expect(await viewSchedule(app, signal)).toMatchObject({ installed: 'cron', isCurrent: false });
    expect(await installSchedule(app, undefined, signal)).toMatchObject({ isChanged: true });
    expect(crontab()).toBe(`a\n${now}b\n`);
  });
  it('that has no crontab for this user, and a folder with letters beyond ASCII', async () => {
    const folder = join(temporaryFolder(), 'Zoë 50%');
    const { app, crontab } = await open(both, { dataDir: folder });
    await installSchedule(app, undefined, signal);
    const line = Buffer.from(crontab() ?? '', 'latin1').toString('utf8');
    expect(line).toContain(`ASXOS_DATA_DIR='${folder.replace('%', '\\%')}'`);
    expect((await viewSchedule(app, signal)).isCurrent).toBe(true);
    await removeSchedule(app, signal);
    expect(crontab()).toBe('');
  });
  it('with damaged markers changes nothing', async () => {
    const { app, crontab, setCrontab, unitsFolder } = await open();
    const damaged = 'a\n# >>> asxos schedule >>>\nb\n';
    setCrontab(damaged);
    for (const work of [() => installSchedule(app, undefined, signal), () => removeSchedule(app, signal)]) {
      expect(await failureOf(work())).toMatchObject({ code: 'bad-file', message: expect.stringContaining('(line 2)') });
    }
    expect(crontab()).toBe(damaged);
    expect(existsSync(unitsFolder)).toBe(false);
    const { problems, installed } = await viewSchedule(app, signal);
    expect([problems.length, installed]).toEqual([1, undefined]);
  });
  it('that refuses the text, or to show it, is told in its words', async () => {
    const { app, crontab, setCrontab, refuse } = await open();
    setCrontab('a\n');
    refuse('write', '"-":1: bad minute\nerrors in crontab file, can\'t install.');
    expect(await failureOf(installSchedule(app, 'cron', signal))).toMatchObject({
      code: 'cannot-write',
      message: 'crontab refused the new text: "-":1: bad minute errors in crontab file, can\'t install.',
    });
    refuse('list', 'You (ann) are not allowed to use this program');
    expect(await failureOf(installSchedule(app, undefined, signal))).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('You (ann) are not allowed'),
    });
    expect(crontab()).toBe('a\n');
    // Whoever may not use cron may use systemd.
    expect(await installSchedule(app, 'systemd', signal)).toMatchObject({ scheduler: 'systemd' });
  });
  it('that is not there', async () => {
    const { app, unitsFolder } = await open(['systemctl']);
    expect(await failureOf(installSchedule(app, 'cron', signal))).toMatchObject({ code: 'unavailable' });
    expect(existsSync(unitsFolder)).toBe(false);
    expect((await viewSchedule(app, signal)).problems).toEqual([]);
  });
});

describe('in systemd', () => {
  it('is installed where there is no cron, once however often, and taken away', async () => {
    const { app, unitsFolder, told } = await open(['systemctl']);
    expect(await installSchedule(app, undefined, signal)).toMatchObject({ scheduler: 'systemd', isChanged: true });
    const { systemd, installed, isCurrent } = await viewSchedule(app, signal);
    expect([installed, isCurrent]).toEqual(['systemd', true]);
    expect(readFileSync(unit(unitsFolder, 'service'), 'utf8')).toBe(systemd.service);
    expect(readFileSync(unit(unitsFolder, 'timer'), 'utf8')).toBe(systemd.timer);
    expect(told().slice(-2)).toEqual(['--user daemon-reload', '--user enable --now asxos-refresh.timer']);
    expect(await installSchedule(app, undefined, signal)).toMatchObject({ isChanged: false });
    expect(await removeSchedule(app, signal)).toEqual(['systemd']);
    expect(told().slice(-2)).toEqual(['--user disable --now asxos-refresh.timer', '--user daemon-reload']);
    expect(existsSync(unit(unitsFolder, 'timer')) || existsSync(unit(unitsFolder, 'service'))).toBe(false);
  });
  it('leaves units of the same name that are not ours, links too', async () => {
    const { app, unitsFolder } = await open();
    mkdirSync(unitsFolder, { recursive: true });
    writeFileSync(unit(unitsFolder, 'timer'), '[Timer]\n');
    symlinkSync('/dev/null', unit(unitsFolder, 'service'));
    expect(await failureOf(installSchedule(app, 'systemd', signal))).toMatchObject({ code: 'refused' });
    expect(await removeSchedule(app, signal)).toEqual([]);
    expect(readFileSync(unit(unitsFolder, 'timer'), 'utf8')).toBe('[Timer]\n');
    // They are no hindrance to cron.
    expect(await installSchedule(app, undefined, signal)).toMatchObject({ scheduler: 'cron' });
  });
  it('that refuses is told in its words, and what was there is there again', async () => {
    const { app, unitsFolder, refuse } = await open(['systemctl']);
    refuse('enable', 'Failed to enable unit: Read-only file system');
    expect(await failureOf(installSchedule(app, 'systemd', signal))).toMatchObject({
      code: 'cannot-write',
      message: 'systemctl --user enable --now asxos-refresh.timer failed: Failed to enable unit: Read-only file system',
    });
    expect(existsSync(unit(unitsFolder, 'timer')) || existsSync(unit(unitsFolder, 'service'))).toBe(false);
  });
  it('that does not let go of it keeps the units', async () => {
    const { app, unitsFolder, refuse } = await open(['systemctl']);
    await installSchedule(app, 'systemd', signal);
    refuse('disable', 'Access denied');
    expect((await failureOf(removeSchedule(app, signal))).message).toContain('failed: Access denied');
    refuse('show', 'Failed to connect to bus');
    expect((await failureOf(removeSchedule(app, signal))).code).toBe('unavailable');
    expect(existsSync(unit(unitsFolder, 'timer')) && existsSync(unit(unitsFolder, 'service'))).toBe(true);
  });
  it('that does not answer', async () => {
    const { app, refuse } = await open(['systemctl']);
    refuse('show', 'Failed to connect to bus');
    const missing = await failureOf(installSchedule(app, undefined, signal));
    expect([missing.code, missing.message]).toEqual(['unavailable', expect.stringContaining('neither a crontab')]);
    expect((await failureOf(installSchedule(app, 'systemd', signal))).code).toBe('unavailable');
  });
});

it('is in one of them at a time', async () => {
  const { app, crontab } = await open();
  await installSchedule(app, 'systemd', signal);
  expect(await failureOf(installSchedule(app, 'cron', signal))).toMatchObject({
    code: 'refused',
    hint: expect.stringContaining('asxos schedule remove'),
  });
  expect(crontab()).toBeUndefined();
  // Without a wish it stays where it is.
  expect(await installSchedule(app, undefined, signal)).toMatchObject({ scheduler: 'systemd' });
});

describe('the key', () => {
  const keyIn = async (options: TestAppOptions, crontab = '') => {
    const { app, setCrontab } = await open(both, options);
    if (crontab !== '') setCrontab(crontab);
    const { source, job, problem } = (await viewSchedule(app, signal)).key;
    return [source, job, problem];
  };
  const withFile = (mode: number): string => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'eodhd.key'), 'sesame\n', { mode });
    return folder;
  };
  it('is where the job sees it, or not', async () => {
    expect(await keyIn({ token: undefined })).toEqual([undefined, undefined, undefined]);
    expect(await keyIn({})).toEqual(['environment', undefined, undefined]);
    expect(await keyIn({}, 'EODHD_API_TOKEN=sesame\n')).toEqual(['environment', 'crontab', undefined]);
    expect(await keyIn({ token: undefined, dataDir: withFile(0o600) })).toEqual(['file', 'file', undefined]);
    const [source, job, problem] = await keyIn({ token: undefined, dataDir: withFile(0o644) });
    expect([source, job, problem]).toEqual([undefined, undefined, expect.stringContaining('can be read by others')]);
  });
});

it('is not for the demo', async () => {
  const { app } = await open(both, { demo: true });
  expect((await failureOf(installSchedule(app, undefined, signal))).code).toBe('refused');
});
