/**
 * Themes: ten meanings, each with a look. Screens name the meaning (`gain`), never a colour.
 *
 * Dark and light use true colour where the terminal has it and its 16 named colours elsewhere, so that the user's own
 * palette rules. `safe` tells gain from loss by blue and orange, in shades that read on black and on white. `mono` is
 * bold, dim and inverse only, and is what NO_COLOR gives. A sign or an arrow always stands beside a colour.
 */
export type Token =
  | 'text'
  | 'dim'
  | 'accent'
  | 'gain'
  | 'loss'
  | 'warning'
  | 'selection'
  | 'rule'
  | 'chart'
  | 'benchmark';

/** One of the terminal's 16 colours, or `#rrggbb`. */
export type Colour = NamedColour | `#${string}`;
type Hue = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white';
export type NamedColour = Hue | `bright${Capitalize<Hue>}`;
export type Look = {
  readonly colour?: Colour;
  readonly background?: Colour;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly inverse?: boolean;
};
export type Theme = { readonly name: ThemeName; readonly looks: Readonly<Record<Token, Look>> };

export const themeNames = ['dark', 'light', 'safe', 'mono'] as const;
export type ThemeName = (typeof themeNames)[number];
export const isThemeName = (text: string): text is ThemeName => themeNames.some(name => name === text);

const mono: Theme['looks'] = {
  text: {},
  dim: { dim: true },
  accent: { bold: true },
  gain: {},
  loss: {},
  warning: { bold: true },
  selection: { inverse: true },
  rule: { dim: true },
  chart: {},
  benchmark: { dim: true },
};

const trueColour: Record<ThemeName, Theme['looks']> = {
  dark: {
    text: {},
    dim: { colour: '#a3abb5' },
    accent: { colour: '#79b8ff' },
    gain: { colour: '#5fd38a' },
    loss: { colour: '#ff8f85' },
    warning: { colour: '#f0c05a' },
    selection: { colour: '#f2f5f8', background: '#26364d' },
    rule: { colour: '#6b7480' },
    chart: { colour: '#79b8ff' },
    benchmark: { colour: '#c4a7f0' },
  },
  light: {
    text: {},
    dim: { colour: '#525b65' },
    accent: { colour: '#0550ae' },
    gain: { colour: '#0f6229' },
    loss: { colour: '#ab1f26' },
    warning: { colour: '#764800' },
    selection: { colour: '#1b1f24', background: '#d9e6f7' },
    rule: { colour: '#87909a' },
    chart: { colour: '#0550ae' },
    benchmark: { colour: '#6a3fa8' },
  },
  safe: {
    text: {},
    dim: { dim: true },
    accent: { bold: true },
    gain: { colour: '#0b77d9' },
    loss: { colour: '#bd5b00' },
    warning: { bold: true },
    selection: { inverse: true },
    rule: { dim: true },
    chart: { colour: '#0b77d9' },
    benchmark: { colour: '#bd5b00' },
  },
  mono,
};

const sixteen: Record<ThemeName, Theme['looks']> = {
  dark: {
    text: {},
    dim: { dim: true },
    accent: { colour: 'cyan' },
    gain: { colour: 'green' },
    loss: { colour: 'red' },
    warning: { colour: 'yellow' },
    selection: { inverse: true },
    rule: { dim: true },
    chart: { colour: 'cyan' },
    benchmark: { colour: 'magenta' },
  },
  light: {
    text: {},
    dim: { dim: true },
    accent: { colour: 'blue' },
    gain: { colour: 'green' },
    loss: { colour: 'red' },
    warning: { colour: 'magenta' },
    selection: { inverse: true },
    rule: { dim: true },
    chart: { colour: 'blue' },
    benchmark: { colour: 'magenta' },
  },
  safe: {
    ...trueColour.safe,
    gain: { colour: 'blue' },
    loss: { colour: 'yellow' },
    chart: { colour: 'blue' },
    benchmark: { colour: 'yellow' },
  },
  mono,
};

export type TerminalColours = 'none' | 'sixteen' | 'true';

/** What the terminal says it can show. NO_COLOR counts when it is set and not empty (no-color.org). */
export function terminalColours(environment: Readonly<Record<string, string | undefined>>): TerminalColours {
  if ((environment['NO_COLOR'] ?? '') !== '') return 'none';
  const says = environment['COLORTERM'] ?? '';
  const program = environment['TERM_PROGRAM'] ?? '';
  const direct = (environment['TERM'] ?? '').endsWith('-direct');
  const known = /^(iTerm\.app|vscode|WezTerm|ghostty|Hyper)$/.test(program) || environment['WT_SESSION'] !== undefined;
  return says === 'truecolor' || says === '24bit' || direct || known ? 'true' : 'sixteen';
}

/** The theme as this terminal can show it; no colours gives `mono` whatever was asked for. */
export function chooseTheme(name: ThemeName, colours: TerminalColours): Theme {
  if (colours === 'none') return { name: 'mono', looks: mono };
  return { name, looks: (colours === 'true' ? trueColour : sixteen)[name] };
}
