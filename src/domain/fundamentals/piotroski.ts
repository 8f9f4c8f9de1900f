/**
 * The Piotroski F-score: nine tests of a company's year against the one before, a point for each that it passes.
 *
 * After J. Piotroski, Value Investing: The Use of Historical Financial Statement Information (2000): earnings and cash
 * flow above zero, return on assets up, cash flow above earnings; long-term debt to average assets down, current ratio
 * up, no shares issued; gross margin and asset turnover up. Returns and turnover are over the assets at the beginning of
 * the year. On full years alone. Banks and insurers have neither current assets nor gross margins: n/a. A test whose
 * figures are not there is neither passed nor failed; the score is known only where all nine are.
 */
import { type Item, items } from './books.ts';
import { type Company, ofYear } from './company.ts';
import { because, type Figure, type Outcome, worked } from './figure.ts';

export type PiotroskiTest = {
  readonly name: string;
  /** In words, as the test is passed. */
  readonly says: string;
  /** Undefined where a figure is missing; then `unknown` says which. */
  readonly passed: boolean | undefined;
  readonly unknown?: string | undefined;
  /** The two figures that are set against each other; the first has to be the larger, or for debt and shares the smaller. */
  readonly inputs: readonly Figure[];
};

export type Piotroski = {
  /** 0 to 9; undefined where a test could not be made. */
  readonly score: number | undefined;
  readonly passed: number;
  /** Tests that could be made. */
  readonly known: number;
  readonly tests: readonly PiotroskiTest[];
};

const over =
  (why: string) =>
  (part = 0, whole = 0): Outcome =>
    whole > 0 ? part / whole : because(why);

const noAssets = 'there are no assets';

export function piotroskiOf(company: Company): Piotroski {
  const of = (item: Item, back: number, name: string): Figure => ofYear(company, item, back, name);
  const returnOnAssets = (back: number, name: string): Figure =>
    worked(
      name,
      'ratio',
      'netIncome / assetsAtStart',
      [of(items.netIncome, back, 'netIncome'), of(items.totalAssets, back + 1, 'assetsAtStart')],
      over(noAssets),
    );
  const leverage = (back: number, name: string): Figure => {
    const inputs = [
      of(items.longTermDebt, back, 'longTermDebt'),
      of(items.totalAssets, back, 'assets'),
      of(items.totalAssets, back + 1, 'assetsAtStart'),
    ];
    return worked(name, 'ratio', 'longTermDebt / ((assets + assetsAtStart) / 2)', inputs, (debt = 0, a = 0, b = 0) =>
      a + b > 0 ? debt / ((a + b) / 2) : because(noAssets),
    );
  };
  const quotient = (name: string, top: Figure, bottom: Figure, why: string): Figure =>
    worked(name, 'ratio', `${top.name} / ${bottom.name}`, [top, bottom], over(why));
  const current = (back: number, name: string): Figure =>
    quotient(
      name,
      of(items.currentAssets, back, 'currentAssets'),
      of(items.currentLiabilities, back, 'currentLiabilities'),
      'there are no current liabilities',
    );
  const margin = (back: number, name: string): Figure =>
    quotient(
      name,
      of(items.grossProfit, back, 'grossProfit'),
      of(items.revenue, back, 'revenue'),
      'there is no revenue',
    );
  const turnover = (back: number, name: string): Figure =>
    quotient(name, of(items.revenue, back, 'revenue'), of(items.totalAssets, back + 1, 'assetsAtStart'), noAssets);
  const shares = (back: number, name: string): Figure => ({ ...of(items.shares, back, name), unit: 'units' });
  const larger = (a: number, b: number): boolean => a > b;
  const notLarger = (a: number, b: number): boolean => a <= b;
  const tests = [
    test('roa', 'return on assets is above zero', [returnOnAssets(0, 'returnOnAssets')], a => a > 0),
    test('cash_flow', 'cash from operations is above zero', [of(items.operatingCash, 0, 'operatingCash')], a => a > 0),
    test(
      'roa_up',
      'return on assets is up on the year before',
      [returnOnAssets(0, 'returnOnAssets'), returnOnAssets(1, 'before')],
      larger,
    ),
    test(
      'accruals',
      'cash from operations is above net income',
      [of(items.operatingCash, 0, 'operatingCash'), of(items.netIncome, 0, 'netIncome')],
      larger,
    ),
    test('debt_down', 'long-term debt to assets is down', [leverage(0, 'leverage'), leverage(1, 'before')], below),
    test('liquidity_up', 'the current ratio is up', [current(0, 'currentRatio'), current(1, 'before')], larger),
    test('no_issue', 'no shares were issued', [shares(0, 'shares'), shares(1, 'before')], notLarger),
    test('margin_up', 'the gross margin is up', [margin(0, 'grossMargin'), margin(1, 'before')], larger),
    test('turnover_up', 'asset turnover is up', [turnover(0, 'assetTurnover'), turnover(1, 'before')], larger),
  ];
  const passed = tests.filter(each => each.passed === true).length;
  const known = tests.filter(each => each.passed !== undefined).length;
  return { score: known === tests.length ? passed : undefined, passed, known, tests };
}

/** No debt in either year is as good as less of it. */
const below = (a: number, b: number): boolean => a < b || (a === 0 && b === 0);

function test(
  name: string,
  says: string,
  inputs: readonly Figure[],
  passes: (a: number, b: number) => boolean,
): PiotroskiTest {
  const missing = inputs.find(input => input.value === undefined);
  if (missing) return { name, says, passed: undefined, unknown: missing.unknown, inputs };
  return { name, says, passed: passes(inputs[0]?.value ?? 0, inputs[1]?.value ?? 0), inputs };
}
