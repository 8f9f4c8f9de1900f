import type { App } from '../../app.ts';
import { isoInstant } from '../../domain/date.ts';
import { formatCount } from '../../format.ts';
import { countOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, ServerReady } from '../program.ts';
import { type Column, csvOf, lines, type Report } from '../report.ts';

type Options = { port: number; host: string; metricsPort?: number; migrateOnly?: boolean; restored?: boolean };

export const addServe: AddCommands = (program, { outside, runApp }) => {
  program
    .command('serve')
    .helpGroup(purposes.set)
    .summary('serve accounts and sync for several people or devices')
    .description(
      'Serve accounts and sync over HTTP until ctrl-C. Accounts are kept in the data directory, or in the PostgreSQL ' +
        'database that DATABASE_URL names. JWT_SECRET_KEY, of 32 bytes or more, signs the tokens.',
    )
    .option('--port <number>', 'port to listen on; 0 is any that is free', countOf('--port', 0, 65_535), 8788)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option(
      '--metrics-port <number>',
      'port of 127.0.0.1 to answer /metrics on; none by default',
      countOf('--metrics-port', 0, 65_535),
    )
    .option('--migrate-only', 'bring the database to the newest schema, and serve nothing')
    .option('--restored', 'after a restore from a backup: every device pulls anew, and pushes what is missing')
    .addHelpText(
      'after',
      examples(
        'JWT_SECRET_KEY=$(openssl rand -base64 48) asxos serve --demo      (an account to try)',
        'asxos serve --port 8788',
        'DATABASE_URL=postgres://asxos@db/asxos asxos serve --host 0.0.0.0   (behind TLS)',
        'asxos serve --migrate-only      (before a new version is rolled out)',
      ),
    )
    .action(
      async ({ port, host, metricsPort, migrateOnly = false, restored: isRestored = false }: Options, command) => {
        await runApp(
          command,
          ({ app, quiet, print }) => {
            const onReady = async (ready: ServerReady): Promise<void> => {
              await print(serveReport(app, ready));
            };
            return outside.openServer(app, {
              port,
              host,
              metricsPort,
              migrateOnly,
              isRestored,
              demo: app.simulated,
              quiet,
              onReady,
            });
          },
          { prices: 'none' },
        );
      },
    );
};

const columns: readonly Column<ServerReady>[] = [
  { title: 'Address', field: 'url', text: ready => ready.url ?? '', value: ready => ready.url },
  { title: 'Metrics', field: 'metricsUrl', text: ready => ready.metricsUrl ?? '', value: ready => ready.metricsUrl },
  { title: 'Store', field: 'store', text: ready => ready.store },
  {
    title: 'Migrations applied',
    field: 'migrationsApplied',
    text: ready => String(ready.migrationsApplied),
    value: ready => ready.migrationsApplied,
  },
];

function serveReport(app: App, ready: ServerReady): Report {
  const { url, metricsUrl, store, migrationsApplied } = ready;
  const applied = `${formatCount(migrationsApplied, 'migration')} ${migrationsApplied === 1 ? 'was' : 'were'} applied`;
  return {
    schema: 'serve/1',
    asOf: isoInstant(app.now()),
    data: { url, metricsUrl, store, migrationsApplied },
    sections: [
      lines(
        url === undefined
          ? `The accounts in ${store} are up to date; ${applied}.`
          : `Accounts at ${url}, kept in ${store}. Ctrl-C ends the server.`,
        ...(metricsUrl === undefined ? [] : [`Metrics at ${metricsUrl}, for this machine alone.`]),
        ...(app.simulated ? ['SIMULATED: sign in as demo_user with the password testpass123.'] : []),
      ),
    ],
    csv: csvOf([ready], columns),
  };
}
