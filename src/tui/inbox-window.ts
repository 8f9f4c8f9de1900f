/** Moving through the inbox: only what comes into view is read. */
import { pageOfInbox } from '../usecases/inbox.ts';
import type { Context } from './command.ts';
import { bodyHeight } from './frame-size.ts';
import { visibleRows } from './layout.ts';
import type { InboxWindow } from './notifications-model.ts';
import { inboxRows } from './notifications-room.ts';

/** The inbox in view; undefined elsewhere. */
export const inboxInView = ({ models: { screen } }: Pick<Context, 'models'>): InboxWindow | undefined =>
  screen.kind === 'notifications' && screen.tab === 'inbox' ? screen.inbox : undefined;

/** Moves the selection by so many rows, or by pages; false where no inbox is in view. */
export function moveInbox(context: Context, by: (height: number) => number): boolean {
  const inbox = inboxInView(context);
  if (inbox === undefined) return false;
  const { columns: width, rows } = context.state.size;
  const height = inboxRows({ width, height: bodyHeight(rows) });
  selectPlace(context, inbox, inbox.index + by(height), height);
  return true;
}

function selectPlace({ app, dispatch }: Context, inbox: InboxWindow, place: number, height: number): void {
  const wanted = Math.max(0, Math.min(inbox.total - 1, place));
  const [found] =
    wanted >= inbox.top && wanted < inbox.top + inbox.rows.length
      ? inbox.rows.slice(wanted - inbox.top)
      : pageOfInbox(app, { ...inbox.filter, offset: wanted, limit: 1 });
  if (found === undefined) return;
  const { start } = visibleRows(wanted, inbox.top, height, inbox.total);
  dispatch({ type: 'list', list: 'inbox', change: { selected: String(found.id), top: start } });
}

/** The one that is selected when this one goes: the next, else the one before. */
export const neighbourOf = ({ rows, index, top }: InboxWindow): string | undefined => {
  const next = rows[index - top + 1] ?? rows[index - top - 1];
  return next && String(next.id);
};
