/**
 * A user's crontab, and the lines of it that are ours.
 *
 * Model: the block between two marker lines is ours, every other byte is the user's. Installing puts the block at the end,
 * or in the place of the old one; removing gives back the text as it was. A last line without a line break needs one
 * before the block; the marker says that it is ours, so that it is taken out again. Rules: crontab(5), `%` ends a command
 * unless a backslash stands before it; POSIX shell, quoting (XCU 2.2.2). Troubles a user sees: a marker that is missing,
 * doubled or edited; then nothing is changed, for it is unknown what is ours.
 */
import { Failure } from '../../failure.ts';
import type { Job } from './job.ts';

const begin = '# >>> asxos schedule >>>';
/** The same after a last line that had no line break. */
const beginJoined = '# >>> asxos schedule, and the line break before this >>>';
const end = '# <<< asxos schedule <<<';
const isLikeMarker = (line: string): boolean => /^\s*#.*(>>>|<<<)\s*asxos schedule/i.test(line);

/** Every 15 minutes, all year, in any time zone. */
export function cronLine({ words, env }: Job): string {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${quotedForShell(value)}`);
  const command = [...variables, ...words.map(quotedForShell)].join(' ');
  return `*/15 * * * * ${command.replaceAll('%', '\\%')}`;
}

/**
 * In single quotes where need be. A backslash ends the quotes and begins them anew, for crons differ in what they make of
 * one before another or before `%`; so it stands before a quote always.
 */
function quotedForShell(text: string): string {
  if (/^[\w./:@,+=-]+$/.test(text)) return text;
  return `'${text.replaceAll(/['\\]/g, found => (found === "'" ? "'\\''" : "\\''"))}'`;
}

/** Without a marker and a line break: what stands between the markers. */
export const cronBody = (job: Job): string =>
  `# Fetches what is due. Made by asxos schedule install; asxos schedule remove takes it out.\n${cronLine(job)}`;

type Block = {
  readonly before: string;
  readonly body: string;
  readonly after: string;
  readonly isJoined: boolean;
};

/** Our block; undefined where there is none. `Failure('bad-file')` where the markers do not say what is ours. */
export function readBlock(crontab: string): Block | undefined {
  const rows = crontab.split('\n');
  const markers = rows.flatMap((row, index) => (isLikeMarker(row) ? [index] : []));
  if (markers.length === 0) return undefined;
  const [first = 0, last = 0] = markers;
  const opening = rows[first];
  const isWhole = markers.length === 2 && (opening === begin || opening === beginJoined) && rows[last] === end;
  // The last marker is a whole line, which another or nothing follows.
  if (!isWhole || last === rows.length - 1) throw damaged(markers.map(index => index + 1));
  const before = rows.slice(0, first).map(row => `${row}\n`);
  return {
    before: before.join(''),
    body: rows.slice(first + 1, last).join('\n'),
    after: rows.slice(last + 1).join('\n'),
    isJoined: opening === beginJoined,
  };
}

const damaged = (lines: readonly number[]): Failure =>
  new Failure(
    'bad-file',
    `The markers of asxos in your crontab are damaged (line ${lines.join(', ')}), so nothing was changed`,
    { hint: `Take out what is between "${begin}" and "${end}" with crontab -e, both lines too, and try again.` },
  );

/** The crontab with `body` between the markers, in the place of an old one or at the end. */
export function withBlock(crontab: string, body: string): string {
  const old = readBlock(crontab);
  const isJoined = old?.isJoined ?? (crontab !== '' && !crontab.endsWith('\n'));
  const before = old?.before ?? `${crontab}${isJoined ? '\n' : ''}`;
  return `${before}${isJoined ? beginJoined : begin}\n${body}\n${end}\n${old?.after ?? ''}`;
}

/** The crontab without the block; as it is where there is none. */
export function withoutBlock(crontab: string): string {
  const block = readBlock(crontab);
  if (block === undefined) return crontab;
  const { before, after, isJoined } = block;
  // What was written below it since needs the line break.
  return isJoined && after === '' ? before.slice(0, -1) : before + after;
}

/** Whether the jobs of this crontab are given an EODHD key. */
export const givesKey = (crontab: string): boolean => /^[ \t]*(["']?)EODHD_API_TOKEN\1[ \t]*=[ \t]*\S/m.test(crontab);
