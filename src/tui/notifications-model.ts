/**
 * What the Notifications screen shows. Of the inbox only the page in view is read, be it of a hundred thousand: its
 * selection is a notification, whose place is counted where it is not in the page.
 */
import type { App } from '../app.ts';
import type { Notification } from '../domain/alerts/notification.ts';
import type { Preference } from '../domain/alerts/preferences.ts';
import { type Instant, minute } from '../domain/date.ts';
import { countInbox, type InboxFilter, pageOfInbox, placeInInbox } from '../usecases/inbox.ts';
import { viewPreferences } from '../usecases/manage-preferences.ts';
import { bodyHeight } from './frame-size.ts';
import { keepLast } from './keep-last.ts';
import { visibleRows } from './layout.ts';
import type { ListModel } from './list-model.ts';
import { inboxRows } from './notifications-room.ts';
import { preferencesList } from './preferences-list.ts';
import { openRulesModel, type RulesModel } from './rules-model.ts';
import type { NotificationsScreen, NotificationsTab, State } from './state.ts';

export type InboxWindow = {
  readonly filter: InboxFilter;
  /** How many match, and how many there are. */
  readonly total: number;
  readonly all: number;
  /** The place of the first row in view. */
  readonly top: number;
  readonly rows: readonly Notification[];
  /** The selected one, and its place among those that match. */
  readonly selected: Notification | undefined;
  readonly index: number;
};

export type NotificationsModel = {
  readonly kind: 'notifications';
  readonly tab: NotificationsTab;
  readonly inbox: InboxWindow;
  readonly preferences: readonly Preference[];
  /** Of the preferences. */
  readonly list: ListModel;
  /** While their tab is in view. */
  readonly rules: RulesModel | undefined;
};

export const minuteOf = (now: Instant): number => Math.floor(now / minute);

export function openNotificationsModel(app: App) {
  // The first arguments only say when an answer is out of date.
  type Stamp = readonly [revision: number, minute: number];
  const filterOf = keepLast((unread: boolean, text: string): InboxFilter => ({ unread, text }));
  const count = keepLast((...[, , filter]: [...Stamp, InboxFilter]) => countInbox(app, filter).totalCount);
  const countAll = keepLast((..._: Stamp) => countInbox(app, {}).totalCount);
  const page = keepLast((...[, , filter, offset, limit]: [...Stamp, InboxFilter, number, number]) =>
    pageOfInbox(app, { ...filter, offset, limit }),
  );
  const place = keepLast((...[, , filter, id]: [...Stamp, InboxFilter, number]) => placeInInbox(app, id, filter));
  const preferences = keepLast((_revision: number) => {
    const rows = viewPreferences(app);
    return { preferences: rows, list: preferencesList(rows) };
  });

  const windowOf = (stamp: Stamp, filter: InboxFilter, state: State): InboxWindow => {
    const own = state.lists.inbox;
    const { columns: width, rows } = state.size;
    const height = inboxRows({ width, height: bodyHeight(rows) });
    const total = count(...stamp, filter);
    const chosen = own.selected === undefined ? undefined : Number(own.selected);
    const all = filter.unread === true || filter.text !== '' ? countAll(...stamp) : total;
    if (total === 0) return { filter, total, all, top: 0, rows: [], selected: undefined, index: 0 };
    let top = visibleRows(undefined, own.top, height, total).start;
    let shown = page(...stamp, filter, top, height);
    let at = shown.findIndex(each => each.id === chosen);
    if (at === -1 && chosen !== undefined) {
      // New ones came above it, or it is not among them any more: what took its place then.
      const wanted = Math.min(place(...stamp, filter, chosen) ?? top, total - 1);
      top = visibleRows(wanted, top, height, total).start;
      shown = page(...stamp, filter, top, height);
      at = wanted - top;
    }
    at = Math.max(0, at);
    return { filter, total, all, top, rows: shown, selected: shown[at], index: top + at };
  };

  const rules = openRulesModel(app);

  return (state: State, screen: NotificationsScreen, revision: number): NotificationsModel => {
    const filter = filterOf(screen.unread ?? false, state.lists.inbox.filter.text);
    return {
      kind: 'notifications',
      tab: screen.tab ?? 'inbox',
      inbox: windowOf([revision, minuteOf(state.now)], filter, state),
      ...preferences(revision),
      rules: screen.tab === 'rules' ? rules(state, revision) : undefined,
    };
  };
}
