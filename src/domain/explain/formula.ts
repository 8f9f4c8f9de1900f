/**
 * Formulas: the text that says how a figure is made, and the one evaluator that makes it again from its inputs.
 *
 * A formula is written over the names of its inputs: `round(units * price, 2)`, `percent(gain, costBase)`,
 * `sqrt(252) * 100 * stdev(returns)`. Decimals stay exact as long as all that meets is decimal; one float makes the result
 * a float, as in the code whose figures these are. An input may be a list: operators then work element by element, and
 * `sum`, `mean` and their like make one value of it. An unknown input makes the result unknown, and so does a division by
 * zero; `known(list)` leaves the unknown ones of a list out.
 *
 * A formula that does not parse, or names what there is not, is a mistake in the program: an Error, never a Failure.
 */
import { addDays, parseLocalDate } from '../date.ts';
import {
  absolute,
  add,
  allocate,
  type Decimal,
  decimal,
  isZero,
  type Money,
  ratio,
  round,
  roundUp,
  scale,
  subtract,
  toFloat,
} from '../decimal.ts';
import { sampleCovariance } from '../returns/statistics.ts';
import { moneyWeighted } from '../returns/xirr.ts';
import { expectedReturn } from '../signals/learner/expected-return.ts';
import { calibrated } from '../signals/learner/isotonic.ts';

export type Scalar = Decimal | number;
/** What an input or a result is; undefined is unknown. */
export type Value = Scalar | readonly (Scalar | undefined)[] | undefined;

type Node =
  | { readonly kind: 'number'; readonly value: Decimal }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: Node; readonly right: Node };

type Operator = '+' | '-' | '*' | '/' | '^';

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z][A-Za-z0-9]*)|([-+*/^(),]))/y;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.trimEnd().length) {
    const at = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (match === null) throw new Error(`formula "${text}": unexpected "${text.slice(at, at + 10)}"`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

/** Reads a formula; `*` and `/` bind closer than `+` and `-`, `^` closest. */
function parse(text: string): Node {
  const tokens = tokensOf(text);
  let at = 0;
  const fail = (): never => {
    throw new Error(`formula "${text}": unexpected "${tokens[at] ?? 'end'}"`);
  };
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };
  const chain = (operators: readonly Operator[], next: () => Node): Node => {
    let left = next();
    for (;;) {
      const operator = operators.find(each => each === tokens[at]);
      if (operator === undefined) return left;
      at += 1;
      left = { kind: 'operation', operator, left, right: next() };
    }
  };
  const sum = (): Node => chain(['+', '-'], () => chain(['*', '/'], power));
  const power = (): Node => {
    const base = unary();
    return take('^') ? { kind: 'operation', operator: '^', left: base, right: power() } : base;
  };
  const unary = (): Node =>
    take('-')
      ? { kind: 'operation', operator: '-', left: { kind: 'number', value: decimal('0') }, right: unary() }
      : primary();
  const primary = (): Node => {
    if (take('(')) {
      const inner = sum();
      return take(')') ? inner : fail();
    }
    const token = tokens[at] ?? '';
    if (/^\d/.test(token)) {
      at += 1;
      return { kind: 'number', value: decimal(token) };
    }
    if (!/^[A-Za-z]/.test(token)) return fail();
    at += 1;
    if (!take('(')) return { kind: 'name', name: token };
    const args: Node[] = [];
    if (take(')')) return { kind: 'call', name: token, args };
    do args.push(sum());
    while (take(','));
    return take(')') ? { kind: 'call', name: token, args } : fail();
  };
  const whole = sum();
  return at === tokens.length ? whole : fail();
}

const isList = (value: Value): value is readonly (Scalar | undefined)[] => Array.isArray(value);
const float = (value: Scalar): number => (typeof value === 'number' ? value : toFloat(value));
/** What is not a finite number is unknown. */
const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

function operate(operator: Operator, a: Scalar | undefined, b: Scalar | undefined): Scalar | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (typeof a === 'number' || typeof b === 'number' || operator === '^') {
    return finite(floatOperations[operator](float(a), float(b)));
  }
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      return subtract(a, b);
    case '*':
      return scale(a, b);
    case '/':
      return isZero(b) ? undefined : a.div(b);
  }
}

const floatOperations: Record<Operator, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
};

function spread(operator: Operator, a: Value, b: Value): Value {
  if (isList(a))
    return a.map((each, index) => operate(operator, each, isList(b) ? b[index] : (b as Scalar | undefined)));
  if (isList(b)) return b.map(each => operate(operator, a, each));
  return operate(operator, a, b);
}

type Elements = readonly Scalar[];

/** The elements of the arguments, lists taken apart; undefined where one is unknown. */
function elementsOf(args: readonly Value[]): Elements | undefined {
  const all = args.flatMap(arg => (isList(arg) ? arg : [arg]));
  return all.every(each => each !== undefined) ? (all as Elements) : undefined;
}

const total = (all: Elements): Scalar =>
  all.reduce<Scalar>((soFar, each) => operate('+', soFar, each) ?? Number.NaN, decimal('0'));
const average = (all: Elements): number => float(total(all)) / all.length;
const least = (a: Scalar, b: Scalar): Scalar => (float(a) <= float(b) ? a : b);
const most = (a: Scalar, b: Scalar): Scalar => (float(a) >= float(b) ? a : b);

/** Functions of all that they are given, lists taken apart. */
const folds: Record<string, (all: Elements) => Scalar | undefined> = {
  sum: total,
  count: all => all.length,
  mean: all => finite(average(all)),
  /** Of a sample: divided by n - 1. */
  stdev: all => {
    const middle = average(all);
    const squares = all.reduce<number>((soFar, each) => soFar + (float(each) - middle) ** 2, 0);
    return all.length < 2 ? undefined : finite(Math.sqrt(squares / (all.length - 1)));
  },
  product: all => all.reduce<Scalar>((soFar, each) => operate('*', soFar, each) ?? Number.NaN, decimal('1')),
  min: all => (all.length === 0 ? undefined : all.reduce(least)),
  max: all => (all.length === 0 ? undefined : all.reduce(most)),
};

/** Functions whose arguments each have their part. */
const functions: Record<string, (...args: Value[]) => Value> = {
  /** To so many decimals, half up, away from zero. */
  round: (value, places) =>
    onScalar(value, each =>
      typeof each === 'number' ? roundFloat(each, placesOf(places)) : round(each, placesOf(places)),
    ),
  /** To so many decimals, away from zero. */
  roundUp: (value, places) =>
    onScalar(value, each => roundUp(typeof each === 'number' ? decimal(String(each)) : each, placesOf(places))),
  abs: value => onScalar(value, each => (typeof each === 'number' ? Math.abs(each) : absolute(each))),
  sqrt: value => onScalar(value, each => finite(Math.sqrt(float(each)))),
  ln: value => onScalar(value, each => finite(Math.log(float(each)))),
  floor: value => onScalar(value, each => Math.floor(float(each))),
  /** Each element, or so much where it is less. */
  atLeast: (list, bound) => onScalar(list, each => Math.max(float(each), numberOf(bound, 'atLeast(list, bound)'))),
  /** The height at `x` of the line through points whose places rise; beyond its ends it stays level. */
  interpolated: (x, places, heights) => {
    const [at, ups] = [floatsOf(places), floatsOf(heights)];
    if (at === undefined || ups === undefined || x === undefined || isList(x)) return undefined;
    return calibrated({ scores: at, probabilities: ups }, float(x));
  },
  /** The value of the first bucket that reaches up to `x`; beyond them all that of the last. */
  ofBucket: (x, upTo, values) => {
    const [ends, all] = [floatsOf(upTo), floatsOf(values)];
    if (ends === undefined || all === undefined || x === undefined || isList(x)) return undefined;
    return expectedReturn({ upTo: ends, means: all }, float(x));
  },
  /** 12.5 for an eighth: the part in percent of the whole. */
  percent: (part, whole) => {
    if (isList(part) || isList(whole) || part === undefined || whole === undefined) return undefined;
    if (typeof part === 'number' || typeof whole === 'number') return finite((float(part) / float(whole)) * 100);
    const fraction = ratio(part, whole);
    return fraction === undefined ? undefined : fraction * 100;
  },
  /** The part of `amount` at a place (1 is the first) of `weights`, in cents, by largest remainder: the parts sum to it. */
  allocated: (amount, weights, place) => {
    if (!isList(weights) || place === undefined || isList(place)) throw new Error('allocated(amount, weights, place)');
    const shares = weights.map(each => (typeof each === 'number' ? decimal(String(each)) : each));
    if (amount === undefined || isList(amount) || shares.some(each => each === undefined)) return undefined;
    const whole = typeof amount === 'number' ? decimal(String(amount)) : amount;
    return allocate(whole as Money, shares as Money[])[float(place) - 1];
  },
  known: list => (isList(list) ? list.filter(each => each !== undefined) : list),
  /** What lies below zero of each element, else zero. */
  shortfall: list => onScalar(list, each => Math.min(0, float(each))),
  /** Of two samples of the same days: divided by n - 1. */
  covariance: (a, b) => {
    const [left, right] = [floatsOf(a), floatsOf(b)];
    return left === undefined || right === undefined || left.length < 2
      ? undefined
      : finite(sampleCovariance(left, right));
  },
  /** The money-weighted return in percent of amounts, money in below zero, on days counted from any one. */
  xirr: (amounts, days) => {
    const [all, on] = [floatsOf(amounts), floatsOf(days)];
    if (all === undefined || on === undefined) return undefined;
    return moneyWeighted(all.map((amount, index) => ({ amount, on: addDays(anyDay, on[index] ?? 0) }))).pct;
  },
};

const anyDay = parseLocalDate('2000-01-01');

const roundFloat = (value: number, places: number): number => Math.round(value * 10 ** places) / 10 ** places;

function floatsOf(value: Value): number[] | undefined {
  const all = elementsOf([value]);
  return all?.map(float);
}

const onScalar = (value: Value, work: (each: Scalar) => Scalar | undefined): Value =>
  isList(value)
    ? value.map(each => (each === undefined ? undefined : work(each)))
    : value === undefined
      ? undefined
      : work(value);

function numberOf(value: Value, usage: string): number {
  if (value === undefined || isList(value)) throw new Error(usage);
  return float(value);
}

const placesOf = (places: Value): number => numberOf(places, 'round needs a number of decimals');

function evaluateNode(node: Node, inputs: ReadonlyMap<string, Value>): Value {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'name':
      if (!inputs.has(node.name)) throw new Error(`a formula names "${node.name}", which is not among its inputs`);
      return inputs.get(node.name);
    case 'operation':
      return spread(node.operator, evaluateNode(node.left, inputs), evaluateNode(node.right, inputs));
    case 'call': {
      const args = node.args.map(arg => evaluateNode(arg, inputs));
      const fold = folds[node.name];
      if (fold) {
        const all = elementsOf(args);
        return all && fold(all);
      }
      const named = functions[node.name];
      if (named === undefined) throw new Error(`a formula calls "${node.name}", which there is not`);
      return named(...args);
    }
  }
}

/** The value of a formula over its inputs; undefined where it is unknown. */
export const evaluate = (formula: string, inputs: ReadonlyMap<string, Value>): Value =>
  evaluateNode(parse(formula), inputs);
