/**
 * The command tree. Each noun has its file in `commands/`; a command loads its use case only when it runs, so that a
 * one-shot command pays for nothing else.
 */
import { Command, CommanderError } from 'commander';
import type { App } from '../app.ts';
import { Failure } from '../failure.ts';
import { globalOptionsLine, rootHelp } from './help.ts';
import { type OutputOptions, printFailure, printReport, type Streams } from './output.ts';
import { progressLine } from './progress.ts';
import type { Report } from './report.ts';

/** What a command is given: the app opened on the right data, and the options that hold for all commands. */
export type Run = {
  readonly app: App;
  /** `--portfolio`, else the setting; undefined is the current one. */
  readonly portfolio: string | undefined;
  readonly streams: Streams;
  readonly quiet: boolean;
  readonly json: boolean;
  /** Aborted by ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Prints a report while the command goes on. */
  readonly print: (report: Report) => Promise<number>;
};

export type Outside = {
  readonly streams: Streams;
  readonly color: boolean;
  readonly version: string;
  readonly signal: AbortSignal;
  /** Where the console could be shown: a terminal that moves its cursor, one that does not, or none. */
  readonly screen: 'terminal' | 'dumb' | 'none';
  readonly stdinIsTerminal: boolean;
  readonly readStdin: () => Promise<Uint8Array>;
  /** Asks on the terminal without showing what is typed. */
  readonly readSecret: (prompt: string) => Promise<string>;
  /** `anyhow` also with settings that are not in order; the App's config tells what is wrong. */
  readonly openApp: (options: { dataDir: string | undefined; demo: boolean; anyhow?: boolean }) => Promise<App>;
  /** Opens the console and resolves with the exit code when it is left. */
  readonly openConsole: (app: App, options: { portfolio: string | undefined }) => Promise<number>;
  /** Serves accounts and resolves with the exit code when it is stopped. */
  readonly openServer: (app: App, options: ServerOptions) => Promise<number>;
  /** Serves the App's own data and resolves with the exit code when it is stopped. */
  readonly openApi: (app: App, options: ApiOptions) => Promise<number>;
};

/** How the App's data is served. */
export type ApiOptions = {
  readonly port: number;
  readonly host: string;
  /** Whether other machines may reach it. */
  readonly allowRemote: boolean;
  /** Where a request names none; undefined is the one in use. */
  readonly portfolio: string | undefined;
  readonly quiet: boolean;
  /** Told once, when it listens. */
  readonly onReady: (ready: ApiReady) => Promise<void>;
};
export type ApiReady = { readonly url: string; readonly portfolio: string };

/** How accounts are served. */
export type ServerOptions = {
  readonly port: number;
  readonly host: string;
  /** Where the metrics are, on loopback; undefined is nowhere. */
  readonly metricsPort: number | undefined;
  readonly migrateOnly: boolean;
  /** The accounts were restored from a backup. */
  readonly isRestored: boolean;
  readonly demo: boolean;
  readonly quiet: boolean;
  /** Told once, when the server listens, or the database has been migrated and nothing is served (no address). */
  readonly onReady: (ready: ServerReady) => Promise<void>;
};
export type ServerReady = {
  readonly url: string | undefined;
  readonly metricsUrl: string | undefined;
  /** Where accounts are kept. */
  readonly store: string;
  readonly migrationsApplied: number;
};

export type GlobalOptions = {
  demo?: boolean;
  json?: boolean;
  csv?: boolean;
  explain?: boolean;
  portfolio?: string;
  dataDir?: string;
  quiet?: boolean;
  color: boolean;
};

/** How the app's data is opened. */
type Opening = {
  readonly demo?: boolean;
  /** Before the database is opened: the demo's may be thrown away. */
  readonly prepare?: (app: App) => void;
  /** The demo's prices: fetched when it is filled (the default), or whenever they are due; `none` leaves it unfilled. */
  readonly prices?: 'first' | 'due' | 'none';
  /** Also where the settings are not in order. */
  readonly anyhow?: boolean;
};

export type Context = {
  readonly outside: Outside;
  /** Runs one command: opens the app, prints the report, closes the app; the exit code is kept for the caller. */
  readonly run: (command: Command, work: (run: Run) => Promise<Report> | Report, opening?: Opening) => Promise<void>;
  /** As `run`, for a command that prints by itself and answers an exit code. */
  readonly runApp: (command: Command, work: (run: Run) => Promise<number>, opening?: Opening) => Promise<void>;
  /** The program with every command of it, to be looked at. */
  readonly wholeTree: () => Promise<Command>;
};

export type AddCommands = (program: Command, context: Context) => void;

export type Noun = { readonly name: string; readonly load: () => Promise<AddCommands> };

const simulatedWarning = "SIMULATED: the demo's own portfolios on a simulated market";

const outputOptions = (options: GlobalOptions, color: boolean): OutputOptions => ({
  json: options.json === true,
  csv: options.csv === true,
  quiet: options.quiet === true,
  color: color && options.color,
  explain: options.explain === true,
});

/** Runs a command line (without `node asxos`) and answers the exit code. Never throws for an expected trouble. */
export async function runCommandLine(
  args: readonly string[],
  outside: Outside,
  nouns: readonly Noun[],
): Promise<number> {
  const { streams } = outside;
  let exitCode = 0;
  const runApp: Context['runApp'] = async (command, work, opening = {}) => {
    const options = command.optsWithGlobals<GlobalOptions>();
    if (options.json && options.csv) throw new Failure('invalid-input', 'Use --json or --csv, not both');
    if (options.explain && !options.json) {
      throw new Failure('invalid-input', '--explain goes with --json', {
        hint: 'For people there is: asxos why FIGURE CODE.',
      });
    }
    const demo = opening.demo ?? options.demo === true;
    const app = await outside.openApp({ dataDir: options.dataDir, demo, anyhow: opening.anyhow ?? false });
    try {
      opening.prepare?.(app);
      const { prices = 'first' } = opening;
      if (app.simulated && prices !== 'none') await prepareDemo(app, prices, outside, options.quiet === true);
      const printed = outputOptions(options, outside.color);
      const warnings = app.simulated && prices !== 'none' ? [simulatedWarning] : [];
      exitCode = await work({
        app,
        portfolio: options.portfolio ?? (app.simulated ? undefined : app.config.defaultPortfolio),
        streams,
        quiet: options.quiet === true,
        json: options.json === true,
        signal: outside.signal,
        print: report => printReport(report, printed, streams, warnings),
      });
    } finally {
      await app.close();
    }
  };
  const run: Context['run'] = (command, work, opening) =>
    runApp(command, async given => given.print(await work(given)), opening);
  const helpForTrouble: string[] = [];
  const program = rootCommand(outside, text => helpForTrouble.push(text));
  const add = async (to: Command, which: readonly Noun[]): Promise<Command> => {
    const added = await Promise.all(which.map(noun => noun.load()));
    for (const each of added) each(to, { outside, run, runApp, wholeTree });
    return to;
  };
  const wholeTree: Context['wholeTree'] = () =>
    add(
      rootCommand(outside, () => undefined),
      nouns,
    );
  await add(program, nounsOf(args, program, nouns));
  const json = args.includes('--json');
  try {
    try {
      await program.parseAsync(wholeHelp(args), { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      const isHelpWanted = error.code === 'commander.help' && error.exitCode !== 0;
      if (isHelpWanted && program.args.length === 0) {
        await startConsole(program, outside, runApp, helpForTrouble.join(''));
        if (outside.screen === 'none') exitCode = 64;
      } else if (isHelpWanted && !json && program.args[0] !== 'help') {
        streams.err(helpForTrouble.join(''));
        exitCode = 64;
      } else if (error.exitCode !== 0) throw usageFailure(error, program);
    }
    return exitCode;
  } catch (error) {
    if (outside.signal.aborted) {
      streams.err('asxos: stopped\n');
      return 130;
    }
    return printFailure(error, { json }, streams);
  }
}

/** The noun that the arguments begin with; all of them for help, for the console and for what is none. */
function nounsOf(args: readonly string[], program: Command, nouns: readonly Noun[]): readonly Noun[] {
  const takesValue = new Set(program.options.filter(option => option.required).map(option => option.long));
  const first = args.find((each, index) => !each.startsWith('-') && !takesValue.has(args[index - 1]));
  const named = nouns.find(noun => noun.name === first);
  return named === undefined ? nouns : [named];
}

/** Fills the demo at first use, prices and all, so that what opens is whole. */
async function prepareDemo(app: App, prices: 'first' | 'due', outside: Outside, quiet: boolean): Promise<void> {
  const { setUpDemo } = await import('../usecases/set-up-demo.ts');
  const isNew = await setUpDemo(app);
  if (prices === 'first' && !isNew) return;
  const { refresh } = await import('../usecases/refresh-prices.ts');
  const what = isNew ? 'Setting up the demo, this once:' : 'Fetching';
  const progress = progressLine(what, outside.streams, { quiet });
  try {
    await refresh(app, { target: 'all', ifDue: true, signal: outside.signal, onProgress: progress.show });
    if (!isNew) return;
    const { refreshFundamentals } = await import('../usecases/refresh-fundamentals.ts');
    await refreshFundamentals(app, { ifDue: true, signal: outside.signal, onProgress: progress.show });
  } finally {
    progress.end();
  }
}

/** Without a command: the console, where there is a terminal for it. */
async function startConsole(program: Command, outside: Outside, runApp: Context['runApp'], help: string) {
  if (outside.screen === 'none') outside.streams.err(help);
  else if (outside.screen === 'dumb') throw dumbTerminal();
  else {
    const open = ({ app, portfolio }: Run) => outside.openConsole(app, { portfolio });
    await runApp(program, open);
  }
}

const dumbTerminal = (): Failure =>
  new Failure('refused', 'The console needs a terminal that can move its cursor, and TERM is "dumb"', {
    hint: 'Use single commands, like asxos holdings or asxos dashboard.',
  });

/** Commander's words as one sentence, and its suggestion or choices as the way out. */
function usageFailure(error: CommanderError, program: Command): Failure {
  const named = commandPath(program);
  if (error.code === 'commander.help' && program.args[0] === 'help') {
    return new Failure('invalid-input', `There is no command "${program.args[1] ?? ''}"`, {
      hint: 'See asxos --help.',
    });
  }
  if (error.code === 'commander.help') {
    return new Failure('invalid-input', `${named} needs a command after it`, { hint: `See ${named} --help.` });
  }
  const [first = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const [said = '', choices] = first.split(/[.] (?=Allowed choices)/);
  const whole = error.code === 'commander.unknownCommand' ? completed(program) : undefined;
  const hint =
    (whole && `Did you mean ${whole}?`) ??
    suggestion?.replace(/^\((.*)\)$/, '$1') ??
    choices?.replace(/^Allowed choices are (.*?)[.]?$/, 'It can be: $1.');
  return new Failure('invalid-input', sentenceOf(said, named), { hint: hint ?? `See ${named} --help.`, cause: error });
}

/** Commander's sentences, with the value in the place where all of ours have it. */
const sentenceOf = (text: string, named: string): string => {
  const plain = text
    .replace(/^too many arguments for .*?[.] Expected .* but got \d+: (.*?)[.]?$/, `${named} takes no "$1"`)
    .replace(/^command-argument value '(.*?)' is invalid for argument '(.*?)'$/, '"$1" is not one of the choices of $2')
    .replace(/^option '(?:-\w, )?(--[\w-]+).*?' argument '(.*?)' is invalid$/, '$1 is "$2"')
    .replace(/'(.*?)'/g, '"$1"');
  return plain.startsWith('asxos ') ? plain : plain.charAt(0).toUpperCase() + plain.slice(1);
};

/** `help portfolio create` as `portfolio create --help`: Commander's own help goes one command deep. */
const wholeHelp = (args: readonly string[]): string[] =>
  args[0] === 'help' && args.length > 2 ? [...args.slice(1), '--help'] : [...args];

/** The one command that begins with the unknown word, like `holdings` for `hold`. */
function completed(program: Command): string | undefined {
  let command: Command = program;
  for (const word of program.args) {
    const named: Command | undefined = command.commands.find(each => each.name() === word);
    if (named === undefined) {
      const [only, another] = command.commands.filter(each => each.name().startsWith(word));
      return another === undefined ? only?.name() : undefined;
    }
    command = named;
  }
  return undefined;
}

/** The command that the arguments name, as it is typed: `asxos portfolio create`. */
function commandPath(program: Command): string {
  const path = ['asxos'];
  let command: Command | undefined = program;
  for (const word of program.args) {
    command = command.commands.find(each => each.name() === word);
    if (command === undefined) break;
    path.push(word);
  }
  return path.join(' ');
}

function rootCommand(outside: Outside, keepHelp: (text: string) => void): Command {
  const { streams } = outside;
  const program = new Command('asxos');
  program
    .description('Portfolio console for Australian share traders. Without a command it opens the console.')
    .version(outside.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .option('--demo', "use the demo's own data and simulated market")
    .option('--json', 'print one JSON object')
    .option('--csv', 'print rows as CSV')
    .option('--explain', 'with --json: why each figure is what it is')
    .option('--portfolio <name>', 'the portfolio to use, or all')
    .option('--data-dir <dir>', 'folder of the database')
    .option('--quiet', 'print nothing but results')
    .option('--no-color', 'print without colour')
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: text => streams.out(text),
      writeErr: keepHelp,
      getOutHelpWidth: () => Math.min(100, streams.terminal?.columns ?? 80),
      getErrHelpWidth: () => 80,
      // What went wrong is thrown, and said once by `printFailure`.
      outputError: () => undefined,
    })
    .configureHelp({ formatHelp: (command, help) => rootHelp(command, help) })
    .helpCommand('help [command]', 'show help of a command')
    .addHelpText('afterAll', ({ command }) => (command === program ? '' : globalOptionsLine));
  return program;
}
