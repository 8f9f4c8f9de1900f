/** Colour and weight on a terminal. */
const escapes = { bold: '\u001b[1m', dim: '\u001b[2m', green: '\u001b[32m', red: '\u001b[31m', reset: '\u001b[0m' };
export type Style = Exclude<keyof typeof escapes, 'reset'>;

export const styled = (text: string, style: Style | undefined, color: boolean): string =>
  color && style !== undefined && text !== '' ? `${escapes[style]}${text}${escapes.reset}` : text;
