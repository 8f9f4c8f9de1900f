/**
 * Keys by name. Ink hands over a chunk of input and a record of flags; a held key arrives as one chunk (`jjj`), an Enter
 * may ride at its end, and function keys carry no flag at all. Here each chunk becomes the keys that were pressed:
 * `j`, `G`, `space`, `enter`, `esc`, `up`, `pagedown`, `shift+tab`, `ctrl+p`, `alt+x`, `f1`.
 */
import type { Key as InkKey } from 'ink';
import { characters } from './text.ts';

const controlNames: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\r\n': 'enter',
  '\t': 'tab',
  ' ': 'space',
  '\u007f': 'backspace',
  '\b': 'backspace',
  '\u001b': 'esc',
};

/** F1 as xterm, VT220, the Linux console, tmux and the kitty protocol send it. */
const functionOne = /^\u001b+(?:OP|\[11~|\[\[A|\[(?:1(?:;1(?::[12])?)?)?P|\[57364(?:;1(?::[12])?)?u)$/;

function nameOfCharacter(character: string): string | undefined {
  const name = controlNames[character];
  if (name !== undefined) return name;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 1 && code <= 26) return `ctrl+${String.fromCharCode(code + 96)}`;
  return code < 32 || (code >= 0x7f && code <= 0x9f) ? undefined : character;
}

function nameOfFlag(key: InkKey): string | undefined {
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.return) return 'enter';
  if (key.escape) return 'esc';
  if (key.tab) return 'tab';
  if (key.backspace) return 'backspace';
  if (key.delete) return 'delete';
  return undefined;
}

const modified = (name: string, key: InkKey, withShift: boolean): string =>
  `${key.ctrl ? 'ctrl+' : ''}${key.meta ? 'alt+' : ''}${withShift && key.shift ? 'shift+' : ''}${name}`;

/**
 * The keys of one input event, in order. `sequence` is the event as the terminal sent it, where known: only it tells F1
 * from the other function keys, which are nothing here.
 */
export function readKeys(input: string, key: InkKey, sequence?: string): string[] {
  if (key.eventType === 'release') return [];
  if (sequence !== undefined && functionOne.test(sequence)) return ['f1'];
  const flag = nameOfFlag(key);
  // Two Esc in one chunk reach Ink as "meta and Esc".
  if (flag === 'esc') return key.meta && !key.ctrl ? ['esc', 'esc'] : ['esc'];
  if (flag !== undefined) return [modified(flag, key, true)];
  if (key.super || key.hyper) return [];
  if (key.ctrl || key.meta) {
    const name = nameOfCharacter(key.ctrl ? input.toLowerCase() : input);
    return name === undefined || input === '' ? [] : [modified(name, key, false)];
  }
  return characters(input).flatMap(character => nameOfCharacter(character) ?? []);
}

/** What a key puts into a text field: a character or a space; undefined for a key that is not text. */
export function typedText(key: string): string | undefined {
  if (key === 'space') return ' ';
  return characters(key).length === 1 ? key : undefined;
}
