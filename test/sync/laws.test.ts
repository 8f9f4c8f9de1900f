/** Devices that work apart, with wrong clocks, over a bad line: whatever happens, all end with the same, and with all. */
import { expect, test } from 'vitest';
import { insertAlert } from '../../src/db/alerts.ts';
import {
  currentEntries,
  deleteEntry,
  entryVersions,
  insertEntries,
  replaceEntry,
  restoreEntry,
} from '../../src/db/entries.ts';
import { markRead } from '../../src/db/notifications.ts';
import { storeFact } from '../../src/db/owner-facts.ts';
import { insertOwner, insertPortfolio, listPortfolios, updatePortfolio } from '../../src/db/portfolios.ts';
import { storePreference } from '../../src/db/preferences.ts';
import { countUnpushed, forkedVersions } from '../../src/db/sync-rows.ts';
import { replaceTargets } from '../../src/db/targets.ts';
import { unwatch, watch } from '../../src/db/watchlist.ts';
import { parseRule } from '../../src/domain/alerts/rule-grammar.ts';
import { decimal } from '../../src/domain/decimal.ts';
import type { Entry } from '../../src/domain/ledger/entry.ts';
import { parseEntryLine } from '../../src/domain/ledger/entry-line.ts';
import { Failure } from '../../src/failure.ts';
import { historyOf } from '../../src/sync/entry-versions.ts';
import { settleEntry } from '../../src/sync/settle.ts';
import { code, date } from '../db/open-database.ts';
import { type Device, openDevice, openRelay, type Relay, storeKey } from '../support/sync-devices.ts';

// 1,000 take one to two minutes: `EVERY_SYNC_HISTORY=1000 vitest run test/sync/laws.test.ts`.
const histories = Number(process.env['EVERY_SYNC_HISTORY'] ?? 25);
const noon = Date.UTC(2026, 2, 3, 12);

/** The same chances for the same seed: a whole number under `count`. */
function chances(seed: number): (count: number) => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return count => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
}

type History = {
  readonly chance: (count: number) => number;
  readonly newId: () => string;
  /** Every version of an entry that a user made has a note of its own. */
  readonly notes: string[];
  readonly imported: Set<string>;
  readonly deletedSources: Set<string>;
};

const pick = <T>({ chance }: History, list: readonly T[]): T | undefined => list[chance(list.length || 1)];

function draft(history: History, entry: { portfolio: string; id: string } & Partial<Entry>): Entry {
  const note = `v${history.notes.length}`;
  history.notes.push(note);
  const kind = history.chance(4) === 0 ? 'sell' : 'buy';
  const line = `${kind} ${1 + history.chance(9)} BHP @ 4${history.chance(9)} on 2026-03-0${1 + history.chance(2)} note ${note}`;
  return { ...entry, ...parseEntryLine(line, { today: date('2026-03-03') }) } as Entry;
}

type Act = (device: Device, history: History) => void;
const acts: readonly Act[] = [
  ({ db, clock }, history) => {
    const [owner, id] = [history.newId(), history.newId()];
    const name = pick(history, ['Main', 'main', 'Super', 'Main (2)']) ?? '';
    if (listPortfolios(db, { archived: true }).some(each => each.name.toLowerCase() === name.toLowerCase())) return;
    const person = { id: owner, name: `${name} ${history.chance(3)}`, taxpayer: 'individual' } as const;
    if (db.statement('SELECT 1 FROM owners WHERE name = ?').get(person.name) !== undefined) return;
    insertOwner(db, person);
    const owners = [{ ...person, pct: decimal('100') }];
    insertPortfolio(db, { id, name, cashAccount: false, method: 'fifo', owners, createdAt: clock.now });
  },
  ({ db, clock }, history) => {
    const portfolio = pick(history, listPortfolios(db, { archived: true }));
    if (portfolio === undefined) return;
    const name = pick(history, ['Main', 'Super', 'Other']) ?? '';
    const isTaken = listPortfolios(db, { archived: true }).some(each => each.name.toLowerCase() === name.toLowerCase());
    if (history.chance(2) === 0 && !isTaken) updatePortfolio(db, portfolio.id, { name });
    else updatePortfolio(db, portfolio.id, { archivedAt: history.chance(2) === 0 ? clock.now : null });
  },
  ...Array.from(
    { length: 4 },
    (): Act =>
      ({ db, clock }, history) => {
        const portfolio = pick(history, listPortfolios(db, { archived: true }))?.id;
        if (portfolio !== undefined) insertEntries(db, [draft(history, { id: history.newId(), portfolio })], clock.now);
      },
  ),
  ...Array.from(
    { length: 2 },
    (): Act =>
      ({ db, clock }, history) => {
        const portfolio = pick(history, listPortfolios(db, { archived: true }))?.id;
        const sourceKey = `row ${history.chance(3)}`;
        const isThere = db
          .statement(
            'SELECT 1 FROM entries WHERE portfolio_id = ? AND source_key = ? AND superseded_at IS NULL AND deleted = 0',
          )
          .get(portfolio ?? '', sourceKey);
        if (portfolio === undefined || isThere !== undefined) return;
        history.imported.add(`${portfolio} ${sourceKey}`);
        insertEntries(db, [draft(history, { id: history.newId(), portfolio, sourceKey })], clock.now);
      },
  ),
  ...Array.from(
    { length: 4 },
    (): Act =>
      ({ db, clock }, history) => {
        const old = pick(history, currentEntries(db));
        if (old === undefined) return;
        const { id, portfolio, sequence, batch, sourceKey } = old;
        replaceEntry(db, draft(history, { id, portfolio, sequence, batch, sourceKey }), clock.now);
      },
  ),
  ({ db, clock }, history) => {
    const entry = pick(history, currentEntries(db));
    if (entry === undefined) return;
    if (entry.sourceKey !== undefined) history.deletedSources.add(`${entry.portfolio} ${entry.sourceKey}`);
    deleteEntry(db, entry.id, clock.now);
  },
  ({ db, clock }, history) => {
    const ids = db.statement<{ id: string }>('SELECT DISTINCT id FROM entries').all();
    const id = pick(history, ids)?.id;
    if (id === undefined || !entryVersions(db, id).some(version => version.supersededAt === undefined)) return;
    try {
      restoreEntry(db, id, clock.now);
    } catch (error) {
      // There is nothing to take back.
      if (!(error instanceof Failure)) throw error;
    }
  },
  ({ db, stamping }, history) => {
    const rows = Map.groupBy(forkedVersions(db, 'entry'), version => version.id);
    for (const versions of rows.values()) {
      const found = historyOf(versions);
      if (!found?.isConflict || versions.some(version => version.shown === null)) continue;
      const kept = pick(history, found.heads);
      if (kept === undefined) continue;
      const { portfolio, sourceKey } = kept.content;
      if (kept.deleted && sourceKey !== null) history.deletedSources.add(`${portfolio} ${sourceKey}`);
      settleEntry(db, found.current.content.id, found.versions.indexOf(kept) + 1, stamping());
    }
  },
  ({ db, clock }, history) => {
    const about = code(pick(history, ['BHP', 'CBA', 'VAS']) ?? '');
    if (history.chance(3) > 0) watch(db, { code: about, addedAt: clock.now, note: `n${history.chance(5)}` });
    else unwatch(db, about);
  },
  ({ db, clock }, history) => {
    const rule = parseRule(`BHP above ${50 + history.chance(3)}`);
    if (history.chance(3) > 0) insertAlert(db, { rule, priority: 'high', origin: 'user', createdAt: clock.now });
    else db.statement("DELETE FROM alerts WHERE rule = 'BHP above 51'").run();
  },
  ({ db }, history) =>
    storePreference(db, {
      type: 'drift_detected',
      enabled: history.chance(2) === 0,
      settings: { n: history.chance(9) },
    }),
  ({ db }, history) => {
    const portfolio = pick(history, listPortfolios(db));
    const weightPct = decimal(String(history.chance(90)));
    const targets = [{ kind: 'code', name: 'BHP', weightPct, bandPct: undefined } as const];
    if (portfolio !== undefined) replaceTargets(db, portfolio.id, history.chance(4) === 0 ? [] : targets);
  },
  ({ db }, history) => {
    const owner = pick(history, listPortfolios(db, { archived: true }))?.owners[0];
    const value = decimal(String(history.chance(9)));
    if (owner !== undefined) storeFact(db, owner.id, { financialYear: 2026, fact: 'other-income', value });
  },
  ({ db, clock }, history) => {
    markRead(db, clock.now, [1 + history.chance(3)]);
  },
];

const tables = {
  entries: '*',
  owners: '*',
  portfolios: '*',
  portfolio_owners: '*',
  watchlist: '*',
  alert_preferences: '*',
  rebalance_targets: '*',
  owner_tax_facts: '*',
  alerts: 'rule, priority, created_at',
  "notifications WHERE type <> 'system'": 'event_key, read_at',
  sync_rows: 'id, clock, kind, deleted, content, shown',
};
const everything = ({ db }: Device) =>
  Object.fromEntries(
    Object.entries(tables).map(([table, columns]) => [
      table,
      db
        .statement(`SELECT ${columns} FROM ${table}`)
        .all()
        .map(row => JSON.stringify(row))
        .sort(),
    ]),
  );

/** A sync over a bad line. */
async function trySync(device: Device, relay: Relay, chance: History['chance']): Promise<void> {
  relay.faults.push = ([undefined, undefined, 'answer lost', 'lost'] as const)[chance(4)];
  relay.faults.shuffle = chance;
  try {
    await device.sync(relay);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'offline') throw error;
  }
  relay.faults.push = undefined;
}

async function live(seed: number): Promise<{ devices: Device[]; history: History }> {
  const chance = chances(seed);
  let made = 0;
  const newId = () => `019cb000-0000-7000-8000-${(++made * 7919 + chance(7919)).toString(16).padStart(12, '0')}`;
  const history: History = { chance, newId, notes: [], imported: new Set(), deletedSources: new Set() };
  const relay = openRelay();
  await storeKey(relay);
  const day = 86_400_000;
  const devices = [1, 2, 3].map(number => openDevice(number, noon + (chance(5) - 2) * day));
  for (const { db } of devices) {
    db.transaction(() => {
      for (const event of [1, 2, 3]) {
        db.statement(
          "INSERT INTO notifications VALUES (?, 'portfolio_alert', 'low', 't', 'm', '{}', 1, NULL, NULL, ?)",
        ).run(...[event, `event|${event}`]);
      }
    });
  }
  // Most begin with a portfolio that all of them have.
  if (chance(4) > 0) {
    const [laptop] = devices;
    laptop?.db.transaction(() => {
      for (const act of acts.slice(0, 6)) act(laptop, history);
    });
    for (const device of devices) await device.sync(relay);
  }
  for (let step = 0; step < 40; step++) {
    const device = devices[chance(3)] as Device;
    if (chance(4) === 0) await trySync(device, relay, chance);
    else {
      device.clock.now += chance(3) * 1000 + (chance(12) === 0 ? (chance(3) - 1) * day : 0);
      device.db.transaction(() => acts[chance(acts.length)]?.(device, history));
    }
    if (chance(60) === 0) {
      // The server was restored from a backup.
      relay.rows.splice(1 + chance(relay.rows.length));
      relay.epoch += 1;
    }
  }
  for (let round = 0; round < 8; round++) for (const device of devices) await device.sync(relay);
  return { devices, history };
}

test(`three devices end equal, and lose no version: ${histories} histories`, { timeout: 600_000 }, async () => {
  let withdrawn = 0;
  let conflicts = 0;
  for (let seed = 1; seed <= histories; seed++) {
    const { devices, history } = await live(seed);
    const [first, ...others] = devices.map(everything);
    for (const other of others) expect(other, `seed ${seed}`).toEqual(first);
    for (const { db } of devices) {
      expect(countUnpushed(db), `seed ${seed}`).toBe(0);
      const notes = new Set(
        db
          .statement<{ note: string }>('SELECT note FROM entries')
          .all()
          .map(({ note }) => note),
      );
      expect(
        history.notes.filter(note => !notes.has(note)),
        `seed ${seed}`,
      ).toEqual([]);
      const known = db.statement<{ at: string }>(
        `SELECT portfolio_id || ' ' || source_key AS at FROM entries
         WHERE superseded_at IS NULL AND deleted = 0 AND source_key IS NOT NULL`,
      );
      const current = known.all().map(({ at }) => at);
      expect(new Set(current).size).toBe(current.length);
      // A trade that was imported, and that nobody deleted, is there.
      const kept = [...history.imported].filter(at => !history.deletedSources.has(at));
      expect(
        kept.filter(at => !current.includes(at)),
        `seed ${seed}`,
      ).toEqual([]);
    }
    const rows = Map.groupBy(forkedVersions((devices[0] as Device).db, 'entry'), version => version.id);
    withdrawn += [...rows.values()].flat().filter(({ content }) => content?.includes('duplicateOf')).length;
    conflicts += [...rows.values()].filter(versions => historyOf(versions)?.isConflict).length;
    for (const { db } of devices) db.close();
  }
  // They met what they are to prove.
  expect(withdrawn).toBeGreaterThan(histories / 20);
  expect(conflicts).toBeGreaterThan(histories / 20);
});
