import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cronLine, givesKey, readBlock, withBlock, withoutBlock } from '../../../src/domain/schedule/crontab.ts';
import { checkJob, type Job, jobArguments } from '../../../src/domain/schedule/job.ts';

const jobOf = (node: string, env: Record<string, string> = {}): Job => ({
  words: [node, '/opt/asxos/bin/asxos.js', ...jobArguments],
  env,
});

describe('the line', () => {
  it('is every 15 minutes, plain where it can be', () => {
    expect(cronLine(jobOf('/usr/bin/node'))).toBe(
      '*/15 * * * * /usr/bin/node /opt/asxos/bin/asxos.js refresh all --if-due --quiet',
    );
  });
  it('quotes for sh and escapes % for cron', () => {
    expect(cronLine(jobOf("/An n's/100%/node", { ASXOS_DATA_DIR: '/my data' }))).toBe(
      "*/15 * * * * ASXOS_DATA_DIR='/my data' '/An n'\\''s/100\\%/node' /opt/asxos/bin/asxos.js refresh all --if-due --quiet",
    );
  });
  it('comes through cron and sh as it was, whichever way a cron takes backslashes', () => {
    const odd = [
      '/a b',
      "/it's",
      '/50%',
      '/back\\slash',
      '/\\%',
      "/\\'",
      '/\\\\',
      '/$HOME `id` "x"',
      '/é',
      '~',
      '*',
      '#',
    ];
    for (const text of odd) {
      for (const escapes of [/\\(%)/g, /\\([%\\])/g]) {
        // The fields of the time are five.
        const command = cronLine({ words: ['printf', '%s', text], env: {} })
          .split(' ')
          .slice(5)
          .join(' ');
        expect(command).not.toMatch(/(?<!\\)%/);
        expect(execFileSync('/bin/sh', ['-c', command.replace(escapes, '$1')], { encoding: 'utf8' })).toBe(text);
      }
    }
  });
  it('refuses a path with a line break', () => {
    expect(() => checkJob(jobOf('/a\nb'))).toThrow('"/a\\nb" has a control character');
  });
});

const block = '# >>> asxos schedule >>>\nX\n# <<< asxos schedule <<<\n';
const joined = '# >>> asxos schedule, and the line break before this >>>\nX\n# <<< asxos schedule <<<\n';

describe('the block', () => {
  test.each([
    ['an empty crontab', '', block],
    ['one with lines', 'MAILTO=a\n0 1 * * * b\n', `MAILTO=a\n0 1 * * * b\n${block}`],
    ['one without a line break at its end', '0 1 * * * b', `0 1 * * * b\n${joined}`],
  ])('%s', (_name, before, after) => {
    expect(withBlock(before, 'X')).toBe(after);
    expect(withBlock(after, 'X')).toBe(after);
    expect(withoutBlock(after)).toBe(before);
    expect(withoutBlock(before)).toBe(before);
  });
  it('is replaced where it stands', () => {
    expect(withBlock(`a\n${block}b`, 'Y\nZ')).toBe(`a\n${block.replace('X', 'Y\nZ')}b`);
    expect(readBlock(`a\n${block}b`)?.body).toBe('X');
  });
  it('leaves the line break that a line written below it needs', () => {
    expect(withoutBlock(`a\n${joined}b\n`)).toBe('a\nb\n');
  });

  const [begin = '', , end = ''] = block.split('\n');
  test.each([
    ['no end', `a\n${begin}\nX\n`],
    ['no beginning', `X\n${end}\n`],
    ['doubled', block + block],
    ['two beginnings', `${begin}\n${block}`],
    ['the wrong way round', `${end}\nX\n${begin}\n`],
    ['edited', block.replace('schedule >>>', 'schedule >>> mine')],
    ['of another system', block.replaceAll('\n', '\r\n')],
    ['cut off', block.trimEnd()],
  ])('with damaged markers is left alone: %s', (_name, crontab) => {
    for (const edit of [withoutBlock, (text: string) => withBlock(text, 'Y')]) {
      expect(() => edit(crontab)).toThrow(/^The markers of asxos in your crontab are damaged \(line \d/);
    }
  });

  it('comes and goes without a trace, whatever is around it', () => {
    const row = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '# a >>> b', '\r', '0 1 * * * x\\%'));
    const crontab = fc.array(row, { maxLength: 6 }).map(rows => rows.join('\n'));
    const body = fc.string().map(text => text.replaceAll(/[\n#]/g, '.'));
    fc.assert(
      fc.property(crontab, body, body, (text, first, second) => {
        const once = withBlock(text, first);
        expect(withBlock(once, first)).toBe(once);
        expect(withoutBlock(once)).toBe(text);
        expect(withBlock(once, second)).toBe(withBlock(text, second));
        expect(once.startsWith(text)).toBe(true);
      }),
    );
  });
});

test('a crontab that sets the key', () => {
  expect(['EODHD_API_TOKEN=x', 'A=1\n "EODHD_API_TOKEN" = x'].map(givesKey)).toEqual([true, true]);
  expect(['#EODHD_API_TOKEN=x', 'EODHD_API_TOKEN=\nB=1', 'MY_EODHD_API_TOKEN=x'].map(givesKey)).toEqual([
    ...[false, false, false],
  ]);
});
