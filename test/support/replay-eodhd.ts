/**
 * Serves the recorded EODHD answers until it is interrupted, for trying the program by hand:
 *
 *   node test/support/replay-eodhd.ts [--port 8799] [--token recorded] [--dir path/to/recordings]
 */
import { parseArgs } from 'node:util';
import { hasRecordings, recordedDir, startEodhdServer } from './eodhd-server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8799' },
    token: { type: 'string', default: 'recorded' },
    dir: { type: 'string' },
  },
});

const dataDir = values.dir ?? (hasRecordings ? recordedDir : undefined);
if (dataDir === undefined) {
  process.stderr.write(`No recordings at ${recordedDir}; name their folder with --dir.\n`);
  process.exit(66);
}
const server = await startEodhdServer({ dataDir, port: Number(values.port), token: values.token });
process.stdout.write(
  `${server.url}\n` +
    `Prices of 2024-09-30. Try: ASXOS_EODHD_URL=${server.url} EODHD_API_TOKEN=${values.token} ASXOS_NOW=2024-09-30T10:00Z asxos refresh\n`,
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void server.close().then(() => process.exit(0));
  });
}
