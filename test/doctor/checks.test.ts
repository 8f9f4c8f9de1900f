import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checks } from '../../src/doctor/checks.ts';

const path = join(import.meta.dirname, '../../docs/doctor.md');
const [begin, end] = ['<!-- checks -->\n', '<!-- /checks -->'];

const rows = checks.map(({ id, looksAt, why, fix }) => `| \`${id}\` | ${looksAt} | ${why} | \`${fix}\` |\n`);
const wanted = ['| check | well is | why it matters | usually mended by |\n', '|---|---|---|---|\n', ...rows].join('');

test('docs/doctor.md lists every check as the code has it', () => {
  const text = readFileSync(path, 'utf8');
  const from = text.indexOf(begin) + begin.length;
  const listed = text.slice(from, text.indexOf(end));
  // To write it anew: DOCS=write vitest run test/doctor
  if (process.env['DOCS'] === 'write')
    writeFileSync(path, text.slice(0, from) + wanted + text.slice(text.indexOf(end)));
  else expect(listed).toBe(wanted);
});
