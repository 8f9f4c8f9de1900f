/** What `asxos sync` prints: what came of a sync, how it stands, and how a device joined. */
import { type Instant, isoInstant } from '../domain/date.ts';
import { formatEntryLine } from '../domain/ledger/entry-text.ts';
import { formatCount } from '../format.ts';
import type { Enrolled } from '../usecases/enrol-sync.ts';
import type { SyncReport } from '../usecases/sync.ts';
import type { Settled, SyncStatus } from '../usecases/view-sync.ts';
import { formatInstant, shortId } from './figures.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from './report.ts';

type Refused = SyncReport['refused'][number];
type Conflict = SyncReport['conflicts'][number];

const refusedData = (rows: readonly Refused[]) =>
  rows.map(({ id, clock, kind, reason, at }) => ({ id, clock, kind, reason, at: isoInstant(at) }));
const conflictData = (conflicts: readonly Conflict[]) =>
  conflicts.map(({ entry, versions }) => ({
    entry,
    versions: versions.map(({ version, recordedAt, deleted, isCurrent, entry: made }) => ({
      version,
      recordedAt: isoInstant(recordedAt),
      deleted,
      current: isCurrent,
      line: formatEntryLine(made),
    })),
  }));

type ConflictRow = Conflict['versions'][number] & { readonly id: string };
const conflictColumns: readonly Column<ConflictRow>[] = [
  { title: 'Entry', text: row => shortId(row.id) },
  { title: 'Version', align: 'right', text: row => String(row.version) },
  { title: 'Recorded', text: row => formatInstant(row.recordedAt) },
  { title: '', text: row => (row.isCurrent ? 'counts' : 'kept') },
  { title: '', text: row => `${row.deleted ? 'deleted: ' : ''}${formatEntryLine(row.entry)}` },
];
const refusedColumns: readonly Column<Refused>[] = [
  { title: 'Row', text: row => shortId(row.id) },
  { title: 'Kind', text: row => row.kind },
  { title: 'Reason', text: row => row.reason },
];

function conflictSections(conflicts: readonly Conflict[]): Section[] {
  const rows = conflicts.flatMap(({ entry, versions }) => versions.map(version => ({ ...version, id: entry })));
  if (rows.length === 0) return [];
  return [
    table(rows, conflictColumns, 'Changed on two devices'),
    lines(
      'Keep one: asxos sync settle ENTRY --keep VERSION. Until then the one that counts is used, and all are kept.',
    ),
  ];
}

const refusedSections = (rows: readonly Refused[]): Section[] =>
  rows.length === 0 ? [] : [table(rows, refusedColumns, 'Not taken')];

const words: Readonly<Record<string, readonly [one: string, many: string]>> = {
  owner: ['owner', 'owners'],
  portfolio: ['portfolio', 'portfolios'],
  import: ['import', 'imports'],
  entry: ['entry', 'entries'],
  watch: ['watched security', 'watched securities'],
  alert: ['alert', 'alerts'],
  'default-alert': ['default alert', 'default alerts'],
  preference: ['alert preference', 'alert preferences'],
  read: ['notification that was read', 'notifications that were read'],
  targets: ['set of targets', 'sets of targets'],
  'income-decision': ['decision on a dividend', 'decisions on dividends'],
  'tax-lock': ['tax lock', 'tax locks'],
  'tax-fact': ['tax fact', 'tax facts'],
  cpi: ['index number', 'index numbers'],
  'market-value': ['market value', 'market values'],
  device: ['device', 'devices'],
  key: ['wrapped key', 'wrapped keys'],
};
const counted = (kind: string, count: number): string => {
  const [one, many] = words[kind] ?? [`row of the kind ${kind}`, `rows of the kind ${kind}`];
  return formatCount(count, one, many);
};

function syncWarnings({ problems, aheadAt, waiting, restarted }: SyncReport): string[] {
  const warnings = problems.map(({ message }) => `The ledger leaves an entry out: ${message}`);
  if (aheadAt !== undefined) {
    warnings.push(`The clock of another device is ahead: it says ${formatInstant(aheadAt)}. What it wrote was taken`);
  }
  if (waiting > 0) {
    warnings.push(
      `${formatCount(waiting, 'row waits', 'rows wait')} for what is referred to, for an event here, or for a newer asxos`,
    );
  }
  if (restarted) warnings.push('The server no longer knew where this device was: everything was compared anew');
  return warnings;
}

export function syncReport(report: SyncReport, now: Instant): Report {
  const { pulled, pushed, requests, changed, withdrawn, conflicts, refused, waiting, unpushed, aheadAt } = report;
  const kinds = [...changed].sort(([a], [b]) => (a < b ? -1 : 1));
  const here =
    kinds.length === 0 ? 'Nothing changed here' : `Changed here: ${kinds.map(each => counted(...each)).join(', ')}`;
  return {
    schema: 'sync/1',
    asOf: isoInstant(now),
    data: {
      pulled,
      pushed,
      requests,
      unpushed,
      waiting,
      changed: kinds.map(([kind, count]) => ({ kind, count })),
      withdrawn,
      conflicts: conflictData(conflicts),
      refused: refusedData(refused),
      aheadAt: aheadAt === undefined ? undefined : isoInstant(aheadAt),
      problems: report.problems.map(({ entry, code, on, message }) => ({ entry, code, date: on, message })),
    },
    warnings: syncWarnings(report),
    sections: [
      lines(
        `Received ${formatCount(pulled, 'row')}, sent ${pushed}. ${here}.`,
        ...withdrawn.map(
          ({ entry, duplicateOf }) =>
            `Entry ${shortId(entry)} came from the same row of a file as ${shortId(duplicateOf)}, and is counted once.`,
        ),
      ),
      ...conflictSections(conflicts),
      ...refusedSections(refused),
    ],
    csv: {
      fields: ['pulled', 'pushed', 'unpushed', 'waiting', 'conflicts', 'refused'],
      rows: [[pulled, pushed, unpushed, waiting, conflicts.length, refused.length]],
    },
    exitCode: refused.length > 0 ? 3 : 0,
  };
}

const rowColumns: readonly Column<SyncStatus['rows'][number]>[] = [
  { title: 'Kind', field: 'kind', text: row => row.kind },
  { title: 'Rows', field: 'count', align: 'right', text: row => String(row.count), value: row => row.count },
];

export function statusReport(status: SyncStatus, now: Instant): Report {
  const { device, syncedAt, unpushed, devices, rows, conflicts, refused, waiting } = status;
  const at = syncedAt === undefined ? 'This device has not synced yet' : `Last synced ${formatInstant(syncedAt)}`;
  const names = devices.map(({ id, name }) => `${name || shortId(id)}${id === device ? ' (this one)' : ''}`);
  return {
    schema: 'sync-status/1',
    asOf: isoInstant(now),
    data: {
      device,
      syncedAt: syncedAt === undefined ? undefined : isoInstant(syncedAt),
      unpushed,
      waiting,
      devices: devices.map(({ id, name, joinedAt }) => ({
        id,
        name,
        joinedAt: joinedAt === undefined ? undefined : isoInstant(joinedAt),
      })),
      rows,
      conflicts: conflictData(conflicts),
      refused: refusedData(refused),
    },
    sections:
      device === undefined
        ? [lines('This device takes no part in sync. Set it up, or join: asxos sync enrol')]
        : [
            lines(
              `${at}; ${unpushed === 0 ? 'nothing waits to be sent' : `${formatCount(unpushed, 'row waits', 'rows wait')} to be sent`}.`,
              `Devices: ${names.join(', ')}.`,
              ...(rows.length === 0
                ? []
                : [`Known: ${rows.map(({ kind, count }) => counted(kind, count)).join(', ')}.`]),
            ),
            ...conflictSections(conflicts),
            ...refusedSections(refused),
          ],
    csv: csvOf(rows, rowColumns),
  };
}

const codeLines = (recoveryCode: string): string[] => [
  '',
  `    ${recoveryCode}`,
  '',
  'This recovery code opens the account where the passphrase is forgotten. It is shown this once: print it, and keep it',
  'away from the computer. Without passphrase and code nobody can read what is on the server.',
];

export function enrolledReport({ device, where, isFirst, recoveryCode }: Enrolled, now: Instant): Report {
  const kept = where === 'file' ? 'a file that only you can read' : 'the keychain';
  return {
    schema: 'sync-enrolled/1',
    asOf: isoInstant(now),
    data: { device, where, first: isFirst, recoveryCode },
    sections: [
      lines(
        `${isFirst ? 'Sync is set up: this is the first device' : 'This device has joined'}; its key is in ${kept}.`,
        ...(recoveryCode === undefined ? [] : codeLines(recoveryCode)),
        'Now sync: asxos sync',
      ),
    ],
    csv: { fields: ['device', 'where', 'first', 'recoveryCode'], rows: [[device, where, isFirst, recoveryCode]] },
  };
}

export const passphraseReport = (recoveryCode: string | undefined, now: Instant): Report => ({
  schema: 'sync-passphrase/1',
  asOf: isoInstant(now),
  data: { recoveryCode },
  sections: [
    lines(
      'The passphrase is changed: a device that joins needs the new one. Devices that have joined go on.',
      ...(recoveryCode === undefined ? [] : codeLines(recoveryCode)),
    ),
  ],
  csv: { fields: ['recoveryCode'], rows: [[recoveryCode]] },
});

export const settledReport = ({ entry, kept, deleted }: Settled, now: Instant): Report => ({
  schema: 'sync-settled/1',
  asOf: isoInstant(now),
  data: { entry, kept, deleted },
  sections: [
    lines(
      `Entry ${shortId(entry)}: version ${kept} is kept${deleted ? ', a deletion' : ''}. Tell the others: asxos sync`,
    ),
  ],
  csv: { fields: ['entry', 'kept', 'deleted'], rows: [[entry, kept, deleted]] },
});
