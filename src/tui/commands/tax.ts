/** Tax and income: its tabs, years and owners, and what becomes of dividends that wait to be recorded. */

import { noMoney, plain } from '../../domain/decimal.ts';
import { confirmedDraft, type Proposal } from '../../domain/income/proposal.ts';
import { formatEntryLine } from '../../domain/ledger/entry-text.ts';
import { Failure } from '../../failure.ts';
import { formatDate, formatFinancialYear } from '../../format.ts';
import { dismissIncome } from '../../usecases/decide-income.ts';
import type { Command, Context } from '../command.ts';
import { taxPlaces } from '../command.ts';
import { selectedId } from '../list-model.ts';
import { isOfOwner, type TaxModel } from '../tax-model.ts';
import { neighbourTaxTab } from '../tax-tabs.ts';
import { characters } from '../text.ts';
import { fieldOf, type TextField } from '../text-field.ts';

const modelOf = ({ models: { screen } }: Context): TaxModel | undefined => (screen.kind === 'tax' ? screen : undefined);

const turn =
  (step: 1 | -1) =>
  (context: Context): void => {
    const model = modelOf(context);
    if (model !== undefined) context.dispatch({ type: 'tax', change: { tab: neighbourTaxTab(model.tab, step) } });
  };

const byYear = ({ tab }: TaxModel): boolean => tab !== 'calendar' && tab !== 'confirm';

const moveYear =
  (step: 1 | -1) =>
  (context: Context): void => {
    const model = modelOf(context);
    if (model !== undefined) context.dispatch({ type: 'tax', change: { fy: model.fy + step } });
  };

const noYear =
  (step: 1 | -1) =>
  (context: Context): string | undefined => {
    const model = modelOf(context);
    if (model === undefined || !byYear(model)) return 'this tab is not of a year';
    if (step === 1 && model.fy >= model.lastYear) return `${formatFinancialYear(model.fy)} is the running year`;
    if (step === -1 && model.fy <= model.firstYear)
      return `nothing was recorded before ${formatFinancialYear(model.fy)}`;
    return undefined;
  };

function nextOwner(context: Context): void {
  const model = modelOf(context);
  if (model?.owner === undefined) return;
  const at = model.owners.findIndex(each => each.id === model.owner?.id);
  const next = model.owners[(at + 1) % model.owners.length];
  context.dispatch({ type: 'tax', change: { owner: next?.id } });
}

function proposalInView(context: Context): Proposal | undefined {
  const model = modelOf(context);
  if (model?.tab !== 'confirm') return undefined;
  const id = selectedId(model.list, context.state.lists.confirm);
  return model.income.proposals.find(each => each.id === id);
}

const noProposal = (context: Context): string | undefined =>
  proposalInView(context) === undefined ? 'nothing waits to be recorded' : undefined;

/** The entry line of a proposal, the cursor where what is not known goes. */
function lineOf(proposal: Proposal): TextField {
  try {
    return fieldOf(formatEntryLine(confirmedDraft(proposal, {}, noMoney)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { entryKind, code, amount, frankedPct, exDate, paidOn } = proposal;
    const before = `${entryKind} ${code} `;
    const franked = frankedPct === undefined ? '' : ` franked ${plain(frankedPct)}%`;
    const known = amount === undefined ? '' : plain(amount);
    const paid = paidOn === undefined ? '' : ` on ${paidOn}`;
    const text = `${before}${known}${franked} ex ${exDate}${paid || ' on '}`;
    return { text, cursor: characters(amount === undefined ? before : text).length };
  }
}

/** What is not known of it, for the user to type. */
function missing({ amount, paidOn, declaredAmount, currency }: Proposal): string | undefined {
  if (amount === undefined)
    return `${plain(declaredAmount)} ${currency} were declared: type the Australian dollars that arrived`;
  return paidOn === undefined ? 'the payment date is not known: type it' : undefined;
}

function openConfirm(context: Context): void {
  const proposal = proposalInView(context);
  const model = modelOf(context);
  if (proposal === undefined || model === undefined) return;
  const field = lineOf(proposal);
  const portfolio = model.income.portfolios.get(proposal.portfolio);
  context.dispatch({
    type: 'overlay',
    overlay: { kind: 'entry-line', field, prefill: '', tried: false, recalled: 0, own: '', portfolio, passing: true },
  });
  const why = missing(proposal);
  if (why !== undefined) context.say('info', `${proposal.code}: ${why}`);
}

function askToDismiss(context: Context): void {
  const proposal = proposalInView(context);
  if (proposal === undefined) return;
  const title = `the dividend of ${proposal.code}, ex ${formatDate(proposal.exDate)}`;
  context.dispatch({ type: 'overlay', overlay: { kind: 'dismiss', id: proposal.id, title } });
}

function dismiss({ app, state: { overlay }, dispatch, say }: Context): void {
  if (overlay?.kind !== 'dismiss') return;
  const { id, title } = overlay;
  dispatch({ type: 'overlay', overlay: undefined });
  dismissIncome(app, id);
  dispatch({ type: 'undo', undo: { kind: 'dismissed', id, title } });
  say('info', `Put aside ${title}`, 'u brings it back');
}

const inQuestion = { where: ['dismiss'], motion: true } as const;

export const taxCommands: readonly Command[] = [
  {
    id: 'tax.confirm',
    keys: ['enter'],
    title: 'record it',
    where: ['confirm'],
    importance: 1,
    unavailable: noProposal,
    run: openConfirm,
  },
  {
    id: 'tax.dismiss',
    keys: ['d'],
    title: 'put aside',
    where: ['confirm'],
    importance: 2,
    unavailable: noProposal,
    run: askToDismiss,
  },
  { id: 'dismiss.yes', keys: ['y', 'Y'], title: 'put aside', ...inQuestion, importance: 1, run: dismiss },
  {
    id: 'dismiss.no',
    keys: ['n', 'N', 'esc', 'enter', 'q'],
    title: 'keep',
    ...inQuestion,
    importance: 2,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: undefined }),
  },
  {
    id: 'tax.next-tab',
    keys: ['tab', 'right', 'l'],
    title: 'next tab',
    where: taxPlaces,
    importance: 4,
    run: turn(1),
  },
  { id: 'tax.previous-tab', keys: ['shift+tab', 'left', 'h'], title: 'previous tab', where: taxPlaces, run: turn(-1) },
  {
    id: 'tax.earlier-year',
    keys: ['['],
    title: 'the year before',
    where: ['tax'],
    importance: 2,
    unavailable: noYear(-1),
    run: moveYear(-1),
  },
  {
    id: 'tax.later-year',
    keys: [']'],
    title: 'the year after',
    where: ['tax'],
    importance: 2.2,
    unavailable: noYear(1),
    run: moveYear(1),
  },
  {
    id: 'tax.owner',
    keys: ['o'],
    title: 'next owner',
    where: ['tax'],
    importance: 2.4,
    unavailable: context => {
      const model = modelOf(context);
      if (model === undefined || !isOfOwner(model.tab)) return 'this tab is of the portfolio, not of an owner';
      return model.owners.length > 1 ? undefined : 'there is one owner';
    },
    run: nextOwner,
  },
];
