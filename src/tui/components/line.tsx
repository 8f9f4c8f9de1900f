/** Lines of spans on the screen. */
import { Box, Transform } from 'ink';
import { memo, type ReactElement } from 'react';
import { paint } from '../paint.ts';
import { type Line, lineWidth, plainText, type Span, shortenLine } from '../text.ts';
import type { Theme } from '../theme.ts';
import { useTheme } from './theme-context.ts';

const sameSpan = (a: Span, b: Span | undefined): boolean =>
  a === b ||
  (b !== undefined &&
    a.text === b.text &&
    a.token === b.token &&
    a.bold === b.bold &&
    a.dim === b.dim &&
    a.inverse === b.inverse &&
    a.selected === b.selected);

const sameLine = (a: Line, b: Line): boolean =>
  a === b || (a.length === b.length && a.every((span, index) => sameSpan(span, b[index])));

type PaintedProps = { readonly line: Line; readonly theme: Theme };

/**
 * Ink measures every text in every frame, which is slow for anything but plain ASCII. So its tree holds blanks of the
 * line's width, and the painted line takes their place as they are written out. Where the terminal has become narrower
 * than the line, Ink wraps the blanks: the line is then shortened to the first row of them, and the box keeps it to one row.
 */
const Painted = memo(
  ({ line, theme }: PaintedProps): ReactElement => {
    const width = lineWidth(line);
    const painted = paint(line, theme);
    return (
      <Box height={1} flexShrink={0}>
        <Transform
          accessibilityLabel={plainText(line)}
          transform={(blanks, row) => {
            if (row > 0) return '';
            return blanks.length >= width ? painted : paint(shortenLine(line, blanks.length), theme);
          }}
        >
          {/* An empty text has no height, and would pull the rows beneath it up. */}
          {' '.repeat(Math.max(1, width))}
        </Transform>
      </Box>
    );
  },
  (before, after) => before.theme === after.theme && sameLine(before.line, after.line),
);

/** One row: a single Ink text, made again only when the line or the theme changed. */
export const LineView = ({ line }: { readonly line: Line }): ReactElement => <Painted line={line} theme={useTheme()} />;

/** Rows under each other. */
export function Lines({ lines }: { readonly lines: readonly Line[] }): ReactElement {
  const theme = useTheme();
  return (
    <Box flexDirection="column">
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a screen row is its place; what it shows comes and goes
        <Painted key={row} line={line} theme={theme} />
      ))}
    </Box>
  );
}
