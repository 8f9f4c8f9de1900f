import { Argument, type Command, Option } from 'commander';
import { type Code, parseCode } from '../../domain/market/security.ts';
import { type Universe, universes } from '../../domain/market/universe.ts';
import { type SignalClass, signalClasses } from '../../domain/signals/classes.ts';
import { type ModelName, modelNames } from '../../domain/signals/logged.ts';
import { Failure } from '../../failure.ts';
import { countOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, Run } from '../program.ts';
import { progressLine } from '../progress.ts';
import type { Report } from '../report.ts';
import { driftReport } from '../signals/drift-report.ts';
import { compareReport, listReport, showReport } from '../signals/rows-report.ts';
import { runReport, runsReport } from '../signals/run-report.ts';
import { scoreReport } from '../signals/score-report.ts';

type RunOptions = { universe?: Universe; train?: boolean; offline?: boolean };
type ListOptions = { agreementOnly?: boolean; conflict: boolean; signal?: SignalClass; limit?: number };

export const addSignals: AddCommands = (program, { run }) => {
  const signals = program
    .command('signals')
    .helpGroup(purposes.look)
    .summary('model A, model B and their ensemble; how they did; drift')
    .description(
      'Two models and their ensemble, computed here from stored prices and fundamentals. General information, not advice.',
    )
    .addHelpText(
      'after',
      examples('asxos signals run', 'asxos signals ensemble --agreement-only --signal BUY', 'asxos signals show BHP'),
    );
  addRun(signals, run);
  addLists(signals, run);
  signals
    .command('show')
    .summary('what each model said of a security, and why')
    .description(
      'Show what each model said of a security: inputs and what each added, gates, categories, what was said before.',
    )
    .addArgument(new Argument('<code>', 'the security').argParser(parseCode))
    .addHelpText('after', examples('asxos signals show BHP', 'asxos signals show BHP --json --explain'))
    .action(async (code: Code, _, command) => {
      await run(command, given => signalsOf(given, code));
    });
  signals
    .command('compare')
    .summary('model A, model B and the ensemble of a security side by side')
    .description('Show the votes of model A, model B and the ensemble of a security side by side.')
    .addArgument(new Argument('<code>', 'the security').argParser(parseCode))
    .addHelpText('after', examples('asxos signals compare BHP', 'asxos signals compare BHP --json'))
    .action(async (code: Code, _, command) => {
      const { viewModel, viewSecuritySignals } = await import('../../usecases/view-signals.ts');
      await run(command, ({ app }) =>
        compareReport(
          saidOf(code, viewSecuritySignals(app, code)),
          once(version => viewModel(app, version)),
        ),
      );
    });
  addRecords(signals, run);
};

type RunCommand = Parameters<AddCommands>[1]['run'];

function addRun(signals: Command, run: RunCommand): void {
  signals
    .command('run')
    .summary('compute the signals of the last closed day')
    .description(
      'Fetch what is due, compute the signals of the last closed day and add them to the log; what was said stays. Model A is trained where there is none yet.',
    )
    .addOption(
      new Option('--universe <which>', 'of which securities: held and watched by default, all in the demo').choices(
        universes,
      ),
    )
    .option('--train', 'train model A anew')
    .option('--offline', 'use what is stored, and fetch nothing')
    .addHelpText(
      'after',
      examples(
        'asxos signals run',
        'asxos signals run --universe asx200 --train',
        'asxos --demo signals run',
        'asxos signals run --offline --quiet      (from cron)',
      ),
    )
    .action(async (options: RunOptions, command) => {
      await run(command, given => runAll(given, options));
    });
}

function addLists(signals: Command, run: RunCommand): void {
  const list = async (command: Command, options: ListOptions): Promise<void> => {
    const { viewModel, viewSignals } = await import('../../usecases/view-signals.ts');
    const keep = options.agreementOnly ? 'agreement' : options.conflict ? 'all' : 'no-conflict';
    await run(command, ({ app }) =>
      listReport(viewSignals(app, { filter: { keep, signal: options.signal } }), {
        today: app.today(),
        limit: options.limit,
        modelOf: once(version => viewModel(app, version)),
      }),
    );
  };
  signals
    .command('latest')
    .summary('what was last said of every security')
    .description('List what was last said of every security of the newest run, the strongest first.')
    .option('--limit <n>', 'no more than this many', countOf('--limit', 1, 100_000))
    .addHelpText('after', examples('asxos signals latest --limit 20', 'asxos signals latest --csv > signals.csv'))
    .action(async (options: { limit?: number }, command) => list(command, { ...options, conflict: true }));
  signals
    .command('ensemble')
    .summary('the same, of those that agree, do not conflict, or have a class')
    .description(
      'List the ensemble of the newest run: all, those on which both models agree, or those without conflict.',
    )
    .option('--agreement-only', 'only where both models agree')
    .option('--no-conflict', 'only where they do not say the opposite')
    .addOption(new Option('--signal <class>', 'only this class').choices(signalClasses).argParser(readClass))
    .option('--limit <n>', 'no more than this many', countOf('--limit', 1, 100_000))
    .addHelpText(
      'after',
      examples('asxos signals ensemble --agreement-only', 'asxos signals ensemble --signal STRONG_BUY --limit 10'),
    )
    .action(async (options: ListOptions, command) => list(command, options));
}

function readClass(text: string): SignalClass {
  const wanted = text.trim().toUpperCase().replace(/[ -]/g, '_');
  const found = signalClasses.find(each => each === wanted);
  if (found !== undefined) return found;
  throw new Failure('invalid-input', `--signal is "${text}"`, { hint: `It can be: ${signalClasses.join(', ')}.` });
}

function addRecords(signals: Command, run: RunCommand): void {
  signals
    .command('score')
    .summary('what was said against what happened')
    .description(
      'Hold what was said against what happened 21 sessions later: hit rates against the base rate, calibration, a net backtest, and whether an edge is shown.',
    )
    .addArgument(new Argument('[model]', 'A, B or ensemble; all three without it').choices(modelNames))
    .addHelpText('after', examples('asxos signals score', 'asxos signals score A --json'))
    .action(async (model: ModelName | undefined, _, command) => {
      const { scoreSignals } = await import('../../usecases/score-signals.ts');
      await run(command, ({ app }) =>
        scoreReport(scoreSignals(app, model === undefined ? modelNames : [model]), app.today()),
      );
    });
  signals
    .command('drift')
    .summary('how far the inputs have moved from what model A learned on')
    .description('Show the population stability index of each input of model A, its band, and whether it drifts.')
    .addHelpText('after', examples('asxos signals drift', 'asxos signals drift --json'))
    .action(async (_, command) => {
      const { viewDrift } = await import('../../usecases/view-signals.ts');
      await run(command, ({ app }) => driftReport(viewDrift(app), app.today()));
    });
  signals
    .command('runs')
    .summary('the runs there were, with their versions')
    .description('List the runs of the signals, the newest first.')
    .option('--limit <n>', 'no more than this many', countOf('--limit', 1, 100_000))
    .addHelpText('after', examples('asxos signals runs', 'asxos signals runs --limit 5 --json'))
    .action(async (options: { limit?: number }, command) => {
      const { viewRuns } = await import('../../usecases/view-signals.ts');
      await run(command, ({ app }) => runsReport(viewRuns(app, options.limit), app.today()));
    });
}

export async function signalsOf({ app }: Run, code: Code): Promise<Report> {
  const { viewModel, viewSecuritySignals } = await import('../../usecases/view-signals.ts');
  return showReport(
    saidOf(code, viewSecuritySignals(app, code)),
    once(version => viewModel(app, version)),
  );
}

function saidOf<T>(code: Code, found: T | undefined): T {
  if (found !== undefined) return found;
  throw new Failure('not-found', `Nothing was said of ${code}`, {
    hint: `Watch it and run the signals: asxos watch add ${code}, then asxos signals run.`,
  });
}

async function runAll({ app, streams, quiet, signal }: Run, options: RunOptions): Promise<Report> {
  const { runSignalsJob } = await import('../../usecases/run-due/signals-job.ts');
  let shown: { readonly what: string; readonly line: ReturnType<typeof progressLine> } | undefined;
  try {
    const { report, failed, notified } = await runSignalsJob(app, {
      universe: options.universe ?? (app.simulated ? 'all' : 'held'),
      train: options.train,
      offline: options.offline,
      signal,
      onProgress: ({ what, done, total }) => {
        if (shown?.what !== what) {
          shown?.line.end();
          shown = { what, line: progressLine(what, streams, { quiet }) };
        }
        shown.line.show(done, total);
      },
    });
    const answer = runReport(report, notified, failed);
    return quiet && failed.length === 0 ? { ...answer, sections: [] } : answer;
  } finally {
    shown?.line.end();
  }
}

/** The trees of a model take a moment to read, and many rows are of the same one. */
function once<T>(find: (version: string) => T): (version: string) => T {
  const found = new Map<string, T>();
  return version => {
    const kept = found.get(version) ?? find(version);
    found.set(version, kept);
    return kept;
  };
}
