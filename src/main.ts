/** The edge of the process: arguments, streams, signals and the exit code. Everything else is handed what it needs. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nouns } from './cli/nouns.ts';
import { type Outside, runCommandLine } from './cli/program.ts';
import { readSecretLine } from './cli/secret-prompt.ts';

const { argv, env, stdout, stderr } = process;

const stop = new AbortController();
/** The exit code that a signal asks for, as shells count them. */
let stoppedWith: number | undefined;

function stopFor(exitCode: number): void {
  // Asked twice: what is under way does not end, so the process does.
  if (stoppedWith !== undefined) process.exit(exitCode);
  stoppedWith = exitCode;
  stop.abort();
}
const interrupt = (): void => stopFor(130);
const terminate = (): void => stopFor(143);
process.on('SIGINT', interrupt);
process.on('SIGTERM', terminate);

for (const stream of [stdout, stderr]) {
  // Who reads the output may stop early, like `head`.
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70));
}

function reportBug(error: unknown): void {
  stderr.write(`asxos: Internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(70);
}
process.on('uncaughtException', reportBug);
process.on('unhandledRejection', reportBug);

async function readStdin(): Promise<Uint8Array> {
  const { stdin } = process;
  const chunks: Buffer[] = [];
  const give = (): void => {
    stdin.destroy();
  };
  stop.signal.addEventListener('abort', give, { once: true });
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  stop.signal.throwIfAborted();
  return Buffer.concat(chunks);
}

const packageVersion = (): string => {
  const found: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return found.version;
};

const outside: Outside = {
  streams: {
    out: text => stdout.write(text),
    err: text => stderr.write(text),
    terminal: stdout.isTTY ? { columns: stdout.columns, rows: stdout.rows } : undefined,
    errIsTerminal: stderr.isTTY === true,
  },
  color: stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  version: packageVersion(),
  signal: stop.signal,
  // process.stdin takes a while to make, and few commands ask for it.
  get screen() {
    if (stdout.isTTY !== true || process.stdin.isTTY !== true) return 'none';
    return env['TERM'] === 'dumb' ? 'dumb' : 'terminal';
  },
  get stdinIsTerminal() {
    return process.stdin.isTTY === true;
  },
  readStdin,
  readSecret: prompt =>
    readSecretLine(process.stdin, {
      prompt,
      write: text => stderr.write(text),
      signal: stop.signal,
      onInterrupt: interrupt,
    }),
  openApp: async ({ dataDir, demo, anyhow }) => {
    const [{ openApp }, { loadConfig }] = await Promise.all([import('./app.ts'), import('./config.ts')]);
    const migrationsDir = fileURLToPath(new URL('../migrations', import.meta.url));
    return openApp(loadConfig({ env, dataDir, anyhow }), { env, demo, migrationsDir });
  },
  openConsole: async (app, options) => {
    // Otherwise the heap takes 150 MB more for what each key throws away; three milliseconds a key are the price.
    process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1 --heap-growing-percent=30');
    const [{ startConsole }, { processSurroundings }] = await Promise.all([
      import('./tui/start.ts'),
      import('./host/surroundings.ts'),
    ]);
    // The console restores the terminal before it ends, be it by a signal or by a bug.
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', terminate);
    process.off('uncaughtException', reportBug);
    process.off('unhandledRejection', reportBug);
    try {
      return await startConsole(app, { ...options, surroundings: processSurroundings() });
    } finally {
      process.on('uncaughtException', reportBug);
      process.on('unhandledRejection', reportBug);
    }
  },
  openServer: async (app, options) => {
    const { startAccountServer } = await import('./server/start.ts');
    return startAccountServer(options, {
      env,
      dataDir: app.dataDir,
      migrationsDir: fileURLToPath(new URL('../migrations/account', import.meta.url)),
      version: outside.version,
      now: app.now,
      newId: app.newId,
      elapsed: app.elapsed,
      signal: stop.signal,
      err: text => stderr.write(text),
      lock: work => app.lock('server', 'serving accounts', work),
    });
  },
  openApi: async (app, options) => {
    const { startApi } = await import('./api/start.ts');
    const { version } = outside;
    return startApi(app, options, { version, signal: stop.signal, err: text => stderr.write(text) });
  },
};

const exitCode = await runCommandLine(argv.slice(2), outside, nouns);
// What was written is on its way; the process ends when it has arrived.
stdout.write('', () => stderr.write('', () => process.exit(stoppedWith ?? exitCode)));
