import { describe, expect, test } from 'vitest';
import { jsonText, printFailure, printReport, type Streams } from '../../src/cli/output.ts';
import { lines, type Report } from '../../src/cli/report.ts';
import { decimal, negate } from '../../src/domain/decimal.ts';
import { Failure } from '../../src/failure.ts';

function capture() {
  const out: string[] = [];
  const err: string[] = [];
  const streams: Streams = {
    out: text => out.push(text),
    err: text => err.push(text),
    terminal: undefined,
    errIsTerminal: false,
  };
  return { streams, out: () => out.join(''), err: () => err.join('') };
}

const plain = { json: false, csv: false, quiet: false, color: false, explain: false };
const report: Report = {
  schema: 'sample/1',
  asOf: '2026-03-03',
  data: { units: decimal('100.50'), nothing: undefined, zero: negate(decimal('0')), pct: 12.5 },
  warnings: ['mind this'],
  notes: ['made something'],
  sections: [lines('the text')],
  csv: { fields: ['code', 'gain'], rows: [['BHP', decimal('-1.50')]] },
  exitCode: 3,
};

describe('JSON', () => {
  test('has plain decimals, null for unknown and no minus before zero', () => {
    expect(jsonText(report.data)).toBe('{"units":"100.5","nothing":null,"zero":"0","pct":12.5}');
    expect(jsonText(decimal('0.0000000000001'))).toBe('"0.0000000000001"');
    expect(jsonText(decimal('12345678901234567890123'))).toBe('"12345678901234567890123"');
  });

  test('escapes what a terminal would obey, and reads back as it was', () => {
    const name = 'A\u009b31mB\u001b[2J\u007f';
    const text = jsonText({ name });
    expect(text).toMatch(/^[\x20-\x7e]+$/);
    expect(JSON.parse(text)).toEqual({ name });
  });

  test('is one envelope on stdout; warnings are in it, what was done beside is told on stderr', async () => {
    const said = capture();
    expect(await printReport(report, { ...plain, json: true }, said.streams)).toBe(3);
    expect(JSON.parse(said.out())).toEqual({
      schema: 'asxos/sample/1',
      asOf: '2026-03-03',
      data: { units: '100.5', nothing: null, zero: '0', pct: 12.5 },
      warnings: ['mind this'],
    });
    expect(said.err()).toBe('made something\n');
  });

  test('coverage is in the envelope where there is one', async () => {
    const said = capture();
    await printReport({ ...report, coverage: 0.5 }, { ...plain, json: true }, said.streams);
    expect(JSON.parse(said.out())).toMatchObject({ coverage: 0.5 });
  });
});

describe('text', () => {
  test('results on stdout, warnings and notes on stderr', async () => {
    const said = capture();
    await printReport(report, plain, said.streams);
    expect(said.out()).toBe('the text\n');
    expect(said.err()).toBe('made something\nmind this\n');
  });

  test('--quiet leaves the results alone', async () => {
    const said = capture();
    await printReport(report, { ...plain, quiet: true }, said.streams);
    expect([said.out(), said.err()]).toEqual(['the text\n', '']);
  });

  test('names from outside do nothing to the terminal', async () => {
    const said = capture();
    await printReport(
      { ...report, sections: [lines('Evil\u001b]0;x\u0007 Ltd')], warnings: ['a\rb'] },
      plain,
      said.streams,
    );
    expect(said.out()).toBe('Evil Ltd\n');
    expect(said.err()).toBe('made something\na b\n');
  });
});

describe('failures', () => {
  test('one sentence and the way out, with the exit code of its kind', () => {
    const said = capture();
    expect(
      printFailure(new Failure('offline', 'No network', { hint: 'Try later.' }), { json: false }, said.streams),
    ).toBe(69);
    expect(said.err()).toBe('asxos: No network\nTry later.\n');
  });

  test('as JSON on stderr, with nothing on stdout', () => {
    const said = capture();
    expect(printFailure(new Failure('quota', 'Used up'), { json: true }, said.streams)).toBe(75);
    expect(said.out()).toBe('');
    expect(JSON.parse(said.err())).toEqual({
      schema: 'asxos/error/1',
      error: { code: 'quota', message: 'Used up', hint: null },
    });
  });

  test('a bug is told as one', () => {
    const said = capture();
    expect(printFailure(new TypeError('x is not a function'), { json: false }, said.streams)).toBe(70);
    expect(said.err()).toContain('Internal error: x is not a function');
  });
});
