/** `asxos api`, from its key and its address to its end. */
import type { App } from '../app.ts';
import { Failure } from '../failure.ts';
import { openLog } from '../http/log.ts';
import { isLoopback } from '../http/loopback.ts';
import { serve } from '../http/serve.ts';
import { openApiKeyCheck } from '../usecases/manage-api-key.ts';
import { viewPortfolio } from '../usecases/view-portfolio.ts';
import { buildApi } from './application.ts';

export type ApiOptions = {
  readonly port: number;
  readonly host: string;
  /** Whether other machines may reach it. */
  readonly allowRemote: boolean;
  readonly portfolio: string | undefined;
  /** Log nothing but warnings and errors. */
  readonly quiet: boolean;
  /** Told once, when it listens. */
  readonly onReady: (ready: { readonly url: string; readonly portfolio: string }) => Promise<void>;
};

/** What the API takes from the process around it. */
type Around = {
  readonly version: string;
  /** Aborted when the API is to end. */
  readonly signal: AbortSignal;
  /** Where the log goes, line by line. */
  readonly err: (text: string) => void;
};

/** Serves until the signal, and answers the exit code. */
export async function startApi(app: App, options: ApiOptions, around: Around): Promise<number> {
  const { host, port, portfolio, quiet } = options;
  refuseRemote(options);
  const isKey = openApiKeyCheck(app);
  const { name } = viewPortfolio(app, { portfolio }).scope;
  const log = openLog({ now: app.now, write: around.err, quiet });
  const { newId, elapsed } = app;
  const { version, signal } = around;
  await serve(buildApi({ app, portfolio, isKey, host, log, newId, elapsed, version }), {
    ...{ port, host, signal, log },
    facts: { version, simulated: app.simulated },
    onListening: async url => {
      await options.onReady({ url, portfolio: name });
      return undefined;
    },
  });
  return 0;
}

function refuseRemote({ host, allowRemote }: ApiOptions): void {
  if (allowRemote || isLoopback(host)) return;
  throw new Failure(
    'refused',
    `"${host}" is not loopback: other machines could ask, and the key would go unencrypted`,
    {
      hint: 'Leave --host out, or say that this is meant: --allow-remote.',
    },
  );
}
