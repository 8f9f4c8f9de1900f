/** A shell's own text in a template: as it is typed, but for `$\{`, which is how a template holds the `${` of a shell. */
export const shellText = ({ raw }: TemplateStringsArray): string => raw.join('').replaceAll('$\\{', '${');
