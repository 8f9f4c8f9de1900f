import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RowVersion } from '../../src/account/merge.ts';
import { syncRow } from '../../src/account/messages.ts';
import { contentNode, newDataKey, open, ownRowId, seal, sealKeys, wordRowId } from '../../src/account/seal.ts';

const keys = sealKeys(Buffer.alloc(32, 1));
const version: RowVersion = {
  id: '019cb000-0000-7000-8000-000000000001',
  kind: 'entry',
  clock: '019cabfb2000-0000-aaaaaaaaaaaa',
  deleted: false,
  content: '{"units":"100"}',
};

test('what is sealed opens as it was, and is a row that the server takes', () => {
  fc.assert(
    fc.property(
      fc.option(fc.string({ maxLength: 3000, unit: 'grapheme', minLength: 1 })),
      fc.boolean(),
      (content, deleted) => {
        const row = seal(keys, { ...version, content, deleted });
        expect(syncRow.parse(row)).toEqual(row);
        expect(open(keys, row)).toEqual({ ...version, content, deleted });
      },
    ),
    { numRuns: 50 },
  );
});

test('the same row is never sealed to the same bytes, and says nothing of its content', () => {
  const blobs = Array.from({ length: 50 }, () => seal(keys, version).blob ?? '');
  expect(new Set(blobs.map(blob => blob.slice(0, 16))).size).toBe(50);
  expect(blobs.some(blob => Buffer.from(blob, 'base64').includes('units'))).toBe(false);
});

describe('is refused', () => {
  const row = seal(keys, version);
  const broken = 'its seal is broken';
  test.each([
    ['under another id', { ...row, id: '019cb000-0000-7000-8000-000000000002' }],
    ['under another clock', { ...row, clock: '019cabfb2000-0001-aaaaaaaaaaaa' }],
    ['as another kind', { ...row, kind: 'watch' }],
    ['as a tombstone', { ...row, deleted: true }],
    ['of a few bytes', { ...row, blob: 'AAAA' }],
  ])('a blob %s', (_what, changed) => {
    expect(() => open(keys, changed)).toThrow(broken);
  });

  test('a blob of which any bit was changed', () => {
    const bytes = Buffer.from(row.blob ?? '', 'base64');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
      expect(() => open(keys, { ...row, blob: changed.toString('base64') })).toThrow(broken);
    }
  });

  test('what another key sealed', () => {
    expect(() => open(sealKeys(newDataKey()), row)).toThrow(broken);
  });

  test('a row without a blob: the server cannot delete', () => {
    expect(() => open(keys, { ...row, blob: null, deleted: true })).toThrow('it is not sealed');
  });

  test('content that is too long to be sent', () => {
    expect(() => seal(keys, { ...version, content: randomBytes(120_000).toString('hex') })).toThrow('too long');
  });
});

test('a thing that is known by a word has one id in an account, and another in the next', () => {
  const id = wordRowId(keys, 'watch', 'BHP');
  expect(syncRow.shape.id.parse(id)).toBe(id);
  expect(wordRowId(keys, 'watch', 'BHP')).toBe(id);
  const others = [
    wordRowId(keys, 'alert', 'BHP'),
    wordRowId(keys, 'watch', 'CBA'),
    wordRowId(sealKeys(newDataKey()), 'watch', 'BHP'),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
});

test('a thing that has a UUIDv7 keeps it; another id has one that follows from it', () => {
  expect(ownRowId(keys, 'entry', version.id)).toBe(version.id);
  const other = ownRowId(keys, 'entry', 'p1');
  expect(syncRow.shape.id.parse(other)).toBe(other);
});

test('a node that follows from content is the same wherever it is made', () => {
  expect(contentNode(keys, 'x')).toMatch(/^[0-9a-f]{12}$/);
  const [first, again, other] = ['x', 'x', 'y'].map(content => contentNode(keys, content));
  expect([first === again, first === other]).toEqual([true, false]);
});
