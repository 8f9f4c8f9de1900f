import { add, isZero, type Money, noMoney } from '../../domain/decimal.ts';
import { entryAmount } from '../../domain/ledger/entry-amount.ts';
import { statementComponents } from '../../domain/ledger/statement.ts';
import { isDiscountEligible } from '../../domain/tax/discount.ts';
import { formatDate, formatDollars, formatUnits } from '../../format.ts';
import type { RecordedEntry } from '../../usecases/record-entry.ts';
import { type EntryFacts, entryCsvColumns, entryRow } from '../entry-row.ts';
import { shortId } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { csvOf, lines, type Report } from '../report.ts';

export const addAdd: AddCommands = (program, { run }) => {
  program
    .command('add')
    .helpGroup(purposes.record)
    .summary('record one entry: a buy, sale, dividend, split, ...')
    .description('Record one entry, written as a line of words, and show what it changes.')
    .argument('<entry...>', 'the entry, like "buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02"')
    .option('--dry-run', 'show the effect and record nothing')
    .addHelpText(
      'after',
      `
Corporate actions and the statements of a year:
  demerger CODE into CODE2 UNITS2 cost P% [on DATE]   P% of the cost base goes to CODE2
  rollover CODE into CODE2 NEW:OLD [cash AMOUNT] [worth AMOUNT] [on DATE]
                          cash needs worth, the market value of all the scrip
  amit CODE +/-AMOUNT fy YEAR                         dollars for all units
  statement CODE fy YEAR COMPONENT AMOUNT, ...        COMPONENT is one of
    ${statementComponents.slice(0, 6).join(', ')},
    ${statementComponents.slice(6, 10).join(', ')},
    ${statementComponents.slice(10).join(', ')}`,
    )
    .addHelpText(
      'after',
      examples(
        'asxos add "buy 100 BHP @ 43.21 fee 9.95 on 2026-03-02"',
        'asxos add "sell 40 BHP @ 46 fee 9.95 method highest-cost" --dry-run',
        'asxos add "dividend BHP 65.00 franked 100% ex 2026-03-05 on 2026-03-26"',
        'asxos add "consolidation AUZ 1:10 on 2024-11-01"',
      ),
    )
    .action(async (words: string[], options: { dryRun?: boolean }, command) => {
      const { recordEntry } = await import('../../usecases/record-entry.ts');
      await run(command, ({ app, portfolio }) =>
        entryReport(recordEntry(app, words.join(' '), { portfolio, dryRun: options.dryRun }), app.today()),
      );
    });
};

/** What `add` and `entries edit` answer. */
export function entryReport(recorded: RecordedEntry, today: string): Report {
  const { entry, effect, written, portfolio, createdPortfolio } = recorded;
  const amount = effect.income?.amount ?? entryAmount(entry);
  const facts: EntryFacts = { entry, portfolio, amount };
  return {
    schema: 'entry/1',
    asOf: today,
    data: {
      entry: entryRow(facts),
      sentence: recorded.sentence,
      written,
      createdPortfolio,
      effect: effectData(recorded),
    },
    warnings: recorded.warnings,
    notes: createdPortfolio ? [firstPortfolioNote(portfolio, written)] : [],
    sections: [
      lines(
        written ? `${recorded.sentence}.` : `Would record: ${recorded.sentence}.`,
        ...effectLines(recorded),
        ...(written ? [`${portfolio} · entry ${shortId(entry.id)}`] : ['Nothing was recorded.']),
      ),
    ],
    csv: csvOf([facts], entryCsvColumns),
  };
}

export const firstPortfolioNote = (name: string, written: boolean): string =>
  `${written ? 'Created' : 'Would create'} the portfolio "${name}" (individual, no cash account).`;

function effectData({ effect }: RecordedEntry) {
  const { disposal, income, received } = effect;
  const state = ({ units, cost }: typeof effect.before) => ({ units, costBase: cost });
  return {
    code: effect.code,
    before: state(effect.before),
    after: state(effect.after),
    disposal: disposal && {
      units: disposal.units,
      proceeds: disposal.proceeds,
      parcels: disposal.parcels.map(({ parcel, acquiredOn, units, cost, proceeds, gain }) => ({
        parcel,
        acquiredOn,
        units,
        costBase: cost,
        proceeds,
        gain,
        discountEligible: isDiscountEligible(acquiredOn, disposal.on),
      })),
    },
    received: received && {
      code: received.code,
      before: state(received.before),
      after: state(received.after),
    },
    excessGains: effect.excessGains.map(({ acquiredOn, on, units, amount }) => ({
      acquiredOn,
      on,
      units,
      amount,
      discountEligible: isDiscountEligible(acquiredOn, on),
    })),
    sales: effect.sales.map(sale => ({
      entry: sale.after.entry,
      date: sale.after.on,
      gainBefore: gainOf(sale.before),
      gainAfter: gainOf(sale.after),
    })),
    income: income && {
      amount: income.amount,
      franked: income.franked,
      frankingCredit: income.credit,
      withheld: income.withheld,
      financialYear: income.financialYear,
    },
    cashBefore: effect.cashBefore,
    cashAfter: effect.cashAfter,
  };
}

type Disposal = RecordedEntry['effect']['sales'][number]['after'];

/** Of all its parcels; undefined where one is unknown. */
const gainOf = ({ parcels }: Disposal): Money | undefined =>
  parcels.reduce<Money | undefined>(
    (total, { gain }) => (total === undefined || gain === undefined ? undefined : add(total, gain)),
    noMoney,
  );

type HoldingChange = Pick<RecordedEntry['effect'], 'code' | 'before' | 'after'>;

/** `BHP: 100 -> 0 units, cost base $900.00 -> $0.00`, where that changes. */
function holdingLine({ code, before, after }: HoldingChange): string[] {
  const changesUnits = !before.units.eq(after.units);
  const changesCost =
    before.cost === undefined || after.cost === undefined ? before.cost !== after.cost : !before.cost.eq(after.cost);
  if (code === undefined || (!changesUnits && !changesCost)) return [];
  const cost = (state: typeof before): string =>
    state.cost === undefined ? 'unknown' : isZero(state.units) ? '$0.00' : formatDollars(state.cost);
  return [
    `${code}: ${formatUnits(before.units)} -> ${formatUnits(after.units)} units, cost base ${cost(before)} -> ${cost(after)}`,
  ];
}

/** Units and cost base before and after; for a sale the gain of each parcel. */
function effectLines({ effect }: RecordedEntry): string[] {
  const { disposal, income, received } = effect;
  const shown: string[] = [...holdingLine(effect), ...(received === undefined ? [] : holdingLine(received))];
  for (const sale of effect.sales) {
    const gain = (state: Disposal): string => formatDollars(gainOf(state), { sign: true });
    shown.push(`Sale of ${formatDate(sale.after.on)}: gain ${gain(sale.before)} -> ${gain(sale.after)}`);
  }
  for (const part of disposal?.parcels ?? []) {
    const held = isDiscountEligible(part.acquiredOn, disposal?.on ?? part.acquiredOn) ? ', held over 12 months' : '';
    const gain =
      part.gain === undefined ? 'gain unknown: the cost is' : `gain ${formatDollars(part.gain, { sign: true })}`;
    shown.push(
      `${formatUnits(part.units)} of the parcel of ${formatDate(part.acquiredOn)}: cost ${formatDollars(part.cost)}, proceeds ${formatDollars(part.proceeds)}, ${gain}${held}`,
    );
  }
  for (const excess of effect.excessGains) {
    shown.push(
      `Beyond the cost base of the parcel of ${formatDate(excess.acquiredOn)}: capital gain ${formatDollars(excess.amount)}`,
    );
  }
  if (income) {
    const credit = income.credit === undefined ? 'franking unknown' : `franking credit ${formatDollars(income.credit)}`;
    shown.push(`Income ${formatDollars(income.amount)}, ${credit}${income.creditAssumed ? ' (at the 30% rate)' : ''}`);
  }
  return shown;
}
