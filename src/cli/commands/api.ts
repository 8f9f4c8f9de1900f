import type { App } from '../../app.ts';
import { isoInstant } from '../../domain/date.ts';
import type { NewApiKey } from '../../usecases/manage-api-key.ts';
import { countOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, ApiReady } from '../program.ts';
import { type Column, csvOf, lines, type Report } from '../report.ts';

type Options = { port: number; host: string; allowRemote?: boolean };

export const addApi: AddCommands = (program, { outside, run, runApp }) => {
  const api = program
    .command('api')
    .helpGroup(purposes.set)
    .summary('serve this data to programs of yours over HTTP; key')
    .description(
      "Serve this console's own data to programs on this machine until ctrl-C, beside the console and cron. It opens with " +
        'the key of asxos api key, in the header X-API-Key, and asks EODHD for nothing.',
    )
    .option('--port <number>', 'port to listen on; 0 is any that is free', countOf('--port', 0, 65_535), 8787)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--allow-remote', 'let --host be an address that other machines reach; put TLS in front')
    .addHelpText(
      'after',
      examples(
        'asxos api key      (once; it is shown this one time)',
        'asxos api',
        'curl -H "X-API-Key: $KEY" http://127.0.0.1:8787/portfolio',
        'asxos --demo api --port 8790',
      ),
    )
    .action(async ({ port, host, allowRemote = false }: Options, command) => {
      await runApp(command, ({ app, portfolio, quiet, print }) => {
        const onReady = async (ready: ApiReady): Promise<void> => {
          await print(apiReport(app, ready));
        };
        return outside.openApi(app, { port, host, allowRemote, portfolio, quiet, onReady });
      });
    });

  api
    .command('key')
    .description(
      'Make the key that opens the API, in the place of the one before. It is shown this once, and not kept.',
    )
    .option('--remove', 'remove the key: nothing opens the API any more')
    .addHelpText('after', examples('asxos api key', 'KEY=$(asxos api key --quiet)', 'asxos api key --remove'))
    .action(async ({ remove = false }: { remove?: boolean }, command) => {
      const { forgetApiKey, newApiKey } = await import('../../usecases/manage-api-key.ts');
      await run(
        command,
        ({ app, quiet }) => (remove ? removedReport(app, forgetApiKey(app)) : keyReport(app, newApiKey(app), quiet)),
        { prices: 'none' },
      );
    });
};

const columns: readonly Column<ApiReady>[] = [
  { title: 'Address', field: 'url', text: ready => ready.url },
  { title: 'Portfolio', field: 'portfolio', text: ready => ready.portfolio },
];

const apiReport = (app: App, { url, portfolio }: ApiReady): Report => ({
  schema: 'api/1',
  asOf: isoInstant(app.now()),
  data: { url, portfolio },
  sections: [
    lines(
      `${portfolio} and all that is stored at ${url}, for who sends the key as X-API-Key. Ctrl-C ends it.`,
      `The endpoints are described at ${url}/openapi.json.`,
    ),
  ],
  csv: csvOf([{ url, portfolio }], columns),
});

const keyReport = (app: App, { key, replaced, file }: NewApiKey, quiet: boolean): Report => ({
  schema: 'api-key/1',
  asOf: isoInstant(app.now()),
  data: { key, replaced, file },
  sections: [
    quiet
      ? lines(key)
      : lines(
          key,
          '',
          'This is the key of the API, shown this once: only its digest is kept. Send it as the header X-API-Key.',
          ...(replaced ? ['The key before it opens nothing any more.'] : []),
        ),
  ],
  csv: { fields: ['key', 'replaced', 'file'], rows: [[key, replaced, file]] },
});

const removedReport = (app: App, removed: boolean): Report => ({
  schema: 'api-key-removed/1',
  asOf: isoInstant(app.now()),
  data: { removed },
  sections: [
    lines(removed ? 'Removed the key of the API: nothing opens it any more.' : 'There was no key of the API.'),
  ],
  csv: { fields: ['removed'], rows: [[removed]] },
});
