/**
 * The command tree as shells complete it: of each command its commands and options, and of each value what it can be. All
 * of it is read from what is registered with Commander, as help is.
 *
 * A command that has a default, like `alerts`, takes what that takes; a command below another takes its options too, and
 * all take those of the program. A value stands at `COMMAND=--option`, or at `COMMAND:N:BEFORE`, where N is the number of
 * the argument and BEFORE the one before it; `*` is anything.
 */
import type { Command, Option } from 'commander';
import { type Source, settingValues, sourceOf } from './source.ts';

export type Named = { readonly name: string; readonly about: string };
export type Page = {
  /** The command's words: `portfolio create`; empty for the program. */
  readonly path: string;
  readonly commands: readonly Named[];
  readonly options: readonly Named[];
};
/** Undefined where a value follows of which nothing can be said. */
export type Value = { readonly at: string; readonly source: Source | undefined };
export type CompletionTree = { readonly pages: readonly Page[]; readonly values: readonly Value[] };

export function completionTree(root: Command): CompletionTree {
  const own = optionsOf(root, '');
  const pages: Page[] = [{ path: '', commands: commandsOf(root), options: own.map(named) }];
  const values: Value[] = valuesOf('*', own);
  const add = (command: Command, path: string, above: readonly Placed[]): void => {
    const taken = defaultOf(command);
    const takenPath = taken === undefined ? path : `${path} ${taken.name()}`;
    const options = unique([
      ...optionsOf(command, path),
      ...(taken === undefined ? [] : optionsOf(taken, takenPath)),
      ...above,
    ]);
    pages.push({ path, commands: commandsOf(command), options: options.map(named) });
    values.push(...valuesOf(path, options), ...argumentsOf(path, taken ?? command, takenPath));
    for (const each of below(command)) add(each, `${path} ${each.name()}`, options);
  };
  for (const each of below(root)) add(each, each.name(), []);
  return { pages, values };
}

/** An option, and the command that declares it. */
type Placed = { readonly option: Option; readonly of: string };

const below = (command: Command): Command[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter(each => each.name() !== 'help');

const commandsOf = (command: Command): Named[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map(each => ({ name: each.name(), about: sentence(each.summary() || each.description()) }));

/** `--help` is an option of every command, and stands with those of the program. */
const optionsOf = (command: Command, of: string): Placed[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .filter(option => option.long !== '--help' || command.parent === null)
    .map(option => ({ option, of }));

const named = ({ option }: Placed): Named => ({ name: nameOf(option), about: sentence(option.description) });
const nameOf = (option: Option): string => option.long ?? option.short ?? option.flags;

/** The command that runs where none is named. */
const defaultOf = (command: Command): Command | undefined => {
  const name = '_defaultCommandName' in command ? command._defaultCommandName : undefined;
  return command.commands.find(each => each.name() === name);
};

/** Each name once: the nearest. */
const unique = (options: readonly Placed[]): Placed[] =>
  [...new Map(options.toReversed().map(each => [nameOf(each.option), each])).values()].toReversed();

const valuesOf = (path: string, options: readonly Placed[]): Value[] =>
  options
    .filter(({ option }) => option.required || option.optional)
    .map(({ option, of }) => {
      const name = nameOf(option);
      return { at: `${path}=${name}`, source: sourceOf(`${of} ${name}`, option) };
    });

function argumentsOf(path: string, command: Command, of: string): Value[] {
  const own = command.registeredArguments.flatMap((argument, index): Value[] => {
    const at = index + 1;
    const source = sourceOf(`${of} ${at}`, argument);
    if (!argument.variadic) return [{ at: `${path}:${at}:*`, source }];
    const rest = sourceOf(`${of} ${at}+`, argument);
    return [
      { at: `${path}:${at}:*`, source: source ?? rest },
      { at: `${path}:*`, source: rest },
    ];
  });
  if (path !== 'config set') return own;
  return [...settingValues.map(([name, source]) => ({ at: `${path}:2:${name}`, source })), ...own];
}

/** The first sentence, without what a shell or a terminal takes for more than text. */
const sentence = (text: string): string => (/^.*?(?=[.;]?\s*$|[.;] |\n)/.exec(text)?.[0] ?? text).replaceAll("'", '’');
