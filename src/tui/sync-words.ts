/** How sync stands, in words: what is well in a line, then what waits for the user, each with the way out. */
import type { Instant } from '../domain/date.ts';
import { formatEntryLine } from '../domain/ledger/entry-text.ts';
import { harmless } from '../domain/text.ts';
import { formatAge, formatCount } from '../format.ts';
import type { SyncStatus } from '../usecases/view-sync.ts';
import type { AccountModel } from './account-model.ts';
import type { Span } from './text.ts';

type Words = readonly Span[];

const plain = (text: string): Words => [{ text }];
const dim = (text: string): Words => [{ text, token: 'dim' }];
const warning = (text: string): Words => [{ text: harmless(text), token: 'warning' }];

/** Nothing where there is no server to sync with, and nothing was synced. */
export function syncWords({ account, server, sync, syncsByItself }: AccountModel, now: Instant): Words[] {
  const { status, trouble } = sync;
  if (status === undefined) return trouble === undefined ? [] : [troubleWords(trouble)];
  if (status.device === undefined) {
    return server === undefined ? [] : [dim('this device does not take part; asxos sync enrol lets it')];
  }
  // A server that is down has been told above, and another asxos may have synced since.
  const isOver =
    (account.status?.isReached === false && (trouble?.code === 'offline' || trouble?.code === 'unavailable')) ||
    (status.syncedAt ?? 0) > (trouble?.at ?? 0);
  return [
    plain([stateWords(status, now), ...(syncsByItself ? [] : ['only when asked (schedule.sync is no)'])].join('; ')),
    ...(trouble === undefined || isOver ? [] : [troubleWords(trouble)]),
    ...conflictWords(status),
    ...refusedWords(status),
    ...(status.waiting === 0
      ? []
      : [
          dim(`${formatCount(status.waiting, 'row waits', 'rows wait')} for what is referred to, or for a newer asxos`),
        ]),
  ];
}

function stateWords({ syncedAt, unpushed, devices }: SyncStatus, now: Instant): string {
  const synced = syncedAt === undefined ? 'not synced yet' : `synced ${formatAge(now - syncedAt)} ago`;
  const due = unpushed === 0 ? 'nothing to send' : `${formatCount(unpushed, 'row')} to send`;
  return `${synced}; ${due}; ${formatCount(devices.length, 'device')}`;
}

const troubleWords = ({ message, hint }: { readonly message: string; readonly hint: string | undefined }): Words =>
  warning(hint === undefined ? `not synced: ${message}` : `not synced: ${message}. ${hint}`);

/** The first entry in conflict, with the command that settles it; the others are counted. */
function conflictWords({ conflicts }: SyncStatus): Words[] {
  const [first] = conflicts;
  const current = first?.versions.find(version => version.isCurrent);
  if (first === undefined || current === undefined) return [];
  const numbers = first.versions.map(({ version }) => version).join(' or ');
  const what = `${current.deleted ? 'deleted: ' : ''}${formatEntryLine(current.entry)}`;
  const command = `asxos sync settle ${first.entry.slice(-8)} --keep ${numbers}`;
  const more = conflicts.length > 1 ? `; ${conflicts.length - 1} more: asxos sync status` : '';
  return [warning(`changed on two devices: ${what} counts; keep one: ${command}${more}`)];
}

function refusedWords({ refused }: SyncStatus): Words[] {
  const [first] = refused;
  if (first === undefined) return [];
  return [warning(`${formatCount(refused.length, 'row')} not taken: ${first.kind}, ${first.reason}`)];
}
