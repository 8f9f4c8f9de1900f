/** How the Notifications screen shares its room: the list, and the selected notification in words. */

export type Room = { readonly width: number; readonly height: number };

/** From here on the words stand beside the list. */
export const twoColumnsFrom = 110;
export const paneGap = 3;
/** The tabs and the rule beneath them. */
export const aboveList = 2;

export const paneWidth = (width: number): number => Math.max(40, Math.min(64, Math.floor(width * 0.4)));
export const listWidth = (width: number): number =>
  width >= twoColumnsFrom ? width - paneWidth(width) - paneGap : width;

/** Rows of the words beneath the list, a blank one above them; none where there is no room. */
export const rowsBelow = ({ width, height }: Room): number =>
  width >= twoColumnsFrom || height < 12 ? 0 : Math.min(9, Math.floor(height / 3));

/** Notifications in view: the list's title line takes one row. */
export const inboxRows = (room: Room): number => Math.max(1, room.height - aboveList - 1 - rowsBelow(room));
