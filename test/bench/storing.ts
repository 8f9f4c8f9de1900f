/** 1.2 million daily bars stored as a refresh stores them, against what SQLite's own shell takes to import them. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openDatabase } from '../../src/db/database.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import type { LocalDate } from '../../src/domain/date.ts';
import { plain } from '../../src/domain/decimal.ts';
import type { Code } from '../../src/domain/market/security.ts';
import type { Outcome } from './outcome.ts';
import { inPlace, migrationsDir } from './place.ts';
import { lastDay } from './sample-data.ts';
import { sampleBars, sampleCodes, sampleDays } from './sample-market.ts';
import { interleaved } from './stopwatch.ts';

const securities = 2400;
const daysEach = 500;
/** Bars are made so many securities at a time: all at once they would fill the memory of a small machine. */
const together = 100;
const name = '1.2 M price rows stored';

export function storing({ quick }: { quick: boolean }): Promise<Outcome> {
  return inPlace(async ({ dir, env }) => {
    if (spawnSync('sqlite3', ['--version'], { env }).status !== 0)
      return { name, skipped: 'there is no sqlite3 shell' };
    const codes = sampleCodes(securities);
    const days = sampleDays(lastDay, 2.1).slice(-daysEach);
    const csv = join(dir, 'prices.csv');
    writeCsv(csv, codes, days);
    let file = 0;
    const freshFile = (): string => {
      const path = join(dir, `${file++}.db`);
      openDatabase(path, { migrationsDir, now }).close();
      return path;
    };
    const taken = await interleaved(quick ? 1 : 3, {
      ours: () => timeOurs(freshFile(), codes, days),
      theirs: () => timeImport(freshFile(), csv, codes.length * days.length, env),
    });
    const rows = codes.length * days.length;
    // The best of each: a slow moment of the disk is nobody's figure.
    const perSecond = (timings: readonly number[]): number => rows / (Math.min(...timings) / 1000);
    return {
      name,
      unit: 'rows/s',
      measured: perSecond(taken.ours),
      against: { name: 'sqlite3 .import', value: perSecond(taken.theirs) },
      target: { of: 'ratio', is: '>=', value: 0.9 },
    };
  });
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const now = (): number => Date.parse('2026-11-21T02:00:00Z');
const fetch = { at: now(), source: 'eodhd' };

function* groups<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

function writeCsv(path: string, codes: readonly Code[], days: readonly LocalDate[]): void {
  writeFileSync(path, '');
  for (const group of groups([...codes.entries()], together)) {
    const lines = group.flatMap(([index, code]) =>
      sampleBars(days, index).map(bar => {
        const { date, open, high, low, close, adjustedClose, volume } = bar;
        const figures = [open, high, low, close, adjustedClose, volume].map(plain);
        return `${code},${date},${figures.join(',')}\n`;
      }),
    );
    appendFileSync(path, lines.join(''));
  }
}

/** From opening the file to closing it, without the making of the bars. */
function timeOurs(path: string, codes: readonly Code[], days: readonly LocalDate[]): number {
  const started = performance.now();
  let making = 0;
  const db = openDatabase(path, { migrationsDir, now });
  db.transaction(() => {
    for (const group of groups([...codes.entries()], together)) {
      const before = performance.now();
      const histories = group.map(([index, code]) => [code, sampleBars(days, index)] as const);
      // What was thrown away while making them is none of the store's business.
      collectGarbage();
      making += performance.now() - before;
      for (const [code, bars] of histories) replaceHistory(db, code, bars, fetch);
    }
  });
  db.close();
  return performance.now() - started - making;
}

function timeImport(path: string, csv: string, rows: number, env: NodeJS.ProcessEnv): number {
  const input = `PRAGMA synchronous = NORMAL;\n.import --csv ${csv} prices\nSELECT count(*) FROM prices;\n`;
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync('sqlite3', ['-bail', path], { input, env, encoding: 'utf8' });
  const elapsed = performance.now() - started;
  if (status !== 0 || stdout.trim() !== String(rows)) throw new Error(`sqlite3 imported ${stdout}: ${stderr}`);
  return elapsed;
}
