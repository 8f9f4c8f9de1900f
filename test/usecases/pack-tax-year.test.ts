import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packTaxYear } from '../../src/usecases/pack-tax-year.ts';
import { editEntry, recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp, temporaryFolder } from '../support/app.ts';
import { at } from './stored-market.ts';

const lines = [
  'buy 100 ABC @ 10 fee 9.95 on 2024-01-05',
  'opening 10 XYZ cost unknown on 2024-01-05',
  'sell 40 ABC @ 20 on 2026-02-03',
  'sell 10 XYZ @ 3 on 2026-02-04',
  'dividend ABC 70 franked 100% ex 2026-06-20 on 2026-06-29',
];
const bytesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map(name => [name, readFileSync(join(folder, name), 'utf8')]),
  );

it('the same data gives the same bytes on any day, and an edit changes them', async () => {
  const { app, clock } = await openTestApp({ now: at('2026-07-01T00:00Z') });
  const ids = lines.map(line => recordEntry(app, line).entry.id);
  const packed = (): Record<string, string> => {
    const folder = join(temporaryFolder(), 'pack');
    packTaxYear(app, { fy: 2026 }, folder);
    return bytesOf(folder);
  };
  const first = packed();
  clock.now = at('2027-03-01T00:00Z');
  expect(packed()).toEqual(first);
  editEntry(app, ids[2] ?? '', 'sell 40 ABC @ 21 on 2026-02-03');
  expect(packed()).not.toEqual(first);
});

it('holds both reports; lines name their entry and rules, and the advice line stands once', async () => {
  const { app } = await openTestApp({ now: at('2026-07-01T00:00Z') });
  const ids = lines.map(line => recordEntry(app, line).entry.id);
  const folder = temporaryFolder();
  const pack = packTaxYear(app, { fy: 2026 }, folder);
  expect(pack.files).toEqual([
    'fy2026-main.md',
    'fy2026-main-disposals.csv',
    'fy2026-main-dividends.csv',
    'fy2026-main-trusts.csv',
    'fy2026-main-interest.csv',
  ]);
  const files = bytesOf(folder);
  const text = files['fy2026-main.md'] ?? '';
  expect(text.match(/General information, not advice\./g)?.length).toBe(1);
  expect(text).toContain(`entry ${ids[2]}`);
  expect(text).toContain('`twelve-months`, from 1999-09-21');
  expect(text).toContain('the cost of XYZ is unknown');
  expect(files['fy2026-main-disposals.csv']?.split('\n')[1]).toContain(
    'ABC,Main,100,A1,2024-01-05,2026-02-03,40,800,403.98,403.98,396.02,current,true,2025-01-06',
  );
  expect(files['fy2026-main-trusts.csv']).toBe(`${files['fy2026-main-trusts.csv']?.split('\n')[0]}\n`);
});

it('says why it cannot write', async () => {
  const { app } = await openTestApp({ now: at('2026-07-01T00:00Z') });
  recordEntry(app, lines[0] ?? '');
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'x');
  expect(() => packTaxYear(app, { fy: 2026 }, file)).toThrow(`Cannot write to "${file}": a file has that name`);
});
