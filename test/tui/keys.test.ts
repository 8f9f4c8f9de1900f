import type { Key } from 'ink';
import { describe, expect, test } from 'vitest';
import { readKeys, typedText } from '../../src/tui/keys.ts';

const none: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};
const keys = (input: string, flags: Partial<Key> = {}, sequence?: string): string[] =>
  readKeys(input, { ...none, ...flags }, sequence);

describe('readKeys', () => {
  test.each<[string, string, Partial<Key>, string[]]>([
    ['a letter', 'j', {}, ['j']],
    ['a held letter in one chunk', 'jjj', {}, ['j', 'j', 'j']],
    ['a capital', 'G', { shift: true }, ['G']],
    ['an Enter at the end of a chunk', 'j\r', {}, ['j', 'enter']],
    ['a line feed', '\n', {}, ['enter']],
    ['carriage return and line feed are one Enter', 'a\r\n', {}, ['a', 'enter']],
    ['a tab inside a chunk', 'a\tb', {}, ['a', 'tab', 'b']],
    ['a space', ' ', {}, ['space']],
    ['a letter with a mark', 'e\u0301x', {}, ['e\u0301', 'x']],
    ['a control byte inside a chunk', 'j\u0010', {}, ['j', 'ctrl+p']],
    ['a stray control character is no key', 'a\u0085\u0000b', {}, ['a', 'b']],
    ['up', '', { upArrow: true }, ['up']],
    ['down', '', { downArrow: true }, ['down']],
    ['left', '', { leftArrow: true }, ['left']],
    ['right', '', { rightArrow: true }, ['right']],
    ['page up', '', { pageUp: true }, ['pageup']],
    ['page down', '', { pageDown: true }, ['pagedown']],
    ['home', '', { home: true }, ['home']],
    ['end', '', { end: true }, ['end']],
    ['enter', '\r', { return: true }, ['enter']],
    ['esc', '', { escape: true }, ['esc']],
    ['two Esc in one chunk', '', { escape: true, meta: true }, ['esc', 'esc']],
    ['tab', '', { tab: true }, ['tab']],
    ['shift and tab', '', { tab: true, shift: true }, ['shift+tab']],
    ['backspace', '', { backspace: true }, ['backspace']],
    ['delete', '', { delete: true }, ['delete']],
    ['ctrl and an arrow', '', { leftArrow: true, ctrl: true }, ['ctrl+left']],
    ['ctrl and a letter', 'p', { ctrl: true }, ['ctrl+p']],
    ['alt and a letter', 'x', { meta: true }, ['alt+x']],
    ['alt and Enter', '\r', { return: true, meta: true }, ['alt+enter']],
    ['a function key without a name', '', {}, []],
    ['a key that was let go', 'j', { eventType: 'release' }, []],
    ['the super key', 'c', { super: true }, []],
  ])('%s', (_, input, flags, wanted) => {
    expect(keys(input, flags)).toEqual(wanted);
  });

  test.each(['\u001bOP', '\u001b[11~', '\u001b[[A', '\u001b[P', '\u001b[57364u'])('F1 as %j', sequence => {
    expect(keys('', {}, sequence)).toEqual(['f1']);
  });
  test.each(['\u001bOQ', '\u001b[12~', '\u001b[2~', '\u001b[1;5P'])('%j is not F1', sequence => {
    expect(keys('', {}, sequence)).toEqual([]);
  });
});

test('typedText is the text of a key, if it has one', () => {
  expect(['a', 'Z', 'space', '株', 'e\u0301', '/'].map(typedText)).toEqual(['a', 'Z', ' ', '株', 'e\u0301', '/']);
  expect(['enter', 'esc', 'ctrl+p', 'f1', 'pagedown', 'alt+x'].map(typedText)).toEqual(Array(6).fill(undefined));
});
