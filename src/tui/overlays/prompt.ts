/** What every prompt has beneath its field: words on what is asked for, and what is wrong with what was typed. */

import type { Trouble } from '../overlay.ts';
import type { Line } from '../text.ts';
import { wrap } from '../wrap.ts';

/** Cells before the words. */
export const promptMargin = 4;

/** The cells that a prompt takes of a terminal this wide. */
export const promptWidth = (width: number): number => Math.min(110, width - 2);

export const promptWords = (text: string, token: 'dim' | 'warning', width: number): Line[] =>
  wrap(text, width - promptMargin).map(line => [{ text: `${' '.repeat(promptMargin)}${line}`, token }]);

export const troubleWords = (trouble: Trouble | undefined, width: number): Line[] =>
  trouble === undefined
    ? []
    : promptWords(`! ${trouble.message}${trouble.hint === undefined ? '' : `. ${trouble.hint}`}`, 'warning', width);
