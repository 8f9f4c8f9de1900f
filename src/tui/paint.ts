/** Lines of spans turned into text with colours, for a terminal (SGR sequences of ECMA-48). */
import type { Line, Span } from './text.ts';
import type { Colour, NamedColour, Theme } from './theme.ts';

/** Distance from the code of black. */
const named: Readonly<Record<NamedColour, number>> = {
  black: 0,
  red: 1,
  green: 2,
  yellow: 3,
  blue: 4,
  magenta: 5,
  cyan: 6,
  white: 7,
  brightBlack: 60,
  brightRed: 61,
  brightGreen: 62,
  brightYellow: 63,
  brightBlue: 64,
  brightMagenta: 65,
  brightCyan: 66,
  brightWhite: 67,
};

const isNamed = (colour: Colour): colour is NamedColour => Object.hasOwn(named, colour);

function colourCode(colour: Colour, ground: 'text' | 'background'): string {
  if (isNamed(colour)) return String((ground === 'text' ? 30 : 40) + named[colour]);
  const value = Number.parseInt(colour.slice(1), 16);
  return `${ground === 'text' ? 38 : 48};2;${value >> 16};${(value >> 8) & 255};${value & 255}`;
}

type Code = {
  readonly group: 'weight' | 'inverse' | 'colour' | 'background';
  readonly on: string;
  readonly off: string;
};

function codesOf(span: Span, theme: Theme): Code[] {
  const look = theme.looks[span.token ?? 'text'];
  const under = span.selected === true ? theme.looks.selection : {};
  const bold = span.bold === true || look.bold === true || under.bold === true;
  // Bold and dim share one off code, and dim on the selection's ground would not read.
  const dim = !bold && span.selected !== true && (span.dim === true || look.dim === true);
  const inverse = span.inverse === true || look.inverse === true || under.inverse === true;
  const colour = look.colour ?? under.colour;
  const background = look.background ?? under.background;
  const codes: Code[] = [];
  if (bold || dim) codes.push({ group: 'weight', on: bold ? '1' : '2', off: '22' });
  if (inverse) codes.push({ group: 'inverse', on: '7', off: '27' });
  if (colour !== undefined) codes.push({ group: 'colour', on: colourCode(colour, 'text'), off: '39' });
  if (background !== undefined)
    codes.push({ group: 'background', on: colourCode(background, 'background'), off: '49' });
  return codes;
}

const sequence = (codes: string): string => `\u001b[${codes}m`;

/** The sequences that lead from the codes in force to the wanted ones, and the codes then in force. */
function change(from: readonly Code[], to: readonly Code[]): { text: string; inForce: readonly Code[] } {
  const stays = from.filter(code => to.some(wanted => wanted.on === code.on));
  const starts = to.filter(wanted => !from.some(code => code.on === wanted.on));
  const ends = from.filter(
    code => !to.some(wanted => (code.group === 'weight' ? wanted.on === code.on : wanted.group === code.group)),
  );
  const text =
    ends
      .reverse()
      .map(code => sequence(code.off))
      .join('') + starts.map(code => sequence(code.on)).join('');
  return { text, inForce: [...stays, ...starts] };
}

/**
 * The line as one string with its colours in it. The sequences are the fewest that do, in the order in which Ink itself
 * writes them: Ink parses each text, writes it out and parses that again, unless both are the same string.
 */
export function paint(line: Line, theme: Theme): string {
  let painted = '';
  let inForce: readonly Code[] = [];
  for (const span of line) {
    if (span.text === '') continue;
    const changed = change(inForce, codesOf(span, theme));
    inForce = changed.inForce;
    painted += changed.text + span.text;
  }
  return painted + change(inForce, []).text;
}
