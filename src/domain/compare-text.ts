/** The order of two texts by their code units, which is that of ISO dates by time, of ids and of codes: below 0, 0 or above. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
