/** The rows of the frame: the header, the screen, the rule (or what is being said), the footer. */
const around = 3;

/** Rows that a screen has. */
export const bodyHeight = (rows: number): number => Math.max(0, rows - around);

/** Rows that the lines of an overlay have of them, beneath its title. */
export const overlayRows = (height: number): number => Math.max(1, height - 2);
