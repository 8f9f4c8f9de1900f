import { beforeEach, describe, expect, test } from 'vitest';
import { currentEntries, deleteEntry, entryVersions, insertEntries, replaceEntry } from '../../src/db/entries.ts';
import { insertOwner, insertPortfolio, listPortfolios } from '../../src/db/portfolios.ts';
import { listRefused } from '../../src/db/sync-rows.ts';
import { listWatched, unwatch, watch } from '../../src/db/watchlist.ts';
import { decimal } from '../../src/domain/decimal.ts';
import type { Entry } from '../../src/domain/ledger/entry.ts';
import { parseEntryLine } from '../../src/domain/ledger/entry-line.ts';
import { code, date } from '../db/open-database.ts';
import { type Device, openDevice, openRelay, type Relay, storeKey } from '../support/sync-devices.ts';

const noon = Date.UTC(2026, 2, 3, 12);
const minute = 60_000;
let relay: Relay;
let laptop: Device;
let desktop: Device;

let made = 0;
const newId = (): string => `019cb000-0000-7000-8000-${String(++made).padStart(12, '0')}`;

function addPortfolio({ db, clock }: Device, name: string): string {
  const [owner, id] = [newId(), newId()];
  db.transaction(() => {
    insertOwner(db, { id: owner, name, taxpayer: 'individual' });
    const owners = [{ id: owner, name, taxpayer: 'individual', pct: decimal('100') } as const];
    insertPortfolio(db, { id, name, cashAccount: false, method: 'fifo', owners, createdAt: clock.now });
  });
  return id;
}

function entryOf(portfolio: string, line: string, more: Partial<Entry> = {}): Entry {
  return { ...parseEntryLine(line, { today: date('2026-03-03') }), id: newId(), portfolio, ...more } as Entry;
}

const record = ({ db, clock }: Device, entry: Entry): string => {
  db.transaction(() => insertEntries(db, [entry], clock.now));
  return entry.id;
};
const edit = ({ db, clock }: Device, id: string, line: string): void => {
  const old = currentEntries(db).find(entry => entry.id === id) as Entry;
  const { portfolio, batch, sourceKey } = old;
  const entry = { ...parseEntryLine(line, { today: date('2026-03-03') }), id, portfolio, batch, sourceKey } as Entry;
  db.transaction(() => replaceEntry(db, entry, clock.now));
};
const remove = ({ db, clock }: Device, id: string): void => db.transaction(() => deleteEntry(db, id, clock.now));
const prices = ({ db }: Device): unknown[] =>
  currentEntries(db).map(entry => 'price' in entry && entry.price?.toString());
const versions = ({ db }: Device, id: string) => entryVersions(db, id).map(({ entry, ...rest }) => rest);
const inbox = ({ db }: Device): string[] =>
  db
    .statement<{ title: string }>('SELECT title FROM notifications ORDER BY id')
    .all()
    .map(({ title }) => title);

beforeEach(async () => {
  relay = openRelay();
  laptop = openDevice(1, noon);
  desktop = openDevice(2, noon);
  await storeKey(relay);
});

async function both(): Promise<void> {
  await laptop.sync(relay);
  await desktop.sync(relay);
  await laptop.sync(relay);
}

test('what one device has, the other has after it', async () => {
  const main = addPortfolio(laptop, 'Main');
  const id = record(laptop, entryOf(main, 'buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02'));
  laptop.clock.now += minute;
  edit(laptop, id, 'buy 100 BHP @ 43.22 fee 9.95 on 2026-03-02');
  laptop.db.transaction(() => watch(laptop.db, { code: code('CBA'), note: 'why', addedAt: noon }));
  await laptop.sync(relay);
  const done = await desktop.sync(relay);
  expect(done).toMatchObject({ pulled: 6, pushed: 0, requests: 1 });
  expect(listPortfolios(desktop.db)).toEqual(listPortfolios(laptop.db));
  expect(entryVersions(desktop.db, id)).toEqual(entryVersions(laptop.db, id));
  expect(listWatched(desktop.db)).toEqual(listWatched(laptop.db));
  expect((await laptop.sync(relay)).requests).toBe(1);
});

test('what is deleted is gone everywhere, and stays gone', async () => {
  laptop.db.transaction(() => watch(laptop.db, { code: code('CBA'), addedAt: noon }));
  await both();
  desktop.clock.now += minute;
  desktop.db.transaction(() => unwatch(desktop.db, code('CBA')));
  await desktop.sync(relay);
  await laptop.sync(relay);
  await both();
  expect([listWatched(laptop.db), listWatched(desktop.db)]).toEqual([[], []]);
});

describe('a small row that two devices change', () => {
  const note = ({ db }: Device, text: string): unknown =>
    db.transaction(() => db.statement("UPDATE watchlist SET note = ? WHERE code = 'CBA'").run(text));
  const notes = (): unknown[] => [laptop, desktop].map(({ db }) => listWatched(db).map(each => each.note));
  const wait = (): void => {
    for (const { clock } of [laptop, desktop]) clock.now += minute;
  };

  beforeEach(async () => {
    laptop.db.transaction(() => watch(laptop.db, { code: code('CBA'), note: 'first', addedAt: noon }));
    await both();
    wait();
  });

  test('is as the later edit says, though the earlier one syncs last', async () => {
    note(laptop, 'earlier');
    wait();
    note(desktop, 'later');
    await desktop.sync(relay);
    wait();
    await both();
    expect(notes()).toEqual([['later'], ['later']]);
  });

  test('is as the later edit says, though the later one syncs last', async () => {
    note(laptop, 'earlier');
    await laptop.sync(relay);
    wait();
    note(desktop, 'later');
    await both();
    await both();
    expect(notes()).toEqual([['later'], ['later']]);
  });

  test('is gone where that came later, and stays where it came earlier', async () => {
    laptop.db.transaction(() => unwatch(laptop.db, code('CBA')));
    wait();
    note(desktop, 'later');
    await desktop.sync(relay);
    await both();
    expect(notes()).toEqual([['later'], ['later']]);
    note(laptop, 'earlier');
    wait();
    desktop.db.transaction(() => unwatch(desktop.db, code('CBA')));
    await desktop.sync(relay);
    await both();
    expect(notes()).toEqual([[], []]);
  });

  test('changed before a device joins is older than what came after', async () => {
    const tablet = openDevice(3, noon - 10 * minute);
    tablet.db.transaction(() => watch(tablet.db, { code: code('CBA'), note: 'long ago', addedAt: noon }));
    tablet.clock.now = noon + minute;
    await tablet.sync(relay);
    await both();
    expect([...notes(), listWatched(tablet.db).map(each => each.note)]).toEqual([['first'], ['first'], ['first']]);
  });
});

describe('an entry that two devices change', () => {
  let id: string;
  beforeEach(async () => {
    id = record(laptop, entryOf(addPortfolio(laptop, 'Main'), 'buy 100 BHP @ 40 on 2026-03-02'));
    await both();
  });

  test('keeps both edits; the later one counts, and the conflict is told once', async () => {
    laptop.clock.now = noon + 2 * minute;
    edit(laptop, id, 'buy 100 BHP @ 41 on 2026-03-02');
    desktop.clock.now = noon + minute;
    edit(desktop, id, 'buy 100 BHP @ 42 on 2026-03-02');
    await both();
    await both();
    for (const device of [laptop, desktop]) {
      expect(prices(device)).toEqual(['41']);
      expect(entryVersions(device.db, id).map(({ entry }) => 'price' in entry && entry.price?.toString())).toEqual([
        ...['40', '42', '41'],
      ]);
      expect(inbox(device)).toEqual(['An entry was edited on two devices: buy BHP on 2026-03-02']);
    }
    expect(versions(laptop, id)).toEqual(versions(desktop, id));
  });

  test('the same edit on both is no conflict', async () => {
    for (const device of [laptop, desktop]) edit(device, id, 'buy 100 BHP @ 41 on 2026-03-02');
    desktop.clock.now += minute;
    await both();
    expect([prices(laptop), inbox(laptop), inbox(desktop)]).toEqual([['41'], [], []]);
  });

  test('an edit survives a later deletion, on every device, and is told', async () => {
    edit(laptop, id, 'buy 100 BHP @ 41 on 2026-03-02');
    desktop.clock.now += 5 * minute;
    remove(desktop, id);
    await both();
    for (const device of [laptop, desktop]) {
      expect(prices(device)).toEqual(['41']);
      expect(inbox(device)).toEqual([
        'An entry was deleted on one device and edited on another: buy BHP on 2026-03-02',
      ]);
    }
    expect(versions(laptop, id)).toEqual(versions(desktop, id));
    // Who knows of both and deletes it, deletes it.
    laptop.clock.now += minute;
    remove(laptop, id);
    await both();
    expect([prices(laptop), prices(desktop)]).toEqual([[], []]);
  });

  test('an edit of an edit is no conflict, whatever the clocks say', async () => {
    desktop.clock.now -= 300 * minute;
    edit(desktop, id, 'buy 100 BHP @ 41 on 2026-03-02');
    await both();
    laptop.clock.now -= 900 * minute;
    edit(laptop, id, 'buy 100 BHP @ 39 on 2026-03-02');
    await both();
    expect([prices(laptop), prices(desktop), inbox(laptop)]).toEqual([['39'], ['39'], []]);
  });
});

test('two portfolios of one name are kept, and shown apart in the same way', async () => {
  addPortfolio(desktop, 'Main');
  laptop.clock.now += minute;
  addPortfolio(laptop, 'main');
  await both();
  const names = ({ db }: Device) =>
    listPortfolios(db)
      .map(({ id, name }) => `${id} ${name}`)
      .sort();
  expect(names(laptop)).toEqual(names(desktop));
  expect(names(laptop).map(name => name.slice(37))).toEqual(['Main', 'main (2)']);
});

test('a file that was imported on both devices counts once', async () => {
  const main = addPortfolio(laptop, 'Main');
  await both();
  const row = { sourceKey: 'commsec|C1' } as Partial<Entry>;
  const mine = record(laptop, entryOf(main, 'buy 100 BHP @ 40 on 2026-03-02', row));
  const theirs = record(desktop, entryOf(main, 'buy 100 BHP @ 40 on 2026-03-02', row));
  await laptop.sync(relay);
  const done = await desktop.sync(relay);
  await laptop.sync(relay);
  expect(done.withdrawn).toEqual([{ entry: theirs, duplicateOf: mine }]);
  for (const device of [laptop, desktop]) {
    expect(currentEntries(device.db).map(entry => entry.id)).toEqual([mine]);
    expect(entryVersions(device.db, theirs).map(({ deleted }) => deleted)).toEqual([false, true]);
  }
});

test('rows that refer to what has not come yet wait for it', async () => {
  const main = addPortfolio(laptop, 'Main');
  record(laptop, entryOf(main, 'buy 100 BHP @ 40 on 2026-03-02'));
  await laptop.sync(relay);
  const late = openRelay();
  late.rows.push(...relay.rows.filter(row => row.kind !== 'portfolio'));
  await desktop.sync(late);
  expect(currentEntries(desktop.db)).toEqual([]);
  late.rows.push(...relay.rows.filter(row => row.kind === 'portfolio'));
  await desktop.sync(late);
  expect(prices(desktop)).toEqual(['40']);
});

test('a push whose answer is lost is sent again and changes nothing', async () => {
  record(laptop, entryOf(addPortfolio(laptop, 'Main'), 'buy 100 BHP @ 40 on 2026-03-02'));
  relay.faults.push = 'answer lost';
  await expect(laptop.sync(relay)).rejects.toThrow('The connection was lost');
  const stored = relay.rows.length;
  await laptop.sync(relay);
  expect([stored, relay.rows.length]).toEqual([4, 4]);
});

test('a server that was restored is given what it lost', async () => {
  const main = addPortfolio(laptop, 'Main');
  await both();
  const kept = relay.rows.length;
  record(laptop, entryOf(main, 'buy 100 BHP @ 40 on 2026-03-02'));
  await both();
  relay.rows.splice(kept);
  relay.epoch = 2;
  expect((await laptop.sync(relay)).restarted).toBe(true);
  await desktop.sync(relay);
  expect([prices(laptop), prices(desktop)]).toEqual([['40'], ['40']]);
});

test('a row that was changed on its way is listed, and the others are taken', async () => {
  addPortfolio(laptop, 'Main');
  laptop.db.transaction(() => watch(laptop.db, { code: code('CBA'), addedAt: noon }));
  await laptop.sync(relay);
  const index = relay.rows.findIndex(row => row.kind === 'watch');
  const good = relay.rows[index] as Relay['rows'][number];
  const bytes = Buffer.from(good.blob ?? '', 'base64');
  bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
  relay.rows[index] = { ...good, blob: bytes.toString('base64') };
  await desktop.sync(relay);
  expect(listRefused(desktop.db)).toMatchObject([{ id: good.id, kind: 'watch' }]);
  expect(listPortfolios(desktop.db).map(({ name }) => name)).toEqual(['Main']);
  // It comes as it should be.
  relay.rows.push(good);
  await desktop.sync(relay);
  expect([listRefused(desktop.db), listWatched(desktop.db).length]).toEqual([[], 1]);
});
