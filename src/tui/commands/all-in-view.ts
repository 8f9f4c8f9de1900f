import type { Context } from '../command.ts';
import { bodyHeight, overlayRows } from '../frame-size.ts';

/** Why the lines of an overlay need not be scrolled; undefined when there are more of them. */
export const allInView = ({ state, overlayLength }: Context): string | undefined =>
  overlayLength <= overlayRows(bodyHeight(state.size.rows)) ? 'all of it is in view' : undefined;
