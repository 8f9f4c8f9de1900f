import { Option } from 'commander';
import type { ScheduleInstalled, ScheduleKey, Scheduler, ScheduleView } from '../../usecases/manage-schedule.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { lines, type Report } from '../report.ts';

export const addSchedule: AddCommands = (program, { run }) => {
  const schedule = program
    .command('schedule')
    .helpGroup(purposes.keep)
    .summary('refresh by cron or systemd: show, install, remove')
    .description('Have cron or systemd run asxos refresh all --if-due --quiet every 15 minutes.')
    .addHelpText('after', examples('asxos schedule show', 'asxos schedule install', 'asxos schedule remove'));

  schedule
    .command('show')
    .description('Print the cron line and the systemd units for this install, and what of it is installed.')
    .addHelpText('after', examples('asxos schedule show', 'asxos schedule show --json'))
    .action(async (_options, command) => {
      const { viewSchedule } = await import('../../usecases/manage-schedule.ts');
      await run(command, async ({ app, signal }) => scheduleReport(await viewSchedule(app, signal), app.today()));
    });

  schedule
    .command('install')
    .description('Install it: in cron where there is a crontab program, else in systemd. Nothing else is touched.')
    .addOption(new Option('--cron', 'between two marker lines of your crontab').conflicts('systemd'))
    .option('--systemd', 'as a service and a timer among your systemd user units')
    .addHelpText('after', examples('asxos schedule install', 'asxos schedule install --systemd'))
    .action(async (options: { cron?: boolean; systemd?: boolean }, command) => {
      const { installSchedule } = await import('../../usecases/manage-schedule.ts');
      const wanted = options.cron ? 'cron' : options.systemd ? 'systemd' : undefined;
      await run(command, async ({ app, signal }) =>
        installedReport(await installSchedule(app, wanted, signal), app.today()),
      );
    });

  schedule
    .command('remove')
    .description('Take it out of your crontab and of your systemd user units. Nothing else is touched.')
    .addHelpText('after', examples('asxos schedule remove', 'asxos schedule remove --json'))
    .action(async (_options, command) => {
      const { removeSchedule } = await import('../../usecases/manage-schedule.ts');
      await run(command, async ({ app, signal }) => removedReport(await removeSchedule(app, signal), app.today()));
    });
};

const whenWords = [
  'It needs no time zone: the command itself knows Sydney time, daylight saving,',
  'holidays and runs that were missed, and asks for nothing that is not due.',
];

const linesOf = (text: string): string[] => text.trimEnd().split('\n');

function scheduleReport(view: ScheduleView, today: string): Report {
  const { problems, ...data } = view;
  return {
    schema: 'schedule/1',
    asOf: today,
    data,
    warnings: problems.map(problem => `${problem}.`),
    sections: [
      lines('For cron (crontab -e), every 15 minutes:', '', view.cron),
      lines(...whenWords),
      lines(`For systemd, ${view.units.service}:`, '', ...linesOf(view.systemd.service)),
      lines(`and ${view.units.timer}:`, '', ...linesOf(view.systemd.timer)),
      lines(
        'Then: systemctl --user daemon-reload && systemctl --user enable --now asxos-refresh.timer',
        'systemd runs it while you are logged in; always, after: loginctl enable-linger',
      ),
      lines(...keyWords(view.key), installedWords(view)),
    ],
    csv: {
      fields: ['part', 'line'],
      rows: [
        ['cron', view.cron],
        ...linesOf(view.systemd.service).map(line => ['service', line]),
        ...linesOf(view.systemd.timer).map(line => ['timer', line]),
      ],
    },
  };
}

function installedWords({ installed, isCurrent, problems }: ScheduleView): string {
  if (installed === undefined) {
    return problems.length > 0
      ? 'What is installed is not known.'
      : 'Not installed. Install it: asxos schedule install';
  }
  return isCurrent
    ? `Installed in ${installed}.`
    : `Installed in ${installed}, and not as above: asxos schedule install brings it up to date.`;
}

const places: Record<NonNullable<ScheduleKey['source']>, string> = {
  environment: 'in the environment of this command (EODHD_API_TOKEN), which a job does not see',
  keychain: 'in the keychain alone, which a job does not have',
  file: 'in a file',
};

function keyWords({ source, job, file, problem }: ScheduleKey): string[] {
  if (job === 'crontab') return ['The key: your crontab sets EODHD_API_TOKEN, which is what the job of cron uses.'];
  if (job === 'file') return [`The key: in ${file}, which only you can read; the job finds it there.`];
  const now = problem ?? (source === undefined ? 'there is no EODHD key yet' : `it is ${places[source]}`);
  return [
    'The key: cron has no keychain, and systemd one only while you are logged in. So the key must be in the',
    'environment of the job (EODHD_API_TOKEN), or in a file that only you can read (0600): asxos key set --file',
    `Right now a job would not find it: ${now}.`,
  ];
}

function installedReport({ scheduler, isChanged, key }: ScheduleInstalled, today: string): Report {
  const done = isChanged ? `Installed in ${scheduler}` : `It is installed in ${scheduler} already, as it is now`;
  return {
    schema: 'schedule-installed/1',
    asOf: today,
    data: { installed: scheduler, isChanged, key },
    sections: [lines(`${done}: asxos refresh all --if-due --quiet, every 15 minutes.`, ...whenWords, ...keyWords(key))],
    csv: { fields: ['installed', 'isChanged', 'keyOfJob'], rows: [[scheduler, isChanged, key.job]] },
  };
}

function removedReport(removed: readonly Scheduler[], today: string): Report {
  return {
    schema: 'schedule-removed/1',
    asOf: today,
    data: { removed },
    sections: [lines(removed.length === 0 ? 'No schedule was installed.' : `Removed it from: ${removed.join(', ')}.`)],
    csv: { fields: ['removed'], rows: removed.map(each => [each]) },
  };
}
