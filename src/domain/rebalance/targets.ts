/**
 * Target weights of a portfolio: percent of its securities and cash together, of a code or of a GICS sector.
 *
 * The target of a sector is for its securities that have no target of their own, so that targets add up: `CBA 10` and
 * `sector Financials 20` want 30% in financials. What targets leave open stays in cash or in securities without one.
 * A band is how many percentage points a weight may be away from its target before it is acted on.
 *
 * Troubles a user sees: a weight that is none, targets that sum to more than 100%, a sector that GICS does not have.
 */
import { Failure } from '../../failure.ts';
import { add, type Decimal, decimal, isNegative, plain, readDecimal } from '../decimal.ts';
import { editDistance } from '../edit-distance.ts';
import { gicsSectors } from '../market/sectors.ts';
import { type Code, parseCode } from '../market/security.ts';

export type Target = {
  readonly kind: 'code' | 'sector';
  /** The code, or the sector's name. */
  readonly name: string;
  readonly weightPct: Decimal;
  /** Percentage points; undefined is the band that holds for all. */
  readonly bandPct: Decimal | undefined;
};

const hundred = decimal('100');
const hint = 'Write targets like CBA=10, VAS=40~3 (a band of 3 points) or sector:Materials=20.';
const refuse = (message: string, way = hint): Failure => new Failure('invalid-input', message, { hint: way });

export const targetText = ({ kind, name }: Pick<Target, 'kind' | 'name'>): string =>
  kind === 'sector' ? `sector ${name}` : name;

/** Reads `CBA=10 VAS=40~3 sector:Materials=20` or `CBA 10 "sector Health Care" 25`; `band` is for all without one. */
export function parseTargets(words: readonly string[], band?: Decimal): Target[] {
  const targets: Target[] = [];
  for (let at = 0; at < words.length; ) {
    const equals = nameEnd(words, at);
    const name = equals.name;
    const [weight = '', own] = equals.weight.split('~');
    targets.push({
      ...parseTargetName(name),
      weightPct: percentage(weight, `The weight of ${name}`),
      bandPct: own === undefined ? band : parseBand(own),
    });
    at = equals.next;
  }
  const names = targets.map(targetText);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refuse(`The target of ${twice} is given twice`);
  return targets;
}

/** The words of one target: what stands before its weight, with or without `=`, may be several. */
function nameEnd(words: readonly string[], from: number): { name: string; weight: string; next: number } {
  for (let at = from; at < words.length; at += 1) {
    const word = words[at] as string;
    const equals = word.lastIndexOf('=');
    const before = words.slice(from, at);
    if (equals > 0)
      return { name: [...before, word.slice(0, equals)].join(' '), weight: word.slice(equals + 1), next: at + 1 };
    if (at > from && readDecimal(word.replace(/%|~.*$/g, '')) !== undefined)
      return { name: before.join(' '), weight: word, next: at + 1 };
  }
  throw refuse(`"${words.slice(from).join(' ')}" has no weight`);
}

/** Reads a code, or `sector NAME` (`sector:NAME`). */
export function parseTargetName(text: string): Pick<Target, 'kind' | 'name'> {
  const sector = /^\s*sector(?:\s*:\s*|\s+)(\S.*?)\s*$/i.exec(text)?.[1];
  return sector === undefined ? { kind: 'code', name: parseCode(text) } : { kind: 'sector', name: parseSector(sector) };
}

function parseSector(text: string): string {
  const wanted = text.toLowerCase();
  const found = gicsSectors.find(sector => sector.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const near = gicsSectors
    .map(sector => ({ sector, distance: editDistance(wanted, sector.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, text.length / 3))
    .sort((a, b) => a.distance - b.distance)[0]?.sector;
  const close = gicsSectors.find(sector => sector.toLowerCase().split(' ').includes(wanted)) ?? near;
  throw refuse(
    `There is no GICS sector "${text}"`,
    close !== undefined ? `Did you mean ${close}?` : `The sectors are ${gicsSectors.join(', ')}.`,
  );
}

function percentage(text: string, what: string): Decimal {
  const value = readDecimal(text.trim().replace(/%$/, ''));
  if (value === undefined || isNegative(value) || value.gt(hundred))
    throw refuse(`${what} is "${text}", which is not a percentage from 0 to 100`);
  return value;
}

export const parseBand = (text: string): Decimal => percentage(text, 'The band');

const keyOf = (target: Pick<Target, 'kind' | 'name'>): string => `${target.kind} ${target.name}`;

export const weightSum = (targets: readonly Target[]): Decimal =>
  targets.reduce((total, target) => add(total, target.weightPct), decimal('0'));

/** `before` with the targets of `changes` in it; refused when they come to more than 100%. */
export function targetsWith(before: readonly Target[], changes: readonly Target[]): Target[] {
  const all = new Map([...before, ...changes].map(target => [keyOf(target), target]));
  const targets = [...all.values()].sort(byName);
  const sum = weightSum(targets);
  if (sum.gt(hundred)) {
    throw new Failure('refused', `The targets would sum to ${plain(sum)}%, which is over 100%`, {
      hint: `Nothing was changed. Lower one of ${targets.map(each => `${targetText(each)} ${plain(each.weightPct)}`).join(', ')}.`,
    });
  }
  return targets;
}

/** Codes first, then sectors, each by name. */
const byName = (a: Target, b: Target): number =>
  a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind === 'code' ? -1 : 1;

/** The target that a security is held for: its own, else that of its sector. */
export const targetOf = (
  targets: readonly Target[],
  security: { readonly code: Code; readonly sector: string | undefined },
): Target | undefined =>
  targets.find(target => target.kind === 'code' && target.name === security.code) ??
  targets.find(target => target.kind === 'sector' && target.name === security.sector);
