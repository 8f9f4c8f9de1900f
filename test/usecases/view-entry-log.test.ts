import { expect, it } from 'vitest';
import { formatEntryLine } from '../../src/domain/ledger/entry-text.ts';
import { editEntry, recordEntry, removeEntry, undoEntry } from '../../src/usecases/record-entry.ts';
import { viewEntryLog } from '../../src/usecases/view-entry-log.ts';
import { openTestApp } from '../support/app.ts';
import { at } from './stored-market.ts';

it('tells what was recorded, edited, deleted and brought back, each at its instant', async () => {
  const { app, clock } = await openTestApp({ now: at('2026-03-02T00:00:00Z') });
  const { entry } = recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-27');
  clock.now = at('2026-03-03T00:00:00Z');
  editEntry(app, entry.id, 'buy 11 BHP @ 40 on 2026-02-27');
  clock.now = at('2026-03-04T00:00:00Z');
  removeEntry(app, entry.id);
  clock.now = at('2026-03-05T00:00:00Z');
  undoEntry(app, entry.id);
  const told = ({ events }: ReturnType<typeof viewEntryLog>) =>
    events.map(each => [
      each.what,
      formatEntryLine(each.entry).slice(0, 6),
      each.before && formatEntryLine(each.before).slice(0, 6),
    ]);
  expect(told(viewEntryLog(app))).toEqual([
    ['recorded', 'buy 10', undefined],
    ['edited', 'buy 11', 'buy 10'],
    ['deleted', 'buy 11', undefined],
    ['restored', 'buy 11', undefined],
  ]);
  // An edit is one, also where the version before it lies before the window.
  expect(told(viewEntryLog(app, { from: at('2026-03-03T00:00:00Z'), to: at('2026-03-03T12:00:00Z') }))).toEqual([
    ['edited', 'buy 11', 'buy 10'],
  ]);
  const last = viewEntryLog(app, { limit: 1 });
  expect([last.count, last.events[0]?.what]).toEqual([4, 'restored']);
});
