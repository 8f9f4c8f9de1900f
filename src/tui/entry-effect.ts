/** What recording an entry would change, before and after, and for a sale the gain of each parcel. */
import { add, isZero, type Money, noMoney } from '../domain/decimal.ts';
import { isDiscountEligible } from '../domain/tax/discount.ts';
import { harmless } from '../domain/text.ts';
import { formatDate, formatMoney, formatUnits } from '../format.ts';
import type { RecordedEntry } from '../usecases/record-entry.ts';
import { indent } from './blocks.ts';
import { moneyChange } from './figures.ts';
import { displayWidth, type Line, type Span } from './text.ts';
import { wrap, wrapLine } from './wrap.ts';

const margin = 4;
const mostParcels = 6;

type Change = { readonly label: string; readonly before: string; readonly after: string };
type Effect = RecordedEntry['effect'];
type HoldingState = Effect['before'];

const costOf = ({ units, cost }: HoldingState): string => (isZero(units) ? '0.00' : formatMoney(cost));

function changesOf(effect: Effect, hasCash: boolean): Change[] {
  const { received, cashBefore, cashAfter } = effect;
  const changes: Change[] = [];
  for (const { code, before, after } of received === undefined ? [effect] : [effect, received]) {
    if (code === undefined) continue;
    changes.push({ label: `${code} units`, before: formatUnits(before.units), after: formatUnits(after.units) });
    changes.push({ label: `${code} cost base`, before: costOf(before), after: costOf(after) });
  }
  if (hasCash) changes.push({ label: 'cash', before: formatMoney(cashBefore), after: formatMoney(cashAfter) });
  return changes.filter(change => change.before !== change.after);
}

/** `BHP units      250 → 350`, the figures under each other. */
function changeLines(changes: readonly Change[]): Line[] {
  const widthOf = (texts: readonly string[]): number => Math.max(0, ...texts.map(displayWidth));
  const labels = widthOf(changes.map(each => each.label));
  const befores = widthOf(changes.map(each => each.before));
  const afters = widthOf(changes.map(each => each.after));
  return changes.map(({ label, before, after }) => [
    { text: label.padEnd(labels + 3), token: 'dim' },
    { text: before.padStart(befores) },
    { text: ' → ', token: 'dim' },
    { text: after.padStart(afters), bold: true },
  ]);
}

const gainSpan = (gain: Money | undefined): Span => (gain === undefined ? { text: 'unknown' } : moneyChange(gain));

type Disposal = Effect['sales'][number]['after'];

const gainOf = ({ parcels }: Disposal): Money | undefined =>
  parcels.reduce<Money | undefined>(
    (total, part) => (total === undefined || part.gain === undefined ? undefined : add(total, part.gain)),
    noMoney,
  );

/** Recorded sales whose gain the entry changes. */
const changedSaleLines = ({ sales }: Effect): Line[] =>
  sales.map(({ before, after }) => [
    { text: 'sale of ', token: 'dim' },
    { text: formatDate(after.on) },
    { text: ' gain ', token: 'dim' },
    gainSpan(gainOf(before)),
    { text: ' → ', token: 'dim' },
    gainSpan(gainOf(after)),
  ]);

function saleLines({ disposal }: Effect): Line[] {
  if (disposal === undefined) return [];
  const { parcels, proceeds, on } = disposal;
  const head: Line = [
    { text: 'gain ', token: 'dim' },
    gainSpan(gainOf(disposal)),
    { text: ` on proceeds of ${formatMoney(proceeds)}`, token: 'dim' },
  ];
  const lines = parcels.slice(0, mostParcels).map((part): Line => {
    const held = isDiscountEligible(part.acquiredOn, on) ? ', over 12 months' : '';
    return [
      { text: `  ${formatUnits(part.units)} of ${formatDate(part.acquiredOn)} ` },
      gainSpan(part.gain),
      { text: ` cost ${formatMoney(part.cost)}${held}`, token: 'dim' },
    ];
  });
  const more = parcels.length - lines.length;
  return [head, ...lines, ...(more > 0 ? [[{ text: `  and ${more} more parcels`, token: 'dim' } as const]] : [])];
}

function incomeLines({ income }: Effect): Line[] {
  if (income === undefined) return [];
  const assumed = income.creditAssumed ? ' at the 30% rate' : '';
  const credit =
    income.credit === undefined ? 'franking unknown' : `franking credit ${formatMoney(income.credit)}${assumed}`;
  return [[{ text: 'income ', token: 'dim' }, { text: formatMoney(income.amount) }, { text: `, ${credit}` }]];
}

/** The entry in words, what may be doubted, and what it changes, no line wider than `width`. */
export function entryEffectLines(
  { sentence, effect, createdPortfolio, portfolio, warnings }: RecordedEntry,
  { width, hasCash }: { readonly width: number; readonly hasCash: boolean },
): Line[] {
  const created = createdPortfolio ? [`It makes the portfolio ${portfolio}, of an individual, without cash.`] : [];
  const words = [sentence, ...created].flatMap(text => wrap(harmless(text), width - margin));
  const excess = effect.excessGains.map(
    ({ acquiredOn, amount }): Line => [
      { text: 'beyond the cost base of ', token: 'dim' },
      { text: formatDate(acquiredOn) },
      { text: ' ' },
      moneyChange(amount),
    ],
  );
  const doubts = warnings.flatMap(warning =>
    wrap(harmless(warning), width - margin - 2).map(
      (text, row): Line => [{ text: `${row === 0 ? '! ' : '  '}${text}`, token: 'warning' }],
    ),
  );
  const lines: Line[] = [
    ...words.map((text): Line => [{ text, bold: true }]),
    // Before the figures, which may be more than there is room for.
    ...doubts,
    [],
    ...changeLines(changesOf(effect, hasCash)),
    ...saleLines(effect),
    ...changedSaleLines(effect),
    ...excess,
    ...incomeLines(effect),
  ];
  return lines.flatMap(line => wrapLine(line, width - margin, 4).map(part => indent(part, margin)));
}
