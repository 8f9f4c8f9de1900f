/**
 * The doctor: every check, one after another, whatever becomes of the others.
 *
 * It changes nothing: a database of an older asxos is not brought up to date, and one that is not there is not made. A
 * check that needs what cannot be had is `unknown` with the reason; one that throws is told as that, and ends nothing.
 */
import { setImmediate as pause } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { Database } from '../db/database.ts';
import { type FileFacts, fileFacts, fileFactsGently } from '../db/file-facts.ts';
import type { Check, Patient, ProviderAnswer, Status } from '../doctor/check.ts';
import { checks } from '../doctor/checks.ts';
import { quotaDay } from '../eodhd/costs.ts';
import { describe, Failure } from '../failure.ts';
import { type Machine, thisMachine } from '../host/machine.ts';

export type { Status } from '../doctor/check.ts';

export type Examined = {
  readonly id: string;
  readonly status: Status;
  readonly finding: string;
  readonly why: string;
  /** Undefined where there is nothing to mend. */
  readonly fix: string | undefined;
};

export type ExamineOptions = {
  readonly signal: AbortSignal;
  readonly terminal?: Patient['terminal'];
  /** Whether EODHD may be asked. */
  readonly online?: boolean;
  /** With pauses, where keys are to be answered meanwhile. */
  readonly gently?: boolean;
  readonly machine?: Machine;
  readonly checks?: readonly Check[];
};

export async function examine(app: App, options: ExamineOptions): Promise<Examined[]> {
  const patient = patientOf(app, options, await factsOf(app, options));
  const found: Examined[] = [];
  for (const check of options.checks ?? checks) {
    if (options.gently) await pause();
    options.signal.throwIfAborted();
    found.push(await look(check, patient));
  }
  return found;
}

async function look(check: Check, patient: Patient): Promise<Examined> {
  const { id, why } = check;
  try {
    const { status, finding, fix } = await check.look(patient);
    const mends = status === 'ok' ? undefined : (fix ?? (status === 'unknown' ? undefined : check.fix));
    return { id, status, finding, why, fix: mends };
  } catch (error) {
    patient.signal.throwIfAborted();
    const { message } = describe(error);
    const finding = error instanceof Failure ? message : `the check itself failed: ${message}`;
    return { id, status: 'unknown', finding, why, fix: undefined };
  }
}

function factsOf(app: App, { gently = false }: ExamineOptions): FileFacts | Promise<FileFacts> {
  const { databasePath } = app;
  if (databasePath === ':memory:') return inMemory(app);
  return gently ? fileFactsGently(databasePath) : fileFacts(databasePath);
}

function patientOf(app: App, options: ExamineOptions, file: FileFacts): Patient {
  const { signal, terminal, online = false, machine = thisMachine() } = options;
  let answer: Promise<ProviderAnswer | undefined> | undefined;
  return {
    app,
    machine,
    file,
    terminal,
    signal,
    db: () => opened(app, file),
    provider: () => {
      answer ??= online && !app.simulated ? askProvider(app, signal) : Promise.resolve(undefined);
      return answer;
    },
  };
}

const inMemory = ({ db }: App): FileFacts => {
  const schema = Number(db.raw.pragma('user_version', { simple: true }));
  return { kind: 'read', bytes: 0, isOurs: true, schema, known: schema, troubles: [], orphans: [] };
};

/** The database, where opening it neither makes nor changes it. */
function opened(app: App, file: FileFacts): Database {
  const why = whyUnopened(file);
  if (why !== undefined) throw new Failure('refused', `not looked at: ${why}`);
  return app.db;
}

function whyUnopened(file: FileFacts): string | undefined {
  if (file.kind === 'absent') return 'there is no database yet';
  if (file.kind === 'unreadable' || file.troubles.length > 0) return 'the database is damaged or cannot be read';
  if (!file.isOurs) return 'the database is of another program';
  if (file.schema !== file.known) return 'the database is of another schema';
  return undefined;
}

async function askProvider(app: App, signal: AbortSignal): Promise<ProviderAnswer | undefined> {
  const found = await app.findToken();
  if (found === undefined) return undefined;
  const client = await app.eodhdWith(found.token);
  try {
    const { subscription, requestsToday, requestsDate, dailyLimit } = await client.user({ signal });
    return {
      accepted: true,
      plan: subscription,
      // It tells the last active day until the first call of a new one.
      used: requestsDate === quotaDay(app.now()) ? requestsToday : 0,
      limit: dailyLimit,
      serverAhead: client.serverAhead(),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Failure)) throw error;
    return { accepted: false, isRefused: error.code === 'unauthorised', trouble: error.message };
  } finally {
    await client.close();
  }
}
