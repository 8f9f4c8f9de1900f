/** What the doctor found: what is wrong first, each with its finding; one of them opened says why it matters and what mends it. */
import { harmless } from '../../domain/text.ts';
import { formatCount, formatSydneyTime } from '../../format.ts';
import type { Examined, Status } from '../../usecases/examine.ts';
import { heading, indent } from '../blocks.ts';
import type { DoctorState } from '../doctor-task.ts';
import { visibleRows } from '../layout.ts';
import type { DoctorOverlay } from '../overlay.ts';
import type { Line, Span } from '../text.ts';
import type { Token } from '../theme.ts';
import { wrap } from '../wrap.ts';

const groups: readonly { status: Status; glyph: string; token: Token; title: string }[] = [
  { status: 'problem', glyph: '✗', token: 'loss', title: 'Problems' },
  { status: 'warning', glyph: '!', token: 'warning', title: 'Warnings' },
  { status: 'unknown', glyph: '?', token: 'dim', title: 'Unknown: neither well nor wrong' },
  { status: 'ok', glyph: '✓', token: 'gain', title: 'Ok' },
];
const lookOf = (status: Status) => groups.find(each => each.status === status) ?? groups[0];

/** As they are listed: what is wrong first. */
export const byStatus = (found: readonly Examined[]): readonly Examined[] =>
  groups.flatMap(({ status }) => found.filter(each => each.status === status));

/** The one that is chosen: the first while none is, or it is not among them. */
export function chosenCheck({ found }: DoctorState, { chosen }: DoctorOverlay): Examined | undefined {
  const listed = byStatus(found);
  return listed.find(each => each.id === chosen) ?? listed[0];
}

const margin = 2;
/** The marker, the glyph, and a blank after each. */
const lead = 4;
const gap = 2;
/** Beside its name a finding takes at least so many cells; else it stands beneath. */
const leastFinding = 30;

type Listed = { readonly lines: readonly Line[]; readonly first: number; readonly last: number };

/** All lines of the list, and which of them are of the chosen check. */
function listed(doctor: DoctorState, overlay: DoctorOverlay, width: number): Listed {
  const chosen = chosenCheck(doctor, overlay);
  const nameWidth = Math.max(0, ...doctor.found.map(({ id }) => id.length));
  const isBeside = width - lead - nameWidth - gap - 1 >= leastFinding;
  const hang = isBeside ? lead + nameWidth + gap : lead;
  const lines: Line[] = [];
  let [first, last] = [0, 0];
  for (const { status, glyph, token, title } of groups) {
    const own = doctor.found.filter(each => each.status === status);
    if (own.length === 0) continue;
    if (lines.length > 0) lines.push([]);
    lines.push([{ text: ' ' }, ...heading(`${title} ${own.length}`)]);
    for (const check of own) {
      const isChosen = check.id === chosen?.id;
      if (isChosen) first = lines.length;
      const words = wrap(harmless(check.finding), width - hang - 1);
      const name: Span[] = [
        { text: isChosen ? '› ' : '  ', token: 'accent', bold: true },
        { text: glyph, token },
        { text: ` ${check.id.padEnd(isBeside ? nameWidth + gap : 0)}`, bold: isChosen },
      ];
      const look: Partial<Span> = status === 'ok' ? { token: 'dim' } : {};
      const [beside = '', ...rest] = isBeside ? words : ['', ...words];
      lines.push([...name, { text: beside, ...look }]);
      lines.push(...rest.map((text): Line => indent([{ text, ...look }], hang)));
      if (isChosen) last = lines.length - 1;
    }
  }
  return { lines, first, last };
}

type Room = { readonly width: number; readonly height: number };

/** The first line in view: the chosen check is whole in sight, and its heading where it is the first of the list. */
export function doctorTop(doctor: DoctorState, overlay: DoctorOverlay, { width, height }: Room): number {
  const { lines, first, last } = listed(doctor, overlay, width);
  if (first <= 1) return 0;
  const { start } = visibleRows(last, overlay.top, height, lines.length);
  return visibleRows(first, start, height, lines.length).start;
}

export function doctorLines(doctor: DoctorState, overlay: DoctorOverlay, room: Room): Line[] {
  const chosen = chosenCheck(doctor, overlay);
  if (chosen === undefined) {
    const words = doctor.isLooking ? 'Looking at everything …' : 'Nothing was looked at yet; r looks.';
    return [indent([{ text: words, token: 'dim' }], margin)];
  }
  if (overlay.isOpen) return openLines(chosen, room.width);
  const top = doctorTop(doctor, overlay, room);
  return listed(doctor, overlay, room.width).lines.slice(top, top + room.height);
}

/** ` 35 checks, 1 warning · looked at 10:41 AEDT`. */
export function doctorTitle({ found, at, isLooking }: DoctorState): string {
  if (at === undefined) return 'Doctor';
  const many = (status: Status): number => found.filter(each => each.status === status).length;
  const counted = [
    formatCount(found.length, 'check'),
    ...(many('problem') > 0 ? [formatCount(many('problem'), 'problem')] : []),
    ...(many('warning') > 0 ? [formatCount(many('warning'), 'warning')] : []),
    ...(many('unknown') > 0 ? [`${many('unknown')} unknown`] : []),
  ];
  return `Doctor · ${counted.join(', ')} · ${isLooking ? 'looking again …' : formatSydneyTime(at)}`;
}

function openLines({ id, status, finding, why, fix }: Examined, width: number): Line[] {
  const look = lookOf(status);
  const words = (text: string, token?: Token): Line[] =>
    wrap(harmless(text), Math.min(100, width - 2 * margin)).map(line =>
      indent([token === undefined ? { text: line } : { text: line, token }], margin),
    );
  return [
    indent(
      [
        { text: `${look?.glyph ?? ''} `, token: look?.token ?? 'text' },
        { text: `${id}: ${status}`, bold: true },
      ],
      margin,
    ),
    ...words(finding),
    [],
    indent(heading('Why it matters'), margin),
    ...words(why),
    [],
    indent(heading('What mends it'), margin),
    ...(fix === undefined
      ? words(status === 'ok' ? 'Nothing is to be mended.' : 'There is no command for it.', 'dim')
      : words(fix, 'accent')),
  ];
}
