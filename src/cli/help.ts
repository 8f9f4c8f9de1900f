/** Help: one screen for all commands by purpose, and examples under each. */
import { type Command, Help } from 'commander';

/** The purposes that commands are listed under, in this order. */
export const purposes = {
  look: 'Look',
  record: 'Record',
  keep: 'Keep up',
  set: 'Set up',
} as const;

export const globalOptionsLine =
  '\nWith every command: --json, --csv, --portfolio NAME|all, --data-dir DIR, --demo,\n--quiet, --no-color, --help; with --json also --explain.\n';

/** Examples under a command's help, a line each. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map(line => `  ${line}`).join('\n')}`;

/** The help of a command. The root's is a line a command, its purpose at the left. */
export function rootHelp(command: Command, help: Help): string {
  if (command.parent !== null) return Help.prototype.formatHelp.call(help, command, help);
  const listed = help.visibleCommands(command).filter(each => each.name() !== 'help');
  const width = Math.max(...Object.values(purposes).map(purpose => purpose.length));
  const nameWidth = Math.max(...listed.map(each => each.name().length)) + 1;
  const rows = Object.values(purposes).flatMap(purpose =>
    listed
      .filter(each => each.helpGroup() === purpose)
      .map((each, index) => {
        const name = each.name().padEnd(nameWidth);
        return `${(index === 0 ? purpose : '').padEnd(width)}  ${name} ${each.summary() || each.description()}`;
      }),
  );
  return [
    'Usage: asxos [command] [options]     (without a command: the console)',
    ...rows,
    'Options: --json [--explain], --csv, --portfolio NAME|all, --data-dir DIR,',
    '  --demo (simulated market), --quiet, --no-color, -V --version. More:',
    '  asxos help COMMAND',
    '',
  ].join('\n');
}
