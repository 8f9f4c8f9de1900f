/**
 * Reads an alert rule as a person writes it: `BHP above 50`, `any loss > 10%`. The forms are those of `rule`.
 *
 * As in an entry line, case does not matter, `$` and thousands commas are fine, and `%`, `x` and `>` may be left out
 * where nothing else could stand there; `3 days` is `3d`, `strong buy` is STRONG_BUY.
 *
 * Troubles a user sees, each with a caret under the word: a code that is none, a condition that there is not (with the
 * nearest one), a price, percentage or number of days that cannot be, a rule that ends too soon or goes on too long.
 */
import { Failure } from '../../failure.ts';
import { type Decimal, decimals, isNegative, isPositive, readDecimal, toFloat } from '../decimal.ts';
import { nearestWord, quoted, readPrice, readTradedCode } from '../ledger/entry-words.ts';
import type { Code } from '../market/security.ts';
import { remembered } from '../remembered.ts';
import { wrongAt } from '../screen/tokens.ts';
import { signalClasses } from '../signals/classes.ts';
import { type Condition, type DatedEvent, datedEvents, type Rule } from './rule.ts';

/** The forms of a condition by the word that begins them. */
const forms: Readonly<Record<string, string>> = {
  above: 'above PRICE',
  below: 'below PRICE',
  moves: 'moves P% [in Nd]',
  '52w': '52w high|low',
  volume: 'volume > Nx',
  signal: 'signal changes, or signal is CLASS',
  gain: 'gain > P%',
  loss: 'loss > P%',
  weight: 'weight drifts > P%',
  'ex-dividend': 'ex-dividend in Nd',
  discount: 'discount in Nd',
  '45-day': '45-day in Nd',
  stale: 'stale > Nd',
};
const conditionNames = Object.keys(forms);
const example = 'Write it like "BHP above 50", "any loss > 10%" or "CBA ex-dividend in 7d".';

const alike: Readonly<Record<string, string>> = {
  move: 'moves',
  '52-week': '52w',
  '52wk': '52w',
  exdividend: 'ex-dividend',
  'ex-div': 'ex-dividend',
  '45day': '45-day',
  '45d': '45-day',
};

const longest = 120;

type Word = { readonly text: string; readonly at: number };

/** Reads many rules that `formatRule` wrote: of thousands few wait for something that no other does. */
export function storedRules(): (text: string) => Rule {
  const conditionOf = remembered((condition: string) => parseRule(`any ${condition}`));
  return text => {
    const space = text.indexOf(' ');
    return { ...conditionOf(text.slice(space + 1)), of: readSubject(text.slice(0, space)) };
  };
}

export function parseRule(text: string): Rule {
  if (text.length > longest) {
    throw new Failure('invalid-input', `The rule has ${text.length} characters, and may have ${longest}`, {
      hint: example,
    });
  }
  const line = openLine(text);
  const of = line.read('a code, or any', readSubject, example);
  const name = line.read('what it waits for', nameOf, `It waits for one of: ${conditionNames.join(', ')}.`);
  const condition = readCondition(name, line);
  line.end(forms[name] ?? example);
  return { of, ...condition };
}

type Line = ReturnType<typeof openLine>;

/** The words of a rule, one after the other; `>` is a word of its own, with or without spaces. */
function openLine(text: string) {
  const words: Word[] = [...text.matchAll(/>|[^\s>]+/g)].map(found => ({ text: found[0], at: found.index }));
  let next = 0;
  const wrong = (word: Word | undefined, message: string, hint?: string): Failure =>
    wrongAt(text, word?.at ?? text.trimEnd().length, word?.text.length ?? 1, message, hint);
  return {
    /** Takes the next word when it is one of these. */
    accept: (...texts: readonly string[]): boolean => {
      const found = texts.includes(words[next]?.text.toLowerCase() ?? '');
      if (found) next += 1;
      return found;
    },
    /** Reads a word; what `parse` refuses is pointed at. */
    read: <T>(what: string, parse: (word: string) => T, hint: string): T => {
      const word = words[next];
      if (word === undefined) throw wrong(word, `The rule ends before ${what}`, hint);
      next += 1;
      try {
        return parse(word.text);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        throw wrong(word, error.message, error.hint ?? hint);
      }
    },
    end: (form: string): void => {
      const word = words[next];
      if (word !== undefined) {
        throw wrong(word, `${quoted(word.text)} is not understood here`, `The rule is: CODE ${form}.`);
      }
    },
  };
}

const refuse = (message: string, hint?: string): never => {
  throw new Failure('invalid-input', message, { hint });
};

const readSubject = (word: string): Code | 'any' => (word.toLowerCase() === 'any' ? 'any' : readTradedCode(word));

function nameOf(word: string): string {
  const lower = word.toLowerCase();
  const name = alike[lower] ?? lower;
  if (Object.hasOwn(forms, name)) return name;
  const near = nearestWord(word, conditionNames);
  return refuse(
    `${quoted(word)} is nothing that a rule waits for`,
    near === undefined ? undefined : `Did you mean ${near}? The rule is: CODE ${forms[near]}.`,
  );
}

function readCondition(name: string, line: Line): Condition {
  const form = `The rule is: CODE ${forms[name]}.`;
  switch (name) {
    case 'above':
    case 'below':
      return { kind: 'price', side: name, price: line.read('a price', readPrice, form) };
    case 'moves': {
      const pct = readPercentage(line, readMove, form);
      return { kind: 'move', pct, sessions: line.accept('in') ? readDays(line, form, 1, 250) : 1 };
    }
    case '52w':
      return { kind: 'year', side: line.read('high or low', word => oneOf(word, ['high', 'low']), form) };
    case 'volume': {
      line.accept('>', 'over');
      const times = line.read('how many times its median', readTimes, form);
      line.accept('times');
      return { kind: 'volume', times };
    }
    case 'signal': {
      const verb = line.read('changes, or is CLASS', word => oneOf(word, ['changes', 'is']), form);
      return verb === 'is' ? { kind: 'signal', signal: readClass(line) } : { kind: 'signal-change' };
    }
    case 'gain':
    case 'loss':
      line.accept('>', 'over');
      return { kind: 'return', side: name, pct: readPercentage(line, readLevel, form) };
    case 'weight':
      line.read('drifts', word => oneOf(word, ['drifts']), form);
      line.accept('>', 'over');
      return { kind: 'weight', pct: readPercentage(line, readLevel, form) };
    case 'stale':
      line.accept('>', 'over');
      return { kind: 'stale', sessions: readDays(line, form, 0, 1000) };
    default: {
      const event = datedEvents.find(each => each === name) as DatedEvent;
      line.read('in', word => oneOf(word, ['in']), form);
      return { kind: 'date', event, days: readDays(line, form, 0, 366) };
    }
  }
}

function oneOf<Choice extends string>(word: string, choices: readonly Choice[]): Choice {
  const found = choices.find(choice => choice === word.toLowerCase());
  return found ?? refuse(`${quoted(word)} is not ${choices.join(' or ')}`);
}

const mostPlaces = 4;

/** Not below zero, and no larger than anything that happens. */
function readAmount(text: string, most: number): Decimal | undefined {
  const value = readDecimal(text);
  const isOne = value !== undefined && !isNegative(value) && decimals(value) <= mostPlaces && toFloat(value) <= most;
  return isOne ? value : undefined;
}

const readPositive = (text: string, most: number): Decimal | undefined => {
  const value = readAmount(text, most);
  return value !== undefined && isPositive(value) ? value : undefined;
};

const mostPct = 10_000;
const mostTimes = 10_000;

/** A percentage that a gain, a loss or a drift is compared with; undefined for anything else. */
export const readThreshold = (text: string): Decimal | undefined => readAmount(text.replace(/%$/, ''), mostPct);

const refuseAmount = (word: string, what: string, most: number): never =>
  refuse(`${quoted(word)} is not ${what}, up to ${most}, with at most ${mostPlaces} decimals`);

const readMove = (word: string): Decimal =>
  readPositive(word.replace(/%$/, ''), mostPct) ?? refuseAmount(word, 'a percentage above 0', mostPct);
const readLevel = (word: string): Decimal => readThreshold(word) ?? refuseAmount(word, 'a percentage from 0', mostPct);

function readPercentage(line: Line, read: (word: string) => Decimal, form: string): Decimal {
  const value = line.read('a percentage', read, form);
  line.accept('%');
  return value;
}

const readTimes = (word: string): Decimal =>
  readPositive(word.replace(/x$/i, ''), mostTimes) ?? refuseAmount(word, 'a number of times above 0', mostTimes);

function readDays(line: Line, form: string, least: number, most: number): number {
  const days = line.read(
    'a number of days',
    word => {
      const digits = /^(\d{1,6})(d|days?)?$/i.exec(word)?.[1];
      const count = Number(digits);
      return digits !== undefined && count >= least && count <= most
        ? count
        : refuse(`${quoted(word)} is not a whole number of days from ${least} to ${most}, like 5d`);
    },
    form,
  );
  line.accept('d', 'day', 'days');
  return days;
}

const classHint = `The classes are ${signalClasses.join(', ')}.`;

function readClass(line: Line) {
  const isStrong = line.accept('strong');
  return line.read(
    'a class',
    word => {
      const name = `${isStrong ? 'STRONG_' : ''}${word.toUpperCase().replace('-', '_')}`;
      return signalClasses.find(each => each === name) ?? refuse(`${quoted(word)} is no class of a signal`);
    },
    classHint,
  );
}
