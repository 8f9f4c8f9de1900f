import { isZero } from '../../domain/decimal.ts';
import { entryAmount } from '../../domain/ledger/entry-amount.ts';
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
  const { disposal, income } = effect;
  const state = ({ units, cost }: typeof effect.before) => ({ units, costBase: cost });
  return {
    code: effect.code,
    before: state(effect.before),
    after: state(effect.after),
    disposal: disposal && {
      units: disposal.units,
      proceeds: disposal.proceeds,
      parcels: disposal.parcels.map(({ cost, ...part }) => ({
        ...part,
        costBase: cost,
        discountEligible: isDiscountEligible(part.acquiredOn, disposal.on),
      })),
    },
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

/** Units and cost base before and after; for a sale the gain of each parcel. */
function effectLines({ effect }: RecordedEntry): string[] {
  const { code, before, after, disposal, income } = effect;
  const shown: string[] = [];
  const changesUnits = !before.units.eq(after.units);
  const changesCost =
    before.cost === undefined || after.cost === undefined ? before.cost !== after.cost : !before.cost.eq(after.cost);
  if (code !== undefined && (changesUnits || changesCost)) {
    const cost = (state: typeof before): string =>
      state.cost === undefined ? 'unknown' : isZero(state.units) ? '$0.00' : formatDollars(state.cost);
    shown.push(
      `${code}: ${formatUnits(before.units)} -> ${formatUnits(after.units)} units, cost base ${cost(before)} -> ${cost(after)}`,
    );
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
