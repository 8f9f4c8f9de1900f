import { expect, it } from 'vitest';
import { programOf, readCommandLine } from '../../../src/domain/alerts/command-line.ts';

it.each([
  ['/bin/tell', ['/bin/tell']],
  ['  tell  --loud   twice ', ['tell', '--loud', 'twice']],
  [`tell 'two words' "and three more"`, ['tell', 'two words', 'and three more']],
  [`tell a'b c'd ''`, ['tell', 'ab cd', '']],
  ['tell two\\ words "a \\" quote" \'a \\ slash\'', ['tell', 'two words', 'a " quote', 'a \\ slash']],
  ['tell $HOME; rm -rf * | cat > x', ['tell', '$HOME;', 'rm', '-rf', '*', '|', 'cat', '>', 'x']],
])('%s is words, without a shell', (text, words) => {
  expect(readCommandLine(text)).toEqual(words);
});

it.each(['', '   ', '"tell', "tell 'x", 'tell \\', "''", 'tell \0'])('%j is no command', text => {
  expect(readCommandLine(text)).toBeUndefined();
});

it('arguments are not shown', () => {
  expect(programOf('/bin/tell --token secret')).toBe('/bin/tell …');
  expect(programOf('/bin/tell')).toBe('/bin/tell');
});
