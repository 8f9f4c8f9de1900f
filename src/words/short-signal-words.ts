/** What was last said of a security as a table writes it, at the command line and in the console. */
import type { SignalClass } from '../domain/signals/classes.ts';
import type { ShortSignal } from '../domain/signals/short-signal.ts';
import { formatDateShort, unknown } from '../format.ts';

/** `STRONG BUY`; an abstention is an en dash. */
export const formatSignal = (signal: SignalClass | undefined): string => signal?.replace('_', ' ') ?? unknown;

/** The ensemble's class, with its day where that is too long ago to act on: `BUY, 3 Nov`. */
export const formatEnsemble = (said: ShortSignal | undefined): string =>
  `${formatSignal(said?.signal)}${said?.isOld ? `, ${formatDateShort(said.asOf)}` : ''}`;
