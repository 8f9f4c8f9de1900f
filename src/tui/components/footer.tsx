import type { ReactElement } from 'react';
import { displayWidth, type Line, type Span } from '../text.ts';
import { LineView } from './line.tsx';

/** A key that works now and what it does. */
export type KeyHint = { readonly key: string; readonly title: string };

const gap = 3;
const margin = 2;
const help: KeyHint = { key: '?', title: 'help' };
const hintWidth = ({ key, title }: KeyHint): number => displayWidth(key) + 1 + displayWidth(title);
const hintSpans = ({ key, title }: KeyHint): Span[] => [
  { text: key, token: 'accent' },
  { text: ` ${title}`, token: 'dim' },
];

/** The hints, the most important first, as many as fit whole. Ends in help, unless help cannot be asked for now. */
export function footerLine(hints: readonly KeyHint[], width: number, withHelp = true): Line {
  const last = withHelp ? [help] : [];
  const shown: KeyHint[] = [];
  let left = width - margin - (withHelp ? hintWidth(help) : -gap);
  if (left < 0) return [];
  for (const hint of hints) {
    if (hint.key === help.key) continue;
    const needed = hintWidth(hint) + gap;
    if (needed > left) break;
    shown.push(hint);
    left -= needed;
  }
  return [...shown, ...last].flatMap((hint, index) => [
    { text: ' '.repeat(index === 0 ? margin : gap) },
    ...hintSpans(hint),
  ]);
}

export const Footer = ({
  hints,
  width,
  withHelp = true,
}: {
  readonly hints: readonly KeyHint[];
  readonly width: number;
  readonly withHelp?: boolean;
}): ReactElement => <LineView line={footerLine(hints, width, withHelp)} />;
