import { describe, expect, it } from 'vitest';
import { decimal, plain } from '../../../src/domain/decimal.ts';
import { closingRule, parsePortfolioName, parseShares, type Taxpayer } from '../../../src/domain/ledger/portfolio.ts';
import { Failure } from '../../../src/failure.ts';

const refusalOf = (work: () => unknown): Failure | undefined => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  return undefined;
};
const said = (work: () => unknown): string => refusalOf(work)?.message ?? 'nothing';
const hintOf = (work: () => unknown): string | undefined => refusalOf(work)?.hint;

describe('parseShares', () => {
  it.each([
    ['Ann 50, Bob 50', ['Ann 50', 'Bob 50']],
    ['Ann Lee 33.34%, Bob 33.33 %,Cy 33.33', ['Ann Lee 33.34', 'Bob 33.33', 'Cy 33.33']],
    ['Super Fund 2 100', ['Super Fund 2 100']],
  ])('reads %s', (text, shares) => {
    expect(parseShares(text).map(({ name, pct }) => `${name} ${plain(pct)}`)).toEqual(shares);
  });

  it.each([
    ['Ann 50, Bob 49', "The owners' percentages sum to 99, not 100"],
    ['Ann 50, ann 50', 'The owner "ann" is named twice'],
    ['Ann', '"Ann" is not an owner and a percentage'],
    ['Ann 0, Bob 100', '"Ann 0" is not an owner and a percentage'],
    ['Ann -50, Bob 150', '"Ann -50" is not an owner and a percentage'],
    ['', '"" is not an owner and a percentage'],
    ['Ann 1..5, Bob 98.5', '"Ann 1..5" is not an owner and a percentage'],
  ])('refuses %j', (text, message) => {
    expect(said(() => parseShares(text))).toBe(message);
    expect(hintOf(() => parseShares(text))).toBe('Write it like "Ann 50, Bob 50"; the percentages must sum to 100.');
  });
});

describe('parsePortfolioName', () => {
  it.each([
    ['  Family   SMSF ', 'Family SMSF'],
    ['Ann\u001b[31m', 'Ann'],
  ])('cleans %j', (text, name) => expect(parsePortfolioName(text)).toBe(name));

  it.each(['', '   ', 'x'.repeat(61)])('refuses %j', text => {
    expect(said(() => parsePortfolioName(text))).toBe(`"${text.trim().slice(0, 40)}" is not a name for a portfolio`);
    expect(hintOf(() => parsePortfolioName(text))).toBe('Use 1 to 60 characters, like "Family SMSF".');
  });

  it('takes one of 60 characters', () => expect(parsePortfolioName('x'.repeat(60))).toHaveLength(60));

  it('keeps the word that means every portfolio', () =>
    expect(said(() => parsePortfolioName('All'))).toBe('"all" means every portfolio and cannot name one'));
});

describe('closingRule', () => {
  const ownedBy = (...owners: [Taxpayer, string][]): string =>
    closingRule({
      method: 'least-tax',
      owners: owners.map(([taxpayer, pct]) => ({ id: taxpayer, name: taxpayer, taxpayer, pct: decimal(pct) })),
    }).taxpayer;

  it('goes by the tax of the largest owner, the first named of equals', () => {
    expect(ownedBy(['company', '40'], ['smsf', '60'])).toBe('smsf');
    expect(ownedBy(['company', '50'], ['individual', '50'])).toBe('company');
  });
});
