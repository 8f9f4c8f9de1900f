/** Prints a report: results on stdout, everything else on stderr. */
import { csvText } from '../csv.ts';
import { harmless } from '../domain/text.ts';
import { type Description, describe, exitCodeOf } from '../failure.ts';
import { type Explained, explanationData } from './explained.ts';
import type { Report, Section } from './report.ts';
import { styled } from './style.ts';

export type Streams = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether stdout is a terminal, and its size. */
  readonly terminal: { readonly columns: number; readonly rows: number } | undefined;
  readonly errIsTerminal: boolean;
};

export type OutputOptions = {
  readonly json: boolean;
  readonly csv: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
  /** With JSON: why each figure is what it is. */
  readonly explain: boolean;
};

/** What JSON leaves as it is and a terminal may obey. */
const eighthBitControls = /[\u007f-\u009f]/g;

/** JSON with unknown as null; decimals print themselves as plain strings. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, (_, each) => (each === undefined ? null : each), indent).replace(
    eighthBitControls,
    control => `\\u00${control.charCodeAt(0).toString(16)}`,
  );

/** Tables measure their cells, which takes a while to load: what prints none, and `--json`, does not wait for it. */
async function sectionText(section: Section, width: number | undefined, color: boolean): Promise<string> {
  if (section.kind === 'text') return section.lines.map(harmless).join('\n');
  if (section.rows.length === 0) return '';
  const { tableText } = await import('./table.ts');
  const text = tableText(section, { width, color });
  return section.title === undefined ? text : `${styled(section.title, 'bold', color)}\n${text}`;
}

const explainedData = ({ at, why }: Explained) => ({ at, ...explanationData(why) });

/** Writes the report and answers the exit code. `before` are warnings that come before its own. */
export async function printReport(
  report: Report,
  options: OutputOptions,
  streams: Streams,
  before: readonly string[] = [],
): Promise<number> {
  const { notes = [] } = report;
  const warnings = [...before, ...(report.warnings ?? [])];
  if (!options.quiet) for (const note of notes) streams.err(`${harmless(note)}\n`);
  if (options.json) {
    const { schema, asOf, data, coverage } = report;
    const envelope = {
      schema: `asxos/${schema}`,
      asOf,
      data,
      ...(coverage === undefined ? {} : { coverage }),
      ...(options.explain ? { explanations: ((await report.explain?.()) ?? []).map(explainedData) } : {}),
      warnings,
    };
    streams.out(`${jsonText(envelope)}\n`);
    return report.exitCode ?? 0;
  }
  if (options.csv) streams.out(csvText(report.csv));
  else {
    const width = streams.terminal?.columns;
    const all = await Promise.all(report.sections.map(section => sectionText(section, width, options.color)));
    const text = all.filter(part => part !== '');
    if (text.length > 0) streams.out(`${text.join('\n\n')}\n`);
  }
  if (!options.quiet) for (const warning of warnings) streams.err(`${harmless(warning)}\n`);
  return report.exitCode ?? 0;
}

/** Writes what went wrong, as one sentence and a hint or as the JSON error, and answers the exit code. */
export function printFailure(error: unknown, options: Pick<OutputOptions, 'json'>, streams: Streams): number {
  const description: Description = describe(error);
  if (options.json) {
    const { code, message, hint } = description;
    streams.err(`${jsonText({ schema: 'asxos/error/1', error: { code, message, hint } })}\n`);
  } else {
    // What points at a place in what was typed has lines of its own.
    streams.err(`asxos: ${description.message.split('\n').map(harmless).join('\n')}\n`);
    if (description.hint !== undefined) streams.err(`${harmless(description.hint)}\n`);
  }
  return exitCodeOf(error);
}
