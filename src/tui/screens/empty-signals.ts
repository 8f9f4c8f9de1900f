/** The Signals screen before anything was said: what it is for and the key that fills it. */
import type { Line } from '../text.ts';
import { paragraph, steps } from './empty.ts';

export const emptySignals = (isWorking: boolean, width: number): Line[] => [
  [],
  ...paragraph(
    'Signals are what two models say of a security: model A by its price, with a probability for the next 21 sessions; model B by its statements, with a grade. The ensemble weighs both, and says where they agree.',
    width,
  ),
  [],
  ...(isWorking
    ? paragraph('They are being worked out.', width)
    : [
        ...paragraph('Nothing was said yet.', width),
        [],
        ...steps([['n', 'run the signals of what is held and watched (in the demo of the whole market)']], width),
      ]),
  [],
  ...paragraph(
    'More securities are compared with asxos signals run --universe asx200. What was said stays, and is held against what happened.',
    width,
  ),
];

/** Rows that a filter of the ensemble does not leave. */
export const noRowsOfEnsemble = (width: number): Line[] => [
  [],
  ...paragraph('No security is left by these filters.', width),
  [],
  ...steps(
    [
      ['f', 'all, those on which both agree, or those without conflict'],
      ['v', 'another class, or every class'],
    ],
    width,
  ),
];
