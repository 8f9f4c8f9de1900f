import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesOf, openCrontab, wordsOf } from '../../src/host/crontab.ts';
import { findProgram } from '../../src/host/find-program.ts';
import { runTool } from '../../src/host/tool.ts';
import { temporaryFolder } from '../support/app.ts';

const { signal } = new AbortController();
const sh = (script: string, env = {}, input = '') => runTool(['/bin/sh', '-c', script], { env, signal, input });

describe('a tool', () => {
  it('is given bytes and gives back bytes', async () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('');
    expect(await sh('exec cat', { PATH: '/usr/bin:/bin' }, bytes)).toEqual({ code: 0, out: bytes, err: '' });
    expect(bytesOf('é')).toBe('\u00c3\u00a9');
  });
  it('sees its user and no secret, and speaks English', async () => {
    const env = { HOME: '/home/ann', EODHD_API_TOKEN: 'sesame', LC_ALL: 'de_DE.UTF-8' };
    expect((await sh('echo "$HOME $EODHD_API_TOKEN $LC_ALL"', env)).out).toBe('/home/ann  C\n');
  });
  it('may fail, and need not read', async () => {
    const said = await sh('printf "\\033[31mno\\nway\\n" >&2; exit 3', {}, 'x'.repeat(1_000_000));
    expect([said.code, wordsOf(said)]).toEqual([3, 'no way']);
    expect(wordsOf(await sh('exit 4'))).toBe('it ended with 4');
  });
  it('that cannot run, or was ended, is told', async () => {
    await expect(runTool(['/nowhere/x'], { env: {}, signal })).rejects.toThrow('/nowhere/x cannot run: ENOENT');
    await expect(sh('kill -9 $$')).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('ends with the command that wants it', async () => {
    const stop = new AbortController();
    const work = runTool(['/bin/sh', '-c', 'exec sleep 20'], { env: { PATH: '/usr/bin:/bin' }, signal: stop.signal });
    stop.abort(new Error('left'));
    await expect(work).rejects.toThrow('left');
  });
});

/** A folder with a crontab that says this. */
function crontabThat(script: string): Record<string, string> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'crontab'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: folder };
}

describe('crontab', () => {
  it.each([
    'no crontab for ann',
    'crontab: no crontab for ann',
    "crontab: can't open 'ann': No such file or directory",
  ])('knows that there is none yet: %s', async words => {
    expect(await openCrontab(crontabThat(`echo "${words}" >&2; exit 1`), signal)?.read()).toBe('');
  });
  it('that shows another text than it was given is told', async () => {
    const crontab = openCrontab(crontabThat('[ "$1" = -l ] && echo other; exit 0'), signal);
    await expect(crontab?.write('mine\n')).rejects.toThrow('crontab took the new text, and now shows another');
  });
  it('is looked for on the PATH alone, as a program', () => {
    const env = crontabThat('exit 0');
    expect(findProgram(env, 'crontab')).toBe(join(env['PATH'] ?? '', 'crontab'));
    writeFileSync(join(env['PATH'] ?? '', 'text'), 'no program', { mode: 0o644 });
    expect(['text', 'absent'].map(name => findProgram(env, name))).toEqual([undefined, undefined]);
    expect(findProgram({ PATH: `.:relative` }, 'crontab')).toBeUndefined();
    expect(findProgram({}, 'crontab')).toBeUndefined();
  });
});
