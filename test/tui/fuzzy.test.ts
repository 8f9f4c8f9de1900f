import { describe, expect, test } from 'vitest';
import { matchScore } from '../../src/tui/fuzzy.ts';

const best = (typed: string, names: string[]): string | undefined =>
  names
    .map(name => ({ name, score: matchScore(typed, name) }))
    .filter(each => each.score !== undefined)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))[0]?.name;

describe('matchScore', () => {
  test('a letter that is missing is no match; letters count in order', () => {
    expect(matchScore('bhq', 'BHP')).toBeUndefined();
    expect(matchScore('pb', 'BHP')).toBeUndefined();
    expect(matchScore('bp', 'BHP')).toBeDefined();
  });
  test('the whole name, then its beginning, then a word, then within, then scattered letters', () => {
    const names = ['scattered wo lowly', 'disown', 'grow old', 'wow', 'wowser'];
    expect(best('wow', names)).toBe('wow');
    expect(best('wow', ['a wow', 'wowser'])).toBe('wowser');
    expect(best('old', ['cold', 'grow old'])).toBe('grow old');
    expect(best('own', ['o w n', 'disown'])).toBe('disown');
  });
  test('initials match', () => {
    expect(best('cb', ['scuba', 'Commonwealth Bank', 'Macquarie Bank'])).toBe('Commonwealth Bank');
  });
  test('nothing typed matches everything alike', () => {
    expect(matchScore('', 'anything')).toBe(0);
    expect(matchScore(' ', 'else')).toBe(0);
  });
});
